import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../../src/base/locale.ts';
import { entryKey } from '../../../../src/model/authorizations/entries.ts';
import type { PendingChange } from '../../../../src/model/authorizations/pendingChanges.ts';
import { calendarOf, type CalendarRow, type DrawnGroup } from '../../../../src/model/calendar/calendar.ts';
import { type Answer } from '../../../../src/model/calendar/entryAccess.ts';
import { whoCanEnter } from '../../../../src/model/calendar/whoCanEnter.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorizationType } from '../../../../src/nuki/authorization/authorizationType.ts';
import { scheduleInWords } from '../../../../src/nuki/authorization/schedule.ts';
import type { Range } from '../../../../src/nuki/authorization/scheduleRanges.ts';
import { wireInstant } from '../../../../src/nuki/time/instant.ts';
import { noTimeZone, timeZones } from '../../../../src/nuki/time/timeZones.ts';
import { clockChangesBetween, resolveWallTime, wallTimeAt } from '../../../../src/nuki/time/zonedTime.ts';
import { admits, verdictOn } from '../../../../src/simulator/devices/keypad.ts';
import type { AuthorizationJson } from '../../../../src/simulator/wire.ts';
import { authorization, unlimited } from '../../devices.ts';
import { lockClockAt } from '../../nuki/lockClock.ts';
import { pendingDeletion, pendingEdit } from '../../pendingChanges.ts';
import { accountOf, door } from './doors.ts';
import { readingOf } from './scheduleReading.ts';

// What is drawn of an authorization, what is said of it, and what the simulated lock does with it, at the same instants.

const minute = 60_000;
const day = 1_440 * minute;
const code = 445_566;
const english = { t: inEnglish, language: 'en' };

/** How much is certain of an authorization: what the list says of it, and what the lock has instead where it is not. */
const anyStanding = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'confirmed' } as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('unconfirmed', 'deleting', 'editing', 'busy'),
      lockHas: fc.constantFrom('it', 'nothing', 'another'),
    }),
  },
);
type Standing =
  | { readonly kind: 'confirmed' }
  | { readonly kind: string; readonly lockHas: 'it' | 'nothing' | 'another' };

const anyHour = fc.oneof(
  fc.constantFrom(0, 60, 90, 120, 150, 180, 240, 1_380, 1_439, 1_440),
  fc.integer({ min: 0, max: 1_440 }),
);
const daytime = fc
  .integer({ min: 0, max: 1_380 })
  .chain((from) =>
    fc.integer({ min: from + 1, max: 1_439 }).map((until) => ({ allowedFromTime: from, allowedUntilTime: until })),
  );
const anyHours = fc.oneof(
  { weight: 3, arbitrary: daytime },
  { weight: 2, arbitrary: fc.constant({ allowedFromTime: 0, allowedUntilTime: 0 }) },
  { weight: 1, arbitrary: fc.record({ allowedFromTime: anyHour, allowedUntilTime: anyHour }, { requiredKeys: [] }) },
);

/** Limits as Nuki may list them, with dates around `anchor` (ms since 1970). */
function anyLimits(anchor: number) {
  const near = fc
    .oneof(
      fc.integer({ min: -4 * 1_440, max: 4 * 1_440 }).map((minutes) => minutes * minute),
      fc.integer({ min: -180 * 60, max: 180 * 60 }).map((seconds) => seconds * 1_000),
    )
    .map((offset) => wireInstant(anchor + offset));
  const past = fc.constant(wireInstant(anchor - 40 * day));
  const start = fc.oneof(past, near);
  const mask = fc.oneof(fc.constantFrom(127, 127, 124, 0), fc.integer({ min: 1, max: 127 }));
  const complete = fc
    .record({
      dates: fc.record({ allowedFromDate: start }),
      mask,
      hours: anyHours,
      until: fc.option(near, { nil: undefined }),
    })
    .map(({ dates, mask: allowedWeekDays, hours, until: allowedUntilDate }) => ({
      ...dates,
      allowedWeekDays,
      ...hours,
      allowedUntilDate,
    }));
  const date = fc.oneof(
    { weight: 9, arbitrary: near },
    { weight: 1, arbitrary: fc.constantFrom('soon', '2027-02-30T10:00Z') },
  );
  const incomplete = fc
    .tuple(
      fc.record({ allowedFromDate: date, allowedUntilDate: date, allowedWeekDays: mask }, { requiredKeys: [] }),
      fc.option(anyHours, { nil: {} }),
    )
    .map(([limits, hours]) => ({ ...limits, ...hours }));
  return fc.oneof({ weight: 3, arbitrary: complete }, { weight: 1, arbitrary: incomplete });
}

interface Drawn {
  readonly listed: Authorization;
  readonly standing: Standing;
  /** What the lock has where it is another. */
  readonly other: Authorization;
}

