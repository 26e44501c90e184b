import assert from 'node:assert/strict';
import type { Clock } from '../../../src/base/clock.ts';
import { Doorkeeper, type ActResult } from '../../../src/model/doorkeeper.ts';
import { Store } from '../../../src/model/store.ts';
import { RateLimiter, type Lane } from '../../../src/nuki/http/rateLimiter.ts';
import { createClient, type NukiClient } from '../../../src/nuki/http/client.ts';
import { decode, decodeList } from '../../../src/nuki/http/decode.ts';
import { NukiError } from '../../../src/nuki/http/errors.ts';
import { actions, isActionName, type ActionName } from '../../../src/nuki/vocabulary/kinds.ts';
import { isOnline } from '../../../src/nuki/smartlock.ts';
import { activitySchema, smartlockSchema } from '../../../src/nuki/http/schemas.ts';
import { simulatedApi } from '../../../src/simulator/api.ts';
import { makeSmartlock } from '../../../src/simulator/smartlockJson.ts';
import { SimulatedHome } from '../../../src/simulator/home.ts';
import { seededRandom, type Random } from '../../../src/simulator/random.ts';
import { FakeClock } from '../fakeClock.ts';
import { ref } from '../devices.ts';
import { accountId, sourceOf } from './fakes.ts';
import { actionsOf, randomIncidents, pick, type Incident, type IncidentContext } from './randomIncidents.ts';
import { Witness } from './witness.ts';

// Random operations on simulated homes through the whole client, with everything going wrong that can: what is said of a door at the
// end is held against what really became of it. `KEYTURNER_SEED=…` plays the same again; a failure tells the seed of its home, with
// which that home is the first.

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_123);
const operationCount = Number(process.env['KEYTURNER_OPERATIONS'] ?? 10_000);
const operationsPerHome = 40;
/** How many homes are played side by side: while one waits for the event loop another one works. */
const lanes = 8;

const token = 'a-token-of-the-simulated-home';
const second = 1_000;

/** The devices of a home: a lock that cannot unlatch is among them. */
const devices = [
  { type: 0, unlatches: true },
  { type: 4, unlatches: true },
  { type: 5, unlatches: true },
  { type: 5, unlatches: false },
  { type: 3, unlatches: true },
  { type: 2, unlatches: true },
  { type: 2, unlatches: true },
  { type: 1, unlatches: true },
];

/** What the tokens may do. */
const scopes = [
  ...Array.from({ length: 8 }, () => ['account', 'smartlock', 'smartlock.action', 'smartlock.log']),
  ['smartlock.readOnly', 'smartlock.action'],
  ['account', 'smartlock', 'smartlock.log'],
];

/** Time that steps from one wait to the next, when nothing is left to run; some waits are those of the client and of the API. */
class SteppedTime {
  readonly fakeClock = new FakeClock();
  readonly #waits = new Set<{ readonly due: number; readonly ofClient: boolean }>();

  clock(ofClient: boolean): Clock {
    return {
      now: () => this.fakeClock.now(),
      wait: async (ms, signal) => {
        const wait = { due: this.fakeClock.now() + ms, ofClient };
        this.#waits.add(wait);
        await this.fakeClock.wait(ms, signal);
        this.#waits.delete(wait);
      },
    };
  }

  get waiting(): number {
    return this.#waits.size;
  }

