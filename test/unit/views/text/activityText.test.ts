import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { ActivityEntry } from '../../../../src/nuki/activityLog.ts';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { kindOf, kinds } from '../../../../src/nuki/vocabulary/kinds.ts';
import { activitySchema } from '../../../../src/nuki/http/schemas.ts';
import { completionStates, logSources, logTriggers, tapToUnlockErrors } from '../../../../src/nuki/vocabulary/words.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import {
  activityActor,
  activityGroupSummary,
  activityNotice,
  activitySummary,
} from '../../../../src/views/text/activityText.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { activityIcon } from '../../../../src/views/tree/icons.ts';
import { lock, opener } from '../../devices.ts';

const now = Date.UTC(2026, 10, 23, 12);
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
const minute = 60_000;

function entry(fields: Record<string, unknown> = {}): ActivityEntry {
  return decode(activitySchema, {
    id: 'a',
    action: 1,
    trigger: 5,
    state: 0,
    source: 0,
    name: 'Guest Weber',
    date: new Date(now - 12 * minute).toISOString(),
    ...fields,
  });
}

const row = (fields = {}, device = lock()): string =>
  `${activityActor(entry(fields), context)} ${activitySummary(entry(fields), device, context)}`;
const types = Object.keys(kinds).map(Number);
const codesOf = (vocabulary: object): number[] => Object.keys(vocabulary).map(Number);

