import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { ActivityEntry } from '../../../../src/nuki/activityLog.ts';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { activitySchema } from '../../../../src/nuki/http/schemas.ts';
import { activityHover } from '../../../../src/views/hover/activityHover.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { dateAndMinute } from '../../../../src/views/text/timeText.ts';
import { lock, opener } from '../../devices.ts';
import { wordsOf } from './words.ts';

const now = Date.UTC(2026, 10, 23, 12);
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
const when = now - 12 * 60_000;
const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

function entry(fields: Record<string, unknown> = {}): ActivityEntry {
  return decode(activitySchema, {
    id: 'a',
    action: 1,
    trigger: 5,
    state: 0,
    source: 0,
    name: 'Guest Weber',
    date: new Date(when).toISOString(),
    ...fields,
  });
}

const words = (fields: Record<string, unknown>, device = lock()): string =>
  wordsOf(activityHover(entry(fields), device, context));

describe('the hover of an entry of the activity', () => {
  it('says who, what, when by which clock, how, and how it ended, and no keypad code', () => {
    const inTokyo = lock({}, {}, { timezoneId: 29 });
    assert.deepEqual(words({ trigger: 255, source: 1, state: 224, code: 593_817 }, inTokyo).split('\n'), [
      'Guest Weber · unlock',
      `${dateAndMinute(when, context)} (${ownZone}) · 20:48 at the lock (Asia/Tokyo)`,
      'keypad · keypad code',
      'Result: invalid code',
    ]);
  });

  it('tells no second time where the lock has the same or an unknown one', () => {
    for (const timezoneId of [null, 999]) assert.doesNotMatch(words({}, lock({}, {}, { timezoneId })), /at the lock/);
    assert.match(words({ date: 'yesterday' }), /^unknown date$/m);
  });

  it('says how long a door stood ajar, and what error Nuki tells', () => {
    assert.match(words({ action: 208, ajarTimeout: 5 }), /^Guest Weber · door ajar · stood open for 5 min\.$/m);
    assert.match(words({ error: 'Lock \u202Eunreachable\n' }), /^error: Lock unreachable$/m);
  });

  it('says of an Opener what had activated ring to open or continuous mode', () => {
    const ofOpener = (openerLog: object): string => words({ action: 224, openerLog }, opener());
    assert.match(ofOpener({ activeRto: true, source: 6 }), / · let in by ring to open · activated by keypad$/m);
    assert.match(ofOpener({ activeRto: true, source: 66 }), /activated by unknown \(66\)$/m);
    assert.doesNotMatch(ofOpener({ activeRto: false }), /activated/);
  });

  it('draws a refused attempt, a success, one held back and an unknown end each in its own way', () => {
    const iconOf = (fields: Record<string, unknown>): string | undefined =>
      activityHover(entry(fields), lock(), context).lines.find(({ text }) => text.startsWith('Result'))?.icon;
    assert.equal(iconOf({}), 'check');
    assert.equal(iconOf({ state: 224 }), 'circle-slash');
    assert.equal(iconOf({ state: 3, autoUnlock: true }), 'dash');
    assert.equal(iconOf({ state: null }), 'question');
  });
});
