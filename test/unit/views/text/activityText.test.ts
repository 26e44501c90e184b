import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { ActivityEntry } from '../../../../src/nuki/activityLog.ts';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { kinds } from '../../../../src/nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../../../../src/nuki/vocabulary/kindWords.ts';
import { activitySchema } from '../../../../src/nuki/http/schemas.ts';
import { completionStates, logTriggers, tapToUnlockErrors } from '../../../../src/nuki/vocabulary/words.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import {
  activityActor,
  activityGroupSummary,
  activityLabel,
  activityNotice,
  activitySummary,
} from '../../../../src/views/text/activityText.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { clockMinute } from '../../../../src/views/text/timeText.ts';
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

const rowIn = (locale: RenderContext, fields = {}, device = lock()): string =>
  `${activityLabel(entry(fields), device, locale)}: ${activitySummary(entry(fields), device, locale)}`;
const row = (fields = {}, device = lock()): string => rowIn(context, fields, device);
const types = Object.keys(kinds).map(Number);
const codesOf = (vocabulary: object): number[] => Object.keys(vocabulary).map(Number);

describe('an entry of the activity', () => {
  it('is who, what was done and when: how long ago, or by the clock of the user', () => {
    assert.equal(row({ trigger: 255, source: 1 }), 'Guest Weber: unlocked · 12 min ago');
    const yesterday = now - 24 * 60 * minute;
    const at = clockMinute(yesterday, context);
    assert.equal(row({ date: new Date(yesterday).toISOString() }), `Guest Weber: unlocked · 22 Nov, ${at}`);
    assert.match(row({ date: '2025-07-01T10:00:00Z' }), /^Guest Weber: unlocked · 1 Jul 2025, \d\d:\d\d$/);
  });

  it('names what set it off where the log has no name', () => {
    const unnamed = (fields: object): string => row({ name: '', ...fields });
    assert.equal(unnamed({ trigger: 6, action: 2 }), 'Auto Lock: locked · 12 min ago');
    assert.equal(unnamed({ trigger: 1 }), 'By hand: unlocked · 12 min ago');
    assert.equal(unnamed({ trigger: 2, action: 4 }), "Button: lock 'n' go · 12 min ago");
    assert.equal(unnamed({ trigger: null, action: 2 }), '–: locked · 12 min ago');
  });

  it('is only what happened, where the device tells of no one', () => {
    assert.equal(row({ name: '', trigger: 0, action: 240 }), 'Door opened: 12 min ago');
    assert.equal(
      row({ name: '', trigger: 0, action: 208, ajarTimeout: 5 }),
      'Door ajar: 12 min ago · stood open for 5 min.',
    );
    assert.equal(row({ trigger: 0, action: 240 }), 'Guest Weber: door opened · 12 min ago');
    assert.equal(
      row({ name: '', trigger: 0, action: 240, state: 255 }),
      'System: unknown error · 12 min ago · tried: door opened',
    );
  });

  it('begins with the reason where something came to nothing, and names whoever is not known', () => {
    const at = (state: number, fields: object = {}): string => row({ name: '', trigger: 253, state, ...fields });
    assert.equal(at(224, { source: 1 }), 'Unknown code: invalid code · 12 min ago · tried: unlock');
    assert.equal(at(225, { source: 2 }), 'Unknown fingerprint: invalid fingerprint · 12 min ago · tried: unlock');
    assert.equal(at(226), 'Unknown NFC tag: invalid NFC tag · 12 min ago · tried: unlock');
    assert.equal(at(2), 'Keypad: cancelled · 12 min ago · tried: unlock');
    assert.equal(at(224, { name: 'Guest' }), 'Guest: invalid code · 12 min ago · tried: unlock');
    assert.equal(row({ action: 2, state: 1 }), 'Guest Weber: motor blocked · 12 min ago · tried: lock');
    assert.equal(row({ state: null }), 'Guest Weber: result unknown · 12 min ago · tried: unlock');
  });

  it('never reads as done with any other end than success, whatever the kind and the action', () => {
    for (const type of types) {
      const device = lock({ type });
      for (const action of [...codesOf(kindWordsOf(type).logActions), 99]) {
        for (const state of [...codesOf(completionStates).filter((code) => code !== 0), 77]) {
          const reason = completionStates[state] ?? `unknown (${state})`;
          const [said, , tried, ...rest] = activitySummary(entry({ action, state }), device, context).split(' · ');
          assert.equal(said, reason);
          assert.match(tried ?? '', /^tried: /);
          assert.deepEqual(rest, []);
        }
        assert.match(activitySummary(entry({ action, state: null }), device, context), /^result unknown · .*tried: /);
      }
    }
  });

  it('takes every error of tap to unlock for one, 0 too', () => {
    for (const [code, reason] of Object.entries(tapToUnlockErrors)) {
      const failed = row({ name: '', source: 3, trigger: 253, state: Number(code) });
      assert.equal(failed, `Tap to unlock: ${reason} · 12 min ago · tried: unlock`);
    }
    assert.equal(row({ source: 3, trigger: 255 }), 'Guest Weber: unlocked · 12 min ago');
  });

  it('has words for every action of every kind, every trigger and end', () => {
    for (const type of types) {
      for (const code of codesOf(kindWordsOf(type).logActions)) {
        assert.doesNotMatch(row({ action: code }, lock({ type })), /unknown|undefined/);
      }
    }
    for (const code of codesOf(logTriggers)) assert.match(row({ name: '', trigger: code }), /^[A-Z][^:]+: unlocked · /);
    for (const [code, end] of Object.entries(completionStates)) {
      if (code !== '0') assert.ok(row({ state: Number(code) }).startsWith(`Guest Weber: ${end} · `));
    }
  });

  it('keeps the number of what it does not know', () => {
    assert.equal(row({ name: '', action: 99, trigger: 98 }), 'Unknown (98): unknown (99) · 12 min ago');
    assert.match(row({ state: 96 }), /^Guest Weber: unknown \(96\) · /);
    assert.match(row({ action: 99, state: 1 }), /^Guest Weber: motor blocked · .* · tried: unknown \(99\)$/);
    assert.match(row({}, lock({ type: 9 })), /^Guest Weber: unknown \(1\) · /);
  });

  it('tells Auto Unlock apart, and does not take what its own filter held back for a refused person', () => {
    assert.equal(row({ trigger: 0, autoUnlock: true }), 'Guest Weber: unlocked · 12 min ago · Auto Unlock');
    const held = { trigger: 0, autoUnlock: true, state: 3 };
    assert.equal(row(held), 'Guest Weber: Auto Unlock skipped · 12 min ago');
    assert.match(row({ trigger: 0, autoUnlock: true, state: 1 }), /^Guest Weber: motor blocked · .* · Auto Unlock$/);
    assert.equal(activityIcon(entry(held), lock()).id, 'dash');
    assert.match(row({ trigger: 0, state: 3 }), /^Guest Weber: too recent · /);
  });

  it('says of an Opener who rang and what let them in', () => {
    const ofOpener = (fields: Record<string, unknown>, openerLog: object): string =>
      row({ name: '', trigger: 0, action: 224, ...fields, openerLog }, opener());
    assert.equal(ofOpener({}, { activeRto: false, activeCm: false, source: 0 }), 'Doorbell rang: 12 min ago');
    assert.equal(ofOpener({}, { activeRto: true, source: 2 }), 'Doorbell rang: let in by ring to open · 12 min ago');
    assert.equal(ofOpener({}, { activeCm: true }), 'Doorbell rang: let in by continuous mode · 12 min ago');
    assert.match(ofOpener({ state: 1 }, { activeRto: true }), /^System: motor blocked · .* · tried: doorbell rang$/);
    assert.equal(ofOpener({ action: 3, name: 'Guest' }, { activeRto: false }), 'Guest: opened the door · 12 min ago');
    assert.equal(ofOpener({ action: 1, name: 'Anna' }, {}), 'Anna: ring to open on · 12 min ago');
  });

  it('says what error Nuki tells', () => {
    assert.equal(
      row({ error: 'Lock \u202Eunreachable\n' }),
      'Guest Weber: unlocked · 12 min ago · error: Lock unreachable',
    );
    assert.doesNotMatch(row({ error: '' }), /error/);
  });

  it('has words for what devices send beyond the OpenAPI', () => {
    assert.match(row({ name: '', trigger: 171 }), /^HomeKit: /);
    assert.match(row({ action: 6 }), /^Guest Weber: fully locked · /);
    assert.match(row({ action: 6 }, opener()), /^Guest Weber: continuous mode on · /);
    assert.match(row({ action: 80 }), /^Guest Weber: fob: no action · /);
    assert.match(row({ state: 11 }), /^Guest Weber: failure · /);
  });

  it('is drawn by what was done, without a padlock, and by a sign of its own where it was not', () => {
    const iconOf = (fields: Record<string, unknown>, device = lock()): string => activityIcon(entry(fields), device).id;
    assert.deepEqual(
      [1, 2, 3, 4].map((action) => iconOf({ action })),
      ['key', 'shield', 'nuki-unlatch', 'nuki-lock-n-go'],
    );
    assert.equal(iconOf({ action: 1 }, opener()), 'nuki-ring-to-open');
    assert.equal(iconOf({ action: 253 }), 'pulse');
    for (const type of types) {
      for (const action of codesOf(kindWordsOf(type).logActions)) {
        assert.doesNotMatch(iconOf({ action }, lock({ type })), /^(nuki-)?(un)?lock(ed)?$/);
        assert.equal(iconOf({ action, state: 9 }, lock({ type })), 'circle-slash');
        assert.equal(iconOf({ action, state: null }, lock({ type })), 'question');
        assert.equal(activityIcon(entry({ action }), lock({ type })).color, undefined);
      }
    }
  });

  it('shows a hostile name as one harmless line', () => {
    assert.equal(activityActor(entry({ name: 'A\u202Enna\n[x](command:y)' }), context), 'Anna [x](command:y)');
    assert.equal(activityActor(entry({ name: '\u200B\n' }), context), 'App');
  });

  it('admits an unknown date', () => {
    assert.equal(row({ date: 'yesterday' }), 'Guest Weber: unlocked · unknown date');
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
      /^The token of "Home" can't read the activity log\./,
    );
    assert.equal(notice({ activityError: new NukiError('network') }), "Can't reach Nuki.");
    assert.equal(notice({ activityFilter: { action: 5 } }), 'No loaded activity matches the filter.');
    assert.equal(notice({}), 'No activity.');
    assert.equal(summary({ activityError: new NukiError('permissionMissing') }), 'permission missing · 3 entries');
  });
});
