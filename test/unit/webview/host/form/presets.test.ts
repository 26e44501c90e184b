import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { resolveWallTime } from '../../../../../src/nuki/time/zonedTime.ts';
import { timesOf } from '../../../../../src/webview/host/form/draft.ts';
import { presetsOf } from '../../../../../src/webview/host/form/presets.ts';
import { presetNames, type Draft, type Moment, type Presets } from '../../../../../src/webview/protocol/form.ts';

const thursday = Date.UTC(2026, 10, 26, 14, 20);

function presets(from: Moment | null, zone: string | undefined, now = thursday): Presets {
  const draft: Draft = {
    credential: 'code',
    name: '',
    person: null,
    devices: [17],
    remoteAllowed: false,
    from,
    until: null,
    weekdays: 127,
    hours: null,
    code: '',
  };
  const devices = [{ zone }];
  return presetsOf(timesOf(draft, devices), devices, 'America/New_York', now);
}

const inWords = ({ date, time }: Moment): string => `${date} ${time}`;
const all = (given: Presets): readonly string[] => presetNames.map((name) => inWords(given[name]));

describe('the presets of the form', () => {
  it('are the next hour, the ends of the day and of the week, and a week, on the clock of the lock', () => {
    assert.deepEqual(all(presets(null, 'Europe/Vienna')), [
      '2026-11-26 16:00',
      '2026-11-26 23:59',
      '2026-11-29 23:59',
      '2026-12-03 16:00',
    ]);
    assert.equal(inWords(presets(null, 'Pacific/Auckland').today), '2026-11-27 23:59');
    assert.equal(inWords(presets(null, undefined).start), '2026-11-26 15:00');
  });

  it('follow the beginning that is chosen', () => {
    const saturday = { date: '2026-12-05', time: '10:30', disambiguation: null };
    assert.deepEqual(all(presets(saturday, 'Europe/Vienna')), [
      '2026-11-26 16:00',
      '2026-12-05 23:59',
      '2026-12-06 23:59',
      '2026-12-12 10:30',
    ]);
    assert.equal(inWords(presets({ ...saturday, date: '2026-12-06' }, 'UTC').weekend), '2026-12-06 23:59');
    assert.equal(inWords(presets({ ...saturday, date: 'soon' }, 'UTC').week), '2026-12-03 15:00');
  });

  it('are on the clock of the user while no device is chosen', () => {
    const none = presetsOf({ ends: { from: undefined, until: undefined }, schedule: {} }, [], 'Asia/Kolkata', thursday);
    assert.equal(inWords(none.start), '2026-11-26 20:00');
  });

  it('are times that the clock shows, at any moment in any zone, and never before the beginning', () => {
    const zones = ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Cairo', 'UTC'];
    const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), (now, zone) => {
        const given = presets(null, zone, now.getTime());
        const instants = presetNames.map((name) => {
          const resolution = resolveWallTime(given[name], zone);
          if (resolution.kind === 'exact') return Date.parse(resolution.instant);
          assert.equal(resolution.kind, 'overlap', inWords(given[name]));
          const { disambiguation } = given[name];
          assert.ok(resolution.kind === 'overlap' && disambiguation);
          return Date.parse(resolution[disambiguation].instant);
        });
        const [start = 0, today = 0, weekend = 0, week = 0] = instants;
        assert.ok(start > now.getTime() && start <= now.getTime() + 3_600_000);
        assert.ok(today > now.getTime() - 60_000 && today <= weekend && week > start);
      }),
      { numRuns: 2_000 },
    );
  });
});
