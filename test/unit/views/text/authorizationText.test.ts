import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../../src/base/locale.ts';
import {
  authorizationCount,
  authorizationSummary,
  creationSummary,
} from '../../../../src/views/text/authorizationText.ts';
import { authorizationHover } from '../../../../src/views/hover/authorizationHover.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { authorization, codeJson, lock, lockId } from '../../devices.ts';
import { pendingCreation, pendingEdit } from '../../pendingChanges.ts';

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
  it('is type, schedule on the clock of the lock, and that it gives access', () => {
    assert.equal(
      summary(),
      'keypad code · Mon–Fri 09:00–17:00, from 1 Jan 2026, 09:00, until 30 Jun 2027, 18:00 · active',
    );
    assert.equal(summary({ ...unlimited, type: 0 }), 'app · always · active');
  });

  it('begins with what denies access', () => {
    assert.equal(summary({ ...unlimited, enabled: false }), 'disabled · keypad code · always');
    const expired = summary({ ...unlimited, allowedUntilDate: new Date(now - 3 * day).toISOString() });
    assert.match(expired, /^expired 3 days ago · keypad code · until /);
    const upcoming = summary({ ...unlimited, allowedFromDate: new Date(now + day).toISOString() });
    assert.match(upcoming, /^upcoming · keypad code · from /);
  });

  it('claims nothing of one whose end cannot be read', () => {
    assert.equal(
      summary({ ...unlimited, allowedUntilDate: '30.06.2027' }),
      'validity unknown · keypad code · until unknown date',
    );
  });

  it('begins with what the lock has not taken yet', () => {
    assert.equal(summary({ ...unlimited, operationId: {} }), 'pending on the lock · keypad code · always · active');
    assert.equal(
      summary({ ...unlimited, operationId: 'x', enabled: false }),
      'pending on the lock · disabled · keypad code · always',
    );
  });

  it("begins with Nuki's error, fit to be shown, without a code in it", () => {
    assert.equal(
      summary({ ...unlimited, error: 'no\u202Esuch\nlock' }),
      'error: nosuch lock · keypad code · always · active',
    );
    for (const error of ['code 593817 exists', 'code_593817 exists', 'code593817exists']) {
      assert.doesNotMatch(summary({ ...unlimited, error }), /593817/);
    }
    assert.match(summary({ ...unlimited, error: 'code 593817 exists' }), /^error: code \W+ exists · /);
    assert.equal(summary({ ...unlimited, error: '' }), 'keypad code · always · active');
  });

  it('is not said to be active, but to be listed, until the lock has confirmed it', () => {
    const fresh = { ...unlimited, updateDate: null, lockCount: 0, lastActiveDate: null };
    const doubt = 'listed by Nuki, not yet confirmed by the lock';
    assert.equal(summary(fresh), `${doubt} · keypad code · always`);
    assert.equal(summary({ ...fresh, enabled: false }), `${doubt} · disabled · keypad code · always`);
  });

  it('keeps the number of an unknown type', () => {
    assert.equal(summary({ ...unlimited, type: 99 }), 'unknown (99) · always · active');
  });

  it('says that dates are in UTC where the zone of the lock is not known', () => {
    const dated = { ...unlimited, allowedUntilDate: '2027-06-30T16:00:00.000Z' };
    assert.equal(
      summary(dated, lock({}, {}, { timezoneId: 65_535 })),
      'keypad code · until 30 Jun 2027, 16:00 UTC · active',
    );
  });
});

describe('what was asked of an authorization', () => {
  const requested = { type: 13, name: 'Guest', remoteAllowed: false, allowedWeekDays: 124 };
  const creation = pendingCreation({ requested });

  it('is told before everything else, until it is done', () => {
    assert.equal(creationSummary(creation, lock(), context), 'pending on the lock · keypad code · Mon–Fri');
    assert.match(
      creationSummary({ ...creation, givenUp: true }, lock(), context),
      /^not on the lock yet · keypad code/,
    );
    const change = pendingEdit({ id: 'a', givenUp: true });
    const changed = summary({ id: 'a' }, lock(), { pendingChanges: [change] });
    assert.match(changed, /^change not on the lock yet · keypad code · .* · active$/);
  });

  it('is told of the entry that a creation is listed as', () => {
    const fields = { ...unlimited, id: 'a', updateDate: null, lockCount: 0, lastActiveDate: null };
    const listed = { ...creation, listed: 'yes', listedAs: ['a'], givenUp: true, checkedAt: now } as const;
    assert.match(
      summary(fields, lock(), { pendingChanges: [listed] }),
      /^listed by Nuki, not yet confirmed by the lock \(checked \d\d:\d\d\) · keypad code · always$/,
    );
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

describe('how full a device is', () => {
  const list = (...types: number[]) => ({
    items: types.map((type, index) => authorization({ type, id: String(index) })),
    unreadable: [],
    readAt: now,
  });

  it('counts codes and other authorizations apart', () => {
    assert.equal(authorizationCount(list(0, 2, 13, 13, 13), lock(), context), '2 of 200 · 3 of 200 codes');
    const many = list(...Array.from({ length: 100 }, () => 13));
    assert.equal(authorizationCount(many, lock(), context), '0 of 200 · 100 of 200 codes (older keypads: 100)');
    assert.equal(authorizationCount(list(0), lock({ type: 1 }), context), '1 of 100');
    assert.equal(authorizationCount(list(), lock(), context), '0 of 200');
  });
});
