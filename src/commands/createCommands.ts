import { Doorkeeper } from '../model/doorkeeper.ts';
import { AuthorizationWriter } from '../model/authorizationWriter.ts';
import { ignoreAccidentalYes } from '../model/confirmGuard.ts';
import { accountCommands, type AccountContext } from './accounts.ts';
import { actionCommands, type ActionContext } from './actions.ts';
import { activityCommands, type ActivityContext } from './activity.ts';
import { authorizationCommands, type AuthorizationContext } from './authorizations.ts';
import { convertCommands, type ConvertContext } from './convert.ts';
import { deviceCommands, type DeviceContext } from './devices.ts';
import { checkToken, type CheckTokenContext } from './checkToken.ts';
import { copyRequestCommands } from './copyRequest.ts';
import { copyDebugInfo, type DebugInfoContext } from './debugInfo.ts';
import { cleanUpExpired } from './expiredAuthorizations.ts';
import { exportAuthorizations } from './exportAuthorizations.ts';
import { createConfirm } from './confirm.ts';
import { commandIds } from './ids.ts';
import { keypadCodeCommands, type KeypadCodeContext } from './keypadCodes.ts';
import { createConfirmBroaderAccess } from './confirmBroaderAccess.ts';
import { openForm, type FormContext } from './openForm.ts';
import { lockAll } from './lockAll.ts';
import { rawJsonCommands, type RawJsonContext } from './rawJson.ts';
import type { Commands } from './register.ts';
import { sidebarCommands, type SidebarContext } from './sidebar.ts';
import { statusBarCommands, type StatusBarContext } from './statusBar.ts';

/** Everything that the commands need; each file names its part. */
type CommandContext = AccountContext &
  ActionContext &
  ActivityContext &
  AuthorizationContext &
  CheckTokenContext &
  ConvertContext &
  DebugInfoContext &
  DeviceContext &
  KeypadCodeContext &
  RawJsonContext &
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
    ...authorizationCommands(context),
    ...convertCommands(context),
    ...copyRequestCommands(context),
    ...deviceCommands(context),
    ...keypadCodeCommands(context),
    ...rawJsonCommands(context),
    ...sidebarCommands(context),
    ...statusBarCommands(context),
    [commandIds.checkToken]: (hint) => checkToken(hint, context),
    [commandIds.copyDebugInfo]: () => copyDebugInfo(context),
    [commandIds.cleanUpExpired]: (hint) => cleanUpExpired(hint, context),
    [commandIds.exportAuthorizations]: (hint) => exportAuthorizations(hint, context),
    [commandIds.lockAll]: (hint) => lockAll(hint, context),
  };
}
