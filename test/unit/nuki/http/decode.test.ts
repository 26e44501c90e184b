import {
  accountSchema,
  activitySchema,
  authorizationSchema,
  smartlockSchema,
} from '../../../../src/nuki/http/schemas.ts';
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decode, decodeList } from '../../../../src/nuki/http/decode.ts';
import { createClient, type NukiClient } from '../../../../src/nuki/http/client.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import type { HttpServices } from '../../../../src/nuki/http/http.ts';
import { systemClock } from '../../../../src/base/clock.ts';
import { phaseOfDevice } from '../../../../src/nuki/smartlock.ts';
import { codeJson, lock, lockId, lockJson, opener } from '../../devices.ts';

interface Fields {
  readonly [field: string]: unknown;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paths of all fields of `json`, of those of its objects too. */
function pathsOf(json: Fields): string[][] {
  return Object.entries(json).flatMap(([field, value]) => [
    [field],
    ...(isFields(value) ? pathsOf(value).map((path) => [field, ...path]) : []),
  ]);
}

/** `json` with what `path` leads to replaced; `undefined` takes it out. */
function replaced(json: Fields, [field = '', ...rest]: readonly string[], value: unknown): Fields {
  const inner = json[field];
  const next = rest.length > 0 && isFields(inner) ? replaced(inner, rest, value) : value;
  if (next !== undefined) return { ...json, [field]: next };
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== field));
}

const wrong: readonly [how: string, value: unknown][] = [
  ['missing', undefined],
  ['null', null],
  ['a text', 'x'],
  ['an empty text', ''],
  ['a number', 12.5],
  ['a huge number', 1e300],
  ['a truth', true],
  ['a list', [1, { a: 1 }]],
  ['an object', { a: { b: 1 } }],
];

const sibling = lockJson({ smartlockId: lockId + 1, name: 'Back door' });
const required = ['smartlockId', 'type', 'name'];

