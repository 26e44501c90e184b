import { Doorkeeper } from '../model/doorkeeper.ts';
import { AuthorizationWriter } from '../model/authorizationWriter.ts';
import { ignoreAccidentalYes } from '../model/confirmGuard.ts';
import { accountCommands } from './accounts.ts';
import { actionCommands } from './actions.ts';
import { activityCommands } from './activity.ts';
import { authorizationCommands } from './authorizations.ts';
import { convertCommands } from './convert.ts';
import { deviceCommands } from './devices.ts';
import { checkToken } from './checkToken.ts';
import { copyRequestCommands } from './copyRequest.ts';
import { copyDebugInfo } from './debugInfo.ts';
import { cleanUpExpired } from './expiredAuthorizations.ts';
import { exportAuthorizations } from './exportAuthorizations.ts';
import { createConfirm } from './confirm.ts';
import { commandIds } from './ids.ts';
import { keypadCodeCommands } from './keypadCodes.ts';
import { createConfirmBroaderAccess } from './confirmBroaderAccess.ts';
import { lockAll } from './lockAll.ts';
import { rawJsonCommands } from './rawJson.ts';
import type { Commands } from './register.ts';
import type { CommandServices, Services } from './services.ts';
import { sidebarCommands } from './sidebar.ts';
import { statusBarCommands } from './statusBar.ts';

/** What the commands do. Loaded when the first command is run. */
export function createCommands(startServices: Services): Commands {
  const { store, renderContext, clock, register } = startServices;
  const doorkeeper = new Doorkeeper(store, clock, ignoreAccidentalYes(createConfirm(store, renderContext), clock));
  const confirmBroaderAccess = ignoreAccidentalYes(createConfirmBroaderAccess(startServices), clock);
  const writer = new AuthorizationWriter(store, clock, confirmBroaderAccess);
  register(doorkeeper);
  register(writer);
  const services: CommandServices = { ...startServices, doorkeeper, writer };
  return {
    ...accountCommands(services),
    ...actionCommands(services),
    ...activityCommands(services),
    ...authorizationCommands(services),
    ...convertCommands(services),
    ...copyRequestCommands(services),
    ...deviceCommands(services),
    ...keypadCodeCommands(services),
    ...rawJsonCommands(services),
    ...sidebarCommands(services),
    ...statusBarCommands(services),
    [commandIds.checkToken]: (hint) => checkToken(hint, services),
    [commandIds.copyDebugInfo]: () => copyDebugInfo(services),
    [commandIds.cleanUpExpired]: (hint) => cleanUpExpired(hint, services),
    [commandIds.exportAuthorizations]: (hint) => exportAuthorizations(hint, services),
    [commandIds.lockAll]: (hint) => lockAll(hint, services),
  };
}
