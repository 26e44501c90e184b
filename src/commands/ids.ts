import { actions, isActionName, type ActionName } from '../nuki/vocabulary/kinds.ts';

/** Every command but the devices' actions. The manifest says the same to VS Code; a test compares the two. */
export const commandIds = {
  addAccount: 'nuki.account.add',
  renameAccount: 'nuki.account.rename',
  replaceToken: 'nuki.account.replaceToken',
  removeAccount: 'nuki.account.remove',
  lockAll: 'nuki.account.lockAll',
  tryDemoHome: 'nuki.demoHome.add',
  removeDemoHome: 'nuki.demoHome.remove',
  resetDemoHome: 'nuki.demoHome.reset',
  refresh: 'nuki.devices.refresh',
  refreshAll: 'nuki.devices.refreshAll',
  copyId: 'nuki.device.copyId',
  convertValue: 'nuki.value.convert',
  generateKeypadCode: 'nuki.keypadCode.generate',
  checkSignature: 'nuki.webhook.checkSignature',
  copyRequest: 'nuki.request.copy',
  showJson: 'nuki.json.show',
  checkToken: 'nuki.account.checkToken',
  copyDebugInfo: 'nuki.debugInfo.copy',
  syncDevice: 'nuki.device.sync',
  reenableUnlatch: 'nuki.device.allowUnlatch',
  loadMoreActivity: 'nuki.activity.loadMore',
  filterActivity: 'nuki.activity.filter',
  createAuthorization: 'nuki.authorization.create',
  editAuthorization: 'nuki.authorization.edit',
  duplicateAuthorization: 'nuki.authorization.duplicate',
  enableAuthorization: 'nuki.authorization.enable',
  disableAuthorization: 'nuki.authorization.disable',
  deleteAuthorization: 'nuki.authorization.delete',
  revealCode: 'nuki.authorization.revealCode',
  copyCode: 'nuki.authorization.copyCode',
  cleanUpExpired: 'nuki.authorizations.cleanUp',
  exportAuthorizations: 'nuki.authorizations.export',
  chooseStatusBarDevice: 'nuki.statusBar.choose',
  clearStatusBarDevice: 'nuki.statusBar.clear',
  openStatusBarMenu: 'nuki.statusBar.openMenu',
  startSimulatedApi: 'nuki.simulatedApi.start',
  openSimulatedApiMenu: 'nuki.simulatedApi.openMenu',
  showCalendar: 'nuki.calendar.show',
  askWhoCanEnter: 'nuki.calendar.ask',
  showActivity: 'nuki.activity.show',
  showTokens: 'nuki.tokens.show',
  leave: 'nuki.person.leave',
  rotateCode: 'nuki.code.rotate',
  createAccessFile: 'nuki.access.create',
  planAccess: 'nuki.access.plan',
  applyAccessPlan: 'nuki.access.apply',
  addBookings: 'nuki.access.addBookings',
  adopt: 'nuki.access.adopt',
  takeIntoFile: 'nuki.access.takeIntoFile',
  putBack: 'nuki.access.putBack',
  openWeb: 'nuki.web.open',
  showLog: 'nuki.log.show',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds] | ActionCommandId;

export type ActionCommandId = `nuki.device.${ActionName}`;

/** The command of an action: `nuki.device.unlock`. */
export function actionCommandId(action: ActionName): ActionCommandId {
  return `nuki.device.${action}`;
}

/** Every command that the manifest has to declare. */
export const allCommandIds: readonly CommandId[] = [
  ...Object.values(commandIds),
  ...Object.keys(actions).filter(isActionName).map(actionCommandId),
];
