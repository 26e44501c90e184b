import type { Account } from './account.ts';
import type { ActivityEntry } from './activity.ts';
import type { Authorization } from './authorization.ts';
import { RequestBudget, type Lane } from './budget.ts';
import { decode, decodeList, type Decoded } from './decode.ts';
import { isUsableDeviceId } from './deviceId.ts';
import { NukiError } from './errors.ts';
import { createHttp, type Deadlines, type World } from './http.ts';
import { accountSchema, activitySchema, authorizationSchema, smartlockSchema } from './schemas.ts';
import type { Smartlock } from './smartlock.ts';

interface ReadOptions {
  readonly lane?: Lane;
  readonly signal?: AbortSignal | undefined;
}

interface PageOptions extends ReadOptions {
  /** The id of an entry: only older ones are read. */
  readonly before?: string | undefined;
}

/** One account's Web API: a method per endpoint that is used. Each throws {@link NukiError} and nothing else. */
export interface NukiClient {
  account(options?: ReadOptions): Promise<Account>;
  smartlocks(options?: ReadOptions): Promise<Decoded<Smartlock>>;
  smartlock(id: number, options?: ReadOptions): Promise<Smartlock>;
  authorizations(id: number, options?: ReadOptions): Promise<Decoded<Authorization>>;
  /** The newest entries of a device's log, or the newest before one of them; at most 50, newest first. */
  activity(id: number, limit: number, options?: PageOptions): Promise<Decoded<ActivityEntry>>;
  /** Asks Nuki to read a device anew, as "Update now" in Nuki Web does: it wakes the device, so on request only. */
  sync(id: number): Promise<void>;
  /** Asks a device to act, once: resolves when the API has queued it, which is not yet an effect. */
  act(id: number, action: number): Promise<void>;
}

export function createClient(token: string, world: World, deadlines?: Deadlines): NukiClient {
  const http = createHttp(token, world, deadlines);
  const budget = new RequestBudget(world.clock);

  const read = (path: string, { lane = 'refresh', signal }: ReadOptions, query = {}): Promise<unknown> =>
    budget.spend(lane, signal, () => http.read(path, { query, signal }));

  return {
    account: async (options = {}) => decode(accountSchema, await read('/account', options)),
    smartlocks: async (options = {}) => decodeList(smartlockSchema, await read('/smartlock', options), 'smartlockId'),
    smartlock: async (id, options = {}) => decode(smartlockSchema, await read(devicePath(id), options)),
    authorizations: async (id, options = {}) =>
      decodeList(authorizationSchema, await read(`${devicePath(id)}/auth`, options), 'id'),
    activity: async (id, limit, { before, ...options } = {}) => {
      const query = { limit, ...(before !== undefined && { id: before }) };
      return decodeList(activitySchema, await read(`${devicePath(id)}/log`, options, query), 'id');
    },
    sync: async (id) => http.write('POST', `${devicePath(id)}/sync`),
    act: async (id, action) => http.write('POST', `${devicePath(id)}/action`, { action }),
  };
}

/** @throws {NukiError} `unsupportedId` when the id is not one that may go into a URL */
function devicePath(id: number): string {
  if (!isUsableDeviceId(id)) throw new NukiError('unsupportedId');
  return `/smartlock/${id}`;
}
