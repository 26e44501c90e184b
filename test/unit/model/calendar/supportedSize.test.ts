import assert from 'node:assert/strict';
import { calendarOf } from '../../../../src/model/calendar/calendar.ts';
import { whoCanEnter } from '../../../../src/model/calendar/whoCanEnter.ts';
import { authorization } from '../../devices.ts';
import { turnsDuring } from '../../turns.ts';
import { accountOf, door } from './doors.ts';

// What the README promises. The doors share their authorizations, so that the test is quick; what is worked out of them is not shared.
const items = Array.from({ length: 200 }, (_, index) =>
  authorization({ id: String(index), name: `Guest ${index}`, accountUserId: index % 2 ? index : undefined }),
);
const doors = Array.from({ length: 1_000 }, (_, index) => door(index + 1, items, { timezoneId: index % 46 }));
const account = accountOf(doors);
const now = Date.parse('2027-03-22T08:00:00.000Z');
const month = { from: '2027-03-01', days: 31, now, ownNow: now, language: 'en' } as const;

/** The longest turn that the user should feel, in ms. */
const longest = 100;

/** In ms of the processor, the least of a few: other programs, and what V8 does once, do not count. */
function cost(work: () => void): number {
  const costs = [0, 1, 2].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...costs);
}

describe('of 200,000 authorizations', () => {
  for (const order of ['doors', 'persons'] as const) {
    it(`the calendar by ${order} is there in one short turn, and so is each of its groups`, () => {
      const options = { ...month, order };
      const head = cost(() => void calendarOf(account, options));
      assert.ok(head < longest, `${head} ms`);
      const calendar = calendarOf(account, options);
      assert.equal(
        calendar.groups.reduce((sum, { count }) => sum + count, 0),
        200_000,
      );
      // A copy of a group is worked out anew.
      const largest = calendar.groups.toSorted((a, b) => b.count - a.count).slice(0, 10);
      for (const group of largest) {
        const drawn = cost(() => assert.equal(calendar.draw({ ...group }).rows.length, group.count));
        assert.ok(drawn < longest, `${group.key}: ${drawn} ms`);
      }
    }).timeout(20_000);
  }

  it('who can enter is said with a turn for others after each thousand', async () => {
    let answers: Awaited<ReturnType<typeof whoCanEnter>> = [];
    const { turns } = await turnsDuring(async () => {
      answers = await whoCanEnter(doors, { kind: 'wallTime', date: '2027-03-22', time: '10:00' });
    });
    assert.equal(answers.length, doors.length);
    assert.ok(answers.every(({ entrants }) => entrants.length === 200));
    assert.ok(turns >= 199, `${turns} turns`);
  }).timeout(20_000);
});