function anyAuthorization(anchor: number): fc.Arbitrary<Drawn> {
  return fc
    .record({
      type: fc.constantFrom(authorizationType.keypadCode, authorizationType.app, authorizationType.fob),
      enabled: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      limits: anyLimits(anchor),
      otherLimits: anyLimits(anchor),
      standing: anyStanding,
    })
    .map(({ type, enabled, limits, otherLimits, standing }) => {
      const fields = { type, enabled, creationDate: wireInstant(anchor - 30 * day) };
      return {
        listed: authorization({ ...fields, ...unlimited, ...limits }),
        other: authorization({ ...fields, enabled: true, ...unlimited, ...otherLimits }),
        standing,
      };
    });
}

/** A door with what was drawn, as the extension knows it. */
function doorOf(drawn: readonly Drawn[], timezoneId: number): DeviceState {
  const items = drawn.map(({ listed, standing: { kind } }, index): Authorization => ({
    ...listed,
    id: String(index),
    ...(kind === 'unconfirmed' && { updateDate: undefined, lockCount: 0, lastActiveDate: undefined }),
    ...(kind === 'busy' && { operationId: true }),
  }));
  const pendingChanges = drawn.flatMap(({ standing: { kind } }, index): readonly PendingChange[] => {
    if (kind === 'deleting') return [pendingDeletion({ id: String(index), key: `delete/${index}` })];
    return kind === 'editing' ? [pendingEdit({ id: String(index), key: `change/${index}` })] : [];
  });
  // Of each type one is dated, so that an undated one is not confirmed.
  const dated = [0, 2, 13].map((type) => authorization({ id: `dated ${type}`, type, enabled: false }));
  return door(1, [...items, ...dated], { timezoneId, pendingChanges });
}

/** Whether the simulated lock lets in whoever comes with what was drawn. */
function letsIn({ listed, other, standing }: Drawn, instant: number, timezoneId: number): boolean {
  const had = 'lockHas' in standing ? standing.lockHas : 'it';
  if (had === 'nothing') return false;
  // A lock that has not confirmed what is listed has that or nothing, and so has one that is to delete it.
  const isOther = had === 'another' && ['editing', 'busy'].includes(standing.kind);
  const stored = json(isOther ? other : listed);
  if (stored.type !== authorizationType.keypadCode) return admits(stored, instant, timezoneId);
  return verdictOn(code, [stored], instant, timezoneId).kind === 'opens';
}

/** The authorization as a lock has it: it knows no limit that was not sent. */
function json({ type, name, enabled, creationDate = '', ...entry }: Authorization): AuthorizationJson {
  const { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } = entry;
  return {
    ...(allowedFromDate !== undefined && { allowedFromDate }),
    ...(allowedUntilDate !== undefined && { allowedUntilDate }),
    ...(allowedWeekDays !== undefined && { allowedWeekDays }),
    ...(allowedFromTime !== undefined && { allowedFromTime }),
    ...(allowedUntilTime !== undefined && { allowedUntilTime }),
    id: entry.id,
    smartlockId: 1,
    authId: 1,
    code,
    type,
    name,
    enabled: enabled !== false,
    remoteAllowed: false,
    lockCount: 0,
    creationDate,
  };
}

const isIn = (ranges: readonly Range[] | undefined, at: number): boolean =>
  ranges?.some(({ from, until }) => at >= from && at < until) === true;

/** Whole minutes at which something may change: the ends of the limits, and what was drawn. */
function instantsFor(
  { listed }: Drawn,
  { anchor, offsets }: { readonly anchor: number; readonly offsets: readonly number[] },
  zone: string,
): readonly number[] {
  const dates = [listed.allowedFromDate, listed.allowedUntilDate].map((date) => Date.parse(date ?? ''));
  const { date } = wallTimeAt(anchor, zone);
  const hours = [listed.allowedFromTime, listed.allowedUntilTime].flatMap((minutes = 0) => {
    const time = wireInstant((minutes % 1_440) * minute).slice(11, 16);
    const resolved = resolveWallTime({ date, time }, zone);
    if (resolved.kind === 'overlap') return [Date.parse(resolved.earlier.instant), Date.parse(resolved.later.instant)];
    return resolved.kind === 'exact' ? [Date.parse(resolved.instant)] : [];
  });
  const edges = [...dates, ...hours].filter((instant) => Math.abs(instant - anchor) < 4 * day);
  const near = edges.flatMap((instant) => [instant - minute, instant]);
  return [...near, ...offsets.map((offset) => anchor + offset)].map((instant) => Math.floor(instant / minute) * minute);
}

