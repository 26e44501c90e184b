import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { accessGains, type Access, type AccessGain } from '../../../../src/nuki/authorization/accessGains.ts';
import { anyInstant, anySchedule } from '../anySchedule.ts';
import { isOpenAt } from '../lockClock.ts';

const june = '2027-06-01T00:00:00.000Z';
const july = '2027-07-01T00:00:00.000Z';
const office = { allowedFromTime: 540, allowedUntilTime: 1_020 };

describe('more access', () => {
  const cases: readonly (readonly [what: string, before: Access, after: Access, wider: readonly AccessGain[]])[] = [
    ['nothing changed', { allowedFromDate: june, ...office }, { allowedFromDate: june, ...office }, []],
    ['switched on', { enabled: false }, { enabled: true }, ['enabled']],
    ['still off', { enabled: false }, { enabled: false }, []],
    ['switched off', { enabled: true }, { enabled: false }, []],
    ['remote added', { remoteAllowed: false }, { remoteAllowed: true }, ['remote']],
    ['remote added where it was not said', {}, { remoteAllowed: true }, ['remote']],
    ['still remote', { remoteAllowed: true }, { remoteAllowed: true }, []],
    ['remote taken away', { remoteAllowed: true }, { remoteAllowed: false }, []],
    ['start earlier', { allowedFromDate: july }, { allowedFromDate: june }, ['from']],
    ['the same start written otherwise', { allowedFromDate: june }, { allowedFromDate: '2027-06-01T00:00Z' }, []],
    ['start later', { allowedFromDate: june }, { allowedFromDate: july }, []],
    ['start removed', { allowedFromDate: june }, {}, ['from']],
    ['start added', {}, { allowedFromDate: june }, []],
    ['end later', { allowedUntilDate: june }, { allowedUntilDate: july }, ['until']],
    ['end earlier', { allowedUntilDate: july }, { allowedUntilDate: june }, []],
    ['end removed', { allowedUntilDate: june }, {}, ['until']],
    ['end added', {}, { allowedUntilDate: june }, []],
    ['the same date written otherwise', { allowedUntilDate: june }, { allowedUntilDate: '2027-06-01T00:00Z' }, []],
    ['a date that cannot be read any more', { allowedUntilDate: june }, { allowedUntilDate: 'soon' }, ['until']],
    ['a date that could not be read', { allowedFromDate: '2027-02-30T00:00Z' }, { allowedFromDate: july }, ['from']],
    ['a date that cannot be read, unchanged', { allowedFromDate: 'soon' }, { allowedFromDate: 'soon' }, []],
    ['a day more', { allowedWeekDays: 64 }, { allowedWeekDays: 96 }, ['weekdays']],
    ['a day less', { allowedWeekDays: 96 }, { allowedWeekDays: 64 }, []],
    ['another day', { allowedWeekDays: 64 }, { allowedWeekDays: 32 }, ['weekdays']],
    ['days no longer limited', { allowedWeekDays: 126 }, {}, ['weekdays']],
    ['days of a mask that may mean never', { allowedWeekDays: 0 }, { allowedWeekDays: 124 }, ['weekdays']],
    ['every day instead of a mask that may mean never', { allowedWeekDays: 0 }, {}, ['weekdays']],
    ['a mask that may mean always', { allowedWeekDays: 124 }, { allowedWeekDays: 0 }, ['weekdays']],
    ['a mask that may mean anything, unchanged', { allowedWeekDays: 0 }, { allowedWeekDays: 0 }, []],
    ['no limit of days, said otherwise', { allowedWeekDays: 127 }, {}, []],
    ['hours earlier and shorter', office, { allowedFromTime: 480, allowedUntilTime: 600 }, ['hours']],
    ['hours later and shorter', office, { allowedFromTime: 960, allowedUntilTime: 1_080 }, ['hours']],
    ['hours earlier with the same end', office, { ...office, allowedFromTime: 480 }, ['hours']],
    ['hours within', office, { allowedFromTime: 600, allowedUntilTime: 660 }, []],
    ['hours no longer limited', office, {}, ['hours']],
    ['hours no longer limited, as 0 and 0', office, { allowedFromTime: 0, allowedUntilTime: 0 }, ['hours']],
    ['hours limited', {}, office, []],
    ['one end of the hours gone', office, { allowedFromTime: 540 }, ['hours']],
    ['hours over midnight', office, { allowedFromTime: 1_320, allowedUntilTime: 360 }, ['hours']],
    ['hours that were over midnight', { allowedFromTime: 1_320, allowedUntilTime: 360 }, office, ['hours']],
    ['hours that end where they start', office, { allowedFromTime: 600, allowedUntilTime: 600 }, ['hours']],
    [
      'everything',
      {
        enabled: false,
        remoteAllowed: false,
        allowedFromDate: june,
        allowedUntilDate: july,
        allowedWeekDays: 1,
        ...office,
      },
      { enabled: true, remoteAllowed: true },
      ['enabled', 'remote', 'from', 'until', 'weekdays', 'hours'],
    ],
  ];
  for (const [what, before, after, wider] of cases) {
    it(`${what}: ${wider.join(', ') || 'no'}`, () => assert.deepEqual(accessGains(before, after), wider));
  }

  it('is named whenever there is an instant at which the door opens and did not', () => {
    let opened = 0;
    fc.assert(
      fc.property(anySchedule, anySchedule, anyInstant, (before, after, instant) => {
        if (!isOpenAt(after, instant, 'Europe/Berlin') || isOpenAt(before, instant, 'Europe/Berlin')) return;
        opened += 1;
        assert.notDeepEqual(accessGains(before, after), []);
      }),
      { numRuns: 10_000 },
    );
    assert.ok(opened > 200, `${opened} is too few to say anything`);
  });

  it('is not named when every limit only gets narrower', () => {
    const narrower = fc.tuple(anySchedule, anySchedule).map(([before, by]) => [before, narrowed(before, by)] as const);
    fc.assert(fc.property(narrower, ([before, after]) => assert.deepEqual(accessGains(before, after), [])));
  });
});

type Dated = 'allowedFromDate' | 'allowedUntilDate';

/** `before` with each limit of `by` that is narrower than its own. */
function narrowed(before: Access, by: Access): Access {
  const days = (before.allowedWeekDays || 127) & (by.allowedWeekDays || 127);
  const firmer = (name: Dated, isFirmer: (one: string, other: string) => boolean): string | undefined => {
    const [one, other] = [before[name], by[name]];
    return other !== undefined && (one === undefined || isFirmer(other, one)) ? other : one;
  };
  return {
    ...before,
    allowedFromDate: firmer('allowedFromDate', (one, other) => one > other),
    allowedUntilDate: firmer('allowedUntilDate', (one, other) => one < other),
    ...(days !== 0 && before.allowedWeekDays !== 0 && { allowedWeekDays: days }),
    ...narrowedHours(before, by),
  };
}

function narrowedHours(before: Access, by: Access): Access {
  const isUnlimited = !before.allowedFromTime && !before.allowedUntilTime;
  const from = Math.max(before.allowedFromTime ?? 0, by.allowedFromTime ?? 0);
  const until = Math.min((isUnlimited ? undefined : before.allowedUntilTime) ?? 1_440, by.allowedUntilTime ?? 1_440);
  return from < until ? { allowedFromTime: from, allowedUntilTime: until } : {};
}
