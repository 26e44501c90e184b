import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { problemsInAccount } from '../../../../src/access/file/problemsInAccount.ts';
import type { AccountState } from '../../../../src/model/snapshots.ts';
import { noTimeZone, timeZones } from '../../../../src/nuki/time/timeZones.ts';
import { problemSentence } from '../../../../src/views/text/accessProblemText.ts';
import { lock } from '../../devices.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const cellarId = 17_179_869_185;

function device(smartlockId: number, name: string, zone: string | undefined, keypadPaired = true) {
  const id = timeZones.findIndex((each) => each === zone);
  const config = { timezoneId: id < 0 ? noTimeZone : id, keypadPaired, keypad2Paired: false };
  return { accountId: '7', device: lock({ smartlockId, name }, {}, config), seenAt: now };
}

const account: AccountState = {
  id: '7',
  label: 'Home',
  simulated: false,
  devices: [
    device(1, 'Front', 'Europe/Berlin'),
    device(2, 'Beach House', 'America/New_York'),
    device(3, 'Shed', undefined),
    device(4, 'Garage', 'Europe/Berlin', false),
  ],
  unreadable: [],
};

const head = `version: 1
doors:
  front: { id: 1, name: Front }
  beach: { id: 2, name: Beach House }
  shed: { id: 3, name: Shed }
  garage: { id: 4, name: Garage }
`;

/** What is said of a file in the account: each place, a bar, the sentence. */
function saidOf(text: string, state = account): readonly string[] {
  const parsed = parseAccessFile(text);
  assert.deepEqual(parsed.problems, []);
  return problemsInAccount(parsed, state, now).map((problem) => {
    const { from, until } = problem.span;
    return `${text.slice(from, until)} | ${problemSentence(problem, { t: inEnglish, language: 'en' })}`;
  });
}

function entry(doors: string, limits: string): string {
  return `${head}access:\n  - { key: a, name: Anna, doors: [${doors}], by: code, ${limits} }\n`;
}

describe('The problems of an access file in an account', () => {
  it('are none of a file that fits, and none as long as the devices are not read', () => {
    const text = entry('front, beach', 'days: Mon–Fri, hours: 22:00–06:00, until: 2027-06-30 10:00');
    assert.deepEqual(saidOf(text), []);
    assert.deepEqual(saidOf(text.replace('id: 1,', 'id: 9,'), { ...account, devices: undefined }), []);
  });

  it('name a door that the account does not have, unless it may be one that cannot be read', () => {
    const text = entry('front', '').replace('id: 1,', `id: ${cellarId},`);
    assert.deepEqual(saidOf(text), ['17179869185 | The account has no device with the ID 17179869185.']);
    const unreadable = [{ index: 4, id: String(cellarId), problem: 'name' }];
    assert.deepEqual(saidOf(text, { ...account, unreadable }), []);
  });

  it('name an id and a name that disagree', () => {
    assert.deepEqual(saidOf(entry('front', '').replace('name: Front', 'name: Back')), [
      'Back | The device with this ID is called "Front". Check the ID, or change the name.',
    ]);
  });

  it('name a code at a door without a keypad', () => {
    assert.deepEqual(saidOf(entry('front, garage', '')), ['garage | Garage has no keypad.']);
    const app = entry('garage', 'email: a@example.com').replace('by: code', 'by: app');
    assert.deepEqual(saidOf(app), []);
  });

  it('judge the limits in the zone of each door', () => {
    assert.deepEqual(saidOf(entry('front', 'until: 2026-11-27 12:30')), [
      '2026-11-27 12:30 | The end is in the past, so this entry gives no access. You can remove it.',
    ]);
    assert.deepEqual(saidOf(entry('beach', 'until: 2026-11-27 12:30')), []);
    assert.deepEqual(saidOf(entry('beach, front', 'from: 2027-03-14 02:30')), [
      "2027-03-14 02:30 | 14 Mar 2027 02:30 doesn't exist in America/New_York because clocks go forward. The next valid time is 14 Mar 2027 03:00.",
    ]);
    assert.deepEqual(saidOf(entry('beach, front', 'until: 2027-10-31 02:30')), [
      '2027-10-31 02:30 | Clocks go back that day, so 02:30 occurs twice. Add "earlier" or "later" after it.',
    ]);
    assert.deepEqual(saidOf(entry('beach, front', 'until: 2027-10-31 02:30 later')), []);
  });

  it('keep nothing from being planned because an entry is over, but where it could never be used', () => {
    const severitiesOf = (limits: string): readonly string[] => {
      const found = problemsInAccount(parseAccessFile(entry('beach, front', limits)), account, now);
      return found.map(({ kind, severity }) => `${kind}: ${severity}`);
    };
    assert.deepEqual(severitiesOf('until: 2026-11-27 06:30'), ['alreadyExpired: warning']);
    const lastSunday = 'days: Sun, until: 2026-11-28 12:00, from: 2026-11-2';
    assert.deepEqual(severitiesOf(`${lastSunday}0 12:00`), ['neverActive: warning']);
    assert.deepEqual(severitiesOf(`${lastSunday}4 12:00`), ['neverActive: error']);
    assert.deepEqual(severitiesOf('days: Sun, until: 2026-11-28 12:00'), ['neverActive: warning']);
  });

  it('tell an error at one door from what is over at another', () => {
    const beach = { ...account, devices: [device(1, 'Front', 'Europe/Berlin'), device(2, 'Beach House', undefined)] };
    const parsed = parseAccessFile(entry('front, beach', 'until: 2026-11-27 12:30'));
    assert.deepEqual(
      problemsInAccount(parsed, beach, now).flatMap(({ kind, severity }) => (severity === 'error' ? [kind] : [])),
      ['noSuchDoor', 'noSuchDoor', 'zoneUnknown'],
    );
  });

  it('name limits that never let anyone in', () => {
    assert.deepEqual(saidOf(entry('front', 'days: Sun, from: 2027-06-14 00:00, until: 2027-06-18 00:00')), [
      'Sun | This would never work: none of its days and hours falls between start and end.',
    ]);
  });

  it('name limits at a door whose zone is not known', () => {
    const said = "The time zone of Shed is unknown, so days, hours and dates can't be set for it.";
    assert.deepEqual(saidOf(entry('shed', 'days: Mon')), [`Mon | ${said}`]);
    assert.deepEqual(saidOf(entry('shed', 'hours: 09:00–17:00')), [`09:00–17:00 | ${said}`]);
    assert.deepEqual(saidOf(entry('shed', 'from: 2027-06-14 00:00')), [`2027-06-14 00:00 | ${said}`]);
    assert.deepEqual(saidOf(entry('shed', '')), []);
  });

  it('name a door that has not room for all that the file has', () => {
    const entries = Array.from(
      { length: 101 },
      (_, at) => `  - { key: k${at}, name: N${at}, doors: [front], by: code, hours: 22:00–06:00 }\n`,
    ).join('');
    assert.deepEqual(saidOf(`${head}access:\n${entries}`), [
      '{ id: 1, name: Front } | Front has room for 200 of these. The file has 202.',
    ]);
  });
});
