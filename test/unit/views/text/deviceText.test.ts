import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { Doubt } from '../../../../src/model/news.ts';
import { isOutcome, type Operation, type Outcome, type Uncertainty } from '../../../../src/model/actions/operation.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import { actions, isActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import {
  deviceHeadline,
  deviceName,
  deviceSummary,
  outcomeText,
  spokenSummary,
  isCurrent,
  kindText,
} from '../../../../src/views/text/deviceText.ts';
import { clockMinute } from '../../../../src/views/text/timeText.ts';
import { deviceHover } from '../../../../src/views/hover/deviceHover.ts';
import { lock, lockId, opener } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';
import { wordsOf } from '../hover/words.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 23, 12);
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: minute };

interface Circumstances {
  readonly old?: number;
  readonly doubt?: Doubt | undefined;
  readonly operation?: Operation;
}

const seen = (device: Smartlock, { old = 0, operation, doubt }: Circumstances = {}): DeviceState => ({
  accountId,
  device,
  seenAt: now - old,
  doubt,
  operation,
});
const summary = (device: Smartlock, circumstances?: Circumstances): string =>
  deviceSummary(seen(device, circumstances), context);
const account: AccountState = { id: accountId, label: 'Home', simulated: false, devices: [], unreadable: [] };
const hoverWords = (state: DeviceState): string =>
  wordsOf(deviceHover({ state, others: [], account, canUnlatch: true }, context));
const reported = clockMinute(now - minute, context);
const time = clockMinute(now, context);
const ended = (outcome: Outcome): Circumstances => ({ operation: { action: 'unlock', since: now, outcome } });

