import type { Clock } from '../../../src/base/clock.ts';
import type { ActivityEntry } from '../../../src/nuki/activityLog.ts';
import { createClient, type NukiClient } from '../../../src/nuki/http/client.ts';
import { decode, decodeList, type Decoded } from '../../../src/nuki/http/decode.ts';
import { NukiError } from '../../../src/nuki/http/errors.ts';
import { RateLimiter, type Lane } from '../../../src/nuki/http/rateLimiter.ts';
import { activitySchema, smartlockSchema } from '../../../src/nuki/http/schemas.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { simulatedApi } from '../../../src/simulator/api/api.ts';
import type { SimulatedHome } from '../../../src/simulator/home.ts';
import type { Mishaps } from '../../../src/simulator/faults/mishaps.ts';
import { logPage } from '../../../src/simulator/api/smartlockRoutes.ts';
import type { Witness } from './witness.ts';

interface ReadOptions {
  readonly lane?: Lane;
  readonly signal?: AbortSignal | undefined;
}

interface Surroundings {
  readonly home: SimulatedHome;
  readonly token: string;
  readonly clock: Clock;
  readonly mishaps: Mishaps;
  readonly witness: Witness;
  /** Whether what is shown of a device is to be told to the witness. */
  readonly isWatched: (id: number) => boolean;
  /** Whether reading has been made to go wrong. */
  readonly isFaulty: () => boolean;
  /** Told of each request to act, by its path, before it is made. */
  readonly whenSent: (path: string) => void;
}

const neverAborted = new AbortController().signal;