  get ofClient(): number {
    return [...this.#waits].filter((wait) => wait.ofClient).length;
  }

  /** Goes to the end of the next wait. */
  async next(): Promise<void> {
    const due = Math.min(...[...this.#waits].map((wait) => wait.due));
    if (due === Infinity) throw new Error('Nothing is waited for, and it does not end.');
    await this.fakeClock.advance(Math.max(0, due - this.fakeClock.now()));
  }
}

interface Plan {
  readonly id: number;
  readonly type: number;
  readonly action: ActionName;
  readonly yes: boolean;
  readonly incidents: readonly Incident[];
  /** Whether all devices are online and known to be so when it begins. */
  readonly fresh: boolean;
  /** How long nothing happens afterwards, in ms. */
  readonly pause: number;
}

function drawPlan(random: Random, ids: readonly (readonly [id: number, type: number])[]): Plan {
  const [id, type] = pick(random, ids);
  const isOdd = random.next() < 0.02;
  return {
    id,
    type,
    action: pick(random, isOdd ? Object.keys(actions).filter(isActionName) : actionsOf(type)),
    yes: random.next() < 0.95,
    incidents: randomIncidents(random, type),
    fresh: random.next() < 0.8,
    pause: random.next() ** 3 * 60 * second,
  };
}

const neverAborted = new AbortController().signal;

interface ReadOptions {
  readonly lane?: Lane;
  readonly signal?: AbortSignal | undefined;
}

/** The rules, and what has broken them. */
const broken = {
  requests: [] as string[],
  confirmed: [] as string[],
  failed: [] as string[],
  refused: [] as string[],
  open: [] as string[],
  unforeseen: [] as string[],
};
const results = new Map<string, number>();
const refusalCounts = new Map<string, number>();
const grounds = new Map<string, number>();
const actionCounts = new Map<string, number>();
const incidentCounts = new Map<string, number>();
const tally = { operations: 0, mostRequests: 0, blamedOnOthers: 0 };
const count = (counts: Map<string, number>, what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);

/** A command of the user, and what comes of it. */
interface UserCommand {
  readonly plan: Plan;
  readonly name: string;
  /** In words, with what it takes to run it again. */
  readonly text: string;
  readonly at: number;
  posts: number;
  /** When the copy of the device that was read last was asked for. */
  readAt: number;
  readonly whenSent: () => void;
  readonly answer: () => boolean;
}

class SimulatedRun {
  readonly #time = new SteppedTime();
  readonly #seed: number;
  readonly #random: Random;
  readonly #home: SimulatedHome;
  readonly #witness: Witness;
  readonly #store: Store;
  readonly #ids: readonly (readonly [id: number, type: number])[];
  readonly #running = { reads: 0, others: 0 };
  readonly #said: { readonly name: string; readonly text: string; readonly result: ActResult }[] = [];
  #doorkeeper: Doorkeeper;
  readonly #commands = new Map<number, UserCommand>();
  /** Whether the window is closing. */
  #closes = false;
  /** Whether reading has been made to go wrong. */
  #faulty = false;

  constructor(homeSeed: number) {
    this.#seed = homeSeed;
    this.#random = seededRandom(homeSeed);
    const clock = this.#time.clock(true);
    const now = clock.now();
    const listed = devices.map(({ type }, index) =>
      makeSmartlock({
        type,
        hex: `1A2B3C4${index}`,
        name: `Door ${index}`,
        accountId: Number(accountId),
        firmware: [4, 2, 8],
        timezoneId: 37,
        created: now,
        updated: now,
        state: { state: pick(this.#random, type === 2 ? [1] : [1, 3]) },
      }),
    );
    this.#ids = listed.map(({ smartlockId, type }) => [smartlockId, type]);
    this.#home = new SimulatedHome({
      clock,
      seed: homeSeed,
      account: {
        accountId: Number(accountId),
        type: 0,
        email: 'anna@example.com',
        name: 'Anna',
        creationDate: '',
        updateDate: '',
      },
      tokens: [{ token, scopes: pick(this.#random, scopes) }],
      devices: listed.map((device, index) => ({ listed: device, unlatches: devices[index]?.unlatches ?? true })),
      latency: pick(this.#random, [0, 80, 400]),
    });
    this.#witness = new Witness(this.#home);
    this.#store = new Store(this.#time.clock(false));
    this.#store.setSources([sourceOf(this.#client(clock))]);
    this.#doorkeeper = this.#newDoorkeeper();
  }

  #newDoorkeeper(): Doorkeeper {
    return new Doorkeeper(this.#store, this.#time.clock(false), ({ state }) =>
      Promise.resolve(this.#commands.get(state.device.smartlockId)?.answer() ?? false),
    );
  }

  /** The real client, which tells how many of its calls run. */
  #client(clock: Clock): NukiClient {
    const api = simulatedApi(this.#home);
    const client = createClient(token, {
      clock,
      random: () => 0,
      fetch: (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'POST') {
          const command = this.#commands.get(Number(/\d+/.exec(new URL(request.url).pathname)?.[0]));
          if (command) command.posts += 1;
          else broken.requests.push(`a request without a command: ${request.url}`);
          command?.whenSent();
        }
        return api(request);
      },
    });
    const counted = async <T>(what: 'reads' | 'others', call: () => Promise<T>): Promise<T> => {
      this.#running[what] += 1;
      return await call().finally(() => (this.#running[what] -= 1));
    };
    const home = this.#home;
    const budget = new RateLimiter(clock);
    /** Where nothing goes wrong on the way, HTTP is left out of reading: it takes most of the time. */
    const shortCut = <T>(
      path: string,
      scope: string,
      { lane, signal = neverAborted }: ReadOptions,
      read: () => T | Promise<T>,
    ) =>
      budget.run(lane ?? 'refresh', signal, async () => {
        if (this.#faulty || !home.allows(token, [scope, `${scope}.readOnly`])) return undefined;
        home.timeline.catchUp();
        home.note('GET', path, undefined)(200);
        const seen = await read();
        if (home.latency > 0) await clock.wait(home.timeline.random.duration(home.latency, 20, 2_000), signal);
        if (signal.aborted) throw new NukiError('cancelled');
        return seen;
      });
    const cloudOf = (id: number) => home.devices().find((device) => device.id === id)?.cloud;
    return {
      ...client,
      account: (options) => counted('others', () => client.account(options)),
      smartlocks: (options) =>
        counted(options?.lane === 'follow' ? 'reads' : 'others', async () => {
          const list = await client.smartlocks(options);
          for (const command of this.#commands.values()) command.readAt = this.#askedAt('/smartlock');
          return list;
        }),
      smartlock: (id, options) =>
        counted('reads', async () => {
          const device =
            (await shortCut(`/smartlock/${id}`, 'smartlock', options ?? {}, () =>
              decode(smartlockSchema, cloudOf(id)?.listed),
            )) ?? (await client.smartlock(id, options));
          const command = this.#commands.get(id);
          if (command) command.readAt = this.#askedAt(`/smartlock/${id}`);
          return device;
        }),
      activity: (id, limit, options) =>
        counted('reads', async () => {
          const path = `/smartlock/${id}/log?limit=${limit}`;
          const seen = await shortCut(path, 'smartlock.log', options ?? {}, () =>
            decodeList(activitySchema, cloudOf(id)?.log.slice(0, limit), 'id'),
          );
          return seen ?? (await client.activity(id, limit, options));
        }),
      act: (id, action) => counted('others', () => client.act(id, action)),
    };
  }

  /** When the last request for `path` was made. */
  #askedAt(path: string): number {
    return this.#home.requests.findLast((request) => request.path === path)?.at ?? 0;
  }

  /** Lets time pass until `work` is over. Time stands still while a call of the client is neither waiting nor over. */
  async #until<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const ended = work.finally(() => (over = true));
    ended.catch(() => {});
    for (;;) {
      await this.#settle();
      if (over) return await ended;
      await this.#time.next();
    }
  }

  async #settle(): Promise<void> {
    const { reads, others } = this.#running;
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#isWorking());
    if (reads !== this.#running.reads || others !== this.#running.others) await this.#settle();
  }

  /** Only two reads for an action run at a time; others wait for them, not for the clock. */
  #isWorking(): boolean {
    const { reads, others } = this.#running;
    return Math.min(reads, 2) + others > this.#time.ofClient;
  }

  async run(): Promise<void> {
    await this.#until(this.#store.refresh(accountId));
    for (let index = 0; index < operationsPerHome;) {
      const left = operationsPerHome - index;
      const together = Math.min(left, this.#random.next() < 0.1 ? 2 + Math.floor(this.#random.next() * 3) : 1);
      const drawn = Array.from({ length: together }, () => drawPlan(this.#random, this.#ids));
      const plans = drawn.filter(({ id }, at) => drawn.findIndex((plan) => plan.id === id) === at);
      await this.#operate(index, plans);
      index += plans.length;
    }
    // What was still to come must not belie what was said.
    this.#home.clearFaults();
    for (const [id] of this.#ids) this.#home.setServerState(id, 0);
    await this.#time.fakeClock.advance(600 * second);
    this.#home.devices();
    for (const { name, text, result } of this.#said) {
      if (!result.sent && this.#witness.hasBegun(name)) broken.refused.push(text);
      if (result.sent && ['failed', 'fault'].includes(result.outcome.kind)) {
        if (this.#witness.endOf(name)?.completion === 0) broken.failed.push(`later: ${text}`);
      }
    }
  }

  /** Operations on different devices at once. */
  async #operate(index: number, plans: readonly Plan[]): Promise<void> {
    if (plans.some(({ fresh }) => fresh)) await this.#refreshWhereOffline();
    const over = new AbortController();
    await this.#until(Promise.all(plans.map((plan, at) => this.#act(`operation ${index + at}`, plan, over.signal))));
    over.abort();
    await this.#settle();
    this.#commands.clear();
    this.#home.clearFaults();
    this.#faulty = false;
    this.#witness.speak();
    if (this.#closes) this.#doorkeeper = this.#newDoorkeeper();
    this.#closes = false;
    if (this.#time.waiting > this.#time.ofClient) broken.open.push(`a wait was left behind: seed ${this.#seed}`);
    await this.#time.fakeClock.advance(plans[0]?.pause ?? 0);
  }

  async #refreshWhereOffline(): Promise<void> {
    const known = this.#store.account(accountId)?.devices ?? [];
    if (known.every(({ device }) => isOnline(device)) && this.#home.devices().every(({ cloud }) => cloud.online))
      return;
    for (const [id] of this.#ids) this.#home.setServerState(id, 0);
    await this.#until(this.#store.refresh(accountId));
  }

  async #act(name: string, plan: Plan, over: AbortSignal): Promise<void> {
    const { id, type, action, yes, incidents } = plan;
    const clock = this.#time.clock(false);
    const described = incidents.map((incident) => `${incident.name} @${incident.when}`).join('; ');
    const text = `KEYTURNER_SEED=${this.#seed}, ${name}: ${action} on ${id} (type ${type}) [${described}]`;
    const besides: Promise<unknown>[] = [];
    const stopped = new AbortController();
    const context: IncidentContext = {
      home: this.#home,
      witness: this.#witness,
      store: this.#store,
      accountId,
      id,
      type,
      closeWindow: () => {
        this.#closes = true;
        this.#doorkeeper.dispose();
      },
      stopWaiting: () => stopped.abort(),
      sleep: (ms) => this.#time.fakeClock.jump(ms),
      command: (other) => {
        const again = this.#doorkeeper.act(ref(id), other);
        besides.push(again.then((result) => result.sent && broken.requests.push(`a second command sent: ${text}`)));
      },
    };
    const tell = (incident: Incident): void => {
      count(incidentCounts, incident.name.replace(/ \d+/g, ''));
      if (incident.isOfReading) this.#faulty = true;
      incident.happen(context);
    };
    const tellAll = (when: Incident['when']): void =>
      incidents.filter((incident) => incident.when === when).forEach(tell);
    const command: UserCommand = {
      plan,
      name,
      text,
      at: clock.now(),
      posts: 0,
      readAt: 0,
      whenSent: () => tellAll('sent'),
      answer: () => {
        tellAll('question');
        return yes;
      },
    };
    this.#commands.set(id, command);
    this.#witness.names.set(id, name);
    tellAll('before');
    const ended = new AbortController();
    for (const incident of incidents) {
      if (typeof incident.when !== 'number') continue;
      const signal = AbortSignal.any([over, ended.signal]);
      void clock.wait(incident.when, signal).then(() => signal.aborted || tell(incident));
    }
    try {
      const result = await this.#doorkeeper.act(ref(id), action, { signal: stopped.signal });
      this.#check(command, result);
    } catch (error) {
      broken.unforeseen.push(`${String(error)}: ${text}`);
    }
    ended.abort();
    await Promise.all(besides);
    if (command.posts > 1) broken.requests.push(`${command.posts} requests: ${text}`);
    tally.mostRequests = Math.max(tally.mostRequests, command.posts);
    tally.operations += 1;
    count(actionCounts, action);
    for (const incident of incidents) incident.undo?.(context);
  }

  /** Holds what was said against the truth, at the moment at which it was said. */
  #check(command: UserCommand, result: ActResult): void {
    const { name, text, posts, plan } = command;
    this.#home.devices();
    const operation = this.#store.device(ref(plan.id))?.operation;
    if (operation && operation.outcome === undefined) broken.open.push(text);
    this.#said.push({ name, text, result });
    if (!result.sent) {
      const { refusal } = result;
      count(refusalCounts, refusal.kind);
      count(results, 'refused');
      if (refusal.kind !== 'refused' && posts > 0) broken.requests.push(`${refusal.kind}, and sent: ${text}`);
      return;
    }
    if (posts !== 1) broken.requests.push(`sent by ${posts} requests: ${text}`);
    count(results, result.outcome.kind);
    if (result.outcome.kind === 'confirmed') this.#checkConfirmed(command, result.outcome.now !== undefined);
    if (result.outcome.kind === 'failed') this.#checkFailed(command, result.outcome.completion);
    if (result.outcome.kind === 'fault') this.#checkFailed(command);
  }

  /** `hasMovedOn`: whether it was said that the device has done it and is elsewhere by now. */
  #checkConfirmed(command: UserCommand, hasMovedOn: boolean): void {
    const { name, at, readAt, plan } = command;
    const ground = this.#witness.groundOf(plan.id, plan.action, name, readAt, at);
    const alone = this.#isAlone(command);
    count(grounds, alone ? `${ground}, alone` : ground);
    // The model takes an unlocked door for an end of lock 'n' go, even if another hand has unlocked it.
    const isTwofold = plan.action === 'lockNGo' || plan.action === 'lockNGoUnlatch';
    const holds = alone
      ? ground === 'own'
      : ground === 'own' || ground === 'another hand' || ground === 'lag' || (ground === 'overtaken' && isTwofold);
    const isOwn = this.#witness.endOf(name)?.completion === 0;
    if (!(hasMovedOn ? isOwn : holds))
      broken.confirmed.push(`${ground}${alone ? ', alone' : ''}: ${this.#story(command)}`);
  }

  #checkFailed(command: UserCommand, completion?: number): void {
    const end = this.#witness.endOf(command.name);
    if (end?.completion === 0) broken.failed.push(this.#story(command));
    else if (end === undefined || (completion ?? end.completion) !== end.completion) {
      if (this.#isAlone(command)) broken.failed.push(`for another reason: ${this.#story(command)}`);
      else tally.blamedOnOthers += 1;
    }
  }

  #isAlone({ plan, name, at }: UserCommand): boolean {
    return !this.#witness.hadCompany(plan.id, name, at - 10 * second);
  }

  #story({ text, name, at, readAt, plan }: UserCommand): string {
    const end = this.#witness.endOf(name);
    const ended = end ? `ended with ${end.completion} after ${end.at - at} ms` : 'not ended';
    return `${text}; said after ${this.#home.clock.now() - at} ms, read after ${readAt - at} ms, ${ended}; ${this.#witness.story(plan.id, at)}`;
  }
}

/** Nothing, and the first of what has broken a rule. */
function assertNone(what: readonly string[]): void {
  assert.ok(what.length === 0, `${what.length} times, such as\n${what.slice(0, 5).join('\n')}`);
}

const inShares = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([what, times]) => `${what} ${times} (${((100 * times) / tally.operations).toFixed(1)} %)`)
    .join(', ');

describe('ten thousand operations in homes where everything goes wrong', () => {
  before(async function () {
    this.timeout(180_000);
    const began = performance.now();
    const homes = Math.ceil(operationCount / operationsPerHome);
    const seeds = Array.from({ length: homes }, (_, index) => seed + index);
    const lane = async (): Promise<void> => {
      for (let next = seeds.shift(); next !== undefined; next = seeds.shift()) await new SimulatedRun(next).run();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    console.log(
      [
        `KEYTURNER_SEED=${seed}: ${tally.operations} operations, ${((performance.now() - began) / second).toFixed(1)} s`,
        inShares(results),
        `refused: ${inShares(refusalCounts)}`,
        `confirmed because of: ${inShares(grounds)}`,
        `failures that were another hand's: ${tally.blamedOnOthers}; incidents: ${incidentCounts.size} kinds`,
        `requests per command: at most ${tally.mostRequests}`,
      ]
        .map((line) => `    ${line}`)
        .join('\n'),
    );
  });

  it('one command sends one request at most, and none where nothing was to be sent', () => {
    assertNone(broken.requests);
    assert.equal(tally.mostRequests, 1);
  });

  it('"confirmed" is never said of a door that is not where it should be', () => assertNone(broken.confirmed));

  it('a failure is never said of a door that did what it was asked', () => assertNone(broken.failed));

  it('"nothing was sent" is never said of what is carried out', () => assertNone(broken.refused));

  it('no operation is left without an outcome, and no wait behind', () => assertNone(broken.open));

  it('nothing unforeseen is thrown', () => assertNone(broken.unforeseen));

  it('every action, every end and enough of everything was played', () => {
    assert.deepEqual([...actionCounts.keys()].toSorted(), Object.keys(actions).toSorted());
    const ends = ['confirmed', 'failed', 'fault', 'refused', 'unconfirmed', 'unwatched'];
    if (operationCount < 10_000) return;
    assert.deepEqual([...results.keys()].toSorted(), ends);
    assert.ok(tally.operations >= 10_000 && (results.get('confirmed') ?? 0) > tally.operations / 3);
    assert.ok(incidentCounts.size > 100, `${incidentCounts.size} kinds of incidents`);
  });
});
