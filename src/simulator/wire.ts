/** The API's JSON as the simulator keeps it. Names and meanings: Nuki's OpenAPI. */

export interface StateJson {
  mode: number;
  state: number;
  trigger: number;
  lastAction: number;
  batteryCritical: boolean;
  batteryCharging?: boolean;
  batteryCharge?: number;
  keypadBatteryCritical?: boolean;
  doorsensorBatteryCritical?: boolean;
  doorState: number;
  ringToOpenTimer?: number;
  ringToOpenEnd?: string;
  nightMode: boolean;
  /** 2: the keypad was moved, 255: error. Younger than OpenAPI 4.10.0. */
  keypadMountingState?: number;
}

export interface ConfigJson {
  name: string;
  timezoneId: number;
  keypadPaired: boolean;
  keypad2Paired: boolean;
  [field: string]: unknown;
}

export interface SmartlockJson {
  smartlockId: number;
  accountId: number;
  type: number;
  lmType?: number;
  authId: number;
  name: string;
  favorite: boolean;
  config: ConfigJson;
  advancedConfig?: object;
  openerAdvancedConfig?: { rtoTimeout: number; disableRtoAfterRing: boolean; [field: string]: unknown };
  smartdoorAdvancedConfig?: object;
  webConfig?: object;
  state: StateJson;
  firmwareVersion: number;
  hardwareVersion: number;
  operationId?: string;
  serverState: number;
  adminPinState: number;
  virtualDevice: boolean;
  creationDate: string;
  updateDate: string;
  currentSubscription?: object;
  error?: string;
}

/** The parts of a device that hold what its owner can set; a device has those of its kind. */
export type SettingsPart = 'config' | 'advancedConfig' | 'openerAdvancedConfig' | 'smartdoorAdvancedConfig';

/** The five fields that say when an authorization opens. */
export interface ScheduleJson {
  allowedFromDate?: string;
  allowedUntilDate?: string;
  allowedWeekDays?: number;
  allowedFromTime?: number;
  allowedUntilTime?: number;
}

export interface AuthorizationJson extends ScheduleJson {
  id: string;
  smartlockId: number;
  accountUserId?: number;
  authId: number;
  code?: number;
  type: number;
  name: string;
  enabled: boolean;
  remoteAllowed: boolean;
  lockCount: number;
  lastActiveDate?: string;
  creationDate: string;
  /** Missing or null until the device has confirmed it. */
  updateDate?: string | null;
  operationId?: object;
  error?: string;
}

/** What an entry of an Opener tells besides. */
export interface OpenerLogJson {
  activeCm: boolean;
  activeRto: boolean;
  source: number;
  flagGeoFence: boolean;
  flagForce: boolean;
  flagDoorbellSuppression: boolean;
}

export interface LogJson {
  id: string;
  smartlockId: number;
  deviceType: number;
  accountUserId?: number;
  authId?: string;
  name: string;
  action: number;
  trigger: number;
  state: number;
  autoUnlock: boolean;
  date: string;
  source: number;
  openerLog?: OpenerLogJson;
  error?: string;
  ajarTimeout?: number;
}

/** How many entries of a log an answer holds at most: a larger `limit` silently counts as this. */
export const mostLogEntries = 50;

export interface AccountJson {
  accountId: number;
  type: number;
  email: string;
  name: string;
  creationDate: string;
  updateDate: string;
  [field: string]: unknown;
}

export interface AccountUserJson {
  accountUserId: number;
  accountId: number;
  type?: number;
  email: string;
  name: string;
  language?: string;
  operationId?: string;
  creationDate: string;
  updateDate: string;
}

/** An account that shares the devices of another one. `rights`: a mask of what it may do. */
export interface SubAccountJson extends AccountJson {
  masterAccountId: number;
  rights: number;
}

/** Something that has access to the account: a program, a device, or an API token. */
export interface IntegrationJson {
  version: 'LEGACY' | 'HYDRA';
  vendorKey: string;
  subAccount: boolean;
  subAccountId?: number;
  subAccountName?: string;
  name: string;
  description?: string;
  createdAt?: string;
  lastActiveAt?: string;
  scopes?: readonly string[];
  warning: boolean;
  tokenId?: string;
  advancedType?: string;
  advancedState?: string;
  clientId: string;
  sortOrder: number;
  device: boolean;
}

/** What Nuki Web keeps of how someone likes it. */
export interface AccountSettingJson {
  web?: object;
}

/** Someone who asked to be told of what happens: by a push message, or at a URL (`os` 2). */
export interface NotificationJson {
  notificationId: string;
  referenceId?: string;
  pushId: string;
  secret?: string;
  os: number;
  language: string;
  status: number;
  lastActiveDate: string;
  settings: readonly { smartlockId?: number; triggerEvents: readonly string[]; authIds?: readonly string[] }[];
}
