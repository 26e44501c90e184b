import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { replacedFields } from '../../../src/nuki/authorization/authorizationWrites.ts';
import { limitFields } from '../../../src/nuki/authorization/completeLimits.ts';
import { keypadName } from '../../../src/nuki/authorization/keypadName.ts';
import { instantOf, wireInstant } from '../../../src/nuki/time/instant.ts';
import { timeZones } from '../../../src/nuki/time/timeZones.ts';
import { demoHomeOptions } from '../../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import type { HomeOptions } from '../../../src/simulator/home.ts';
import type { Draft } from '../../../src/webview/protocol/form.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId } from '../model/fakes.ts';
import { TestSimulator } from '../simulator/testSimulator.ts';
import { FormHarness } from './formHarness.ts';

// Fields that the user left alone in the form reach the API as they came from there. The body of the POST is compared with the answer of
// the GET, through the whole client. `KEYTURNER_SEED=…` plays the same again.

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_123);
const editCount = Number(process.env['KEYTURNER_EDITS'] ?? 200);

const id = '5f0c1d2e3a4b5c6d7e8f9a0b';

/** A date as the API writes it, or might: with seconds, without milliseconds, with an offset, without, or none. */
const anyDate = fc.oneof(
  fc.integer({ min: Date.UTC(2024, 0) / 1_000, max: Date.UTC(2031, 0) / 1_000 }).map((at) => wireInstant(at * 1_000)),
  fc.constantFrom(
    '2027-06-16T08:30:45.123Z',
    '2027-06-16T08:30Z',
    '2027-06-16T08:30:00+02:00',
    '2027-10-31T00:30:00.000Z',
    '2027-10-31T01:30:00.000Z',
    '2027-06-16T08:30:00',
    '2027-02-30T08:30:00.000Z',
    '0001-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    'soon',
    '',
  ),
);
const anyMinutes = fc.oneof(fc.constantFrom(0, 540, 1_020, 1_439, 1_440, 1_500, -1), fc.nat({ max: 1_440 }));

/** An authorization as the API might have it: fields may be missing, null, contradictory or unfamiliar. */
const anyAuthorization = fc.record(
  {
    name: fc.oneof(fc.constantFrom('Family', ' Family ', 'F'.repeat(40)), fc.string({ unit: 'binary', maxLength: 32 })),
    type: fc.constantFrom(0, 2, 13, 13, 13, 1, 3, 14, 99),
    enabled: fc.constantFrom(true, false, null),
    remoteAllowed: fc.constantFrom(true, false, null),
    code: fc.constantFrom(345_678, 120_000, null),
    accountUserId: fc.constantFrom(1_000_101, 5, null),
    allowedFromDate: fc.option(anyDate),
    allowedUntilDate: fc.option(anyDate),
    allowedWeekDays: fc.oneof(fc.constantFrom(0, 127, 128, 200, null), fc.nat({ max: 127 })),
    allowedFromTime: fc.option(anyMinutes),
    allowedUntilTime: fc.option(anyMinutes),
    operation: fc.jsonValue(),
  },
  { requiredKeys: ['name', 'type'], noNullPrototype: true },
);

const anyTime = fc.constantFrom('00:00', '02:30', '09:00', '17:00', '23:59', '');
const anyMoment = fc.record(
  {
    date: fc.constantFrom('2026-12-01', '2027-03-28', '2027-10-31', '2028-02-29', '2027-02-30', ''),
    time: anyTime,
    disambiguation: fc.constantFrom(null, 'earlier', 'later'),
  },
  { noNullPrototype: true },
);

