import assert from 'node:assert/strict';
import { accessFileText } from '../../../../src/access/file/accessFileText.ts';
import { fileOfAccount } from '../../../../src/access/plan/fileOfAccount.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { problemsInAccount } from '../../../../src/access/file/problemsInAccount.ts';
import { planAccess } from '../../../../src/access/plan/planAccess.ts';
import { readRecord } from '../../../../src/access/record/readRecord.ts';
import { recordText } from '../../../../src/access/record/recordText.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { pick, seededRandom, type Random } from '../../../../src/simulator/random.ts';
import { authorization } from '../../devices.ts';
import { accountWith, door, now, ownNow } from './homes.ts';

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_127);
const runs = 300;

const day = 86_400_000;
/** Nuki's ids of zones with and without summer time, and that of a lock whose zone is not known. */
const zones = [37, 37, 40, 12, 28, 17, 65_535] as const;
const names = [
  'Guest',
  'Cleaning',
  'Anna: "A" #1',
  'Žofia',
  'yes',
  '- x',
  'Housekeeping Cleaning',
  ' Guest',
  'G\u200Bx',
  '',
];
const people = [
  { accountUserId: 1, name: 'Anna', email: 'anna@example.com' },
  { accountUserId: 2, name: 'Ben' },
  { accountUserId: 3, name: 'Cleo', email: 'cleo@example.com' },
  { accountUserId: 4, name: 'Cleo', email: 'Cleo@example.com' },
];

interface Door {
  readonly state: DeviceState;
  readonly codes: ReadonlyMap<string, string>;
}

/** A door at which all kinds of authorizations are, by this and by other clients. */
function drawDoor(random: Random, place: number): Door {
  const chance = (share: number): boolean => random.next() < share;
  const maybe = <T>(share: number, value: T): T | undefined => (chance(share) ? value : undefined);
  const date = (): string => {
    const at = now + Math.round((random.next() - 0.4) * 400 * day);
    return new Date(at - (at % pick(random, [60_000, 60_000, 1_000, 1]))).toISOString();
  };
  const codes = new Map<string, string>();
  const items = Array.from({ length: Math.floor(random.next() * 8) }, (_, index): Authorization => {
    const id = (place * 100 + index).toString(16).padStart(24, '0');
    const type = pick(random, [13, 13, 13, 0, 0, 2, 1, 3]);
    if (type === 13 && chance(0.9)) codes.set(id, pick(random, ['345678', '345679', '345677']));
    const created = new Date(Math.min(Date.parse(date()), now)).toISOString();
    const hasLimits = chance(0.7);
    const limits = {
      allowedFromDate: chance(0.5) ? created : maybe(0.9, date()),
      allowedUntilDate: maybe(0.5, date()),
      allowedWeekDays: maybe(0.9, pick(random, [127, 124, 3, 64, 0])),
      allowedFromTime: maybe(0.9, pick(random, [0, 0, 540, 1_320])),
      allowedUntilTime: pick(random, [0, 0, 1_020, 360, 1_439]),
    };
    const none = Object.fromEntries(Object.keys(limits).map((field) => [field, undefined]));
    return authorization({
      id,
      type,
      name: pick(random, names),
      accountUserId: type === 13 ? undefined : pick(random, [1, 1, 2, 3, 9]),
      smartlockId: place,
      enabled: chance(0.9),
      remoteAllowed: chance(0.5),
      creationDate: created,
      updateDate: maybe(0.95, created),
      operationId: maybe(0.05, 'busy'),
      ...(hasLimits ? limits : none),
    });
  });
  const name = pick(random, ['Front Door', 'Garage', 'Front: "x"', 'Žižkov']);
  const state = door(
    items,
    {},
    { smartlockId: place, name, config: { timezoneId: pick(random, zones), keypadPaired: true } },
  );
  return { state, codes };
}

describe(`${runs} files of drawn accounts, seed ${seed}`, () => {
  it('have no errors, leave nothing to plan, and own all that they do not leave out', async () => {
    const random = seededRandom(seed);
    const seen = { owned: 0, leftOut: new Map<string, number>() };
    for (let run = 0; run < runs; run++) {
      const doors = Array.from({ length: 1 + Math.floor(random.next() * 4) }, (_, index) =>
        drawDoor(random, 17_976_656_297 + index),
      );
      const account = accountWith(
        doors.map(({ state }) => state),
        { people: { items: people, readAt: ownNow } },
      );
      const codesOf = (id: number) => doors.find(({ state }) => state.device.smartlockId === id)?.codes ?? new Map();
      const made = (await fileOfAccount(account, codesOf, 'en')) ?? assert.fail('too large');
      const text = accessFileText(made.file, pick(random, ['yaml', 'json']));
      const parsed = parseAccessFile(text);
      const errors = [...parsed.problems, ...problemsInAccount(parsed, account, now)].filter(
        ({ severity }) => severity === 'error',
      );
      assert.deepEqual(errors, [], `run ${run}\n${text}`);
      const record = readRecord(recordText(made)) ?? assert.fail('the record is not understood');
      const plan = planAccess(parsed.file, record, account, { now, ownNow });
      assert.ok(plan.kind === 'plan', `run ${run}: ${JSON.stringify(plan)}`);
      assert.deepEqual(plan.steps, [], `run ${run}\n${text}`);
      const others = plan.findings.filter(
        ({ kind }) => kind !== 'foreign' && kind !== 'pending' && kind !== 'smartHosting',
      );
      assert.deepEqual(others, [], `run ${run}\n${text}`);
      const foreign = plan.findings.flatMap((each) => (each.kind === 'foreign' ? [each.authorization.id] : []));
      assert.deepEqual(foreign.toSorted(), made.leftOut.map((each) => each.authorization.id).toSorted(), `run ${run}`);
      assert.doesNotMatch(text, /34567\d/);
      seen.owned += made.owned.length;
      for (const { why } of made.leftOut) seen.leftOut.set(why, (seen.leftOut.get(why) ?? 0) + 1);
    }
    assert.ok(seen.owned > runs, `only ${seen.owned} owned`);
    assert.deepEqual([...seen.leftOut.keys()].toSorted(), ['limits', 'name', 'pending', 'person', 'twice']);
  });
});
