import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../../src/base/locale.ts';
import { authorizationSummary, creationSummary } from '../../../../src/views/text/authorizationText.ts';
import { authorizationHover } from '../../../../src/views/hover/authorizationHover.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { authorization, codeJson, lock, lockId } from '../../devices.ts';
import { pendingCreation, pendingEdit } from '../../pendingChanges.ts';
import { setOwnClock } from '../ownClock.ts';

const now = Date.UTC(2026, 10, 23, 12);
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
const day = 86_400_000;
/** What is known of a device whose list has one authorization. */
const stateOf = (fields: Parameters<typeof authorization>[0], device = lock()): DeviceState => ({
  accountId: '7',
  device,
  seenAt: now,
  authorizations: { items: [authorization(fields)], unreadable: [], readAt: now },
});
const summary = (fields = {}, device = lock(), known: Partial<DeviceState> = {}): string =>
  authorizationSummary(authorization(fields), { ...stateOf(fields, device), ...known }, context);
const unlimited = {
  allowedFromDate: null,
  allowedUntilDate: null,
  allowedWeekDays: null,
  allowedFromTime: null,
  allowedUntilTime: null,
};

describe('an authorization at one glance', () => {
  setOwnClock('Europe/Berlin');

  it('is when it opens, and nothing of one that always does', () => {
    assert.equal(
      summary({ ...unlimited, allowedWeekDays: 124, allowedFromTime: 540, allowedUntilTime: 1_020 }),
      'Mon–Fri 09–17',
    );
    assert.equal(summary(), 'Mon–Fri 09–17 · until 30 Jun');
    for (const type of [0, 2, 13, 99]) assert.equal(summary({ ...unlimited, type }), '');
  });

  it('is that it does not open, alone', () => {
    assert.equal(summary({ enabled: false }), 'disabled');
    assert.equal(summary({ allowedUntilDate: new Date(now - 3 * day).toISOString() }), 'expired');
    assert.equal(summary({ ...unlimited, allowedFromDate: new Date(now + day).toISOString() }), 'from 24 Nov');
  });

  it('claims nothing of one whose end cannot be read', () => {
    assert.equal(summary({ ...unlimited, allowedUntilDate: '30.06.2027' }), 'validity unknown · unknown date');
  });

  it('begins with what the lock has not taken yet', () => {
    assert.equal(summary({ ...unlimited, operationId: {} }), 'waiting for the lock');
    assert.equal(summary({ ...unlimited, operationId: 'x', enabled: false }), 'waiting for the lock · disabled');
  });

  it("begins with Nuki's error, fit to be shown, without a code in it", () => {
    assert.equal(summary({ ...unlimited, error: 'no\u202Esuch\nlock' }), 'error: nosuch lock');
    for (const error of ['code 593817 exists', 'code_593817 exists', 'code593817exists']) {
      assert.doesNotMatch(summary({ ...unlimited, error }), /593817/);
    }
    assert.match(summary({ ...unlimited, error: 'code 593817 exists' }), /^error: code \W+ exists$/);
    assert.equal(summary({ ...unlimited, error: '' }), '');
  });

  it('says first that the lock has not confirmed it', () => {
    const fresh = { ...unlimited, allowedWeekDays: 124, updateDate: null, lockCount: 0, lastActiveDate: null };
    assert.equal(summary(fresh), 'not yet confirmed · Mon–Fri');
    assert.equal(summary({ ...fresh, enabled: false }), 'not yet confirmed · disabled');
  });
});

describe('what was asked of an authorization', () => {
  const requested = { type: 13, name: 'Guest', remoteAllowed: false, allowedWeekDays: 124 };
  const creation = pendingCreation({ requested });

  it('is told before everything else, until it is done', () => {
    assert.equal(creationSummary(creation, lock(), context), 'waiting for the lock · Mon–Fri');
    assert.equal(creationSummary({ ...creation, givenUp: true }, lock(), context), "hasn't reached the lock · Mon–Fri");
    const change = pendingEdit({ id: 'a', givenUp: true });
    const changed = summary({ ...unlimited, id: 'a' }, lock(), { pendingChanges: [change] });
    assert.equal(changed, 'change not saved yet');
  });

  it('is told of the entry that a creation is listed as', () => {
    const fields = { ...unlimited, id: 'a', updateDate: null, lockCount: 0, lastActiveDate: null };
    const listed = { ...creation, listed: 'yes', listedAs: ['a'], givenUp: true, checkedAt: now } as const;
    assert.equal(summary(fields, lock(), { pendingChanges: [listed] }), 'not yet confirmed');
  });
});

describe('the code of a keypad code', () => {
  it('stands nowhere in what is shown', () => {
    const codes = fc.integer({ min: 200_000, max: 999_999 }).filter((code) => !String(lockId).includes(String(code)));
    fc.assert(
      fc.property(codes, fc.constantFrom(0, 13, 99), fc.boolean(), (code, type, enabled) => {
        const shown = authorization({ ...codeJson(), ...unlimited, code, type, enabled, authId: code });
        const said =
          authorizationSummary(shown, stateOf(shown), context) +
          JSON.stringify(authorizationHover(shown, stateOf(shown), context)) +
          JSON.stringify(shown);
        assert.ok(!said.includes(String(code)));
      }),
    );
  });
});
