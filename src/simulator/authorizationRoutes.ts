import { accepted, badParameter, busy, forbidden, json } from './answers.ts';
import { authorizationToCreate, authorizationToReplace } from './authorizationRules.ts';
import type { Device } from './device.ts';
import { fieldsOf, integerField, listOf } from './requestFields.ts';
import { deviceOf, deviceWithId, type Call, type Route } from './routes.ts';
import type { AuthorizationJson } from './wire.ts';

const scopes = ['smartlock.auth'];
const ofOne = '/smartlock/{smartlockId}/auth';

export const authorizationRoutes: readonly Route[] = [
  { method: 'GET', path: '/smartlock/auth', scopes, answer: (call) => json(listAll(call)) },
  { method: 'GET', path: '/smartlock/auth/paged', scopes, answer: listPage },
  { method: 'PUT', path: '/smartlock/auth', scopes, answer: createOnMany },
  { method: 'POST', path: '/smartlock/auth', scopes, answer: replaceMany },
  { method: 'DELETE', path: '/smartlock/auth', scopes, answer: removeMany },
  { method: 'GET', path: ofOne, scopes, answer: (call) => json(ofTypes(call, deviceOf(call).cloud.authorizations)) },
  { method: 'PUT', path: ofOne, scopes, answer: (call) => create(call, [deviceOf(call)]) },
  { method: 'GET', path: `${ofOne}/{id}`, scopes, answer: (call) => json(entryOf(deviceOf(call), call.params['id'])) },
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
  const types = query['types']?.split(',').map(Number);
  return entries.filter(({ type }) => types?.includes(type) ?? true);
}

function listAll(call: Call): readonly AuthorizationJson[] {
  const all = call.home.devices().flatMap(({ cloud }) => cloud.authorizations);
  const user = Number(call.query['accountUserId'] ?? 0);
  return ofTypes(call, all).filter(
    ({ accountUserId }) => user === 0 || (user < 0 ? accountUserId === undefined : accountUserId === user),
  );
}

function listPage(call: Call): Response {
  const currentPage = integerField(call.query, 'page') ?? 0;
  const pageSize = integerField(call.query, 'size', 1) ?? 100;
  const all = listAll(call);
  const totalPages = Math.ceil(all.length / pageSize);
  const link = (page: number): string => `/smartlock/auth/paged?page=${page}&size=${pageSize}`;
  return json({
    results: all.slice(currentPage * pageSize, (currentPage + 1) * pageSize),
    pagination: {
      totalItems: all.length,
      totalPages,
      currentPage,
      ...(currentPage + 1 < totalPages && { nextPage: link(currentPage + 1) }),
      ...(currentPage > 0 && { prevPage: link(currentPage - 1) }),
      pageSize,
    },
  });
}

/** @throws {Refusal} 403, not 404: the API does not tell unknown ids from those of other accounts */
function entryOf(device: Device, id: unknown): AuthorizationJson {
  const entry = device.cloud.authorizations.find((candidate) => candidate.id === id);
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
  const entry = entryOf(device, id);
  if (entry.operationId !== undefined) throw busy();
  return entry;
}

function createOnMany(call: Call): Response {
  const ids = listOf(fieldsOf(call.body)['smartlockIds']);
  if (ids.length === 0) throw badParameter('smartlockIds', ids);
  return create(
    call,
    ids.map((id) => deviceWithId(call.home, Number(id))),
  );
}

// Each of the following routes checks everything before it changes anything.

function create({ home, body, twist }: Call, devices: readonly Device[]): Response {
  const entries = devices.map((device) => authorizationToCreate(home, device, fieldsOf(body)));
  for (const [index, device] of devices.entries()) {
    const entry = entries[index];
    if (entry !== undefined) device.changeAuthorization(entry.id, entry, twist);
  }
  return accepted();
}

function replaceMany(call: Call): Response {
  const updates = listOf(call.body).map((body) => {
    const { id } = fieldsOf(body);
    return [deviceWithEntry(call, id), id, body] as const;
  });
  return replace(call, updates);
}

function replace({ home, twist }: Call, updates: readonly (readonly [Device, unknown, unknown])[]): Response {
  const changes = updates.map(([device, id, body]) => {
    const entry = authorizationToReplace(home, device, freeEntryOf(device, id), fieldsOf(body));
    return (): void => device.changeAuthorization(entry.id, entry, twist);
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

function remove({ twist }: Call, entries: readonly (readonly [Device, unknown])[]): Response {
  const changes = entries.map(([device, id]) => {
    const entry = freeEntryOf(device, id);
    return (): void => device.changeAuthorization(entry.id, undefined, twist);
  });
  for (const change of changes) change();
  return accepted();
}
