import assert from 'node:assert/strict';
import * as v from 'valibot';
import { PlanApplication } from '../../../../src/access/apply/planApplication.ts';
import type { RecordFile } from '../../../../src/access/apply/applyPlan.ts';
import type { AccessFile } from '../../../../src/access/file/accessFile.ts';
import type { Plan, Step } from '../../../../src/access/plan/accessPlan.ts';
import { planAccess } from '../../../../src/access/plan/planAccess.ts';
import type { Owned, Written } from '../../../../src/access/record/accessRecord.ts';
import { readRecord } from '../../../../src/access/record/readRecord.ts';
import { recordText } from '../../../../src/access/record/recordText.ts';
import type { Access, AccessGain } from '../../../../src/nuki/authorization/accessGains.ts';
import type { Schedule } from '../../../../src/nuki/authorization/schedule.ts';
import { authorizationType } from '../../../../src/nuki/authorization/authorizationType.ts';
import { withCompleteLimits } from '../../../../src/nuki/authorization/completeLimits.ts';
import { opensAt } from '../../../../src/nuki/authorization/openTimes.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { clockReading, type ClockReading } from '../../../../src/nuki/time/zonedTime.ts';
import { calm, usual, type Conditions } from '../../../../src/simulator/conditions.ts';
import type { Fault } from '../../../../src/simulator/faults/faults.ts';
import { SimulatedHome } from '../../../../src/simulator/home.ts';
import { pick, seededRandom, type Random } from '../../../../src/simulator/random.ts';
import type { AuthorizationJson } from '../../../../src/simulator/wire.ts';
import { assertNone, printRuns } from '../../drawnRuns.ts';
import { withTimersBy } from '../../timersBy.ts';
import { accountId, simulatedAccount, simulatedLock } from '../../model/fakes.ts';
import { SteppedTime } from '../../model/steppedTime.ts';
import { CrashingWindow, token } from './crashingWindow.ts';
import {
  changedSpec,
  day,
  drawSpec,
  expectedAt,
  fileOf,
  gainsOf,
  hour,
  minute,
  numberOf,
  partOf,
  placeOf,
  start,
  zone,
  type Expected,
} from './drawnFiles.ts';

// An access file is planned and applied in homes where everything goes wrong, and the window crashes again and again: after a request, and
// before or after the record is written. The simulated locks are asked at each moment. `KEYTURNER_SEED=…` plays the same again; a failure
// tells the seed of its home, with which that home is the first.

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_127);
const crashes = Number(process.env['KEYTURNER_ACCESS_CRASHES'] ?? 10_000);

const { app, keypadCode } = authorizationType;

const broken = {
  twice: [] as string[],
  foreign: [] as string[],
  lockedOut: [] as string[],
  widened: [] as string[],
  open: [] as string[],
  lostIds: [] as string[],
  notOurs: [] as string[],
  told: [] as string[],
  claims: [] as string[],
  repeated: [] as string[],
  unforeseen: [] as string[],
};
const counts = new Map<string, number>();
const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);

function drawConditions(random: Random): Partial<Conditions> {
  return {
    copies: pick(random, [[0], [0, 0, 1500], usual.copies]),
    listsUnconfirmed: random.next() < 0.5,
    unheardWrites: pick(random, [0, usual.unheardWrites, 0.2]),
    lostWrites: pick(random, [0, usual.lostWrites, 0.2]),
    ghosts: pick(random, [0, usual.ghosts, 0.2]),
    removedStay: pick(random, [0, usual.removedStay]),
    quickUpdates: pick(random, [calm.quickUpdates, usual.quickUpdates]),
    longNames: pick(random, ['cut', 'refused']),
    cutPages: pick(random, [0, usual.cutPages]),
    foreignPages: pick(random, [0, 0.02]),
    tooManyRequests: pick(random, [0, 0.02]),
  };
}