describe('a list of devices', () => {
  for (const [how, value] of wrong) {
    it(`with any one field ${how} never loses the other device, nor itself but for id, type and name`, async () => {
      for (const path of pathsOf(lockJson())) {
        const { items, unreadable } = await decodeList(
          smartlockSchema,
          [replaced(lockJson(), path, value), sibling],
          'smartlockId',
        );
        assert.equal(items.at(-1)?.name, 'Back door', path.join('.'));
        assert.equal(items.length + unreadable.length, 2, path.join('.'));
        if (!required.includes(path.join('.'))) assert.deepEqual(unreadable, [], path.join('.'));
      }
    });
  }

  it('a device without a state is known, and its state unknown', () => {
    for (const state of [undefined, null, 'locked', 1, []]) {
      assert.equal(phaseOfDevice(decode(smartlockSchema, { ...lockJson(), state })), 'unknown');
    }
  });

  it('a field of a wrong type is not known; its siblings are', () => {
    const device = lock({ serverState: 'ok' }, { doorState: '2', batteryCharge: '82' }, { timezoneId: '37' });
    assert.deepEqual(
      [device.serverState, device.state?.doorState, device.config?.timezoneId],
      [undefined, undefined, undefined],
    );
    assert.equal(device.state?.state, 1);
    assert.equal(device.adminPinState, 0);
  });

  it('what is no device at all is one unreadable row each, and no other is lost', async () => {
    const rubbish = [null, 1, 'x', [], {}, true, [[]], { smartlockId: {} }];
    const { items, unreadable } = await decodeList(smartlockSchema, [...rubbish, sibling], 'smartlockId');
    assert.deepEqual(
      items.map(({ name }) => name),
      ['Back door'],
    );
    assert.deepEqual(
      unreadable.map(({ index }) => index),
      rubbish.map((_, index) => index),
    );
  });

  it('says the path of what it did not understand, never a value', async () => {
    const { unreadable } = await decodeList(smartlockSchema, [lockJson({ name: 593_817 })], 'smartlockId');
    assert.deepEqual(unreadable, [{ index: 0, id: String(lockId), problem: 'name', type: 4 }]);
  });

  it('keeps a type that is a number, and no other', async () => {
    const types = [13, '13', null, undefined, { code: 593_817 }];
    const list = types.map((type, index) => lockJson({ smartlockId: index + 1, name: 7, type }));
    const { unreadable } = await decodeList(smartlockSchema, list, 'smartlockId');
    assert.deepEqual(
      unreadable.map(({ type }) => type),
      [13, undefined, undefined, undefined, undefined],
    );
  });

  it('survives any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), async (list) => {
        const { items, unreadable } = await decodeList(smartlockSchema, [...list, sibling], 'smartlockId');
        assert.ok(items.some(({ name }) => name === 'Back door'));
        assert.equal(items.length + unreadable.length, list.length + 1);
      }),
    );
  });

  for (const id of [0, -1, 1.5, '9007199254740993', '17179869185', null, Number.NaN]) {
    it(`the id ${JSON.stringify(id)} is unreadable and shown as it stands`, async () => {
      const { items, unreadable } = await decodeList(smartlockSchema, [lockJson({ smartlockId: id })], 'smartlockId');
      assert.deepEqual(items, []);
      assert.equal(unreadable[0]?.id, id === null ? undefined : String(id));
      assert.equal(unreadable[0]?.problem, 'smartlockId');
    });
  }

  it('of two devices with one id the first is kept and the second flagged', async () => {
    const { items, unreadable } = await decodeList(
      smartlockSchema,
      [lockJson(), lockJson({ name: 'Twin' }), sibling],
      'smartlockId',
    );
    assert.deepEqual(
      items.map(({ name }) => name),
      ['Front door', 'Back door'],
    );
    assert.deepEqual(unreadable, [{ index: 1, id: String(lockId), problem: 'duplicate', type: 4 }]);
  });

  it('a type 99 in state 226 keeps its numbers and is never locked', () => {
    const device = lock({ type: 99 }, { state: 226, doorState: 77 });
    assert.equal(device.type, 99);
    assert.equal(device.state?.state, 226);
    assert.equal(phaseOfDevice(device), 'unknown');
    for (let state = 0; state < 256; state += 1)
      assert.notEqual(phaseOfDevice(lock({ type: 99 }, { state })), 'secure');
  });

  it("the specification's own maxima are not believed", () => {
    assert.equal(lock({ type: 5 }, { mode: 5, trigger: 7, lastAction: 7 }).state?.trigger, 7);
    assert.equal(decode(authorizationSchema, codeJson({ type: 13 })).type, 13);
    assert.equal(decode(activitySchema, { id: 'a', action: 1, state: 0 }).state, 0);
  });

  it('unknown fields are left out', () => {
    const device = decode(smartlockSchema, { ...lockJson(), zz: { deep: [[[[[{}]]]]] }, __proto__x: 1 });
    assert.ok(!Object.hasOwn(device, 'zz'));
    assert.deepEqual(device, lock());
  });

  it('a field named __proto__ gives no object a field', () => {
    const json: unknown = JSON.parse(`{"__proto__":{"serverState":0},"smartlockId":17179869185,"type":4,"name":"x"}`);
    assert.equal(decode(smartlockSchema, json).serverState, undefined);
  });

  it('what is no list, or one of nothing that could be a device, is refused whole', async () => {
    for (const json of [null, undefined, {}, { 0: lockJson() }, 'x', 42, true, ['x'.repeat(1_000)], [null, 1]]) {
      await assert.rejects(
        decodeList(smartlockSchema, json, 'smartlockId'),
        (error) => error instanceof NukiError && error.reason === 'unexpectedAnswer' && error.path === 'list',
      );
    }
  });

  it('of a device that is listed as it is known is that very object, and of any other what it says now', async () => {
    const known = lock();
    const read = async (json: Fields): Promise<unknown> =>
      (await decodeList(smartlockSchema, [json], 'smartlockId', { known: () => known })).items[0];
    assert.equal(await read({ ...lockJson(), fieldOfNextYear: 1 }), known);
    for (const path of pathsOf(lockJson())) {
      for (const [, value] of wrong) {
        const json = replaced(lockJson(), path, value);
        const alone = (await decodeList(smartlockSchema, [json], 'smartlockId')).items[0];
        assert.deepEqual(await read(json), alone, path.join('.'));
      }
    }
  });

  it('an empty list is a list', async () => {
    assert.deepEqual(await decodeList(smartlockSchema, [], 'smartlockId'), { items: [], unreadable: [] });
  });
});

