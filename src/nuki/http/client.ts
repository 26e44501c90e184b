import type { Account, Person } from '../account.ts';
import type { AccountActivityEntry, ActivityEntry } from '../activityLog.ts';
import type {
  AuthorizationsWithCodes,
  NewAuthorization,
  RawAuthorization,
} from '../authorization/authorizationWrites.ts';
import { withCompleteLimits } from '../authorization/completeLimits.ts';
import { authorizationsIn, readAllPages } from '../authorization/authorizationPages.ts';
import { RateLimiter, type Lane } from './rateLimiter.ts';
import { decode, decodeList, notTooDeep, type Decoded } from './decode.ts';
import { NukiError } from './errors.ts';
import { createHttp, type Deadlines, type HttpServices, type Query } from './http.ts';
import { Pause } from './pause.ts';
import { withoutSecrets } from './maskSecrets.ts';
import { authorizationPath, devicePath, origin, personPath, usableAuthorizationId, usableDeviceId } from './paths.ts';
import type { ApiRequest } from './requests.ts';
import {
  accountActivitySchema,
  accountSchema,
  activitySchema,
  authorizationSchema,
  integrationSchema,
  personSchema,
  replacedFieldsSchema,
  smartlockSchema,
} from './schemas.ts';
import { isUsableRevocationId, type Integration, type Revocation } from '../integration.ts';
import type { Smartlock } from '../smartlock.ts';
import { wireInstant } from '../time/instant.ts';

interface ReadOptions {
  readonly lane?: Lane;
  readonly signal?: AbortSignal | undefined;
}

interface DevicesOptions extends ReadOptions {
  /** What is known of a device: of one that is listed as before, it is what is answered. */
  readonly known?: ((smartlockId: number) => Smartlock | undefined) | undefined;
}

/** Which entries of a log are asked for: those that all of these fit. */
export interface LogOptions extends ReadOptions {
  /** The id of an entry: only older ones are read. */
  readonly before?: string | undefined;
  /** Milliseconds since 1970, as `to`. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** An action's code, whatever it means to a device. */
  readonly action?: number | undefined;
  readonly accountUserId?: number | undefined;
}

interface PagesOptions extends ReadOptions {
  readonly onPage?: ((page: number, pages: number) => void) | undefined;
}

/** One account's Web API: a method per endpoint that is used. Each throws {@link NukiError} and nothing else. */
export interface NukiClient {
  account(options?: ReadOptions): Promise<Account>;
  smartlocks(options?: DevicesOptions): Promise<Decoded<Smartlock>>;
  smartlock(id: number, options?: ReadOptions): Promise<Smartlock>;
  authorizations(id: number, options?: ReadOptions): Promise<AuthorizationsWithCodes>;
  /** The authorizations of all devices, read page by page where the server knows pages. */
  allAuthorizations(options?: PagesOptions): Promise<AuthorizationsWithCodes>;
  authorization(id: number, authorizationId: string, options?: ReadOptions): Promise<RawAuthorization>;
  /** Asks for an authorization on one or several devices, once; the limits travel with it, complete. */
  createAuthorization(ids: readonly number[], requested: NewAuthorization): Promise<void>;
  /** Replaces an authorization; `body` holds all of its fields. Limits that are not complete are completed. */
  replaceAuthorization(id: number, authorizationId: string, body: Readonly<Record<string, unknown>>): Promise<void>;
  deleteAuthorization(id: number, authorizationId: string): Promise<void>;
  /** Of any devices of the account. */
  deleteAuthorizations(authorizationIds: readonly string[]): Promise<void>;
  people(options?: ReadOptions): Promise<Decoded<Person>>;
  /** What has access to the account. */
  integrations(options?: ReadOptions): Promise<Decoded<Integration>>;
  /** Takes away access, once: that of one token, or of all that a client has. */
  revoke(revocation: Revocation): Promise<void>;
  createPerson(name: string, email: string): Promise<void>;
  deletePerson(accountUserId: number): Promise<void>;
  /** The newest entries of a device's log, or the newest before one of them; at most 50, newest first. */
  activity(id: number, limit: number, options?: LogOptions): Promise<Decoded<ActivityEntry>>;
  /** The same of the logs of all devices. */
  accountActivity(limit: number, options?: LogOptions): Promise<Decoded<AccountActivityEntry>>;
  /** What the API answers to a read, whole and as it came, but for codes and other secrets. */
  raw(request: ApiRequest, options?: ReadOptions): Promise<unknown>;
  /** Asks Nuki to read a device anew, as "Update now" in Nuki Web does: it wakes the device, so on request only. */
  sync(id: number): Promise<void>;
  /**
   * Asks a device to act, once, and not after `expiresAt` (ms since 1970): resolves when the API has queued it, which is not yet an effect.
   */
  act(id: number, action: number, expiresAt?: number): Promise<void>;
}

