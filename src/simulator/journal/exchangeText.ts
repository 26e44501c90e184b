import type { Translate } from '../../base/locale.ts';
import { safeText } from '../../base/safeText.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { typeOfDeviceId } from '../../nuki/deviceId.ts';
import { isActionName, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { completionStates, word } from '../../nuki/vocabulary/words.ts';
import { actionWithCode } from '../devices/motions.ts';
import { fieldOf } from '../jsonFields.ts';
import type { Exchange } from './exchange.ts';
import type { Names } from './names.ts';
import type { Outcome } from './outcomes.ts';
import { refusalText } from './refusalText.ts';
import { maskedText } from './withoutItsSecrets.ts';

/** What each operation does. {0}: the device, or how many; {1}: what is written. */
const meanings: Readonly<Record<string, string>> = {
  'GET /account': 'read the account',
  'POST /account': 'change the account',
  'GET /account/setting': 'read the account settings',
  'PUT /account/setting': 'change the account settings',
  'DELETE /account/setting': 'delete account settings',
  'GET /account/integration': 'list integrations',
  'DELETE /account/integration': 'revoke an integration',
  'GET /account/user': 'list users',
  'PUT /account/user': 'create user {1}',
  'GET /account/user/{accountUserId}': 'read a user',
  'POST /account/user/{accountUserId}': 'change a user',
  'DELETE /account/user/{accountUserId}': 'delete a user',
  'GET /account/sub': 'list sub-accounts',
  'PUT /account/sub': 'create sub-account {1}',
  'GET /account/sub/{accountId}': 'read a sub-account',
  'POST /account/sub/{accountId}': 'change a sub-account',
  'DELETE /account/sub/{accountId}': 'delete a sub-account',
  'GET /notification': 'list notifications',
  'PUT /notification': 'create a notification',
  'GET /notification/{notificationId}': 'read a notification',
  'POST /notification/{notificationId}': 'change a notification',
  'DELETE /notification/{notificationId}': 'delete a notification',
  'GET /api/key': 'list API keys',
  'GET /api/decentralWebhook': 'list webhooks',
  'PUT /api/decentralWebhook': 'register a webhook',
  'DELETE /api/decentralWebhook/{id}': 'delete a webhook',
  'GET /api/key/{apiKeyId}/webhook/logs': 'list webhook deliveries',
  'POST /api/key/{apiKeyId}/advanced/reactivate': 'reactivate webhooks',
  'GET /smartlock': 'list devices',
  'GET /smartlock/{smartlockId}': 'read {0}',
  'POST /smartlock/{smartlockId}': 'change {0}',
  'POST /smartlock/{smartlockId}/action': 'run an action on {0}',
  'POST /smartlock/{smartlockId}/action/advanced': 'run an action on {0}',
  'POST /smartlock/{smartlockId}/action/lock': 'lock {0}',
  'POST /smartlock/{smartlockId}/action/lock/advanced': 'lock {0}',
  'POST /smartlock/{smartlockId}/action/unlock': 'unlock {0}',
  'POST /smartlock/{smartlockId}/action/unlock/advanced': 'unlock {0}',
  'POST /smartlock/{smartlockId}/sync': 'wake and refresh {0}',
  'POST /smartlock/{smartlockId}/config': 'change the settings of {0}',
  'POST /smartlock/{smartlockId}/advanced/config': 'change the advanced settings of {0}',
  'POST /smartlock/{smartlockId}/advanced/openerconfig': 'change the advanced settings of {0}',
  'POST /smartlock/{smartlockId}/advanced/smartdoorconfig': 'change the advanced settings of {0}',
  'POST /smartlock/{smartlockId}/web/config': 'change the web settings of {0}',
  'POST /smartlock/{smartlockId}/admin/pin': 'set the admin PIN of {0}',
  'GET /smartlock/auth': 'list authorizations',
  'GET /smartlock/auth/paged': 'list authorizations',
  'PUT /smartlock/auth': 'create {1} on {0}',
  'PUT /smartlock/auth/advanced': 'create {1} on {0}',
  'POST /smartlock/auth': 'change {1}',
  'DELETE /smartlock/auth': 'delete {1}',
  'GET /smartlock/{smartlockId}/auth': 'list the authorizations of {0}',
  'PUT /smartlock/{smartlockId}/auth': 'create {1} on {0}',
  'POST /smartlock/{smartlockId}/auth/advanced/sharedkey': 'create a shared key on {0}',
  'GET /smartlock/{smartlockId}/auth/{id}': 'read {1} on {0}',
  'POST /smartlock/{smartlockId}/auth/{id}': 'change {1} on {0}',
  'DELETE /smartlock/{smartlockId}/auth/{id}': 'delete {1} from {0}',
  'GET /smartlock/log': 'read the activity log',
  'GET /smartlock/{smartlockId}/log': 'read the activity log of {0}',
};

/** What each action does to {0}, a device. */
const actionMeanings: Readonly<Record<ActionName, string>> = {
  unlock: 'unlock {0}',
  lock: 'lock {0}',
  unlatch: 'unlatch {0}',
  lockNGo: "lock 'n' go on {0}",
  lockNGoUnlatch: "lock 'n' go with unlatch on {0}",
  activateRingToOpen: 'activate ring to open on {0}',
  deactivateRingToOpen: 'deactivate ring to open on {0}',
  open: 'open the door with {0}',
  activateContinuousMode: 'activate continuous mode on {0}',
  deactivateContinuousMode: 'deactivate continuous mode on {0}',
};

/** Whether an operation has words. */
export function hasWords(operation: string): boolean {
  return Object.hasOwn(meanings, operation);
}

/** A request in words, with what it found or why it was refused; of the fault that it met it says nothing. */
export function exchangeText(exchange: Exchange, names: Names, t: Translate): string {
  const found = exchange.status === 200 ? foundText(exchange, names, t) : undefined;
  const refusal = refusalText(exchange, t);
  const parts = [found ?? meaningOf(exchange, names, t), refusal].filter((part) => part !== undefined);
  return maskedText(parts.join(': '));
}

/** How an accepted write came out, in words; `exchange`: its request, where it is still remembered. */
export function outcomeText(outcome: Outcome, exchange: Exchange | undefined, names: Names, t: Translate): string {
  const device = names.device(String(outcome.smartlockId));
  const result = resultText(outcome, exchange, names, t);
  if (exchange === undefined) return `${device}: ${result}`;
  const meaning = meaningOf(exchange, names, t) ?? device;
  return maskedText(deviceIn(exchange) === undefined ? `${meaning}: ${device}, ${result}` : `${meaning}: ${result}`);
}

function resultText(outcome: Outcome, exchange: Exchange | undefined, names: Names, t: Translate): string {
  const after = `${((outcome.at - (exchange?.at ?? outcome.at)) / 1000).toFixed(1)} s`;
  if (outcome.kind === 'ended') {
    if (outcome.completion === 0) return t('done in {0}', after);
    return t('{0} after {1}', word(completionStates, outcome.completion, t), after);
  }
  if (outcome.kind === 'configured') return t('done in {0}', after);
  if (outcome.kind === 'dropped') return t('never carried out');
  if (outcome.kind === 'overtaken') return t('lost, as another change was under way');
  if (outcome.kind === 'refused') return t('refused by the device after {0}: no free slot, or code in use', after);
  if (exchange?.method === 'DELETE') return t('removed after {0}', after);
  const isCode = names.authorization(outcome.id)?.type === authorizationType.keypadCode;
  return isCode ? t('saved on the keypad after {0}', after) : t('saved on the device after {0}', after);
}

/** How much a list has found. */
function foundText({ operation = '', path, answer }: Exchange, names: Names, t: Translate): string | undefined {
  const list = operation === 'GET /smartlock/auth/paged' ? fieldOf(answer, 'results') : answer;
  if (!Array.isArray(list) || !operation.startsWith('GET ')) return undefined;
  const { length } = list;
  const device = deviceIn({ path });
  const of = device === undefined ? '' : names.device(device);
  const isOne = length === 1;
  if (operation === 'GET /smartlock') return isOne ? t('{0} device', length) : t('{0} devices', length);
  if (operation.startsWith('GET /smartlock/auth')) return countOfAuthorizations(length, t);
  if (operation.endsWith('/auth')) {
    return isOne ? t('{0} authorization of {1}', length, of) : t('{0} authorizations of {1}', length, of);
  }
  if (operation === 'GET /smartlock/log') return isOne ? t('{0} log entry', length) : t('{0} log entries', length);
  if (!operation.endsWith('/log')) return undefined;
  return isOne ? t('{0} log entry of {1}', length, of) : t('{0} log entries of {1}', length, of);
}

function countOfAuthorizations(count: number, t: Translate): string {
  return count === 1 ? t('{0} authorization', count) : t('{0} authorizations', count);
}

function meaningOf(exchange: Exchange, names: Names, t: Translate): string | undefined {
  const { operation = '', body } = exchange;
  if (!hasWords(operation)) return undefined;
  const id = deviceIn(exchange);
  const device = devicesText(id, body, names, t);
  const action = operation.includes('/action') && id !== undefined ? actionOf(operation, id, body) : undefined;
  if (action !== undefined) return t(actionMeanings[action], device);
  const written = writtenIn(exchange, names, t);
  const isNamed = typeof fieldOf(body, 'name') === 'string';
  const isCode = operation.startsWith('PUT ') && isNamed && fieldOf(body, 'type') === authorizationType.keypadCode;
  return isCode ? t('create code {1} on {0}', device, written) : t(meanings[operation] ?? operation, device, written);
}

/** The device in the path, or those in the body. */
function devicesText(id: string | undefined, body: unknown, names: Names, t: Translate): string {
  if (id !== undefined) return names.device(id);
  const ids = fieldOf(body, 'smartlockIds');
  const all: readonly unknown[] = Array.isArray(ids) ? ids : [];
  if (all.length !== 1) return t('{0} devices', all.length);
  const [only] = all;
  return typeof only === 'string' || typeof only === 'number' ? names.device(String(only)) : t('a device');
}

function actionOf(operation: string, smartlockId: string, body: unknown): ActionName | undefined {
  const simple = /\/action\/(\w+)/.exec(operation)?.[1] ?? '';
  if (isActionName(simple)) return simple;
  const code = fieldOf(body, 'action');
  const number = typeof code === 'string' && /^\d+$/.test(code) ? Number(code) : code;
  return actionWithCode(typeOfDeviceId(Number(smartlockId)), number);
}

/** The name of the authorization or user that is written, or how many there are. */
function writtenIn({ operation = '', path, body }: Exchange, names: Names, t: Translate): string {
  const id = /^\/smartlock\/\d+\/auth\/([^/?]+)/.exec(path)?.[1];
  const ids: readonly unknown[] = Array.isArray(body) ? body : [];
  const [first] = ids;
  if (operation.endsWith(' /smartlock/auth') && ids.length !== 1 && !operation.startsWith('PUT')) {
    return countOfAuthorizations(ids.length, t);
  }
  const wanted: unknown = id ?? (typeof first === 'string' ? first : fieldOf(first, 'id'));
  const known = typeof wanted === 'string' ? names.authorization(wanted)?.name : undefined;
  const name = fieldOf(body, 'name') ?? fieldOf(first, 'name') ?? known;
  return typeof name === 'string' ? t('"{0}"', safeText(name)) : t('an authorization');
}

function deviceIn({ path }: Pick<Exchange, 'path'>): string | undefined {
  return /^\/smartlock\/(?!(?:auth|log)(?:[/?]|$))([^/?]+)/.exec(path)?.[1];
}
