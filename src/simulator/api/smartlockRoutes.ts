import { kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { accepted, badParameter, busy, json, notAllowed } from '../answers.ts';
import type { Device } from '../devices/device.ts';
import { dateField, fieldsOf, integerField } from './requestFields.ts';
import { actionWithCode } from '../devices/motions.ts';
import { deviceOf, shownOf, type Call, type Route } from './routes.ts';
import { mostLogEntries, type LogJson } from '../wire.ts';

const readScopes = ['smartlock', 'smartlock.readOnly'];
const acting = ['smartlock.action'];
const logReading = ['smartlock.log'];

export const smartlockRoutes: readonly Route[] = [
  { method: 'GET', path: '/smartlock', scopes: readScopes, answer: list },
  {
    method: 'GET',
    path: '/smartlock/{smartlockId}',
    scopes: readScopes,
    answer: (call) => json(shownOf(call).listed),
  },
  ...actionRoutes('', actionInBody),
  ...actionRoutes('/lock', (call) => simpleAction(call, 'lock')),
  ...actionRoutes('/unlock', (call) => simpleAction(call, 'unlock')),
  { method: 'POST', path: '/smartlock/{smartlockId}/sync', scopes: acting, answer: sync },
  {
    method: 'GET',
    path: '/smartlock/log',
    scopes: logReading,
    answer: (call) =>
      json(
        logPage(
          ofAllDevices(call.query),
          call.home.copy(call.lag).flatMap(({ log }) => log),
        ),
      ),
  },
  {
    method: 'GET',
    path: '/smartlock/{smartlockId}/log',
    scopes: logReading,
    answer: (call) => json(logPage(call.query, shownOf(call).log)),
  },
];

function list({ home, query, lag }: Call): Response {
  const type = integerField(query, 'type');
  const authId = integerField(query, 'authId');
  const listed = home.copy(lag).map(({ listed: device }) => device);
  return json(
    listed.filter((device) => (type ?? device.type) === device.type && (authId ?? device.authId) === device.authId),
  );
}

/** An action as it is asked for, and in the advanced form, which answers the id of the webhook that tells how it ended. */
function actionRoutes(path: '' | '/lock' | '/unlock', actionOf: (call: Call) => ActionName): readonly Route[] {
  const whole = `/smartlock/{smartlockId}/action${path}`;
  return [
    { method: 'POST', path: whole, scopes: acting, answer: (call) => act(call, actionOf(call)) },
    { method: 'POST', path: `${whole}/advanced`, scopes: acting, answer: (call) => actAdvanced(call, actionOf(call)) },
  ];
}

/** @throws {Refusal} 400 for an action that the device does not have */
function actionInBody(call: Call): ActionName {
  const device = deviceOf(call);
  const fields = fieldsOf(call.body);
  integerField(fields, 'option', 0, 7);
  const action = actionWithCode(device.cloud.listed.type, integerField(fields, 'action', 0, 7));
  const pullsLatch = action === 'unlatch' || action === 'lockNGoUnlatch';
  if (action === undefined || (pullsLatch && !device.unlatches)) throw badParameter('action', fields['action']);
  return action;
}

/** @throws {Refusal} 405 for a device that does not have it */
function simpleAction(call: Call, action: ActionName): ActionName {
  if (!(action in kindOf(deviceOf(call).cloud.listed.type).actions)) throw notAllowed();
  return action;
}

function act(call: Call, action: ActionName): Response {
  call.home.act(freeDeviceOf(call), action, call.twist, call.deed);
  return accepted();
}

function actAdvanced(call: Call, action: ActionName): Response {
  const device = freeDeviceOf(call);
  const type = action === 'unlock' ? 'UnlockAction' : action === 'lock' ? 'LockAction' : 'Action';
  const requestId = call.home.webhooks.awaitOutcome(type, call.deed, [{ smartlockId: device.id }]);
  call.home.act(device, action, call.twist, call.deed);
  return json({ requestId });
}

/** @throws {Refusal} 423 while another operation is under way */
function freeDeviceOf(call: Call): Device {
  const device = deviceOf(call);
  if (device.cloud.listed.operationId !== undefined) throw busy();
  return device;
}

function sync(call: Call): Response {
  deviceOf(call).sync(call.twist);
  return accepted();
}

/** The query for the log of all devices: an authorization is one of a single device, whose own log alone takes it. */
function ofAllDevices(query: Call['query']): Call['query'] {
  const { authId: _, ...others } = query;
  return others;
}

/** At most `limit` entries, newest first, those after the entry `id`. */
export function logPage(query: Call['query'], entries: readonly LogJson[]): readonly LogJson[] {
  const limit = Math.min(integerField(query, 'limit') ?? 20, mostLogEntries);
  return matchingEntries(query, entries)
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}

/** The entries that the query is about, on however many pages. @throws {Refusal} 400 */
export function matchingEntries(query: Call['query'], entries: readonly LogJson[]): readonly LogJson[] {
  const from = dateField(query, 'fromDate') ?? -Infinity;
  const to = dateField(query, 'toDate') ?? Infinity;
  const action = integerField(query, 'action');
  const accountUserId = integerField(query, 'accountUserId');
  const { id: newer, authId } = query;
  return entries.filter((entry) => {
    const date = Date.parse(entry.date);
    return (
      date >= from &&
      date <= to &&
      (newer === undefined || entry.id < newer) &&
      (action ?? entry.action) === entry.action &&
      (accountUserId === undefined || accountUserId === entry.accountUserId) &&
      (authId === undefined || authId === entry.authId)
    );
  });
}