/** So many are understood in some 20 ms. */
const devicesInTurn = 5_000;

export function createClient(token: string, services: HttpServices, deadlines?: Deadlines): NukiClient {
  const rateLimiter = services.readLimits ?? new RateLimiter(services.clock);
  const pause = new Pause(services.clock);
  const http = createHttp(token, services, deadlines, pause);

  const read = async <T>(
    path: string,
    understand: (json: unknown) => T | Promise<T>,
    { lane = 'refresh', signal }: ReadOptions,
    query = {},
  ): Promise<T> => {
    pause.throwIfActive(); // before it waits for its turn
    const stop = AbortSignal.any([signal, services.closed].filter((each) => each !== undefined));
    return await rateLimiter.run(lane, stop, () => http.read(path, understand, { query, signal: stop }));
  };

  return {
    account: async (options = {}) => read('/account', (json) => decode(accountSchema, json), options),
    smartlocks: async ({ known, ...options } = {}) => {
      const understand = (json: unknown) =>
        decodeList(smartlockSchema, json, 'smartlockId', { known: (id) => known?.(Number(id)), inTurn: devicesInTurn });
      return read('/smartlock', understand, options);
    },
    smartlock: async (id, options = {}) => read(devicePath(id), (json) => decode(smartlockSchema, json), options),
    authorizations: async (id, options = {}) => read(`${devicePath(id)}/auth`, authorizationsIn, options),
    allAuthorizations: async ({ onPage, ...options } = {}) =>
      readAllPages((path, understand, query) => read(path, understand, options, query), onPage),
    authorization: async (id, authorizationId, options = {}) =>
      read(authorizationPath(id, authorizationId), rawAuthorization, options),
    createAuthorization: async (ids, requested) => {
      const [first] = ids;
      const body = withCompleteLimits(requested, services.clock.now());
      if (first !== undefined && ids.length === 1) return http.write('PUT', `${devicePath(first)}/auth`, body);
      await http.write('PUT', '/smartlock/auth', { ...body, smartlockIds: ids.map(usableDeviceId) });
    },
    replaceAuthorization: async (id, authorizationId, body) =>
      http.write('POST', authorizationPath(id, authorizationId), withCompleteLimits(body, services.clock.now())),
    deleteAuthorization: async (id, authorizationId) => http.write('DELETE', authorizationPath(id, authorizationId)),
    deleteAuthorizations: async (ids) => http.write('DELETE', '/smartlock/auth', ids.map(usableAuthorizationId)),
    people: async (options = {}) =>
      read('/account/user', (json) => decodeList(personSchema, json, 'accountUserId'), options),
    deletePerson: async (accountUserId) => http.write('DELETE', personPath(accountUserId)),
    integrations: async (options = {}) =>
      read('/account/integration', (json) => decodeList(integrationSchema, json, 'tokenId'), options),
    revoke: async (revocation) =>
      http.write('DELETE', '/account/integration', undefined, Infinity, queryOf(revocation)),
    createPerson: async (name, email) => http.write('PUT', '/account/user', { name, email }),
    activity: async (id, limit, options = {}) => {
      const understand = (json: unknown) => decodeList(activitySchema, json, 'id');
      return read(`${devicePath(id)}/log`, understand, options, logQuery(limit, options));
    },
    accountActivity: async (limit, options = {}) => {
      const understand = (json: unknown) => decodeList(accountActivitySchema, json, 'id');
      return read('/smartlock/log', understand, options, logQuery(limit, options));
    },
    raw: async ({ path }, options = {}) => {
      const { pathname, searchParams } = new URL(path, origin);
      const shown = (json: unknown): unknown => withoutSecrets(notTooDeep(json));
      return read(pathname, shown, options, Object.fromEntries(searchParams));
    },
    sync: async (id) => http.write('POST', `${devicePath(id)}/sync`),
    act: async (id, action, expiresAt) => http.write('POST', `${devicePath(id)}/action`, { action }, expiresAt),
  };
}

function logQuery(limit: number, { before, from, to, action, accountUserId }: LogOptions): Query {
  const [fromDate, toDate] = [from, to].map((instant) => (instant === undefined ? undefined : wireInstant(instant)));
  return { limit, id: before, fromDate, toDate, action, accountUserId };
}

/** Names a token or a client and nothing else: what the API makes of both, or of neither, is not documented. */
function queryOf(revocation: Revocation): Query {
  const [name, id] =
    revocation.kind === 'token'
      ? (['tokenId', revocation.tokenId] as const)
      : (['apiKeyId', revocation.clientId] as const);
  if (!isUsableRevocationId(id)) throw new NukiError('unsupportedId');
  return { [name]: id };
}

function rawAuthorization(json: unknown): RawAuthorization {
  notTooDeep(json);
  return { authorization: decode(authorizationSchema, json), fields: decode(replacedFieldsSchema, json) };
}