/** What the user does in the form, one field at a time. */
const anyEdit: fc.Arbitrary<Partial<Draft>> = fc.oneof(
  fc.record({ name: fc.constantFrom('Everybody', '', 'Family', 'Zoë', 'x'.repeat(33)) }),
  fc.record({ remoteAllowed: fc.boolean() }),
  fc.record({ from: fc.option(anyMoment) }),
  fc.record({ until: fc.option(anyMoment) }),
  fc.record({ weekdays: fc.oneof(fc.constantFrom(0, 127), fc.nat({ max: 127 })) }),
  fc.record({ hours: fc.option(fc.record({ from: anyTime, until: anyTime }, { noNullPrototype: true })) }),
  fc.record({ code: fc.constantFrom('', '987654', '345678', '445566', '12') }),
);

const anyZone = fc.constantFrom(
  ...['Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland', 'Africa/Cairo'].map((zone) =>
    timeZones.findIndex((known) => known === zone),
  ),
  65_535,
);

type Json = Readonly<Record<string, unknown>>;

/** A form for an authorization of a lock with this zone, as `json` has it. */
async function edit(json: Json, timezoneId: number): Promise<FormHarness> {
  const simulator = new TestSimulator({ devices: homeWith(timezoneId) });
  const change = (): Response => Response.json({ ...json, id });
  simulator.home.fault({ method: 'GET', path: new RegExp(`/auth/${id}$`), change, times: Infinity });
  return await FormHarness.open({ kind: 'edit', accountId, smartlockId: frontDoor, id }, { simulator });
}

function homeWith(timezoneId: number): HomeOptions['devices'] {
  const { devices } = demoHomeOptions(new FakeClock(), 1);
  return devices
    .filter(({ listed }) => listed.smartlockId === frontDoor)
    .map(({ listed, authorizations = [] }) => ({
      listed: { ...listed, config: { ...listed.config, timezoneId } },
      authorizations: authorizations.slice(0, 1).map((entry) => ({ ...entry, id })),
    }));
}

/** The field of a draft that each field of the API comes from; the others cannot be touched. */
const partOf: Readonly<Partial<Record<string, keyof Draft>>> = {
  name: 'name',
  remoteAllowed: 'remoteAllowed',
  code: 'code',
  allowedFromDate: 'from',
  allowedUntilDate: 'until',
  allowedWeekDays: 'weekdays',
  allowedFromTime: 'hours',
  allowedUntilTime: 'hours',
};

const isSame = (part: keyof Draft, one: Draft, other: Draft): boolean =>
  JSON.stringify(one[part]) === JSON.stringify(other[part]);