describe('a device at one glance', () => {
  const plain = { batteryCharge: undefined, doorState: 0 };

  it('is its state alone, where all is as usual', () => {
    assert.equal(summary(lock()), 'locked');
    assert.equal(summary(lock({}, { batteryCharge: 9, doorState: 2, state: 3 })), 'unlocked');
    assert.equal(summary(opener({}, plain)), 'online');
  });

  it('is what the lock reported last, and how old that report is, when it was read too long ago', () => {
    const reportedAgo = (ago: number): Smartlock => lock({ updateDate: new Date(now - ago).toISOString() });
    assert.equal(summary(reportedAgo(4 * minute), { old: 2 * minute }), 'locked');
    assert.equal(summary(reportedAgo(4 * minute), { old: 2 * minute + 1 }), 'last reported locked, 4 min ago');
    const days = 3 * 24 * 60 * minute;
    assert.equal(summary(reportedAgo(days), { old: 2 * minute + 1 }), 'last reported locked, 3 days ago');
    assert.equal(summary(lock({ updateDate: null }), { old: 5 * minute }), 'last reported locked');
  });

  it('is when the device reported last, and what, when it is offline or not connected', () => {
    const gone = (serverState: number | null): string => summary(lock({ serverState }, plain));
    const last = `reported ${reported}, locked`;
    assert.equal(gone(4), `offline · ${last}`);
    assert.equal(gone(1), `unregistered · ${last}`);
    assert.equal(gone(2), `authorization id invalid · ${last}`);
    assert.equal(gone(3), `authorization invalid · ${last}`);
    assert.equal(gone(77), `unknown (77) · ${last}`);
    assert.equal(gone(null), `connection unknown · ${last}`);
    const since = (updateDate: string | null): string => summary(lock({ serverState: 4, updateDate }, plain));
    assert.equal(since('2026-11-21T12:19:00Z'), 'offline · reported 21 Nov, locked');
    assert.equal(since('2025-11-21T12:19:00Z'), 'offline · reported 21 Nov 2025, locked');
    assert.equal(since(null), 'offline · last reported locked');
  });

  it('is what the device reported last when only an older copy answers', () => {
    assert.equal(summary(lock({}, plain), { doubt: { kind: 'outdated' } }), 'last reported locked, 1 min ago');
  });

  it('is unknown, whichever of two reports is right that contradict each other', () => {
    const contradicted = (device: Smartlock, other: Smartlock): string =>
      summary(device, { doubt: { kind: 'contradictory', other } });
    const [locked, unlocked] = [lock({}, plain), lock({}, { ...plain, state: 3 })];
    assert.equal(contradicted(locked, unlocked), 'unknown: locked or unlocked');
    const away = lock({ serverState: 4 }, plain);
    assert.equal(contradicted(away, unlocked), 'offline · unknown: locked or unlocked');
    const open = lock({}, { ...plain, doorState: 3 });
    assert.equal(contradicted(locked, open), 'unknown: conflicting reports');
  });

  it('keeps unknown numbers, and shows a dash for what is missing', () => {
    assert.equal(summary(lock({}, { ...plain, state: 226 })), 'unknown (226)');
    assert.equal(summary(lock({ state: null })), '–');
    assert.equal(summary(lock({ type: 99 }, plain)), 'unknown kind (99) · unknown (1)');
    assert.equal(summary(lock({}, { ...plain, mode: 77 })), 'locked · mode: unknown (77)');
    assert.equal(summary(lock({}, { ...plain, doorState: 77 })), 'locked · unknown (77)');
  });

  it('says something of every number that a byte can hold, and "locked" of none but those that mean it', () => {
    for (const type of [0, 1, 2, 3, 4, 5, 6, 99]) {
      for (let number = 0; number < 256; number += 1) {
        const words = summary(lock({ type }, { ...plain, state: number }));
        assert.match(words, /\S/);
        assert.equal(
          /\blocked\b/.test(words),
          number === 1 && [0, 3, 4, 5].includes(type),
          `${type}, ${number}: ${words}`,
        );
        for (const field of ['mode', 'doorState', 'trigger', 'lastAction']) {
          const odd = lock({ type }, { ...plain, [field]: number });
          assert.doesNotMatch(`${summary(odd)} ${hoverWords(seen(odd))}`, /undefined|NaN/);
        }
      }
    }
  });

  it('begins with signs of tampering', () => {
    const paired = { keypadPaired: true };
    assert.equal(summary(lock({}, { ...plain, keypadMountingState: 2 }, paired)), 'keypad moved · locked');
    assert.equal(summary(lock({}, { ...plain, keypadMountingState: 255 }, paired)), 'keypad mounting error · locked');
    assert.equal(summary(lock({}, { ...plain, keypadMountingState: 1 }, paired)), 'locked');
    assert.equal(summary(lock({}, { ...plain, doorState: 240 })), 'door sensor removed or tampered with · locked');
    assert.equal(
      summary(lock({ serverState: 4 }, { ...plain, doorState: 240 })),
      `door sensor removed or tampered with · offline · reported ${reported}, locked`,
    );
  });

  it('says an error that Nuki names, and that the admin PIN is invalid', () => {
    assert.equal(summary(lock({ error: 'x\u202Ey\n' }, plain)), 'locked · error: xy');
    assert.equal(summary(lock({ error: '' }, plain)), 'locked');
    assert.equal(summary(lock({ adminPinState: 2 }, plain)), 'locked · admin PIN invalid');
  });

  it('takes a mounting state for nothing where no keypad is paired', () => {
    const none = { keypadPaired: false, keypad2Paired: false };
    assert.equal(summary(lock({}, { ...plain, keypadMountingState: 255 }, none)), 'locked');
    assert.equal(summary(lock({ config: null }, { ...plain, keypadMountingState: 2 })), 'keypad moved · locked');
  });

  it('says a mode that is not the usual one', () => {
    assert.equal(summary(lock({}, { ...plain, mode: 4 })), 'locked · mode: maintenance');
    assert.equal(summary(lock({}, { ...plain, mode: 1 })), 'locked · mode: pairing');
  });

  it('says "busy" for an operation that another client began', () => {
    assert.equal(summary(lock({ operationId: 'x' }, plain)), 'locked · busy');
  });

  it('says what is being done, not the state from before', () => {
    for (const action of Object.keys(actions).filter(isActionName)) {
      const doing = summary(lock({}, plain), { operation: { action, since: now } });
      assert.equal(doing, `${actions[action].doing}…`);
      assert.equal(deviceHeadline(seen(lock(), { operation: { action, since: now } }), context), doing);
    }
  });

  it('says that another window is doing it', () => {
    const elsewhere: Operation = { action: 'unlock', since: now, isElsewhere: true };
    assert.equal(summary(lock({}, plain), { operation: elsewhere }), 'unlocking in another window…');
  });

  it('says of a device that it was there already', () => {
    const unlocked = lock({}, { ...plain, state: 3 });
    const was = ended({ kind: 'confirmed', at: now, reportedBefore: unlocked });
    assert.equal(summary(unlocked, was), `already unlocked ✓ ${time}`);
  });

  it('says by a check mark that an action is proved, and when', () => {
    const device = lock({}, { ...plain, state: 3 });
    const confirmed: Outcome = { kind: 'confirmed', at: now };
    assert.equal(summary(device, ended(confirmed)), `unlocked ✓ ${time}`);
    const yesterday = summary(device, ended({ kind: 'confirmed', at: now - 24 * 60 * minute }));
    assert.equal(yesterday, `unlocked ✓ 22 Nov, ${time}`);
    const ajar = lock({}, { ...plain, state: 3, doorState: 3 });
    assert.equal(summary(ajar, ended(confirmed)), `door open · unlocked ✓ ${time}`);
    const ringing = opener({}, { ...plain, state: 3, ringToOpenEnd: new Date(now + 20 * minute).toISOString() });
    const until = clockMinute(now + 20 * minute, context);
    assert.equal(summary(ringing, ended(confirmed)), `ring to open until ${until} ✓`, 'one time is enough');
  });

  it('says a check mark in words to a screen reader, and that a device needs attention', () => {
    const spoken = (device: Smartlock, circumstances?: Circumstances): string =>
      spokenSummary(seen(device), summary(device, circumstances), context);
    assert.equal(spoken(lock({}, { state: 3 }), ended({ kind: 'confirmed', at: now })), `unlocked confirmed ${time}`);
    assert.equal(spoken(lock({}, { batteryCritical: true })), 'locked · battery low, needs attention');
  });

  it('begins with how it failed, and says it once', () => {
    const device = lock({}, { ...plain, state: 3 });
    const failed = (completion?: number): Circumstances =>
      ended({ kind: 'failed', at: now, ...(completion !== undefined && { completion }) });
    assert.equal(summary(device, failed(1)), 'failed: motor blocked · unlocked');
    assert.equal(summary(device, failed(99)), 'failed: unknown (99) · unlocked');
    assert.equal(summary(device, failed()), 'failed · unlocked');
    const blocked = lock({}, { ...plain, state: 254 });
    const fault = ended({ kind: 'fault', at: now, state: 254 });
    for (const outcome of [fault, failed(1)]) assert.equal(summary(blocked, outcome), 'failed: motor blocked');
    assert.equal(summary(device, fault), 'failed: motor blocked · unlocked');
    const ajar = lock({}, { ...plain, state: 254, doorState: 3 });
    assert.equal(summary(ajar, fault), 'failed: motor blocked · door open');
  });

  it('says nothing but "not confirmed" of an action whose end was not seen, whatever else there is', () => {
    const reasons: readonly Uncertainty[] = [
      'unseen',
      'perhapsNotTaken',
      'unreadable',
      'rateLimited',
      'anyone',
      'mixed',
      'earlier',
    ];
    const outcomes: readonly Outcome[] = [
      ...reasons.map((reason): Outcome => ({ kind: 'unconfirmed', at: now, reason })),
      { kind: 'unwatched', at: now },
    ];
    const devices = [lock(), lock({ serverState: 4 }), lock({}, { batteryCritical: true, doorState: 3, mode: 4 })];
    for (const outcome of outcomes) {
      for (const device of devices) {
        for (const circumstances of [{}, { old: 5 * minute }, { doubt: { kind: 'outdated' } as const }]) {
          const state = seen(device, { ...circumstances, ...ended(outcome) });
          assert.equal(deviceSummary(state, context), 'not confirmed – check the door');
          assert.equal(deviceHeadline(state, context), 'not confirmed – check the door');
        }
      }
    }
    const unlocking = ended({ kind: 'unconfirmed', at: now, reason: 'lockingUnseen' });
    assert.equal(summary(lock(), unlocking), 'locking not seen – check the door');
  });

  it('says why it is not known how an action ended, where there is room', () => {
    const why = (outcome: Outcome): string | undefined =>
      outcomeText(lock(), { action: 'unlock', since: now, outcome }, context);
    const reasons: Readonly<Record<Uncertainty, RegExp>> = {
      unseen: /^not confirmed within 30 seconds$/,
      perhapsNotTaken: /^not confirmed: unknown whether Nuki accepted it$/,
      unreadable: /^not confirmed: the device could not be read$/,
      rateLimited: /^not confirmed: Nuki asked to wait until \d\d:\d\d$/,
      anyone: /^not confirmed: unknown who did it$/,
      unlogged: /^reported, but the log is not readable$/,
      mixed: /^not confirmed: another client acted at the same time$/,
      earlier: /^not confirmed: an earlier command may have done it$/,
      lockingUnseen: /^has opened, locking not seen$/,
    };
    for (const [reason, words] of Object.entries(reasons)) {
      const outcome = { kind: 'unconfirmed', at: now, reason };
      assert.ok(isOutcome(outcome));
      assert.match(why(outcome) ?? '', words);
    }
    assert.equal(why({ kind: 'unwatched', at: now }), 'not confirmed: stopped waiting');
    assert.equal(why({ kind: 'confirmed', at: now }), `"Unlock" confirmed ${time}`);
    assert.equal(why({ kind: 'fault', at: now, state: 254 }), 'failed: motor blocked');
    assert.equal(outcomeText(lock(), { action: 'unlock', since: now }, context), undefined);
  });

  it('says that only the log is missing of a device that got where the action leads', () => {
    const unlogged = ended({ kind: 'unconfirmed', at: now, reason: 'unlogged' });
    assert.equal(summary(lock({}, { ...plain, state: 3 }), unlogged), 'unlocked · log not readable');
  });

  it('names the action that was done where the device is elsewhere, or not known, by now', () => {
    const device = lock({}, plain);
    assert.equal(summary(device, ended({ kind: 'confirmed', at: now, now: device })), `locked · Unlock ✓ ${time}`);
    const unaware = ended({ kind: 'confirmed', at: now });
    assert.equal(
      summary(device, unaware),
      `locked · Unlock ✓ ${time}`,
      'read anew since, or not where another window did it',
    );
    const stale = { old: 5 * minute, ...ended({ kind: 'confirmed', at: now - 5 * minute }) };
    const then = clockMinute(now - 5 * minute, context);
    assert.equal(summary(device, stale), `Unlock ✓ ${then} · last reported locked, 1 min ago`);
  });

  it('has the outcome and the state with the door as its headline, and nothing else', () => {
    const device = lock({}, { ...plain, batteryCritical: true });
    const headline = (circumstances?: Circumstances): string => deviceHeadline(seen(device, circumstances), context);
    assert.equal(headline(), 'locked');
    assert.equal(headline({ old: 5 * minute }), 'last reported locked, 1 min ago');
    assert.equal(deviceHeadline(seen(lock({}, { doorState: 3 })), context), 'door open · locked');
    assert.equal(headline(ended({ kind: 'failed', at: now, completion: 1 })), 'failed: motor blocked · locked');
  });

  it('says that the door is open before anything of the lock, where that is current', () => {
    assert.equal(summary(lock({}, { batteryCharge: null, doorState: 3 })), 'door open · locked');
    assert.equal(summary(lock({}, { doorState: 3, state: 3 })), 'door open · unlocked');
    for (const doorState of [0, 1, 2, null]) assert.equal(summary(lock({}, { ...plain, doorState })), 'locked');
    assert.doesNotMatch(summary(lock({}, { doorState: 3 }), { old: minute * 5 }), /door/);
    assert.doesNotMatch(summary(lock({ serverState: 4 }, { doorState: 3 })), /door/);
    assert.equal(summary(lock({}, { ...plain, doorState: 5 })), 'locked · door sensor calibrating');
  });

  it('says which battery is low, and never how full one is', () => {
    assert.equal(summary(lock({}, { doorState: 0, batteryCritical: true })), 'locked · battery low');
    const all = { batteryCritical: true, keypadBatteryCritical: true, doorsensorBatteryCritical: true };
    assert.equal(summary(lock({}, all)), 'locked · battery low · keypad battery low · door sensor battery low');
  });

  it('says how long a visitor who rings is let in', () => {
    const ringing = { ...plain, state: 3, ringToOpenEnd: '2026-11-23T12:20:00Z' };
    const until = clockMinute(now + 20 * minute, context);
    assert.equal(summary(opener({}, ringing)), `ring to open until ${until}`, 'by the clock of the user');
    assert.match(summary(opener({}, { ...ringing, ringToOpenEnd: null })), /^ring to open active$/);
    assert.match(summary(opener({}, { ...ringing, state: 1 })), /^online$/);
    assert.equal(summary(lock({}, { ...ringing, state: 1 })), 'locked');
    assert.equal(summary(opener({}, { ...plain, mode: 3 })), 'continuous mode');
  });
});

