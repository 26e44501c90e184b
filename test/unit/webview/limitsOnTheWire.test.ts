import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../src/base/locale.ts';
import { refOf } from '../../../src/model/deviceRef.ts';
import { AuthorizationWriter } from '../../../src/model/authorizations/authorizationWriter.ts';
import { Store } from '../../../src/model/store.ts';
import { createClient } from '../../../src/nuki/http/client.ts';
import { wireInstant } from '../../../src/nuki/time/instant.ts';
import { timeZones } from '../../../src/nuki/time/timeZones.ts';
import { demoToken } from '../../../src/simulator/demo/demo.ts';
import { admits } from '../../../src/simulator/devices/keypad.ts';
import { fieldsOf, scheduleFields } from '../../../src/simulator/api/requestFields.ts';
import type { AuthorizationJson } from '../../../src/simulator/wire.ts';
import { ClosedDraft } from '../../../src/webview/host/form/closedDraft.ts';
import { FormSession } from '../../../src/webview/host/form/formSession.ts';
import type { FormRequest, FormServices } from '../../../src/webview/host/form/formServices.ts';
import type { Draft, Moment } from '../../../src/webview/protocol/form.ts';
import { codeJson, lockJson } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId } from '../model/fakes.ts';
import { lockClockAt } from '../nuki/lockClock.ts';
import { panel } from './formHarness.ts';

// What forms and commands send of drawn authorizations, through the whole client, and what a lock makes of it that honours limits only
// where they are complete. `KEYTURNER_SEED=…` draws the same again.

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_126);
const draftCount = Number(process.env['KEYTURNER_DRAFTS'] ?? 10_000);

type Json = Readonly<Record<string, unknown>>;

const zones = ['Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland', 'America/Santiago', 'Asia/Kathmandu', 'UTC'];
/** A lock for each zone; that of the last one is not known. */
const locks = zones.map((zone, index) => {
  const timezoneId = timeZones.findIndex((known) => known === zone);
  const config = { timezoneId: timezoneId < 0 ? 65_535 : timezoneId, keypadPaired: true };
  return { smartlockId: 17_179_869_185 + index, zone, timezoneId: config.timezoneId, config };
});
const people = [{ accountUserId: 5, name: 'Anna', email: 'anna@example.com' }];
const id = '5f0c1d2e3a4b5c6d7e8f9a0b';

/** Forms over an account whose answers are written here, and the bodies that were sent. */
class Wire {
  readonly clock = new FakeClock();
  readonly store = new Store(this.clock);
  bodies: Json[] = [];
  readonly #open: FormSession[] = [];
  /** The one authorization of every lock. */
  original: Json | undefined;

  constructor() {
    // A client for each request, as a lasting one would make each draft wait for the one before.
    const client = () =>
      Promise.resolve(
        createClient(demoToken, {
          fetch: (input, init) => this.#answer(input, init),
          clock: this.clock,
          random: () => 0,
        }),
      );
    this.store.setSources([{ id: accountId, label: 'Home', simulated: false, client }]);
  }