function drawFault(random: Random): Fault {
  const method = pick(random, ['PUT', 'PUT', 'POST', 'DELETE']);
  const path = /auth|user/;
  return pick<Fault>(random, [
    { method, path, loseAnswer: true },
    { method, path, loseAnswer: true, vanishes: true },
    { method, path, never: true },
    { method, path, never: true, unconfirmed: true },
    { method, path, vanishes: true },
    { method, path, wait: 100_000 },
    { method, path, after: 60_000 },
    { method, path, after: 400_000 },
    { method, path, answer: { status: 409 } },
    { method, path, answer: { status: 423 } },
    { method, path, answer: { status: 429, headers: { 'retry-after': '30' } } },
    { method, path, answer: { status: 500 } },
    { method, path, unpublished: true },
    { method: 'GET', path, answer: { status: 503 }, times: 4 },
    { method: 'GET', path, lag: 150_000, times: 4 },
    { method: 'GET', path, loseAnswer: true, times: 3 },
  ]);
}

/** What is there at the moments that whoever keeps an entry may enter, before and after. */
interface Kept {
  readonly number: number;
  readonly moments: readonly ClockReading[];
}

const readings = Array.from({ length: 48 }, (_, index) => clockReading(start + 3 * day + index * 3.5 * hour, zone));

function opens(entries: readonly Written[], at: ClockReading): boolean {
  return entries.some((entry) => entry.enabled && opensAt(entry, at));
}

function keptAt(door: number, before: AccessFile, after: AccessFile): readonly Kept[] {
  const [old, wanted] = [expectedAt(before, door), expectedAt(after, door)];
  return [...new Set(old.map(({ number }) => number))].flatMap((number) => {
    const of = (all: readonly Expected[]): readonly Written[] =>
      all.filter((each) => each.number === number).map(({ as }) => as);
    const moments = readings.filter((at) => opens(of(old), at) && opens(of(wanted), at)).slice(0, 8);
    return moments.length > 0 ? [{ number, moments }] : [];
  });
}

const never = new Promise<never>(() => undefined);

class Home {
  /** How often a window has crashed in it. */
  crashes = 0;
  readonly #seed: number;
  readonly #random: Random;
  readonly #time = new SteppedTime();
  readonly #doors: readonly number[];
  readonly #before: AccessFile;
  readonly #after: AccessFile;
  readonly #home: SimulatedHome;
  readonly #neverTells: boolean;
  readonly #foreign: ReadonlyMap<string, string>;
  readonly #kept: ReadonlyMap<number, readonly Kept[]>;
  readonly #allowed = new Map<string, Written[]>();
  readonly #codes = new Set<string>();
  #record: string | undefined;
  #window: CrashingWindow | undefined;