/** The body of the one POST, if there was one. */
function sentBy(form: FormHarness): Json | undefined {
  const [body, ...more] = form.bodies;
  assert.equal(more.length, 0);
  assert.ok(body === undefined || (typeof body === 'object' && body !== null));
  return body && Object.fromEntries(Object.entries(body));
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function hasLimits(body: Json): boolean {
  return limitFields.some((field) => isGiven(body[field]));
}

/** A lock may ignore limits of which one is missing; only an end may be open. */
function assertLimitsComplete(body: Json): void {
  const missing = limitFields.filter((field) => field !== 'allowedUntilDate' && !isGiven(body[field]));
  assert.ok(!hasLimits(body) || missing.length === 0, `without ${missing.join(', ')}`);
}

/** What limits nothing, which an authorization without a creation date is given where it has other limits. */
const idleLimits: Json = {
  allowedFromDate: '2026-11-23T12:00:03.000Z',
  allowedWeekDays: 127,
  allowedFromTime: 0,
  allowedUntilTime: 0,
};

/** What a body has of a field that the user has not touched. */
function valueAfter(field: string, original: Json, body: Json): unknown {
  if (field === 'name' && original['type'] === 13) return keypadName(String(original['name']));
  if (!isLimit(field)) return original[field];
  if (!hasLimits(body)) return hasLimits(original) ? null : original[field];
  if (isGiven(original[field])) return original[field];
  if (field === 'allowedFromDate') return idleStartOf(body);
  const from = original['allowedFromTime'];
  return field === 'allowedUntilTime' && isGiven(from) && from !== 0 ? 1_439 : (idleLimits[field] ?? original[field]);
}

/** Now, or at an end that has passed, so that nothing begins after it has ended. */
function idleStartOf({ allowedUntilDate }: Json): unknown {
  const end = typeof allowedUntilDate === 'string' ? instantOf(allowedUntilDate) : undefined;
  const now = idleLimits['allowedFromDate'];
  return end !== undefined && end < Date.parse(String(now)) ? wireInstant(Math.floor(end / 1_000) * 1_000) : now;
}

function isLimit(field: string): boolean {
  return limitFields.some((limit) => limit === field);
}

describe('what the user has not touched in the form', () => {
  it(`reaches the API as it was, after any edits of any authorization (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(120_000);
    const count = { sent: 0, refused: 0, nothing: 0 };
    await fc.assert(
      fc.asyncProperty(anyAuthorization, anyZone, fc.array(anyEdit, { maxLength: 5 }), async (json, zone, edits) => {
        const form = await edit(json, zone);
        const before = form.draft;
        const after = edits.reduce<Draft>((draft, change) => ({ ...draft, ...change }), before);
        await form.submit(after);
        const body = sentBy(form);
        if (body === undefined) {
          const said = form.last('informed') ?? '';
          const isRefused = form.last('refused') !== undefined;
          assert.ok(isRefused || said === 'No changes to save.', said);
          count[isRefused ? 'refused' : 'nothing'] += 1;
          return;
        }
        count.sent += 1;
        const isTouched = (field: string): boolean => {
          const part = partOf[field];
          const isOffered = part !== 'remoteAllowed' || before.credential === 'app';
          return part !== undefined && isOffered && !isSame(part, before, after);
        };
        const untouched = replacedFields.filter((field) => !isTouched(field));
        const expected = untouched.map((field) => [field, valueAfter(field, json, body)]);
        assert.deepEqual(
          Object.fromEntries(untouched.map((field) => [field, body[field]])),
          Object.fromEntries(expected),
        );
        assertLimitsComplete(body);
        if (after.name.trim() !== before.name.trim()) assert.equal(body['name'], after.name.trim());
        if (isTouched('remoteAllowed')) assert.equal(body['remoteAllowed'], after.remoteAllowed);
        if (after.code !== '' && before.credential === 'code') assert.equal(body['code'], Number(after.code));
        if (after.until === null && before.until !== null) assert.equal(body['allowedUntilDate'], null);
        if (after.hours === null && before.hours !== null) {
          assert.deepEqual([body['allowedFromTime'] ?? 0, body['allowedUntilTime'] ?? 0], [0, 0]);
        }
      }),
      { seed, numRuns: editCount },
    );
    console.log(`      ${count.sent} sent, ${count.refused} refused, ${count.nothing} without a change`);
    assert.ok(count.sent > editCount / 10 && count.refused > 0 && count.nothing > 0);
  });

  it(`is everything but the name after a renaming, which asks nothing (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(anyAuthorization, anyZone, async (json, zone) => {
        const form = await edit(json, zone);
        await form.submit({ name: 'Everybody' });
        const body = sentBy(form) ?? {};
        const expected = replacedFields.map((field) => [field, valueAfter(field, json, body)]);
        const sent = replacedFields.map((field) => [field, body[field]]);
        assert.deepEqual(Object.fromEntries(sent), { ...Object.fromEntries(expected), name: 'Everybody' });
        assertLimitsComplete(body);
        assert.deepEqual(form.questions, []);
      }),
      { seed, numRuns: editCount },
    );
  });

  it(`is not sent at all when it is everything, however often it is saved (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(anyAuthorization, anyZone, async (json, zone) => {
        const form = await edit(json, zone);
        await form.submit({});
        await form.send('ready', { draft: form.draft, hadCode: false });
        await form.submit({});
        assert.deepEqual(form.writes, []);
        assert.equal(form.last('informed'), 'No changes to save.');
      }),
      { seed, numRuns: editCount },
    );
  });
});