  async #answer(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET') {
      this.bodies.push(fieldsOf(await request.json()));
      return new Response(null, { status: 204 });
    }
    if (pathname === '/smartlock')
      return Response.json(locks.map(({ smartlockId, config }) => lockJson({ smartlockId }, {}, config)));
    if (pathname === '/account/user') return Response.json(people);
    if (pathname.endsWith(id)) return Response.json(this.original);
    return Response.json([]);
  }

  /** What is sent for a form whose draft `change` writes. */
  async submit(request: FormRequest, change: (shown: Draft) => Draft): Promise<readonly Json[]> {
    return await this.#sent(async (writer) => {
      const form = this.#form(request, writer);
      await form.send('ready', null);
      await form.send('submit', change(form.shown()));
    });
  }

  /** What is sent for the two forms that come of hours over midnight. */
  async split(request: FormRequest, change: (shown: Draft) => Draft, secondCode: string): Promise<readonly Json[]> {
    return await this.#sent(async (writer) => {
      const first = this.#form(request, writer);
      await first.send('ready', null);
      const draft = change(first.shown());
      await first.send('split', draft);
      await first.send('submit', { ...first.shown(), code: draft.code });
      for (const other of first.opened) {
        const second = this.#form(other, writer);
        await second.send('ready', null);
        await second.send('submit', { ...second.shown(), code: secondCode });
      }
    });
  }

  /** What a command sends that enables or disables. */
  async enable(smartlockId: number, enabled: boolean): Promise<readonly Json[]> {
    return await this.#sent(async (writer) => void (await writer.change({ accountId, smartlockId }, id, { enabled })));
  }

  /** What `send` sends by a writer of its own, which forgets it then. */
  async #sent(send: (writer: AuthorizationWriter) => Promise<void>): Promise<readonly Json[]> {
    this.bodies = [];
    const writer = new AuthorizationWriter(this.store, this.clock, () => Promise.resolve(true));
    await send(writer);
    writer.dispose();
    for (const session of this.#open.splice(0)) session.dispose();
    for (const state of this.store.account(accountId)?.devices ?? [])
      this.store.updatePendingChanges(refOf(state), () => []);
    return this.bodies;
  }

  #form(request: FormRequest, writer: AuthorizationWriter) {
    let shown: Draft | undefined;
    const opened: FormRequest[] = [];
    const services: FormServices = {
      closedDraft: new ClosedDraft(),
      store: this.store,
      writer,
      clock: this.clock,
      locale: () => ({ t: inEnglish, language: 'en', now: this.clock.now() }),
      deviceName: () => 'Lock',
      accountName: () => 'Home',
      errorText: ({ reason }) => reason,
      pendingChangeText: () => '',
      endText: () => '',
      logDoubt: () => undefined,
      notify: () => undefined,
      copySecret: () => Promise.resolve(),
      showInSidebar: () => Promise.resolve(),
      sync: () => Promise.resolve(),
    };
    const session = new FormSession(request, services, {
      id: panel,
      ownZone: 'Europe/Berlin',
      randomInt: () => 0,
      post: (name, body) => {
        if (name === 'show' && typeof body === 'object' && 'draft' in body) shown = body.draft;
        return Promise.resolve(true);
      },
      isUnfolded: () => false,
      keepUnfolded: () => undefined,
      rename: () => undefined,
      close: () => undefined,
      copy: () => Promise.resolve(),
      open: () => undefined,
      openBeside: (other) => void opened.push(other),
    });
    this.#open.push(session);
    return {
      opened,
      send: async (name: 'ready' | 'split' | 'submit', body: Draft | null) =>
        await session.receive({ panel, name, body }),
      shown: () => shown ?? assert.fail('nothing is shown'),
    };
  }
}

const minuteMs = 60_000;
const plain = { noNullPrototype: true } as const;
const anyLock = fc.constantFrom(...locks);

const anyMoment: fc.Arbitrary<Moment> = fc.record(
  {
    date: fc.oneof(
      fc.constantFrom('2027-03-28', '2027-10-31', '2027-04-04', '2026-12-31', '2027-11-07'),
      fc.integer({ min: 0, max: 500 }).map((days) => wireInstant(Date.UTC(2026, 10, 24 + days)).slice(0, 10)),
    ),
    time: fc.constantFrom('00:00', '02:00', '02:30', '09:00', '17:45', '23:59'),
    disambiguation: fc.constantFrom('earlier', 'later'),
  },
  plain,
);
const anyHours = fc.constantFrom(
  { from: '00:00', until: '06:00' },
  { from: '09:00', until: '17:00' },
  { from: '02:30', until: '02:45' },
  { from: '22:00', until: '23:59' },
  { from: '00:00', until: '00:00' },
);
const anyMask = fc.oneof(fc.constant(127), fc.integer({ min: 1, max: 127 }));

const limits = {
  from: fc.option(anyMoment),
  until: fc.option(anyMoment),
  weekdays: anyMask,
  hours: fc.option(anyHours),
};
const anyNew = fc.record(
  { ...limits, credential: fc.constantFrom('code', 'code', 'app', 'fob'), remoteAllowed: fc.boolean() },
  plain,
);
const anyEdit = fc.record({ ...limits, remoteAllowed: fc.boolean() }, { ...plain, requiredKeys: [] });

