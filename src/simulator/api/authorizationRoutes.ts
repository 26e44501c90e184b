import { accepted, badParameter, busy, forbidden, json } from '../answers.ts';
import { authorizationToCreate, authorizationToReplace } from './authorizationRules.ts';
import type { Device } from '../devices/device.ts';
import { fieldsOf, integerField, integerOf, listOf } from './requestFields.ts';
import type { Fields } from '../jsonFields.ts';
import { cutPage, pageOf } from './pages.ts';
import { deviceOf, deviceWithId, shownOf, type Call, type Route } from './routes.ts';
import type { AuthorizationJson } from '../wire.ts';

const scopes = ['smartlock.auth'];
const ofOne = '/smartlock/{smartlockId}/auth';

export const authorizationRoutes: readonly Route[] = [
  { method: 'GET', path: '/smartlock/auth', scopes, answer: (call) => json(listAll(call)) },
  { method: 'GET', path: '/smartlock/auth/paged', scopes, answer: listPage },
  { method: 'PUT', path: '/smartlock/auth', scopes, answer: createOnMany },
  { method: 'PUT', path: '/smartlock/auth/advanced', scopes, answer: createAdvanced },
  { method: 'POST', path: '/smartlock/auth', scopes, answer: replaceMany },
  { method: 'DELETE', path: '/smartlock/auth', scopes, answer: removeMany },
  { method: 'GET', path: ofOne, scopes, answer: (call) => json(ofTypes(call, shownOf(call).authorizations)) },
  { method: 'PUT', path: ofOne, scopes, answer: createOnOne },
  {
    method: 'GET',
    path: `${ofOne}/{id}`,
    scopes,
    answer: (call) => json(entryIn(shownOf(call).authorizations, call.params['id'])),
  },
  {
    method: 'POST',
    path: `${ofOne}/{id}`,
    scopes,
    answer: (call) => replace(call, [[deviceOf(call), call.params['id'], call.body]]),
  },
  {
    method: 'DELETE',
    path: `${ofOne}/{id}`,
    scopes,
    answer: (call) => remove(call, [[deviceOf(call), call.params['id']]]),
  },
];

/** `types=0,13` keeps authorizations of these types. */
function ofTypes({ query }: Call, entries: readonly AuthorizationJson[]): readonly AuthorizationJson[] {
  const types = query['types']?.split(',').map((type) => integerOf('types', type));
  return entries.filter(({ type }) => types?.includes(type) ?? true);
}

function listAll(call: Call): readonly AuthorizationJson[] {
  const all = call.home.copy(call.lag).flatMap(({ authorizations }) => authorizations);
  const user = integerOf('accountUserId', call.query['accountUserId'] ?? 0);
  return ofTypes(call, all).filter(
    ({ accountUserId }) => user === 0 || (user < 0 ? accountUserId === undefined : accountUserId === user),
  );
}

function listPage(call: Call): Response {
  const currentPage = integerField(call.query, 'page') ?? 0;
  const pageSize = integerField(call.query, 'size', 1) ?? 100;
  const { conditions, timeline } = call.home;
  const page = pageOf(listAll(call), currentPage, pageSize, '/smartlock/auth/paged');
  const isCut = conditions.cutPages > 0 && timeline.random.next() < conditions.cutPages;
  return json(isCut ? cutPage(page, timeline.random) : page);
}

/** @throws {Refusal} 403, not 404: the API does not tell unknown ids from those of other accounts */
function entryIn(entries: readonly AuthorizationJson[], id: unknown): AuthorizationJson {
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry === undefined) throw forbidden();
  return entry;
}

function deviceWithEntry({ home }: Call, id: unknown): Device {
  const device = home.devices().find(({ cloud }) => cloud.authorizations.some((entry) => entry.id === id));
  if (device === undefined) throw forbidden();
  return device;
}

/** @throws {Refusal} 423 while another operation is under way */
function freeEntryOf(device: Device, id: unknown): AuthorizationJson {
  const entry = entryIn(device.cloud.authorizations, id);
  if (device.store.isBusy(entry.id)) throw busy();
  return entry;
}

// Each of the following routes checks everything before it changes anything.

function createOnOne(call: Call): Response {
  create(call, entriesToCreate(call, [deviceOf(call)], fieldsOf(call.body)));
  return accepted();
}

function createOnMany(call: Call): Response {
  create(call, entriesToCreate(call, devicesNamed(call), fieldsOf(call.body)));
  return accepted();
}

/** App authorizations alone. The answer is the id of the webhook that tells what became of them. */
function createAdvanced(call: Call): Response {
  const { code: _code, type: _type, ...fields } = fieldsOf(call.body);
  const entries = entriesToCreate(call, devicesNamed(call), fields);
  const targets = entries.map(({ smartlockId, id }) => ({ smartlockId, id }));
  const requestId = call.home.webhooks.awaitOutcome('AuthCreation', call.deed, targets);
  create(call, entries);
  return json({ requestId });
}

function devicesNamed({ home, body }: Call): readonly Device[] {
  const ids = listOf(fieldsOf(body)['smartlockIds']);
  if (ids.length === 0) throw badParameter('smartlockIds', ids);
  return [...new Set(ids)].map((id) => deviceWithId(home, String(integerOf('smartlockIds', id))));
}

function entriesToCreate({ home }: Call, devices: readonly Device[], fields: Fields): readonly AuthorizationJson[] {
  return devices.map((device) => authorizationToCreate(home, device, fields));
}

function create({ home, twist, deed }: Call, entries: readonly AuthorizationJson[]): void {
  for (const entry of entries) {
    deviceWithId(home, String(entry.smartlockId)).store.change(entry.id, entry, twist, deed);
  }
}

function replaceMany(call: Call): Response {
  const updates = listOf(call.body).map((body) => {
    const { id } = fieldsOf(body);
    return [deviceWithEntry(call, id), id, body] as const;
  });
  return replace(call, updates);
}

function replace({ home, twist, deed }: Call, updates: readonly (readonly [Device, unknown, unknown])[]): Response {
  const changes = updates.map(([device, id, body]) => {
    const entry = authorizationToReplace(home, device, freeEntryOf(device, id), fieldsOf(body));
    return (): void => device.store.change(entry.id, entry, twist, deed);
  });
  for (const change of changes) change();
  return accepted();
}

function removeMany(call: Call): Response {
  return remove(
    call,
    listOf(call.body).map((id) => [deviceWithEntry(call, id), id]),
  );
}

function remove({ twist, deed }: Call, entries: readonly (readonly [Device, unknown])[]): Response {
  const changes = entries.map(([device, id]) => {
    const entry = freeEntryOf(device, id);
    return (): void => device.store.change(entry.id, undefined, twist, deed);
  });
  for (const change of changes) change();
  return accepted();
}