describe('for any authorization, zone and instant', () => {
  const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_127);
  const seen = { cases: 0, onChangeDays: 0, answers: new Map<Answer, number>(), zones: new Set<string>() };

  it(`calendar, words, answer and the simulated lock agree (seed ${seed})`, async () => {
    for (const timezoneId of [...timeZones.keys(), noTimeZone]) {
      const zone = timeZones[timezoneId] ?? 'UTC';
      const changes = clockChangesBetween(Date.UTC(2027, 0, 10), Date.UTC(2028, 0, 1), zone);
      const anyAnchor = fc.oneof(
        ...(changes.length > 0 ? [{ weight: 4, arbitrary: fc.constantFrom(...changes) }] : []),
        fc
          .integer({ min: Date.UTC(2027, 0, 10) / minute, max: Date.UTC(2027, 11, 20) / minute })
          .map((at) => at * minute),
      );
      const anyCase = anyAnchor.chain((anchor) =>
        fc.record({
          anchor: fc.constant(anchor),
          drawn: fc.array(anyAuthorization(anchor), { minLength: 4, maxLength: 4 }),
          offsets: fc.array(
            fc
              .oneof(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -4_000, max: 4_000 }))
              .map((by) => by * minute),
            { minLength: 8, maxLength: 8 },
          ),
        }),
      );
      await fc.assert(
        fc.asyncProperty(anyCase, async (drawnCase) => {
          await checkDoor(drawnCase, timezoneId, zone);
        }),
        { numRuns: 5, seed: seed + timezoneId },
      );
      seen.zones.add(zone);
    }
    assert.ok(seen.cases >= 10_000, `${seen.cases} cases`);
    assert.ok(seen.onChangeDays >= 1_000, `${seen.onChangeDays} on days with a clock change`);
    assert.ok(
      [...seen.answers.values()].every((count) => count >= 500),
      JSON.stringify([...seen.answers]),
    );
    assert.equal(seen.zones.size, 47);
  }).timeout(120_000);

  async function checkDoor(
    { anchor, drawn, offsets }: { anchor: number; drawn: readonly Drawn[]; offsets: readonly number[] },
    timezoneId: number,
    zone: string,
  ): Promise<void> {
    const state = doorOf(drawn, timezoneId);
    const from = wallTimeAt(anchor - 5 * day, zone).date;
    const options = { order: 'doors', from, days: 11, now: anchor, ownNow: anchor, language: 'en' } as const;
    const calendar = calendarOf(accountOf([state]), options);
    const [group] = calendar.groups;
    assert.ok(group);
    const picture = calendar.draw(group);
    for (const [index, each] of drawn.entries()) {
      const row = picture.rows.find(({ key }) => key === `1/auth/${index}`);
      assert.ok(row);
      const words = scheduleInWords(each.listed, timeZones[timezoneId], english);
      for (const instant of instantsFor(each, { anchor, offsets }, zone)) {
        const [answer] = await whoCanEnter([state], { kind: 'instant', instant });
        const entrant = answer?.entrants.find(({ access }) => entryKey(access.entry) === row.key);
        check({ each, row, picture, words, instant, timezoneId, zone, said: entrant?.answer ?? 'no' });
      }
    }
  }

  function check({ each, row, picture, words, instant, timezoneId, zone, said }: Case): void {
    const shown = lockClockAt(instant, zone);
    const { date } = wallTimeAt(instant, zone);
    const at = row.door.clock.days.findIndex((columns) => columns.date === date);
    const [clock, bars, union] = [row.door.clock.days[at], row.days[at], picture.union?.[at]];
    assert.ok(clock && bars && union);
    seen.cases += 1;
    seen.answers.set(said, (seen.answers.get(said) ?? 0) + 1);
    if (clock.clockChanges.length > 0) seen.onChangeDays += 1;
    // A bar shows a minute in which the door opens: at its start or later in it, or, where it comes twice, in one of the two.
    const isWhole = ![each.listed.allowedFromDate, each.listed.allowedUntilDate].some(
      (limit) => Math.abs(Date.parse(limit ?? '') - instant) < minute && Date.parse(limit ?? '') % minute !== 0,
    );
    const comesTwice = clock.clockChanges.some((change) => change.kind === 'overlap' && isIn([change], shown.minute));
    const isPlain = isWhole && !comesTwice;
    const isDisabled = row.marks.includes('disabled');
    const { doubts } = row.access;
    const opens = letsIn(each, instant, timezoneId);
    const reading = readingOf(words, instant, zone);
    const drawnOpen = !isDisabled && isIn(bars.spans, shown.minute);
    const told = `${words} in ${zone} at ${wireInstant(instant)}: ${said}, lock ${opens}, ${row.marks.join(', ')}`;

    if (said === 'yes') {
      assert.ok(opens, told);
      assert.ok(drawnOpen && isIn(bars.possible, shown.minute) && isIn(union.certain, shown.minute), told);
      assert.notEqual(reading, 'closed', told);
      assert.ok(
        doubts.every((doubt) => doubt === 'incompleteLimits'),
        told,
      );
    }
    if (said === 'no') {
      assert.ok(!opens, told);
      if (isPlain && !isDisabled) assert.ok(!drawnOpen && !isIn(bars.possible, shown.minute), told);
      if (!isDisabled) assert.notEqual(reading, 'open', told);
    }
    if (said === 'unknown') {
      assert.ok(doubts.length > 0, told);
      assert.ok(isIn(bars.possible, shown.minute) && isIn(union.possible, shown.minute), told);
    }
    if (doubts.length === 0 && !isDisabled && isPlain) {
      assert.equal(drawnOpen, opens, told);
      if (reading !== 'unclear') assert.equal(reading === 'open', opens, told);
    }
  }
});

interface Case {
  readonly each: Drawn;
  readonly row: CalendarRow;
  readonly picture: DrawnGroup;
  readonly words: string;
  readonly instant: number;
  readonly timezoneId: number;
  readonly zone: string;
  readonly said: Answer;
}
