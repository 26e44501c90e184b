import { accountCommands, type AccountContext } from './accounts.ts';
import { actionCommands, type ActionContext } from './actions.ts';
import { activityCommands, type ActivityContext } from './activity.ts';
import { convertCommands, type ConvertContext } from './convert.ts';
import { deviceCommands, type DeviceContext } from './devices.ts';
import { commandIds } from './ids.ts';
import { lockAll } from './lockAll.ts';
import type { Commands } from './register.ts';
import { sidebarCommands, type SidebarContext } from './sidebar.ts';

/** Everything that the commands need; each file names its part. */
export type CommandContext = AccountContext &
  ActionContext &
  ActivityContext &
  ConvertContext &
  DeviceContext &
  SidebarContext;

/** What the commands do: a chunk of its own, loaded when the first command is run. */
export function createCommands(context: CommandContext): Commands {
  return {
    ...accountCommands(context),
    ...actionCommands(context),
    ...activityCommands(context),
    ...convertCommands(context),
    ...deviceCommands(context),
    ...sidebarCommands(context),
    [commandIds.lockAll]: (hint) => lockAll(hint, context),
  };
}