/** The real client on a simulated home. It tells the witness what it is shown, and knows how many of its calls run. */
export class WatchedClient {
  readonly #around: Surroundings;
  readonly #budget: RateLimiter;
  readonly #running = { following: 0, others: 0 };
  readonly #devices = new WeakMap<object, Smartlock>();
  readonly #logs = new Map<number, WeakMap<object, Promise<Decoded<ActivityEntry>>>>();
  #real: NukiClient;
  #isAskedToWait = false;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#budget = new RateLimiter(around.clock);
    this.#real = this.#create();
  }

  /** How many calls run, in waiting or at work. Only two reads that follow an action do so at a time. */
  get running(): number {
    return Math.min(this.#running.following, 2) + this.#running.others;
  }

  /** How many calls are not over. */
  get open(): number {
    return this.#running.following + this.#running.others;
  }

  /** Forgets that the API asked to wait, as a day of it would be the end of the home. @returns whether it did ask */
  forgetWaiting(): boolean {
    const wasAsked = this.#isAskedToWait;
    if (wasAsked) this.#real = this.#create();
    this.#isAskedToWait = false;
    return wasAsked;
  }

  /** The client as the store uses it. */
  client(): NukiClient {
    return {
      ...this.#real,
      account: (options) => this.#count('others', () => this.#real.account(options)),
      smartlocks: (options) => this.#count(laneOf(options), () => this.#smartlocks(options)),
      smartlock: (id, options) => this.#count(laneOf(options), () => this.#smartlock(id, options)),
      activity: (id, limit, options) => this.#count(laneOf(options), () => this.#activity(id, limit, options)),
      accountActivity: (limit, options) => this.#count(laneOf(options), () => this.#accountActivity(limit, options)),
      act: (id, action) => this.#count('others', () => this.#real.act(id, action)),
    };
  }

  #create(): NukiClient {
    const { home, token, clock, mishaps, whenSent } = this.#around;
    const api = simulatedApi(home);
    return createClient(token, {
      clock,
      random: () => 0,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'POST') {
          whenSent(new URL(request.url).pathname);
          const mishap = mishaps.draw('POST', '', clock.now());
          if (mishap) home.fault({ method: 'POST', ...mishap });
        }
        const response = await api(request);
        if (response.headers.has('retry-after')) this.#isAskedToWait = true;
        return response;
      },
    });
  }

  async #count<T>(what: 'following' | 'others', call: () => Promise<T>): Promise<T> {
    this.#running[what] += 1;
    return await call().finally(() => (this.#running[what] -= 1));
  }

  async #smartlocks(options: Parameters<NukiClient['smartlocks']>[0]): Promise<Decoded<Smartlock>> {
    const { home, isWatched, witness } = this.#around;
    const all = (): Decoded<Smartlock> => {
      const items = home.copy(home.drawLag()).map(({ listed }) => this.#decoded(listed));
      return { items, unreadable: [] };
    };
    const list =
      (await this.#shortCut('/smartlock', 'smartlock', options, all)) ?? (await this.#real.smartlocks(options));
    for (const device of list.items) {
      if (isWatched(device.smartlockId)) witness.showDevice(device.smartlockId, device);
    }
    return list;
  }

  async #smartlock(id: number, options: Parameters<NukiClient['smartlock']>[1]): Promise<Smartlock> {
    const { isWatched, witness } = this.#around;
    const read = (): Smartlock => this.#decoded(this.#copyOf(id)?.listed ?? {});
    const seen = await this.#shortCut(`/smartlock/${id}`, 'smartlock', options, read);
    const device = seen ?? (await this.#real.smartlock(id, options));
    if (isWatched(id)) witness.showDevice(id, device);
    return device;
  }

  async #activity(
    id: number,
    limit: number,
    options: Parameters<NukiClient['activity']>[2],
  ): Promise<Decoded<ActivityEntry>> {
    const { isWatched, witness } = this.#around;
    const page = (): Promise<Decoded<ActivityEntry>> => {
      const log = this.#copyOf(id)?.log ?? [];
      const pages = once(this.#logs, limit, () => new WeakMap());
      return once(pages, log, () => decodeList(activitySchema, logPage({ limit: String(limit) }, log), 'id'));
    };
    const path = `/smartlock/${id}/log?limit=${limit}`;
    const isPlain = options?.before === undefined;
    const seen = isPlain ? await this.#shortCut(path, 'smartlock.log', options, page) : undefined;
    const entries = seen ?? (await this.#real.activity(id, limit, options));
    if (isWatched(id)) witness.showLog(id, entries.items);
    return entries;
  }

  async #accountActivity(
    ...args: Parameters<NukiClient['accountActivity']>
  ): ReturnType<NukiClient['accountActivity']> {
    const { home, isWatched, witness } = this.#around;
    const entries = await this.#real.accountActivity(...args);
    for (const { id } of home.devices().filter((device) => isWatched(device.id))) {
      const ofDevice = entries.items.filter(({ smartlockId }) => smartlockId === id);
      witness.showLog(id, ofDevice);
    }
    return entries;
  }

  /** Where nothing goes wrong on the way, HTTP is left out of reading: it takes most of the time. */
  #shortCut<T>(
    path: string,
    scope: string,
    { lane, signal = neverAborted }: ReadOptions = {},
    read: () => T | Promise<T>,
  ): Promise<T | undefined> {
    const { home, token, clock, mishaps, isFaulty } = this.#around;
    return this.#budget.run(lane ?? 'refresh', signal, async () => {
      const mishap = mishaps.draw('GET', path, clock.now());
      if (mishap) home.fault({ method: 'GET', ...mishap });
      const isPlain = !mishap && !this.#isAskedToWait && !isFaulty();
      if (!isPlain || !home.tokens.allows(token, [scope, `${scope}.readOnly`])) return undefined;
      home.timeline.catchUp();
      home.exchanges.begin({ at: clock.now(), method: 'GET', path }).end({ end: 'answered', status: 200 });
      const seen = await read();
      if (home.latency > 0) await clock.wait(home.timeline.random.duration(home.latency, 20, 2_000), signal);
      if (signal.aborted) throw new NukiError('cancelled');
      return seen;
    });
  }

  #copyOf(id: number) {
    const { home } = this.#around;
    return home
      .devices()
      .find((device) => device.id === id)
      ?.cloud.behindBy(home.drawLag());
  }

  #decoded(json: object): Smartlock {
    return once(this.#devices, json, () => decode(smartlockSchema, json));
  }
}

function laneOf(options: ReadOptions | undefined): 'following' | 'others' {
  return options?.lane === 'follow' ? 'following' : 'others';
}

/** What `cache` has for `key`, made where it has nothing: a copy stays the same object as long as it says the same. */
function once<K, T>(cache: { get(key: K): T | undefined; set(key: K, value: T): unknown }, key: K, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}
