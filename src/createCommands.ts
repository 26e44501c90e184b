import type { WebviewPanel } from 'vscode';
import { Doorkeeper } from './model/actions/doorkeeper.ts';
import { Journal } from './model/actions/journal.ts';
import { AuthorizationWriter } from './model/authorizations/authorizationWriter.ts';
import { apiHelpCommands } from './apiHelp/apiHelpCommands.ts';
import { simulatedApiCommands } from './simulatedApi/simulatedApiCommands.ts';
import { Announcer } from './commands/actions/announcer.ts';
import { accessCommands } from './commands/access/accessCommands.ts';
import { accountCommands } from './commands/accounts/accounts.ts';
import { actionCommands } from './commands/actions/actions.ts';
import { activityCommands } from './commands/activity/activity.ts';
import { authorizationCommands } from './commands/authorizations/authorizations.ts';
import { deviceCommands } from './commands/sidebar/devices.ts';
import { checkToken } from './commands/accounts/checkToken.ts';
import { copyDebugInfo } from './commands/sidebar/debugInfo.ts';
import { cleanUpExpired } from './commands/authorizations/expiredAuthorizations.ts';
import { exportAuthorizations } from './commands/authorizations/exportAuthorizations.ts';
import { createConfirm } from './commands/actions/confirm.ts';
import { commandIds } from './commands/ids.ts';
import { keypadCodeCommands } from './commands/authorizations/keypadCodes.ts';
import { createConfirmBroaderAccess } from './commands/authorizations/confirmBroaderAccess.ts';
import { lockAll } from './commands/actions/lockAll.ts';
import { createClosedDraft, resumeForm } from './commands/authorizations/openForm.ts';
import { resumeCalendar, showCalendar } from './commands/calendar/showCalendar.ts';
import { askWhoCanEnter } from './commands/calendar/whoCanEnter.ts';
import { resumeActivity, showActivity } from './commands/activity/showActivity.ts';
import { showTokens } from './commands/accounts/tokens.ts';
import { leave } from './commands/people/departure.ts';
import { rotateCode } from './commands/authorizations/codeRotation.ts';
import type { viewTypes } from './commands/pages.ts';
import type { Commands } from './commands/register.ts';
import type { CommandServices, Services } from './commands/services.ts';
import { sidebarCommands } from './commands/sidebar/sidebar.ts';
import { statusBarCommands } from './commands/sidebar/statusBar.ts';

/** What commands and restored panels do, with the services that they share. */
interface Loaded {
  readonly commands: Commands;
  /** Shows a page again that was open when the window was loaded again. `state`: what it has kept. */
  readonly resume: Readonly<Record<keyof typeof viewTypes, (panel: WebviewPanel, state: unknown) => Promise<void>>>;
}

/** Loaded when the first command is run, or a page is shown again. */
export function createCommands(startServices: Services): Loaded {
  const { store, renderContext, clock, records, session, serverClock, disposeOnDeactivate: register } = startServices;
  const journal = new Journal(records, session, clock);
  const confirm = createConfirm(store, renderContext, clock);
  const doorkeeper = new Doorkeeper(store, clock, confirm, () => serverClock.preciseNow(), journal);
  const confirmBroaderAccess = createConfirmBroaderAccess(startServices);
  const writer = new AuthorizationWriter(store, clock, confirmBroaderAccess, () => serverClock.now());
  const announcer = new Announcer(clock, renderContext().t('Nuki Result'));
  const closedDraft = createClosedDraft(startServices);
  register(announcer);
  register(doorkeeper);
  register(writer);
  const services: CommandServices = { ...startServices, announcer, closedDraft, doorkeeper, writer };
  const commands = {
    ...accessCommands(services),
    ...accountCommands(services),
    ...actionCommands(services),
    ...activityCommands(services),
    ...apiHelpCommands(services),
    ...authorizationCommands(services),
    ...deviceCommands(services),
    ...keypadCodeCommands(services),
    ...sidebarCommands(services),
    ...simulatedApiCommands(services),
    ...statusBarCommands(services),
    [commandIds.checkToken]: (hint: unknown) => checkToken(hint, services),
    [commandIds.copyDebugInfo]: () => copyDebugInfo(services),
    [commandIds.cleanUpExpired]: (hint: unknown) => cleanUpExpired(hint, services),
    [commandIds.exportAuthorizations]: (hint: unknown) => exportAuthorizations(hint, services),
    [commandIds.showCalendar]: (hint: unknown) => showCalendar(hint, services),
    [commandIds.askWhoCanEnter]: (hint: unknown) => askWhoCanEnter(hint, services),
    [commandIds.showActivity]: (hint: unknown) => showActivity(hint, services),
    [commandIds.showTokens]: (hint: unknown) => showTokens(hint, services),
    [commandIds.leave]: (hint: unknown) => leave(hint, services),
    [commandIds.rotateCode]: (hint: unknown, selected: unknown) => rotateCode(hint, selected, services),
    [commandIds.lockAll]: (hint: unknown) => lockAll(hint, services),
  };
  const resume: Loaded['resume'] = {
    form: (panel, state) => resumeForm(panel, state, services),
    calendar: (panel, state) => resumeCalendar(panel, state, services),
    activity: (panel, state) => resumeActivity(panel, state, services),
  };
  return { commands, resume };
}