/** Limits of an authorization that another client has made: any of them may be missing. */
const anyLimits = fc
  .record(
    {
      allowedFromDate: fc.constantFrom(
        null,
        '2026-11-20T08:30:45.000Z',
        '2027-03-28T00:30:00.000Z',
        '2027-02-01T08:00:00+02:00',
      ),
      allowedUntilDate: fc.constantFrom(
        null,
        '2027-12-31T22:59:59.000Z',
        '2027-10-31T01:30:00.000Z',
        '2027-06-30T16:00Z',
      ),
      allowedWeekDays: fc.oneof(fc.constantFrom(null, 127), fc.integer({ min: 1, max: 127 })),
      allowedFromTime: fc.constantFrom(null, 0, 540),
      allowedUntilTime: fc.constantFrom(null, 0, 1_020, 1_439),
    },
    { ...plain, requiredKeys: [] },
  )
  .filter(({ allowedFromTime: from, allowedUntilTime: until }) => !from || until !== 0);
const anyOriginal = fc
  .record(
    {
      limits: anyLimits,
      type: fc.constantFrom(13, 13, 0, 2),
      enabled: fc.boolean(),
      creationDate: fc.constantFrom(undefined, '2026-06-01T10:00:07.000Z'),
    },
    plain,
  )
  .map(({ limits: given, ...others }): Json => ({ ...bareJson, ...others, ...given }));

const { allowedFromDate: _from, allowedUntilDate: _until, allowedWeekDays: _days, ...others } = codeJson({ id });
const { allowedFromTime: _opens, allowedUntilTime: _closes, ...bareJson } = others;

const limitNames = ['allowedFromDate', 'allowedWeekDays', 'allowedFromTime', 'allowedUntilTime'] as const;
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** No limits, or all: only the end may be open. */
function assertComplete(body: Json): void {
  const given = limitNames.filter((name) => isGiven(body[name]));
  const isLimited = given.length > 0 || isGiven(body['allowedUntilDate']);
  assert.ok(!isLimited || given.length === limitNames.length, JSON.stringify(body));
}

/** Whether somebody is let in, at an instant (ms since 1970) and what the lock's clock shows then. */
type Access = (at: number, weekdayBit: number, minute: number) => boolean;

const always: Access = () => true;

/** What a lock makes of a body: limits that are not complete are none. */
function accessOf(body: Json): Access {
  const [from, mask, opens, closes] = limitNames.map((name) => body[name]);
  if (![from, mask, opens, closes].every(isGiven)) return always;
  const until = body['allowedUntilDate'];
  return (at, bit, minute) =>
    at >= Date.parse(String(from)) &&
    (!isGiven(until) || at < Date.parse(String(until))) &&
    (Number(mask) & bit) !== 0 &&
    ((opens === 0 && closes === 0) || (minute >= Number(opens) && minute < Number(closes)));
}

type Part = 'from' | 'until' | 'weekdays' | 'hours';

/** What was asked for: each limit as the draft has it, or where that is not there as it stands in the original. */
function asked(draft: Partial<Pick<Draft, Part>>, original: Json, zone: string): Access {
  const from = 'from' in draft ? instantShown(draft.from, zone) : dateOf(original['allowedFromDate']);
  const until = 'until' in draft ? instantShown(draft.until, zone) : dateOf(original['allowedUntilDate']);
  const mask = draft.weekdays ?? Number(original['allowedWeekDays'] ?? 127);
  const [opens, closes] = 'hours' in draft ? minutesOf(draft.hours) : hoursOf(original);
  return (at, bit, minute) =>
    at >= (from ?? -Infinity) && at < (until ?? Infinity) && (mask & bit) !== 0 && minute >= opens && minute < closes;
}

/** What was asked for with hours over midnight: the mornings belong to the days before them. */
function overnight(draft: Pick<Draft, Part>, zone: string): Access {
  const evening = asked({ ...draft, hours: { from: draft.hours?.from ?? '', until: '23:59' } }, {}, zone);
  const morning = asked({ ...draft, hours: { from: '00:00', until: draft.hours?.until ?? '' } }, {}, zone);
  const dayBefore = (bit: number): number => (bit === 64 ? 1 : bit * 2);
  return (at, bit, minute) => evening(at, bit, minute) || morning(at, dayBefore(bit), minute);
}

function dateOf(date: unknown): number | undefined {
  return typeof date === 'string' ? Date.parse(date) : undefined;
}

function hoursOf({ allowedFromTime: from, allowedUntilTime: until }: Json): readonly [number, number] {
  if ((from ?? 0) === 0 && (until ?? 0) === 0) return [0, 1_440];
  return [Number(from ?? 0), Number(until ?? 1_440)];
}

