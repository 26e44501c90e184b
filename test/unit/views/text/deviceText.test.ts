import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { Doubt } from '../../../../src/model/news.ts';
import type { Operation, Outcome, Uncertainty } from '../../../../src/model/operation.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import { actions, isActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import {
  deviceHeadline,
  deviceName,
  deviceSummary,
  isCurrent,
  kindText,
} from '../../../../src/views/text/deviceText.ts';
import { clockSecond } from '../../../../src/views/text/timeText.ts';
import { deviceHover } from '../../../../src/views/hover/deviceHover.ts';
import { lock, lockId, opener } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';
import { wordsOf } from '../hover/words.ts';

const second = 1_000;
const minute = 60 * second;
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
const account: AccountState = { id: accountId, label: 'Home', demo: false, devices: [], unreadable: [] };
const hoverWords = (state: DeviceState): string =>
  wordsOf(deviceHover({ state, others: [], account, canUnlatch: true }, context));
const reported = clockSecond(now - minute, context);
const ended = (outcome: Outcome): Circumstances => ({ operation: { action: 'unlock', since: now, outcome } });

describe('a device at one glance', () => {
  const plain = { batteryCharge: undefined, doorState: 0 };

  it('is its state, its door and its battery', () => {
    assert.equal(summary(lock()), 'locked · door closed · 82 %');
    assert.equal(summary(lock({}, { ...plain, state: 3 })), 'unlocked');
    assert.equal(summary(opener({}, plain)), 'online');
  });

  it('is the last known state and its age when that is stale', () => {
    assert.equal(summary(lock({}, plain), { old: 2 * minute }), 'locked');
    assert.equal(summary(lock({}, plain), { old: 2 * minute + 1 }), 'last known: locked, 2 min. ago');
    assert.equal(summary(lock(), { old: 3 * 60 * minute }), 'last known: locked, 3 hr. ago · 82 %');
  });

  it('is the last known state, and when the device reported it, when that is offline or not connected', () => {
    const gone = (serverState: number | null): string => summary(lock({ serverState }, plain));
    const last = `last known: locked, reported ${reported}`;
    assert.equal(gone(4), `offline · ${last}`);
    assert.equal(gone(1), `unregistered · ${last}`);
    assert.equal(gone(2), `authorization id invalid · ${last}`);
    assert.equal(gone(3), `authorization invalid · ${last}`);
    assert.equal(gone(77), `unknown (77) · ${last}`);
    assert.equal(gone(null), `– · ${last}`);
    const since = (updateDate: string | null): string => summary(lock({ serverState: 4, updateDate }, plain));
    assert.match(since('2026-11-21T12:19:00Z'), /^offline · last known: locked, reported Nov 21, \d\d:19$/);
    assert.equal(since(null), 'offline · last known: locked');
  });

  it('is the last known state, and when the device reported it, when only an older copy answers', () => {
    assert.equal(summary(lock({}, plain), { doubt: { kind: 'outdated' } }), 'last known: locked, reported 11:59:00');
  });

  it('is unknown, whichever of two reports is right that contradict each other', () => {
    const contradicted = (device: Smartlock, other: Smartlock): string =>
      summary(device, { doubt: { kind: 'contradictory', other } });
    const [locked, unlocked] = [lock({}, plain), lock({}, { ...plain, state: 3 })];
    assert.equal(contradicted(locked, unlocked), 'unknown: reported as locked and as unlocked');
    const away = lock({ serverState: 4 }, plain);
    assert.equal(contradicted(away, unlocked), 'offline · unknown: reported as locked and as unlocked');
    const open = lock({}, { ...plain, doorState: 3 });
    assert.equal(contradicted(locked, open), 'unknown: two reports contradict each other');
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

  it('says what somebody has to look at: a keypad that was moved, a door sensor that is gone, an error', () => {
    const paired = { keypadPaired: true };
    assert.equal(summary(lock({}, { ...plain, keypadMountingState: 2 }, paired)), 'locked · keypad moved');
    assert.equal(summary(lock({}, { ...plain, keypadMountingState: 255 }, paired)), 'locked · keypad mounting error');
    assert.equal(summary(lock({}, { ...plain, keypadMountingState: 1 }, paired)), 'locked');
    assert.equal(summary(lock({}, { ...plain, doorState: 240 })), 'locked · door sensor removed or tampered with');
    assert.equal(
      summary(lock({ serverState: 4 }, { ...plain, doorState: 240 })),
      `offline · last known: locked, reported ${reported} · door sensor removed or tampered with`,
    );
    assert.equal(summary(lock({ error: 'x\u202Ey\n' }, plain)), 'locked · error: xy');
    assert.equal(summary(lock({ error: '' }, plain)), 'locked');
  });

  it('takes a mounting state for nothing where no keypad is paired', () => {
    const none = { keypadPaired: false, keypad2Paired: false };
    assert.equal(summary(lock({}, { ...plain, keypadMountingState: 255 }, none)), 'locked');
    assert.equal(summary(lock({ config: null }, { ...plain, keypadMountingState: 2 })), 'locked · keypad moved');
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

  it('says what was reported before of a device that was there already', () => {
    const unlocked = lock({}, { ...plain, state: 3 });
    assert.match(
      summary(unlocked, ended({ kind: 'confirmed', at: now, reportedBefore: unlocked })),
      /^unlocked · confirmed \d\d:\d\d:\d\d, was already reported as unlocked$/,
    );
  });

  it('says how it ended', () => {
    const device = lock({}, { ...plain, state: 3 });
    assert.match(summary(device, ended({ kind: 'confirmed', at: now })), /^unlocked · confirmed \d\d:\d\d:\d\d$/);
    assert.equal(
      summary(device, ended({ kind: 'failed', at: now, completion: 1 })),
      'unlocked · failed: motor blocked',
    );
    assert.equal(
      summary(device, ended({ kind: 'failed', at: now, completion: 99 })),
      'unlocked · failed: unknown (99)',
    );
    assert.equal(summary(device, ended({ kind: 'failed', at: now })), 'unlocked · failed');
    assert.equal(summary(device, ended({ kind: 'fault', at: now, state: 254 })), 'unlocked · failed: motor blocked');
    assert.equal(
      summary(device, ended({ kind: 'unconfirmed', at: now, reason: 'unseen' })),
      'unlocked · not confirmed · check the door',
    );
  });

  it('begins with how it ended where its state is not known now: a narrow sidebar cuts off the rest', () => {
    const unseen = ended({ kind: 'unconfirmed', at: now, reason: 'unseen' });
    const last = `last known: locked, reported ${reported}`;
    assert.equal(
      summary(lock({ serverState: 4 }, plain), unseen),
      `not confirmed · check the door · offline · ${last}`,
    );
    assert.equal(
      summary(lock({}, plain), { ...unseen, doubt: { kind: 'outdated' } }),
      `not confirmed · check the door · ${last}`,
    );
    assert.equal(
      summary(lock({}, plain), { ...unseen, old: 3 * minute }),
      'not confirmed · check the door · last known: locked, 3 min. ago',
    );
    assert.equal(
      deviceHeadline(
        seen(lock({ serverState: 4 }, plain), ended({ kind: 'unconfirmed', at: now, reason: 'anyone' })),
        context,
      ),
      `not known by whom · check the door · offline · ${last}`,
    );
  });

  it('names the action that was done where the device is elsewhere by now', () => {
    const device = lock({}, plain);
    assert.match(
      summary(device, ended({ kind: 'confirmed', at: now, now: device })),
      /^locked · "[A-Z][^"]*" confirmed \d\d:\d\d:\d\d$/,
    );
  });

  it('says why it is not known how it ended', () => {
    const device = lock({}, { ...plain, state: 3 });
    const reasons: readonly (readonly [Uncertainty, RegExp])[] = [
      ['unseen', /^not confirmed · check the door$/],
      ['perhapsNotTaken', /^not known whether Nuki has taken it · check the door$/],
      ['unreadable', /^not confirmed: could not be read/],
      ['rateLimited', /^not confirmed: Nuki asked to wait until \d\d:\d\d/],
      ['anyone', /^not known by whom/],
      ['unlogged', /^reported, the log could not be read$/],
      ['mixed', /^not confirmed: another client acted at the same time/],
      ['earlier', /^not confirmed: an earlier one may have done it/],
      ['lockingUnseen', /^opened, locking not seen/],
    ];
    for (const [reason, words] of reasons) {
      const text = summary(device, ended({ kind: 'unconfirmed', at: now, reason }));
      assert.match(text.replace(/^unlocked · /, ''), words);
    }
  });

  it('has the outcome as its headline, else the state; and the state too where the outcome does not tell it', () => {
    const device = lock({}, plain);
    const headline = (circumstances?: Circumstances): string => deviceHeadline(seen(device, circumstances), context);
    assert.equal(headline(), 'locked');
    assert.equal(headline(ended({ kind: 'unconfirmed', at: now, reason: 'unseen' })), 'not confirmed · check the door');
    assert.equal(headline({ old: 5 * minute }), 'last known: locked, 5 min. ago');
    assert.equal(deviceHeadline(seen(lock({}, { doorState: 3 })), context), 'locked · door open');
    assert.match(headline(ended({ kind: 'unconfirmed', at: now, reason: 'anyone' })), /^locked · not known by whom/);
    assert.match(headline(ended({ kind: 'confirmed', at: now, now: device })), /^locked · ".*" confirmed/);
  });

  it('says nothing of a door without a sensor that was heard lately', () => {
    assert.equal(summary(lock({}, { batteryCharge: null, doorState: 3 })), 'locked · door open');
    for (const doorState of [0, 1, null]) assert.equal(summary(lock({}, { ...plain, doorState })), 'locked');
    assert.doesNotMatch(summary(lock({}, { doorState: 2 }), { old: minute * 5 }), /door/);
    assert.doesNotMatch(summary(lock({ serverState: 4 }, { doorState: 2 })), /door/);
  });

  it('says which battery is critical rather than how full it is', () => {
    assert.equal(summary(lock({}, { doorState: 0, batteryCritical: true })), 'locked · battery critical');
    const all = { batteryCritical: true, keypadBatteryCritical: true, doorsensorBatteryCritical: true };
    assert.equal(
      summary(lock({}, all)),
      'locked · door closed · battery critical · keypad battery critical · door sensor battery critical',
    );
  });

  it('says how long a visitor who rings is let in', () => {
    const ringing = { ...plain, state: 3, ringToOpenEnd: '2026-11-23T12:20:00Z' };
    assert.equal(summary(opener({}, ringing)), 'ring to open until 13:20');
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

  it('never reads "locked", unless "last known" stands before it', () => {
    fc.assert(
      fc.property(circumstances, ({ type, serverState, old, operationId, outcome, doubt, ...state }) => {
        const device = lock({ type, serverState, operationId }, state);
        const shown = seen(device, { old, doubt, ...(outcome && ended(outcome)) });
        const isKnown = serverState === 0 && old <= 2 * minute && !doubt;
        assert.equal(isCurrent(shown, context), isKnown);
        for (const text of [deviceSummary(shown, context), deviceHeadline(shown, context), hoverWords(shown)]) {
          const claims = text
            .replaceAll('last known: locked', '')
            .replaceAll(/unknown: reported as .+ and as \w+/g, '');
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
