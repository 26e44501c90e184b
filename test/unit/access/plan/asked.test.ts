import assert from 'node:assert/strict';
import type { Asked, Owned } from '../../../../src/access/record/accessRecord.ts';
import { lockId } from '../../devices.ts';
import { code, door, entry, fileOf, inShort, minutesAgo, owned, planAt } from './homes.ts';

const to = { name: 'Guest Weber', enabled: true, remoteAllowed: false };
const hour = 60;

/** What was asked for so many minutes ago, and no list has shown. */
function lost(minutes: number): Owned {
  const asked: Asked = { kind: 'add', at: minutesAgo(minutes), to, others: ['z'] };
  return { entry: 'weber', smartlockId: lockId, part: 0, by: 'code', asked };
}

describe('what a lock may still do', () => {
  it('stays in the record while it may be asked for again', () => {
    const plan = planAt(door([]), fileOf(entry('weber')), [lost(hour)]);
    assert.deepEqual(inShort(plan), { steps: ['add weber'], findings: [] });
    assert.deepEqual(plan.record, [lost(hour)]);
  });

  it('is found when it comes, though the file wants it no longer', () => {
    const before = planAt(door([]), fileOf(), [lost(hour)]);
    assert.deepEqual([inShort(before), before.record], [{ steps: [], findings: [] }, [lost(hour)]]);
    const late = code('a', 'Guest Weber', { creationDate: minutesAgo(hour) });
    assert.deepEqual(inShort(planAt(door([late]), fileOf(), before.record)), { steps: ['remove weber'], findings: [] });
  });

  it('is found also where it was asked for a second time since', () => {
    const asked: Asked = { kind: 'add', at: minutesAgo(2), since: minutesAgo(hour), to, others: ['z'] };
    const late = code('a', 'Guest Weber', { creationDate: minutesAgo(hour) });
    const plan = planAt(door([late]), fileOf(entry('weber')), [{ ...lost(2), asked }]);
    assert.deepEqual([inShort(plan), plan.record[0]?.id], [{ steps: [], findings: [] }, 'a']);
  });

  it('does not hold back what the same entry opens with now', () => {
    const fob = entry('weber', { by: 'fob', email: 'anna@example.com' });
    assert.deepEqual(inShort(planAt(door([]), fileOf(fob), [lost(hour)])).steps, ['add weber']);
  });

  it('is forgotten after two days, in which Nuki has read each lock', () => {
    assert.deepEqual(planAt(door([]), fileOf(), [lost(49 * hour)]).record, []);
  });

  it('is no change of someone else, however late it comes', () => {
    const asked: Asked = { kind: 'change', at: minutesAgo(3 * hour), to: { ...to, allowedWeekDays: 64 } };
    const changing = owned('weber', 'a', { asked });
    const file = fileOf(entry('weber', { days: 64 }));
    const before = planAt(door([code('a', 'Guest Weber')]), file, [changing]);
    assert.deepEqual([inShort(before).steps, before.record], [['change weber'], [changing]]);
    const late = planAt(door([code('a', 'Guest Weber', { allowedWeekDays: 64 })]), file, before.record);
    assert.deepEqual(inShort(late), { steps: [], findings: [] });
    assert.equal(late.record[0]?.asked, undefined);
  });

  it('is not done by being listed, and nothing is taken away for it before the lock has confirmed it', () => {
    const night = { ...to, allowedFromTime: 1_320, allowedUntilTime: 1_439 };
    const morning = owned('weber', 'b', { part: 1, written: { ...to, allowedFromTime: 0, allowedUntilTime: 360 } });
    const updatedBefore = '2026-01-02T08:00:00.000Z';
    const changingSince = (minutes: number): readonly Owned[] => [
      owned('weber', 'a', {
        written: night,
        asked: { kind: 'change', at: minutesAgo(minutes), to, updatedBefore },
      }),
      morning,
    ];
    const listedAs = (updateDate: string) =>
      door([code('a', 'Guest Weber', { updateDate }), code('b', 'Guest Weber', { ...morning.written })]);
    const allDay = fileOf(entry('weber'));
    const unconfirmed = planAt(listedAs(updatedBefore), allDay, changingSince(3 * hour));
    assert.deepEqual(inShort(unconfirmed), { steps: [], findings: ['pending weber', 'waiting: remove'] });
    assert.deepEqual(unconfirmed.record, changingSince(3 * hour));
    const confirmed = planAt(listedAs(minutesAgo(2 * hour)), allDay, unconfirmed.record);
    assert.deepEqual(inShort(confirmed), { steps: ['remove weber'], findings: [] });
    assert.equal(confirmed.record[0]?.asked, undefined);
    const old = planAt(listedAs(updatedBefore), allDay, changingSince(49 * hour));
    assert.deepEqual(inShort(old), { steps: ['remove weber'], findings: [] });
  });

  it('is no removal by someone else, however late it comes', () => {
    const asked: Asked = { kind: 'remove', at: minutesAgo(3 * hour) };
    const before = planAt(door([code('a', 'Guest Weber')]), fileOf(), [owned('weber', 'a', { asked })]);
    assert.deepEqual(inShort(before).steps, ['remove weber']);
    assert.deepEqual(inShort(planAt(door([]), fileOf(), before.record)), { steps: [], findings: [] });
  });
});
