import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { authorizationGroups } from '../../../../src/nuki/authorization/authorizationType.ts';
import { addressOf, idOf, type NodeAddress } from '../../../../src/views/tree/nodes.ts';
import { lockId } from '../../devices.ts';

const text = fc.oneof(
  fc.constantFrom(
    '7',
    'demo',
    '',
    '/',
    '..',
    '%',
    '%2F',
    'a/b',
    '__proto__',
    'constructor',
    '\uD800',
    '\uDC00',
    '"',
    '\\',
    '\\ud800',
    '\n',
    '€',
    '🚪',
    'a.b~c',
  ),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => [...bytes].map((byte) => String.fromCharCode(0xd800 + byte)).join('')),
);
const accountId = text;
const smartlockId = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const index = fc.nat();
const addresses: fc.Arbitrary<NodeAddress> = fc.oneof(
  fc.record({ kind: fc.constant('account' as const), accountId }),
  fc.record({ kind: fc.constant('notice' as const), accountId }),
  fc.record({ kind: fc.constant('notice' as const), accountId, smartlockId }),
  fc.record({ kind: fc.constant('unreadable' as const), accountId, index }),
  fc.record({ kind: fc.constant('device' as const), accountId, smartlockId }),
  fc.record({ kind: fc.constant('authorizations' as const), accountId, smartlockId }),
  fc.record({
    kind: fc.constant('authorizationGroup' as const),
    accountId,
    smartlockId,
    group: fc.constantFrom(...authorizationGroups),
  }),
  fc.record({ kind: fc.constant('unreadableAuthorization' as const), accountId, smartlockId, index }),
  fc.record({ kind: fc.constant('authorization' as const), accountId, smartlockId, id: text }),
  fc.record({ kind: fc.constant('pendingAuthorization' as const), accountId, smartlockId, key: text }),
  fc.record({ kind: fc.constant('activity' as const), accountId, smartlockId }),
  fc.record({ kind: fc.constant('activityNotice' as const), accountId, smartlockId }),
  fc.record({ kind: fc.constant('activityEntry' as const), accountId, smartlockId, id: text }),
  fc.record({ kind: fc.constant('moreActivity' as const), accountId, smartlockId }),
);

describe('the id of a row', () => {
  it('leads back to its address, whatever ids an API gives', () => {
    fc.assert(
      fc.property(addresses, (address) => assert.deepEqual(addressOf(idOf(address)), { ...address })),
      { numRuns: 2_000 },
    );
  });

  it('is that of one row only', () => {
    fc.assert(
      fc.property(addresses, addresses, (one, other) => {
        if (idOf(one) === idOf(other)) assert.deepEqual({ ...one }, { ...other });
      }),
    );
  });

  it('reads like a path', () => {
    assert.equal(idOf({ kind: 'account', accountId: '7' }), 'account/7');
    assert.equal(idOf({ kind: 'device', accountId: '7', smartlockId: lockId }), `account/7/device/${lockId}`);
    assert.equal(
      idOf({ kind: 'authorization', accountId: '7', smartlockId: 42, id: '5f0c1d2e3a4b5c6d7e8f9a0b' }),
      'account/7/device/42/auth/5f0c1d2e3a4b5c6d7e8f9a0b',
    );
    assert.equal(idOf({ kind: 'activity', accountId: '7', smartlockId: 42 }), 'account/7/device/42/activity');
    assert.equal(idOf({ kind: 'notice', accountId: '7', smartlockId: 42 }), 'account/7/device/42/notice');
  });

  it('is no row in anything else that a command may be given', () => {
    const others: unknown[] = [
      undefined,
      null,
      42,
      lockId,
      true,
      Symbol('x'),
      {},
      [],
      ['account/7'],
      { smartlockId: lockId },
      { toString: () => 'account/7' },
      () => 'account/7',
      '',
      'account',
      'Account/7',
      'account/7/',
      'account/7/device',
      'account/7/device/',
      'account/7/device/NaN',
      'account/7/device/Infinity',
      'account/7/device/-1',
      'account/7/device/0',
      'account/7/device/1.5',
      'account/7/device/1e3',
      'account/7/device/0x10',
      'account/7/device/ 42',
      'account/7/device/042',
      'account/7/device/9007199254740993',
      'account/7/device/42/',
      'account/7/device/42/auth',
      'account/7/device/42/auth/a/b',
      'account/7/device/42/unlock',
      'account/7/device/42/authorizations/x',
      'account/7/unreadable',
      'account/7/unreadable/-1',
      'account/7/unreadable/NaN',
      'account/7/unreadable/1.5',
      'account/7/nothing',
      'account/%',
      'account/%zz',
      'account/%37',
      'account/%22',
      'account/"',
      'account/%5C',
      'account/%5Cu0037',
      'account/%22%2C%22',
      'account/\uD800',
      'account/a b',
      'x/account/7',
      '//account/7',
    ];
    for (const other of others) assert.equal(addressOf(other), undefined, String(other));
  });

  it('is a row only in a text that it would be written as itself', () => {
    const path = fc.array(fc.oneof(fc.constantFrom('account', 'device', 'auth', '7', '42', 'notice', ''), fc.string()));
    fc.assert(
      fc.property(path, (parts) => {
        const address = addressOf(parts.join('/'));
        if (address) assert.equal(idOf(address), parts.join('/'));
      }),
      { numRuns: 2_000 },
    );
  });
});
