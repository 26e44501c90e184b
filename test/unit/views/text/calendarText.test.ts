import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { whoCanEnter, type Moment } from '../../../../src/model/calendar/whoCanEnter.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import { answerParts, answerSummary, answerText, questionText } from '../../../../src/views/text/calendarText.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { authorization, unlimited } from '../../devices.ts';
import { berlin, door, noZone } from '../../model/calendar/doors.ts';
import { pendingCreation, pendingDeletion } from '../../pendingChanges.ts';

const now = Date.parse('2027-03-22T08:00:00.000Z');
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
const at = (text: string): Moment => ({ kind: 'wallTime', date: text.slice(0, 10), time: text.slice(11) });
/** What is said of one door at a time on its clock, as it is copied. */
async function told(state: DeviceState, moment: Moment = at('2027-03-22 10:00')): Promise<string> {
  const [answer] = await whoCanEnter([state], moment);
  assert.ok(answer);
  return answerText(answerParts(answer, moment, [state], context));
}

const cairo = 0;

describe('an answer in words', () => {
  it('names the moment that was asked for', () => {
    assert.equal(questionText(at('2027-12-06 15:00'), context), 'Who can enter at Mon, 6 Dec 2027, 15:00?');
    assert.equal(questionText({ kind: 'instant', instant: now }, context), 'Who can enter now?');
  });

  it('says why it is not certain of someone', async () => {
    const items = [
      authorization({ id: 'a', name: 'Anna', type: 0, ...unlimited }),
      authorization({ id: 'g', name: 'Gone\u202E', ...unlimited }),
      authorization({ id: 'l', name: 'Loose', ...unlimited, allowedWeekDays: 1 }),
      authorization({ id: 'o', name: 'Off', enabled: false }),
    ];
    const pendingChanges = [
      pendingDeletion({ id: 'g' }),
      pendingCreation({ requested: { type: 2, name: '', remoteAllowed: false } }),
    ];
    assert.equal(
      await told(door(1, items, { pendingChanges })),
      [
        'Door 1 · Mon, 22 Mar 2027, 10:00 in Berlin',
        '  Anna: app',
        "  1 other can't enter: 1 disabled",
        '',
        'Door 1 · not certain',
        '  Gone: keypad code · deleting…',
        '  Loose: keypad code · limits incomplete, the lock may ignore them · Sun',
        '  (no name): fob · waiting for the lock',
      ].join('\n'),
    );
  });

  it('says where no one can, and where nothing is known', async () => {
    assert.equal(await told(door(1, [])), 'Door 1 · Mon, 22 Mar 2027, 10:00 in Berlin\n  No one');
    const { authorizations: _, ...unread } = door(1, []);
    assert.match(await told(unread), /\n {2}No one for certain\n\nDoor 1 · not certain\n {2}Authorizations not read$/);
    const broken = { items: [], unreadable: [{ index: 0, id: 'x', problem: 'name' }], readAt: 0 };
    assert.match(await told({ ...door(1, []), authorizations: broken }), /\n {2}1 unreadable$/);
  });

  const clocks: readonly (readonly [timezoneId: number, moment: string, heading: string])[] = [
    [berlin, '2027-03-28 02:30', "Sun, 28 Mar 2027, 03:00 in Berlin (02:30 doesn't exist, clocks go forward)"],
    [berlin, '2027-10-31 02:30', 'Sun, 31 Oct 2027, 02:30 in Berlin (occurs twice, clocks go back)'],
    [noZone, '2027-03-28 02:30', 'Sun, 28 Mar 2027, 02:30 UTC, time zone unknown'],
    [cairo, '2027-06-28 02:30', "Mon, 28 Jun 2027, 02:30 in Cairo (the lock's clock may be an hour off)"],
  ];
  for (const [timezoneId, moment, heading] of clocks) {
    it(`says what the clock shows: ${heading}`, async () => {
      assert.equal(await told(door(1, [], { timezoneId }), at(moment)), `Door 1 · ${heading}\n  No one`);
    });
  }

  it('counts where there are too many to list', async () => {
    const unclear = authorization({ id: 'u', allowedFromTime: 1_320, allowedUntilTime: 360 });
    const [answer] = await whoCanEnter([door(1, [authorization(), unclear])], at('2027-03-22 10:00'));
    assert.ok(answer);
    assert.equal(answerSummary(answer, context), '1 can enter · 1 not certain');
  });

  it('counts no one where nothing is known', async () => {
    const summaryOf = async (state: DeviceState): Promise<readonly string[]> =>
      (await whoCanEnter([state], at('2027-03-22 10:00'))).map((answer) => answerSummary(answer, context));
    const { authorizations: _, ...unread } = door(1, []);
    assert.deepEqual(await summaryOf(unread), ['Authorizations not read']);
    const broken = { items: [], unreadable: [{ index: 0, id: 'x', problem: 'name' }], readAt: 0 };
    assert.deepEqual(await summaryOf({ ...door(1, []), authorizations: broken }), ['0 can enter · 1 unreadable']);
  });
});