describe('an entry of the activity', () => {
  it('is who, what, when and how, on the clock of the lock', () => {
    assert.equal(
      row({ trigger: 255, source: 1 }),
      'Guest Weber unlock · 12 min ago, 23 Nov 2026, 12:48 · keypad · keypad code',
    );
    assert.equal(row({ trigger: 4, date: '2026-07-01T10:00:00Z' }), 'Guest Weber unlock · 1 Jul 2026, 12:00 · web');
  });

  it('names what set it off, once, where the log has no name', () => {
    assert.match(row({ name: '', trigger: 6, action: 2 }), /^auto lock lock · 12 min ago/);
    assert.match(row({ name: null, trigger: null, action: 2 }), /^– lock · 12 min ago/);
  });

  it('says that something was tried, and why it came to nothing', () => {
    assert.match(
      row({ trigger: 255, source: 1, state: 224 }),
      /^Guest Weber tried to unlock: invalid code · 12 min ago, .* · keypad · keypad code$/,
    );
    assert.match(row({ action: 240, state: 255 }), /^Guest Weber failed: door opened \(unknown error\) · /);
    assert.match(row({ state: null }), /^Guest Weber outcome unknown: unlock · /);
  });

  it('never reads as done with any other end than success, whatever the kind and the action', () => {
    for (const type of types) {
      const device = lock({ type });
      for (const action of [...codesOf(kindOf(type).logActions), 99]) {
        for (const state of [...codesOf(completionStates).filter((code) => code !== 0), 77]) {
          assert.match(
            activitySummary(entry({ action, state }), device, context),
            /^(tried to [^:]+: .+|failed: .+ \(.+\)) · 12 min ago, /,
          );
        }
        assert.match(activitySummary(entry({ action, state: null }), device, context), /^outcome unknown: /);
      }
    }
  });

  it('takes every error of tap to unlock for one, 0 too', () => {
    for (const [code, reason] of Object.entries(tapToUnlockErrors)) {
      const summary = activitySummary(entry({ source: 3, trigger: 253, state: Number(code) }), lock(), context);
      assert.equal(
        summary.replace(/12 min.*:48/, 'then'),
        `tried to unlock: ${reason} · then · keypad error · tap to unlock`,
      );
    }
    assert.match(row({ source: 3, trigger: 255 }), /^Guest Weber unlock · .* · keypad · tap to unlock$/);
  });

  it('has words for every action of every kind, every trigger, source and end', () => {
    for (const type of types) {
      for (const [code, action] of Object.entries(kindOf(type).logActions)) {
        assert.ok(row({ action: Number(code) }, lock({ type })).startsWith(`Guest Weber ${action} · `));
      }
    }
    for (const [code, trigger] of Object.entries(logTriggers)) {
      assert.ok(row({ trigger: Number(code) }).endsWith(` · ${trigger}`));
    }
    for (const code of [1, 2, 3]) {
      assert.ok(row({ trigger: 255, source: code }).endsWith(` · keypad · ${logSources[code]}`));
    }
    for (const [code, end] of Object.entries(completionStates)) {
      if (code !== '0') assert.ok(row({ state: Number(code) }).startsWith(`Guest Weber tried to unlock: ${end} · `));
    }
  });

  it('keeps the number of what it does not know', () => {
    assert.match(
      row({ action: 99, trigger: 98, source: 97 }),
      /^Guest Weber unknown \(99\) · .* · unknown \(98\) · source 97$/,
    );
    assert.match(row({ state: 96 }), /^Guest Weber tried to unlock: unknown \(96\) · /);
    assert.match(row({ action: 99, state: 1 }), /^Guest Weber failed: unknown \(99\) \(motor blocked\) · /);
    assert.match(row({}, lock({ type: 9 })), /^Guest Weber unknown \(1\) · /);
  });

  it('tells Auto Unlock apart, and does not take what its own filter held back for a refused person', () => {
    assert.match(
      row({ trigger: 0, autoUnlock: true }),
      /^Guest Weber unlock by Auto Unlock · 12 min ago, .* · system$/,
    );
    assert.match(row({ trigger: 0, autoUnlock: false }), /^Guest Weber unlock · 12 min ago, .* · system$/);
    const held = { trigger: 0, autoUnlock: true, state: 3 };
    assert.match(row(held), /^Guest Weber Auto Unlock did not act: too recent · 12 min ago, .* · system$/);
    assert.match(
      row({ trigger: 0, autoUnlock: true, state: 1 }),
      /^Guest Weber failed: unlock by Auto Unlock \(motor blocked\) · /,
    );
    assert.equal(activityIcon(entry(held), lock()).id, 'dash');
    assert.match(row({ trigger: 0, state: 3 }), /^Guest Weber tried to unlock: too recent · /);
  });

  it('says of an Opener who rang and what let them in', () => {
    const ofOpener = (fields: object, openerLog: object): string =>
      row({ name: '', trigger: 0, action: 224, ...fields, openerLog }, opener()).replace(/12 min.*:48/, 'then');
    assert.equal(ofOpener({}, { activeRto: false, activeCm: false, source: 0 }), 'system doorbell rang · then');
    assert.equal(ofOpener({}, { activeRto: true, source: 2 }), 'system doorbell rang · let in by ring to open · then');
    assert.equal(ofOpener({}, { activeCm: true }), 'system doorbell rang · let in by continuous mode · then');
    assert.equal(
      ofOpener({ state: 1 }, { activeRto: true }),
      'system failed: doorbell rang (motor blocked) · ring to open was active · then',
    );
    assert.equal(
      ofOpener({ action: 3, name: 'Guest' }, { activeRto: false }),
      'Guest electric strike actuation · then · system',
    );
    assert.equal(
      ofOpener({}, { flagGeoFence: true, flagForce: true, flagDoorbellSuppression: true }),
      'system doorbell rang · geofence · forced · doorbell suppressed · then',
    );
  });

  it('takes a source for a credential only where a keypad was used, and keeps its number elsewhere', () => {
    for (const trigger of [253, 255]) assert.match(row({ trigger, source: 2 }), / · fingerprint$/);
    assert.match(row({ trigger: 5, source: 1 }), / · app · source 1$/);
    assert.match(row({ trigger: 0, source: 3 }), / · system · tap to unlock$/);
    assert.match(row({ action: 240, trigger: 0, source: 1, name: '' }), / · source 1$/);
    assert.match(row({ trigger: 255, source: 97 }), / · unknown \(97\)$/);
    assert.match(row({ trigger: 255, source: 0 }), / · keypad$/);
  });

  it('says how long a door stood ajar, and what error Nuki tells', () => {
    assert.match(row({ action: 208, ajarTimeout: 5, name: '' }), /^app door ajar · open for 5 min\. · 12 min/);
    const failed = entry({ error: 'Lock \u202Eunreachable\n' });
    assert.match(activitySummary(failed, lock(), context), /^unlock · error: Lock unreachable · 12 min/);
    assert.doesNotMatch(row({ error: '' }), /error/);
  });

  it('has words for what devices send beyond the OpenAPI', () => {
    assert.match(row({ trigger: 171 }), / · HomeKit$/);
    assert.match(row({ trigger: 172 }), / · MQTT$/);
    assert.match(row({ action: 6 }), /^Guest Weber full lock · /);
    assert.match(row({ action: 6 }, opener()), /^Guest Weber activate continuous mode · /);
    assert.match(row({ action: 80 }), /^Guest Weber fob: no action · /);
    assert.match(row({ action: 90 }), /^Guest Weber button: no action · /);
    assert.match(row({ action: 130 }), /^Guest Weber fob action 2 · /);
    assert.match(row({ state: 11 }), /^Guest Weber tried to unlock: failure · /);
  });

  it('shows a hostile name as one harmless line', () => {
    assert.equal(activityActor(entry({ name: 'A\u202Enna\n[x](command:y)' }), context), 'Anna [x](command:y)');
    assert.equal(activityActor(entry({ name: '\u200B\n' }), context), 'app');
  });

  it('says when in UTC where the zone is unknown, and admits an unknown date', () => {
    const nowhere = lock({}, {}, { timezoneId: 999 });
    assert.match(row({ date: '2026-07-01T10:00:00Z' }, nowhere), /1 Jul 2026, 10:00 UTC · app$/);
    assert.match(row({ date: 'yesterday' }), /unknown date · app$/);
    assert.doesNotMatch(row({ date: new Date(now + minute).toISOString() }), /ago/);
  });
});