describe('what is not known now', () => {
  const circumstances = fc.record({
    type: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 99),
    state: fc.oneof(fc.nat(255), fc.constant(undefined)),
    mode: fc.constantFrom(0, 1, 2, 3, 4, 5, 77, undefined),
    doorState: fc.constantFrom(0, 1, 2, 3, 4, 5, 16, 240, 255, 77, undefined),
    serverState: fc.constantFrom(0, 1, 2, 3, 4, 77, undefined),
    old: fc.constantFrom(0, minute, 2 * minute, 2 * minute + 1, 60 * minute),
    operationId: fc.constantFrom(undefined, 'x'),
    doubt: fc.constantFrom<Doubt | undefined>(
      undefined,
      { kind: 'outdated' },
      { kind: 'contradictory', other: lock() },
      { kind: 'contradictory', other: lock({}, { state: 3 }) },
    ),
    outcome: fc.option(
      fc.constantFrom<Outcome>(
        { kind: 'confirmed', at: now },
        { kind: 'failed', at: now, completion: 1 },
        { kind: 'fault', at: now, state: 254 },
        { kind: 'unconfirmed', at: now, reason: 'unseen' },
      ),
      { nil: undefined },
    ),
  });

  it('never reads "locked", unless "last reported" stands before it', () => {
    fc.assert(
      fc.property(circumstances, ({ type, serverState, old, operationId, outcome, doubt, ...state }) => {
        const device = lock({ type, serverState, operationId }, state);
        const shown = seen(device, { old, doubt, ...(outcome && ended(outcome)) });
        const isKnown = serverState === 0 && old <= 2 * minute && !doubt;
        assert.equal(isCurrent(shown, context), isKnown);
        for (const text of [deviceSummary(shown, context), deviceHeadline(shown, context), hoverWords(shown)]) {
          const claims = text
            .replaceAll(/reported (\d\d:\d\d|\d+ Nov), locked|last reported locked/g, '')
            .replaceAll(/unknown: .+ or \w+/g, '');
          const mayClaim = isKnown && state.state === 1 && [0, 3, 4, 5].includes(type);
          if (!mayClaim) assert.doesNotMatch(claims, /\blocked\b/);
          if (!isKnown)
            assert.doesNotMatch(
              text.replaceAll(/last (known|reported): door (open|closed)/g, ''),
              /door (open|closed)/,
            );
          assert.doesNotMatch(text, /\{\d\}|NaN/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the kind of a device in words', () => {
  for (const [words, device] of [
    ['Smart Lock (1st/2nd generation)', lock({ type: 0 })],
    ['Box', lock({ type: 1 })],
    ['Opener', opener()],
    ['Smart Door', lock({ type: 3 })],
    ['Smart Door (MyEVO)', lock({ type: 3, lmType: 1 })],
    ['Smart Lock (3rd/4th generation)', lock({ lmType: 1 }, {}, { productVariant: 3 })],
    ['Smart Lock (5th generation, Ultra)', lock({ type: 5 }, {}, { productVariant: 3 })],
    ['Smart Lock (5th generation, unknown (9))', lock({ type: 5 }, {}, { productVariant: 9 })],
    ['Smart Lock (5th generation)', lock({ type: 5 }, {}, { productVariant: 0 })],
    ['Smart Door (unknown (7))', lock({ type: 3, lmType: 7 })],
    ['Smart Door', lock({ type: 3, lmType: 0 })],
    ['unknown kind (99)', lock({ type: 99 })],
  ] as const) {
    it(`is ${words}`, () => assert.equal(kindText(device, context), words));
  }
});

describe('the name of a device', () => {
  const named = (name: string, smartlockId = lockId): Smartlock => lock({ name, smartlockId });
  const nameOf = (device: Smartlock, ...others: Smartlock[]): string =>
    deviceName(
      device,
      [device, ...others].map((each) => ({ device: each })),
      context,
    );

  it('is its own, alone among devices of other names', () => {
    assert.equal(nameOf(named('Front door'), named('Back door', 5)), 'Front door');
  });

  it('carries the end of its id where another device bears the same name', () => {
    assert.equal(nameOf(named('Front door'), named('Front door', 5)), 'Front door …E9E4');
    assert.equal(nameOf(named('Front door', 5), named('Front door')), 'Front door …0005');
  });

  it('and where another only looks the same', () => {
    for (const twin of [
      'Front\u200B door',
      '\u202EFront door',
      'Front door\uFE0F',
      'Front\u00A0door',
      'Front  door',
      'Ｆront door',
    ])
      assert.equal(nameOf(named('Front door'), named(twin, 5)), 'Front door …E9E4', JSON.stringify(twin));
    assert.equal(nameOf(named('Caf\u00E9'), named('Cafe\u0301', 5)), 'Café …E9E4');
    const long = 'x'.repeat(70);
    assert.match(nameOf(named(`${long}a`), named(`${long}b`, 5)), /…E9E4$/);
  });

  it('is safe, and its id where nothing can be shown of it', () => {
    assert.equal(nameOf(named('\u202Egnp.rood\u0000')), 'gnp.rood');
    for (const name of ['', '   ', '\u200B\u202E']) assert.equal(nameOf(named(name)), `Device ${lockId}`);
  });
});