function minutesOf(hours: Draft['hours'] | undefined): readonly [number, number] {
  const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return hours ? [minute(hours.from), minute(hours.until)] : [0, 1_440];
}

/** When the clock of a lock shows a moment: found by trying, with the offsets of the days around it. */
function instantShown(moment: Moment | null | undefined, zone: string): number | undefined {
  if (!moment) return undefined;
  const written = Date.parse(`${moment.date}T${moment.time}Z`);
  const minute = Number(moment.time.slice(0, 2)) * 60 + Number(moment.time.slice(3));
  const offsets = [-1, 1].map((days) => offsetAt(written + days * 1_440 * minuteMs, zone));
  const found = offsets
    .map((offset) => written - offset)
    .filter((at) => lockClockAt(at, zone).minute === minute)
    .toSorted((one, other) => one - other);
  assert.ok(found.length > 0, `${moment.date} ${moment.time} ${zone}`);
  return moment.disambiguation === 'earlier' ? found[0] : found.at(-1);
}

/** Milliseconds by which the clock of a zone is ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  const ahead = lockClockAt(at, zone).minute - new Date(at).getUTCHours() * 60 - new Date(at).getUTCMinutes();
  return (((ahead + 2 * 1_440 + 600) % 1_440) - 600) * minuteMs;
}

const horizon = 700 * 1_440;
const anyMinutesAhead = fc.array(fc.integer({ min: 1, max: horizon }), { minLength: 12, maxLength: 12 });

/** Instants at which it matters what is open: around every limit, and drawn ones. */
function instantsFor(body: Json, now: number, drawn: readonly number[], zone: string): readonly number[] {
  const dates = [body['allowedFromDate'], body['allowedUntilDate']].flatMap((date) => dateOf(date) ?? []);
  const hours = [body['allowedFromTime'], body['allowedUntilTime']].filter(isGiven).map(Number);
  const days = drawn.slice(0, 4).map((minutes) => now + minutes * minuteMs);
  const edges = days.flatMap((at) => hours.map((minute) => at + (minute - lockClockAt(at, zone).minute) * minuteMs));
  const around = [...dates, ...edges].flatMap((at) => [at - minuteMs, at - 1_000, at, at + minuteMs]);
  return [...around, ...drawn.map((minutes) => now + minutes * minuteMs)].filter((at) => at >= now);
}

interface Lock {
  readonly smartlockId: number;
  readonly zone: string;
  readonly timezoneId: number;
}

/** The lock opens when it was asked to, and at no other minute; the last minute of a day no limit can name. */
function assertOpensAsAsked(
  bodies: readonly Json[],
  wanted: Access,
  { zone, timezoneId }: Lock,
  now: number,
  drawn: readonly number[],
): void {
  const accesses = bodies.map(accessOf);
  for (const at of bodies.flatMap((body) => instantsFor(body, now, drawn, zone))) {
    const { weekdayBit, minute } = lockClockAt(at, zone);
    const isOpen = accesses.some((opens) => opens(at, weekdayBit, minute));
    const isWanted = wanted(at, weekdayBit, minute);
    if (isOpen === isWanted || (!isOpen && minute === 1_439)) continue;
    assert.fail(`${isOpen ? 'open' : 'closed'} at ${wireInstant(at)} in ${zone}: ${JSON.stringify(bodies)}`);
  }
  const at = now + (drawn[0] ?? 0) * minuteMs;
  const { weekdayBit, minute } = lockClockAt(at, zone);
  for (const [index, body] of bodies.entries()) {
    const stored = { ...anyEntry, ...scheduleFields(body) };
    const opens = accesses[index]?.(at, weekdayBit, minute);
    assert.equal(admits(stored, at, timezoneId), opens, 'the simulated lock does the same');
  }
}

const anyEntry: AuthorizationJson = {
  id,
  smartlockId: 1,
  authId: 8_196,
  type: 13,
  name: 'Guest',
  enabled: true,
  remoteAllowed: false,
  lockCount: 0,
  creationDate: '2026-11-23T12:00:00.000Z',
};