  constructor(homeSeed: number) {
    this.#seed = homeSeed;
    const random = seededRandom(homeSeed);
    this.#random = random;
    this.#neverTells = random.next() < 0.1;
    const listed = [4, 5, 4].slice(0, 1 + Math.floor(random.next() * 3)).map((type, index) =>
      simulatedLock(type, index, {
        created: start - 400 * day,
        updated: start,
        state: {},
        config: { keypad2Paired: true },
      }),
    );
    this.#doors = listed.map(({ smartlockId }) => smartlockId);
    const specs = Array.from({ length: 1 + Math.floor(random.next() * 3) }, (_, n) => drawSpec(random, n, this.#doors));
    const added = Array.from({ length: Math.floor(random.next() * 3) }, (_, n) =>
      drawSpec(random, 10 + n, this.#doors),
    );
    this.#before = fileOf(specs, this.#doors, 'old');
    this.#after = fileOf(
      [...specs.flatMap((spec) => changedSpec(random, spec, this.#doors)), ...added],
      this.#doors,
      'new',
    );
    const users = specs.map(({ number, email = '' }) => ({
      accountUserId: 1_000_001 + number,
      accountId: Number(accountId),
      email,
      name: `E${number}`,
      language: 'en',
      creationDate: new Date(start - 300 * day).toISOString(),
      updateDate: new Date(start - 300 * day).toISOString(),
    }));
    const owned: Owned[] = [];
    let ids = 0;
    const authorization = (smartlockId: number, more: Partial<AuthorizationJson>): AuthorizationJson => {
      ids += 1;
      return {
        id: `${ids.toString(16).padStart(4, '0')}0000000000000000abcd`,
        smartlockId,
        authId: ids,
        type: keypadCode,
        name: '',
        enabled: true,
        remoteAllowed: false,
        lockCount: 3,
        creationDate: new Date(start - 200 * day).toISOString(),
        updateDate: new Date(start - 200 * day).toISOString(),
        ...more,
      };
    };
    const devices = listed.map((device) => {
      const { smartlockId } = device;
      const foreign = [
        authorization(smartlockId, { name: 'Stranger', code: 445_566 }),
        authorization(smartlockId, { name: 'Guest', code: 738_291, allowedWeekDays: 3 }),
        authorization(smartlockId, { name: 'Nuki Web', type: authorizationType.bridge }),
      ];
      const ours = expectedAt(this.#before, smartlockId).map(({ number, type, part, entry, as }) => {
        const { name, enabled, remoteAllowed, ...limits } = withCompleteLimits(as, start - 200 * day);
        const made = authorization(smartlockId, {
          type,
          name,
          enabled,
          remoteAllowed,
          ...given(limits),
          ...(type === keypadCode ? { code: 311_111 + 10 * number + part } : { accountUserId: 1_000_001 + number }),
        });
        owned.push({
          entry: entry.key,
          smartlockId,
          part,
          by: entry.by,
          id: made.id,
          created: made.creationDate,
          written: as,
        });
        return made;
      });
      return { listed: device, authorizations: [...foreign, ...ours] };
    });
    const conditions = drawConditions(random);
    this.#home = new SimulatedHome({
      clock: this.#time.clock(true),
      seed: homeSeed,
      account: simulatedAccount,
      users,
      tokens: [{ token, scopes: ['account', 'smartlock', 'smartlock.action', 'smartlock.auth'] }],
      devices,
      // Of a lock that never tells no one can know that it lacks what Nuki lists.
      conditions: this.#neverTells ? { ...conditions, listsUnconfirmed: false } : conditions,
    });
    this.#record = recordText({ owned });
    const all = devices.flatMap(({ authorizations }) => authorizations);
    this.#foreign = new Map(all.filter(({ name }) => numberOf(name) < 0).map((each) => [each.id, contentOf(each)]));
    this.#kept = new Map(this.#doors.map((door) => [door, keptAt(door, this.#before, this.#after)]));
    for (const door of this.#doors)
      for (const { number, type, part, as } of expectedAt(this.#before, door))
        this.#allowed.set(placeOf(number, door, type, part), [as]);
    for (const { code } of all) if (code !== undefined) this.#codes.add(String(code));
    const stores = new Map(this.#home.devices().map(({ id, store }) => [id, store]));
    this.#home.watch(({ kind, smartlockId }) => {
      if (kind === 'stored') queueMicrotask(() => this.#ask(smartlockId, stores.get(smartlockId)?.stored ?? []));
    });
  }

  /** Asks a lock who gets in. */
  #ask(door: number, stored: readonly AuthorizationJson[]): void {
    for (const { code } of stored) if (code !== undefined) this.#codes.add(String(code));
    const foreign = stored.filter(({ id }) => this.#foreign.has(id));
    if (foreign.length !== 3 || foreign.some((each) => contentOf(each) !== this.#foreign.get(each.id)))
      broken.foreign.push(this.#text(`at ${door}`));
    const ours = stored.filter(({ id }) => !this.#foreign.has(id));
    const places = ours.map(({ name, type, ...each }) => placeOf(numberOf(name), door, type, partOf(each)));
    places.forEach((place, index) => {
      if (places.indexOf(place) !== index) broken.twice.push(this.#text(place));
      const entry = ours[index];
      const allowed = this.#allowed.get(place) ?? [];
      if (!entry || !allowed.some((as) => this.#gains(as, entry).length === 0))
        broken.widened.push(this.#text(`${place}: ${JSON.stringify(entry)}, ${JSON.stringify(allowed)}`));
    });
    for (const { number, moments } of this.#kept.get(door) ?? []) {
      const own = ours.filter(({ name }) => numberOf(name) === number);
      if (moments.some((at) => !opens(own, at))) broken.lockedOut.push(this.#text(`E${number} at ${door}`));
    }
  }

  #gains(before: Access, after: Access): readonly AccessGain[] {
    return gainsOf(before, after, this.#home.clock.now());
  }

  #noteCrash(when: string): void {
    this.crashes += 1;
    count(`crash ${when}`);
  }

  #text(what: string): string {
    return `KEYTURNER_SEED=${this.#seed}: ${what}`;
  }

  /** Lets time pass until `work` is over. */
  async #until<T>(work: Promise<T>): Promise<T> {
    const end = { isThere: false };
    const settle = (): void => void (end.isThere = true);
    work.then(settle, settle);
    for (;;) {
      const running = (): number => this.#window?.running ?? 0;
      for (let turns = 0; turns < 4 || (turns < 200 && running() > this.#time.ofClient); turns += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        if (end.isThere) return await work;
      }
      await this.#time.next();
    }
  }

  /** A window opens, plans and applies, until it is done or crashes. @returns the plan, where it came to one */
  async #leg(pointsLeft: number, isLast: boolean): Promise<Plan | undefined> {
    const asked: string[] = [];
    const window = new CrashingWindow(
      this.#home,
      this.#time,
      { pointsLeft, isAfterReads: this.#random.next() < 0.2, onCrash: (when) => this.#noteCrash(when) },
      {
        neverTells: this.#neverTells && !isLast,
        onRequest: (method, path, body) => {
          if (method === 'PUT' && path.includes('auth')) asked.push(...placesAsked(path, body));
        },
      },
    );
    this.#window = window;
    let application: PlanApplication | undefined;
    let plan: Plan | undefined;
    const work = async (): Promise<void> => {
      const { store, writer } = window;
      await store.readDevices(accountId, 'follow');
      await store.readAllAuthorizations(accountId, 'follow');
      await store.readPeople(accountId);
      const text = this.#record;
      const account = store.account(accountId);
      const record = readRecord(text ?? '');
      if (!account || !record) throw new Error(`no record: ${text}`);
      const now = Math.round(this.#home.clock.now());
      const times = { now, ownNow: now };
      const planned = planAccess(this.#after, record, account, times);
      if (planned.kind === 'misfit') throw new Error(`misfit: ${planned.why}`);
      plan = planned;
      application = new PlanApplication(planned, {
        store,
        writer,
        record: this.#recordFile(window),
        recordText: text,
        clock: this.#time.clock(false),
        now: () => this.#home.clock.now(),
        randomInt: (max) => Math.floor(this.#random.next() * max),
        hasTurn: () => true,
      });
      await application.run(this.#choose(planned, isLast), { signal: new AbortController().signal });
    };
    try {
      await this.#until(Promise.race([work(), window.end.promise]));
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      count(`not read: ${error.reason}`);
    }
    if (application) this.#checkClaims(application);
    if (plan && isEmpty(plan)) broken.claims.push(...this.#differences());
    if (new Set(asked).size < asked.length) broken.repeated.push(this.#text(asked.join()));
    if (!window.isDead) window.writer.dispose();
    return plan;
  }

  /** What the user agrees to. */
  #choose({ steps }: Plan, isLast: boolean): ReadonlySet<Step> {
    const chance = isLast ? 1 : this.#random.next();
    const widens = (step: Step): boolean => step.kind === 'add' || (step.kind === 'change' && step.gains.length > 0);
    const chosen = steps.filter((step) => (chance < 0.1 ? !widens(step) : chance < 0.2 ? widens(step) : true));
    for (const step of chosen) {
      if (step.kind === 'remove') continue;
      const { entry, smartlockId, type, part, as } = step.wanted;
      const place = placeOf(numberOf(entry.name), smartlockId, type, part);
      this.#allowed.set(place, [...(this.#allowed.get(place) ?? []), as]);
    }
    return new Set(chosen);
  }

  #recordFile(window: CrashingWindow): RecordFile {
    return {
      read: () => (window.isDead ? never : Promise.resolve(this.#record)),
      write: async (text) => {
        window.point('before the record is written');
        if (window.isDead) await never;
        this.#checkRecord(this.#record ?? '', text);
        this.#record = text;
        window.point('after the record was written');
        if (window.isDead) await never;
      },
    };
  }

  #checkRecord(old: string, text: string): void {
    const record = readRecord(text);
    if (!record) return void broken.told.push(this.#text('the record is not understood'));
    const ids = new Set(record.owned.map(({ id }) => id));
    for (const { id, smartlockId } of readRecord(old)?.owned ?? []) {
      const isStored = this.#home.authorizationsOnLock(smartlockId).some((each) => each.id === id);
      if (isStored && !ids.has(id)) broken.lostIds.push(this.#text(`${id} at ${smartlockId}`));
    }
    for (const { id, smartlockId } of record.owned) {
      const device = this.#home.devices().find((each) => each.id === smartlockId);
      const known = device?.cloud.authorizations.find((each) => each.id === id);
      if (known && numberOf(known.name) < 0) broken.notOurs.push(this.#text(`${known.name} at ${smartlockId}`));
    }
    this.#checkCodes(text);
  }

  #checkCodes(text: string): void {
    for (const [code] of text.matchAll(/(?<![0-9a-f.])[1-9]{6}(?![0-9a-f])/g))
      if (this.#codes.has(code)) broken.told.push(this.#text(`the code ${code}`));
  }

  #checkClaims(application: PlanApplication): void {
    this.#checkCodes(JSON.stringify(application.outcomes));
    for (const { step, state } of application.outcomes) {
      const why = state.kind === 'notBegun' ? state.why : state.kind === 'failed' ? String(state.why) : '';
      count([step.kind, state.kind, why].filter(Boolean).join(' '));
      if (state.kind !== 'done') continue;
      const door = step.kind === 'add' ? step.wanted.smartlockId : step.owned.smartlockId;
      const stored = this.#home.authorizationsOnLock(door);
      const isTrue =
        step.kind === 'remove'
          ? !stored.some(({ id }) => id === step.owned.id)
          : stored.some((each) => {
              const { as, type } = step.wanted;
              const isThis =
                step.kind === 'add' ? each.type === type && each.name === as.name : each.id === step.owned.id;
              return isThis && this.#gains(as, each).length === 0;
            });
      if (!isTrue) broken.claims.push(this.#text(`${step.kind} at ${door}`));
    }
  }

  async run(): Promise<void> {
    await withTimersBy(this.#time.clock(false), () => this.#run());
  }

  async #run(): Promise<void> {
    const random = this.#random;
    try {
      for (let leg = 0; leg < 12; leg += 1) {
        if (random.next() < 0.4)
          this.#home.fault({ ...drawFault(random), ...(this.#neverTells && { unconfirmed: false }) });
        const offline = random.next() < 0.1 ? pick(random, this.#doors) : undefined;
        if (offline !== undefined) this.#home.setServerState(offline, 4);
        const plan = await this.#leg(1 + Math.floor(random.next() * 8), false);
        if (plan && isEmpty(plan)) break;
        await this.#pass(random.next() ** 2 * 14 * minute);
        if (offline === undefined) continue;
        this.#home.setServerState(offline, 0);
        await this.#pass(minute);
      }
      await this.#settle();
    } catch (error) {
      broken.unforeseen.push(this.#text(String(error instanceof Error ? error.stack : error)));
    }
  }

  async #pass(ms: number): Promise<void> {
    await this.#until(this.#time.clock(false).wait(ms));
  }

  /** Nothing goes wrong any more, Nuki lists as it did, as writes are still on their way, and it has read each lock, as it does once a day. */
  async #settle(): Promise<void> {
    const { conditions } = this.#home;
    Object.assign(conditions, { ...calm, listsUnconfirmed: conditions.listsUnconfirmed });
    let plan: Plan | undefined;
    for (let leg = 0; leg < 6; leg += 1) {
      this.#home.clearFaults();
      for (const device of this.#home.devices()) {
        device.setServerState(0);
        device.store.sync();
      }
      await this.#pass(15 * minute);
      plan = await this.#leg(Infinity, true);
      if (plan && isEmpty(plan)) break;
    }
    if (!plan || !isEmpty(plan))
      return void broken.open.push(
        this.#text(JSON.stringify([plan?.steps, plan?.findings.filter(({ kind }) => kind !== 'foreign')])),
      );
    broken.open.push(...this.#differences());
  }

  /** What the locks do not have as the file wants it. */
  #differences(): readonly string[] {
    const differences: string[] = [];
    for (const door of this.#doors) {
      const ours = this.#home.authorizationsOnLock(door).filter(({ id }) => !this.#foreign.has(id));
      const left = new Set(ours);
      for (const { number, type, part, as } of expectedAt(this.#after, door)) {
        const found = ours.find(
          (each) => numberOf(each.name) === number && each.type === type && partOf(each) === part,
        );
        if (found) left.delete(found);
        const isAs = found && found.name === as.name && this.#gains(as, found).length === 0;
        const isWhole = found && this.#gains(found, as).length === 0;
        if (as.enabled ? !isAs || !isWhole : found && found.enabled)
          differences.push(this.#text(`${placeOf(number, door, type, part)}: ${JSON.stringify([as, found])}`));
      }
      for (const { name } of left) differences.push(this.#text(`${name} is left at ${door}`));
    }
    return differences;
  }
}

/** Whether there is nothing to do, and nothing to say but what is not of the file. */
function isEmpty({ steps, findings }: Plan): boolean {
  return steps.length === 0 && findings.every(({ kind }) => kind === 'foreign');
}

const creationSchema = v.object({
  name: v.string(),
  type: v.exactOptional(v.number()),
  smartlockIds: v.optional(v.array(v.number())),
  allowedFromTime: v.exactOptional(v.number()),
  allowedUntilTime: v.exactOptional(v.number()),
});

/** The places that a creation is about. */
function placesAsked(path: string, body: string): readonly string[] {
  const { name, type = app, smartlockIds, ...limits } = v.parse(creationSchema, JSON.parse(body));
  const doors = smartlockIds ?? [Number(path.split('/')[2])];
  return doors.map((door) => placeOf(numberOf(name), door, type, partOf(limits)));
}

/** All but when it was updated. */
function contentOf(entry: AuthorizationJson): string {
  return JSON.stringify({ ...entry, updateDate: undefined });
}

/** Limits without those that are not there. */
function given(limits: Schedule): Partial<AuthorizationJson> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

describe(`${crashes} crashes while plans of access files are applied in homes where everything goes wrong`, () => {
  before(async function () {
    this.timeout(900_000);
    const began = performance.now();
    for (let index = 0, crashed = 0; crashed < crashes; index += 1) {
      const home = new Home(seed + index);
      await home.run();
      crashed += home.crashes;
    }
    printRuns(seed, began, counts);
  });

  it('leave nothing at a lock twice', () => assertNone(broken.twice));

  it('ask for nothing twice', () => assertNone(broken.repeated));

  it('touch nothing that is not of the file', () => assertNone(broken.foreign));

  it('lock out no one who keeps access, at no moment', () => assertNone(broken.lockedOut));

  it('widen nothing that was not agreed to', () => assertNone(broken.widened));

  it('end, sooner or later, in what the file wants, and in an empty plan', () => assertNone(broken.open));

  it('lose no id of what is still there', () => assertNone(broken.lostIds));

  it('take nothing into the record that is not of the file', () => assertNone(broken.notOurs));

  it('tell no code', () => assertNone(broken.told));

  it('claim nothing that a lock does not bear out', () => assertNone(broken.claims));

  it('throw nothing unforeseen', () => assertNone(broken.unforeseen));

  it('come to every end', () => {
    if (crashes < 250) return;
    const moments = [
      'before the record is written',
      'after the record was written',
      'after GET',
      'after PUT',
      'after POST',
      'after DELETE',
    ];
    const ends = [
      'add done',
      'change done',
      'remove done',
      'add pending',
      'add unknown',
      'remove unknown',
      'remove notBegun waits',
    ];
    for (const what of [...moments.map((each) => `crash ${each}`), ...ends])
      assert.ok((counts.get(what) ?? 0) >= crashes / 100, `${what}: ${counts.get(what) ?? 0}`);
  });
});