describe('the group of the activity', () => {
  const items = [entry(), entry({ id: 'b', action: 2, name: 'Anna' }), entry({ id: 'c', action: 2 })];
  const stateOf = (fields: Partial<DeviceState> = {}): DeviceState => ({
    accountId: '7',
    device: lock(),
    seenAt: now,
    activity: { items, isComplete: true, oldestId: 'c', unreadable: 0, readAt: now },
    ...fields,
  });
  const summary = (fields?: Partial<DeviceState>): string => activityGroupSummary(stateOf(fields), context);

  it('says how much is there, and nothing before it was read', () => {
    assert.equal(summary(), '3 entries');
    assert.equal(
      summary({ activity: { items: [entry()], isComplete: true, oldestId: 'a', unreadable: 2, readAt: now } }),
      '1 entry · 2 unreadable',
    );
    assert.equal(summary({ activity: undefined }), '');
  });

  it('says what is shown of it only', () => {
    assert.equal(summary({ activityFilter: { action: 2 } }), 'only lock · 2 of 3');
    assert.equal(summary({ activityFilter: { name: 'Guest Weber' } }), 'only Guest Weber · 2 of 3');
  });

  it('says why there is nothing to be seen', () => {
    const notice = (fields: Partial<DeviceState>): string => activityNotice(stateOf(fields), 'Home', context);
    assert.match(
      notice({ activityError: new NukiError('permissionMissing', { status: 401 }) }),
      /^The token of "Home" may not read the activity log\./,
    );
    assert.equal(notice({ activityError: new NukiError('network') }), 'Nuki could not be reached.');
    assert.equal(notice({ activityFilter: { action: 5 } }), 'Nothing that was read passes the filter.');
    assert.equal(notice({}), 'No activity.');
    assert.equal(summary({ activityError: new NukiError('permissionMissing') }), 'permission missing · 3 entries');
  });
});