describe('limits on their way to a lock that honours them only where they are complete', () => {
  const wire = new Wire();
  const count = { sent: 0, limited: 0, filled: 0 };
  before(async () => await wire.store.refresh(accountId));

  const judge = (bodies: readonly Json[], wanted: () => Access, lock: Lock, drawn: readonly number[]): void => {
    for (const body of bodies) {
      count.sent += 1;
      if (isGiven(body['allowedFromDate'])) count.limited += 1;
      assertComplete(body);
    }
    if (bodies.length > 0) assertOpensAsAsked(bodies, wanted(), lock, wire.clock.now(), drawn);
  };
  const run = async <T>(
    arbitrary: fc.Arbitrary<T>,
    share: number,
    play: (drawn: T) => Promise<void>,
  ): Promise<void> => {
    const before = count.sent;
    await fc.assert(fc.asyncProperty(arbitrary, play), { seed, numRuns: Math.ceil(draftCount * share) });
    console.log(`      ${count.sent - before} sent`);
    assert.ok(count.sent - before > (draftCount * share) / 3);
  };
  const named = (draft: Draft): Draft => ({
    ...draft,
    name: 'Guest',
    code: draft.credential === 'code' ? '345678' : '',
  });

  it(`are complete in new authorizations and open no minute that was not asked for (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(180_000);
    await run(fc.tuple(anyNew, anyLock, anyMinutesAhead), 0.3, async ([changes, lock, drawn]) => {
      const request = { kind: 'new', accountId, smartlockId: lock.smartlockId } as const;
      const person = changes.credential === 'code' ? null : 5;
      const bodies = await wire.submit(request, (shown) => named({ ...shown, ...changes, person }));
      judge(bodies, () => asked(changes, {}, lock.zone), lock, drawn);
    });
  });

  it(`are complete in changed ones, whatever was there before (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(180_000);
    await run(
      fc.tuple(anyOriginal, anyEdit, anyLock, anyMinutesAhead),
      0.3,
      async ([original, changes, lock, drawn]) => {
        wire.original = original;
        const request = { kind: 'edit', accountId, smartlockId: lock.smartlockId, id } as const;
        let before: Draft | undefined;
        const bodies = await wire.submit(request, (shown) => ({ ...(before = shown), ...changes, name: 'Guest' }));
        const touched = Object.entries(changes).filter(
          ([part, value]) => JSON.stringify(value) !== JSON.stringify(before && Reflect.get(before, part)),
        );
        judge(bodies, () => asked(Object.fromEntries(touched), original, lock.zone), lock, drawn);
      },
    );
  });

  it(`are complete in duplicates (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(180_000);
    await run(fc.tuple(anyOriginal, anyLock, anyMinutesAhead), 0.05, async ([original, lock, drawn]) => {
      wire.original = original;
      const request = { kind: 'duplicate', accountId, smartlockId: lock.smartlockId, id } as const;
      const bodies = await wire.submit(request, (shown) => named({ ...shown, person: 5 }));
      judge(bodies, () => asked({}, original, lock.zone), lock, drawn);
    });
  });

  it(`are complete in both halves of hours over midnight (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(180_000);
    const night = fc.constantFrom({ from: '22:00', until: '06:00' }, { from: '17:45', until: '02:30' });
    const anyNight = fc.record({ ...limits, hours: night }, plain);
    await run(fc.tuple(anyNight, anyLock, anyMinutesAhead), 0.05, async ([changes, lock, drawn]) => {
      const request = { kind: 'new', accountId, smartlockId: lock.smartlockId } as const;
      const change = (shown: Draft): Draft => named({ ...shown, ...changes, credential: 'code' });
      const bodies = await wire.split(request, change, '345679');
      // Of a half that would never open, or whose end has passed, nothing is sent.
      if (bodies.length === 2) judge(bodies, () => overnight(changes, lock.zone), lock, drawn);
      else judge(bodies.slice(0, 0), () => always, lock, drawn);
    });
  });

  it(`are complete in what is enabled or disabled again (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(180_000);
    await run(fc.tuple(anyOriginal, anyLock, anyMinutesAhead), 0.3, async ([original, lock, drawn]) => {
      wire.original = original;
      const bodies = await wire.enable(lock.smartlockId, original['enabled'] === false);
      judge(bodies, () => asked({}, original, lock.zone), lock, drawn);
    });
  });

  it('were often enough there', () => {
    console.log(`      ${count.sent} bodies, ${count.limited} with limits, none half given`);
    assert.ok(count.limited > count.sent / 3);
  });
});
