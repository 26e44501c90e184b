import { kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { accepted, badParameter, busy, json, notAllowed } from './answers.ts';
import type { Device } from '../devices/device.ts';
import { dateField, fieldsOf, integerField } from './requestFields.ts';
import { actionWithCode } from '../devices/motions.ts';
import { deviceOf, shownOf, type Call, type Route } from './routes.ts';
import type { LogJson } from '../wire.ts';

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
  { method: 'POST', path: '/smartlock/{smartlockId}/action', scopes: acting, answer: actWithCode },
  {
    method: 'POST',
    path: '/smartlock/{smartlockId}/action/lock',
    scopes: acting,
    answer: (call) => actSimply(call, 'lock'),
  },
  {
    method: 'POST',
    path: '/smartlock/{smartlockId}/action/unlock',
    scopes: acting,
    answer: (call) => actSimply(call, 'unlock'),
  },
  { method: 'POST', path: '/smartlock/{smartlockId}/sync', scopes: acting, answer: sync },
  {
    method: 'GET',
    path: '/smartlock/log',
    scopes: logReading,
    answer: (call) =>
      json(
        logPage(
          call.query,
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

function actWithCode(call: Call): Response {
  const device = deviceOf(call);
  const fields = fieldsOf(call.body);
  integerField(fields, 'option', 0, 7);
  const action = actionWithCode(device.cloud.listed.type, integerField(fields, 'action', 0, 7));
  const pullsLatch = action === 'unlatch' || action === 'lockNGoUnlatch';
  if (action === undefined || (pullsLatch && !device.unlatches)) throw badParameter('action', fields['action']);
  return act(call, device, action);
}

function actSimply(call: Call, action: ActionName): Response {
  const device = deviceOf(call);
  if (!(action in kindOf(device.cloud.listed.type).actions)) throw notAllowed();
  return act(call, device, action);
}

function act({ home, twist, deed }: Call, device: Device, action: ActionName): Response {
  if (device.cloud.listed.operationId !== undefined) throw busy();
  home.act(device, action, twist, deed);
  return accepted();
}

function sync(call: Call): Response {
  deviceOf(call).sync(call.twist);
  return accepted();
}

/** How many entries an answer holds at most: a larger `limit` silently counts as this. */
export const mostLogEntries = 50;

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