describe('a list of authorizations', () => {
  it('with any one field of a wrong type never loses the others', async () => {
    const other = codeJson({ id: 'b'.repeat(24), name: 'Other' });
    for (const [, value] of wrong) {
      for (const path of pathsOf(codeJson())) {
        const { items, unreadable } = await decodeList(
          authorizationSchema,
          [replaced(codeJson(), path, value), other],
          'id',
        );
        assert.equal(items.at(-1)?.name, 'Other');
        if (!['id', 'type', 'name'].includes(path.join('.'))) assert.deepEqual(unreadable, [], path.join('.'));
      }
    }
  });

  it('of two with one id the first is kept and the second flagged', async () => {
    const { items, unreadable } = await decodeList(authorizationSchema, [codeJson(), codeJson()], 'id');
    assert.equal(items.length, 1);
    assert.equal(unreadable[0]?.problem, 'duplicate');
  });
});

describe('one object', () => {
  it('is refused by the path of its first bad field, without the value', () => {
    assert.throws(
      () => decode(accountSchema, { accountId: 'secret@example.com' }),
      (error) =>
        error instanceof NukiError &&
        error.reason === 'unexpectedAnswer' &&
        error.path === 'accountId' &&
        !error.message.includes('secret'),
    );
  });

  it('is not null', () => {
    for (const json of [null, [], 1, 'x'])
      assert.throws(
        () => decode(accountSchema, json),
        (error) => error instanceof NukiError && error.reason === 'unexpectedAnswer',
      );
  });

  it('an Opener is understood by the same schema', () => assert.equal(opener().type, 2));
});

describe('an answer that nests deeper than any of Nuki', () => {
  const unexpected = { name: 'NukiError', reason: 'unexpectedAnswer' };

  const clientOf = (json: unknown): NukiClient => {
    const fetch: HttpServices['fetch'] = () => {
      const text = typeof json === 'string' ? json : JSON.stringify(json);
      return Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' } }));
    };
    const clock = { ...systemClock, wait: () => Promise.resolve() }; // nobody waits for their turn
    return createClient('a-token-of-the-decoding-tests', { fetch, clock, random: () => 0 });
  };
  const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const inField = (json: object): string => JSON.stringify({ ...json, name: 'X' }).replace('"X"', nested);

  it('is an unexpected answer, whichever is asked for, and nothing else is thrown', async () => {
    for (const answer of [nested, inField(lockJson()), `[${inField(lockJson())}]`, inField(codeJson())]) {
      const client = clientOf(answer);
      await assert.rejects(client.raw({ method: 'GET', path: '/account' }), unexpected);
      for (const read of [
        () => client.account(),
        () => client.smartlocks(),
        () => client.smartlock(lockId),
        () => client.authorizations(lockId),
        () => client.allAuthorizations(),
        () => client.authorization(lockId, '0123456789abcdef01234567'),
        () => client.people(),
        () => client.activity(lockId, 10),
        () => client.accountActivity(50),
      ]) {
        await read().catch((error: unknown) => assert.ok(error instanceof NukiError, String(error)));
      }
    }
  });

  it('is not sent back with an authorization', async () => {
    const client = clientOf(JSON.stringify(codeJson()).replace(/"remoteAllowed":\w+/, `"remoteAllowed":${nested}`));
    await assert.rejects(client.authorization(lockId, '0123456789abcdef01234567'), unexpected);
  });
});

describe('a list of what are no objects', () => {
  for (const list of [['x'.repeat(10 * 2 ** 20)], [1, 2], [null], [[], []]]) {
    it(`is not believed: ${JSON.stringify(list).slice(0, 10)}`, async () => {
      await assert.rejects(decodeList(smartlockSchema, list, 'smartlockId'), { reason: 'unexpectedAnswer' });
    });
  }

  it('is believed where one of them is an object', async () => {
    const { items, unreadable } = await decodeList(smartlockSchema, ['x', lockJson()], 'smartlockId');
    assert.deepEqual([items.length, unreadable.length], [1, 1]);
  });
});
