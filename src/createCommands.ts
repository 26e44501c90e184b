import { Doorkeeper } from './model/doorkeeper.ts';
import { AuthorizationWriter } from './model/authorizationWriter.ts';
import { ignoreAccidentalYes } from './model/confirmGuard.ts';
import { accountCommands, type AccountContext } from './commands/accounts.ts';
import { actionCommands, type ActionContext } from './commands/actions.ts';
import { activityCommands, type ActivityContext } from './commands/activity.ts';
import { authorizationCommands, type AuthorizationContext } from './commands/authorizations.ts';
import { apiHelpCommands, type ApiHelpContext } from './apiHelp/apiHelpCommands.ts';
import { deviceCommands, type DeviceContext } from './commands/devices.ts';
import { checkToken, type CheckTokenContext } from './commands/checkToken.ts';
import { copyDebugInfo, type DebugInfoContext } from './commands/debugInfo.ts';
import { cleanUpExpired } from './commands/expiredAuthorizations.ts';
import { exportAuthorizations } from './commands/exportAuthorizations.ts';
import { createConfirm } from './commands/confirm.ts';
import { commandIds } from './commands/ids.ts';
import { keypadCodeCommands, type KeypadCodeContext } from './commands/keypadCodes.ts';
import { createConfirmBroaderAccess } from './commands/confirmBroaderAccess.ts';
import { openForm, type FormContext } from './commands/openForm.ts';
import { lockAll } from './commands/lockAll.ts';
import type { Commands } from './commands/register.ts';
import { sidebarCommands, type SidebarContext } from './commands/sidebar.ts';
import { statusBarCommands, type StatusBarContext } from './commands/statusBar.ts';

/** Everything that the commands need; each file names its part. */
type CommandContext = AccountContext &
  ActionContext &
  ActivityContext &
  ApiHelpContext &
  AuthorizationContext &
  CheckTokenContext &
  DebugInfoContext &
  DeviceContext &
  KeypadCodeContext &
  SidebarContext &
  StatusBarContext;

/** What of it is not made here. */
export type Outside = Omit<CommandContext, 'doorkeeper' | 'writer' | 'openForm'> &
  FormContext & { readonly register: (disposable: { dispose(): void }) => void };

/** What the commands do. Loaded when the first command is run. */
export function createCommands(outside: Outside): Commands {
  const { store, renderContext, clock, register } = outside;
  const doorkeeper = new Doorkeeper(store, clock, ignoreAccidentalYes(createConfirm(store, renderContext), clock));
  const writer = new AuthorizationWriter(store, clock, ignoreAccidentalYes(createConfirmBroaderAccess(outside), clock));
  register(doorkeeper);
  register(writer);
  const context: CommandContext = {
    ...outside,
    doorkeeper,
    writer,
    openForm: (request) => openForm(request, { ...outside, writer }),
  };
  return {
    ...accountCommands(context),
    ...actionCommands(context),
    ...activityCommands(context),
    ...apiHelpCommands(context),
    ...authorizationCommands(context),
    ...deviceCommands(context),
    ...keypadCodeCommands(context),
    ...sidebarCommands(context),
    ...statusBarCommands(context),
    [commandIds.checkToken]: (hint) => checkToken(hint, context),
    [commandIds.copyDebugInfo]: () => copyDebugInfo(context),
    [commandIds.cleanUpExpired]: (hint) => cleanUpExpired(hint, context),
    [commandIds.exportAuthorizations]: (hint) => exportAuthorizations(hint, context),
    [commandIds.lockAll]: (hint) => lockAll(hint, context),
  };
}
