import assert from 'node:assert/strict';
import {
  cellar,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator } from './testSimulator.ts';

const newCode = { name: 'Baker', remoteAllowed: false, type: 13, code: 333444 };
const window = {
  allowedFromDate: '2026-12-01T10:00:00.000Z',
  allowedUntilDate: '2026-12-24T10:00:00.000Z',
  allowedWeekDays: 124,
  allowedFromTime: 540,
  allowedUntilTime: 1020,
};

function put(simulator: TestSimulator, smartlockId: number, body: object): Promise<number> {
  return simulator.status('PUT', `/smartlock/${smartlockId}/auth`, body);
}

async function named(
  simulator: TestSimulator,
  smartlockId: number,
  name: string,
): Promise<Record<string, unknown> | undefined> {
  const found = (await simulator.authorizations(smartlockId)).find((entry) => entry.name === name);
  return found === undefined ? undefined : { ...found };
}

async function isBusy(simulator: TestSimulator, smartlockId: number, name: string): Promise<boolean> {
  return (await named(simulator, smartlockId, name))?.['operationId'] === true;
}

describe('A new authorization', () => {
  it('is accepted without an id, is on the device later, and in the list later still', async () => {
    const simulator = new TestSimulator();
    const answer = await simulator.send('PUT', `/smartlock/${frontDoor}/auth`, { ...newCode, ...window });
    assert.equal(answer.status, 204);
    assert.equal(await answer.text(), '');
    const isStored = (): boolean => simulator.home.authorizationsOnLock(frontDoor).some(({ name }) => name === 'Baker');
    assert.equal(isStored(), false);
    while (!isStored()) await simulator.clock.advance(100);
    assert.equal(await named(simulator, frontDoor, 'Baker'), undefined);
    await simulator.clock.advance(5000);
    const listed = await named(simulator, frontDoor, 'Baker');
    assert.deepEqual({ ...listed, ...window }, listed);
    assert.deepEqual([listed?.['enabled'], listed?.['lockCount']], [true, 0]);
    assert.equal(await isBusy(simulator, frontDoor, 'Baker'), false);
  });

  it('can be made on many devices, each with its own id', async () => {
    const simulator = new TestSimulator();
    const body = { ...newCode, smartlockIds: [frontDoor, terrace] };
    assert.equal(await simulator.status('PUT', '/smartlock/auth', body), 204);
    await simulator.clock.advance(20_000);
    const ids = [await named(simulator, frontDoor, 'Baker'), await named(simulator, terrace, 'Baker')].map(
      (entry) => entry?.['id'],
    );
    assert.equal(new Set(ids).size, 2);
  });

  const refused: readonly (readonly [why: string, id: number, body: object, message: RegExp])[] = [
    ['a code without a keypad', garage, newCode, /'13' for parameter 'type' is not valid/],
    ['a code on an Opener without a keypad', intercom, newCode, /'13' for parameter 'type' is not valid/],
    ['no code', frontDoor, { ...newCode, code: undefined }, /'null' for parameter 'code'/],
    ['a code for an app', frontDoor, { ...newCode, type: 0, accountUserId: 1_000_104 }, /parameter 'code'/],
    ['a code with a zero', frontDoor, { ...newCode, code: 103_456 }, /parameter 'code'/],
    ['a code that begins with 12', frontDoor, { ...newCode, code: 123_456 }, /parameter 'code'/],
    ['five digits', frontDoor, { ...newCode, code: 33_344 }, /parameter 'code'/],
    ['seven digits', frontDoor, { ...newCode, code: 3_334_445 }, /parameter 'code'/],
    ['33 characters', frontDoor, { ...newCode, name: 'x'.repeat(33) }, /parameter 'name'/],
    ['no name', frontDoor, { ...newCode, name: '' }, /parameter 'name'/],
    ['no remoteAllowed', frontDoor, { ...newCode, remoteAllowed: null }, /parameter 'remoteAllowed'/],
    ['an app without a person', parcelBox, { name: 'a', remoteAllowed: true }, /parameter 'accountUserId'/],
    ['an unknown person', parcelBox, { name: 'a', remoteAllowed: true, accountUserId: 1 }, /parameter 'accountUserId'/],
    ['a type that cannot be made', frontDoor, { ...newCode, type: 3 }, /'3' for parameter 'type'/],
    ['weekdays beyond 127', frontDoor, { ...newCode, allowedWeekDays: 128 }, /parameter 'allowedWeekDays'/],
    [
      'a date without an offset',
      frontDoor,
      { ...newCode, allowedFromDate: '2026-12-01T10:00:00' },
      /'allowedFromDate'/,
    ],
    ['a list', frontDoor, [], /parameter 'body'/],
  ];
  for (const [why, id, body, message] of refused) {
    it(`is refused with 400 for ${why}`, async () => {
      const simulator = new TestSimulator();
      const answer = simulator.send('PUT', `/smartlock/${id}/auth`, body);
      assert.equal((await answer).status, 400);
      assert.match((await simulator.detailMessage(answer)) ?? '', message);
    });
  }

  const limited: readonly (readonly [what: string, body: object, limits: object])[] = [
    ['complete ones', window, window],
    [
      'all but an end, which stays open',
      { ...window, allowedUntilDate: undefined },
      { ...window, allowedUntilDate: undefined },
    ],
    ['no start: none', { ...window, allowedFromDate: undefined }, {}],
    ['no weekdays: none', { ...window, allowedWeekDays: null }, {}],
    ['no start of the day: none', { ...window, allowedFromTime: undefined }, {}],
    ['no end of the day: none', { ...window, allowedUntilTime: undefined }, {}],
    [
      'two dates alone: none',
      { allowedFromDate: window.allowedFromDate, allowedUntilDate: window.allowedUntilDate },
      {},
    ],
    ['an end alone: none', { allowedUntilDate: window.allowedUntilDate }, {}],
  ];
  for (const [what, body, limits] of limited) {
    it(`has limits only where they are complete: ${what}`, async () => {
      const simulator = new TestSimulator();
      assert.equal(await put(simulator, frontDoor, { ...newCode, ...body }), 204);
      await simulator.clock.advance(20_000);
      const listed = await named(simulator, frontDoor, 'Baker');
      for (const field of Object.keys(window)) {
        assert.equal(listed?.[field], new Map<string, unknown>(Object.entries(limits)).get(field), field);
      }
      const verdict = simulator.home.people.typeCode(frontDoor, newCode.code);
      assert.equal(verdict.kind, 'allowedFromDate' in limits ? 'refused' : 'opens');
    });
  }

  it('takes a code as text, as some clients send it', async () => {
    assert.equal(await put(new TestSimulator(), frontDoor, { ...newCode, code: '333444' }), 204);
  });

  it('conflicts with a code that the device has, expired or disabled ones too; another device may have it', async () => {
    const simulator = new TestSimulator();
    for (const code of [445_566, 951_357, 864_297])
      assert.equal(await put(simulator, frontDoor, { ...newCode, code }), 409);
    assert.equal(await put(simulator, guestHouse, { ...newCode, code: 951_357 }), 204);
  });

  it('conflicts with the app that its person has on the device already', async () => {
    const body = { name: 'Ben', remoteAllowed: true, accountUserId: 1_000_102 };
    const simulator = new TestSimulator();
    assert.equal(await put(simulator, frontDoor, body), 409);
    assert.equal(await put(simulator, terrace, body), 204);
  });

  it('that only the device can refuse is accepted and never appears', async () => {
    const simulator = new TestSimulator();
    assert.equal(await put(simulator, frontDoor, newCode), 204);
    assert.equal(await put(simulator, frontDoor, { ...newCode, name: 'Miller' }), 204);
    await simulator.clock.advance(60_000);
    const stored = simulator.home.authorizationsOnLock(frontDoor).filter(({ code }) => code === 333_444);
    assert.equal(stored.length, 1);
  });

  it('does not fit on a full keypad; other authorizations count apart', async () => {
    const simulator = new TestSimulator();
    const codes = Array.from({ length: 99 }, (_, index) => 311_111 + 1000 * Math.floor(index / 9) + (index % 9));
    for (const code of codes.filter((candidate) => !String(candidate).includes('0'))) {
      assert.equal(await put(simulator, terrace, { ...newCode, name: `${code}`, code }), 204);
    }
    await simulator.clock.advance(60_000);
    for (const code of [
      911_111, 911_112, 911_113, 911_114, 911_115, 911_116, 911_117, 911_118, 911_119, 922_222, 922_223,
    ]) {
      await put(simulator, terrace, { ...newCode, name: `${code}`, code });
    }
    await simulator.clock.advance(60_000);
    const isCode = ({ type }: { type: number }): boolean => type === 13;
    assert.equal(simulator.home.authorizationsOnLock(terrace).filter(isCode).length, 100);
    assert.equal(await put(simulator, terrace, { name: 'Ben', remoteAllowed: true, accountUserId: 1_000_102 }), 204);
    await simulator.clock.advance(60_000);
    assert.equal(simulator.home.authorizationsOnLock(terrace).filter((entry) => !isCode(entry)).length, 3);
  });

  const names: readonly (readonly [given: string, kept: string])[] = [
    ['Housekeeping Cleaning', 'Housekeeping Cleanin'],
    ['exactly twenty bytes', 'exactly twenty bytes'],
    ['Müllabfuhr am Möhlweg', 'Müllabfuhr am Möhl'],
    ['🏠🏠🏠🏠🏠🏠', '🏠🏠🏠🏠🏠'],
    ['Anna 👩‍👧 Guest', 'Anna 👩‍👧 Gue'],
  ];
  for (const [given, kept] of names) {
    it(`keeps of the name ${given} what fits into 20 bytes`, async () => {
      const simulator = new TestSimulator();
      await put(simulator, frontDoor, { ...newCode, name: given });
      await simulator.clock.advance(20_000);
      assert.ok(await named(simulator, frontDoor, kept));
    });
  }

  it('keeps 32 characters of a name that is no code', async () => {
    const simulator = new TestSimulator();
    const name = 'A name of thirty-two characters.';
    assert.equal(await put(simulator, cellar, { name, remoteAllowed: true, type: 2, accountUserId: 1_000_103 }), 204);
    simulator.home.setServerState(cellar, 0);
    await simulator.clock.advance(20_000);
    assert.ok(await named(simulator, cellar, name));
  });
});

describe('A changed authorization', () => {
  it('is replaced: a restriction that is not sent again is gone', async () => {
    const simulator = new TestSimulator();
    const path = await simulator.pathOf(frontDoor, 'Housekeeping Cleanin');
    assert.equal(await simulator.status('POST', path, { name: 'Housekeeping' }), 204);
    await simulator.clock.advance(20_000);
    const changed = await named(simulator, frontDoor, 'Housekeeping');
    for (const field of Object.keys(window)) assert.equal(changed?.[field], undefined, field);
    assert.deepEqual([changed?.['enabled'], changed?.['lockCount']], [true, 44]);
    const [stored] = simulator.home.authorizationsOnLock(frontDoor).filter(({ name }) => name === 'Housekeeping');
    assert.equal(stored?.code, 738_291);
  });

  it('loses what is sent as null and keeps what is sent as it is', async () => {
    const simulator = new TestSimulator();
    const path = await simulator.pathOf(frontDoor, 'Housekeeping Cleanin');
    const body = {
      name: 'Housekeeping',
      ...window,
      allowedUntilDate: null,
      enabled: false,
    };
    assert.equal(await simulator.status('POST', path, body), 204);
    await simulator.clock.advance(20_000);
    const changed = await named(simulator, frontDoor, 'Housekeeping');
    assert.deepEqual(
      [changed?.['allowedUntilDate'], changed?.['allowedFromTime'], changed?.['enabled']],
      [undefined, 540, false],
    );
  });

  it('is busy until the API knows that it is done', async () => {
    const simulator = new TestSimulator();
    const path = await simulator.pathOf(frontDoor, 'Family');
    assert.equal(await simulator.status('POST', path, { name: 'Family' }), 204);
    assert.equal(await isBusy(simulator, frontDoor, 'Family'), true);
    assert.equal(await simulator.status('POST', path, { name: 'Family 2' }), 423);
    assert.equal(await simulator.status('DELETE', path), 423);
    assert.equal(
      await simulator.status('POST', await simulator.pathOf(frontDoor, 'Plumber'), { name: 'Plumber' }),
      204,
    );
    await simulator.clock.advance(20_000);
    assert.equal(await isBusy(simulator, frontDoor, 'Family'), false);
  });

  it('may not take the code of another, but keep its own', async () => {
    const simulator = new TestSimulator();
    const path = await simulator.pathOf(frontDoor, 'Family');
    assert.equal(await simulator.status('POST', path, { name: 'Family', code: 951_357 }), 409);
    assert.equal(await simulator.status('POST', path, { name: 'Family', code: 445_566 }), 204);
  });

  it('must be one of the device', async () => {
    const simulator = new TestSimulator();
    const id = (await simulator.pathOf(frontDoor, 'Family')).split('/').at(-1);
    assert.equal(await simulator.status('POST', `/smartlock/${terrace}/auth/${id}`, { name: 'Family' }), 403);
    assert.equal(await simulator.status('GET', `/smartlock/${terrace}/auth/${id}`), 403);
  });

  it('can be one of a list, which is carried out whole or not at all', async () => {
    const simulator = new TestSimulator();
    const id = (await simulator.pathOf(frontDoor, 'Family')).split('/').at(-1);
    const good = { id, name: 'Family!' };
    assert.equal(await simulator.status('POST', '/smartlock/auth', [good, { id: '0', name: 'x' }]), 403);
    assert.equal(await isBusy(simulator, frontDoor, 'Family'), false);
    assert.equal(await simulator.status('POST', '/smartlock/auth', [good]), 204);
    await simulator.clock.advance(20_000);
    assert.ok(await named(simulator, frontDoor, 'Family!'));
  });
});

describe('A removed authorization', () => {
  it('stays listed until the device has forgotten it', async () => {
    const simulator = new TestSimulator();
    const path = await simulator.pathOf(frontDoor, 'Guest Emil');
    assert.equal(await simulator.status('DELETE', path), 204);
    assert.ok(await named(simulator, frontDoor, 'Guest Emil'));
    await simulator.clock.advance(20_000);
    assert.equal(await named(simulator, frontDoor, 'Guest Emil'), undefined);
    assert.equal(await put(simulator, frontDoor, { ...newCode, code: 951_357 }), 204);
  });

  it('can be one of many', async () => {
    const simulator = new TestSimulator();
    const paths = [await simulator.pathOf(frontDoor, 'Guest Emil'), await simulator.pathOf(guestHouse, 'Guest Hanna')];
    const ids = paths.map((path) => path.split('/').at(-1));
    assert.equal(await simulator.status('DELETE', '/smartlock/auth', ids), 204);
    await simulator.clock.advance(20_000);
    assert.equal(await named(simulator, frontDoor, 'Guest Emil'), undefined);
    assert.equal(await named(simulator, guestHouse, 'Guest Hanna'), undefined);
  });

  it('can be a ghost that only a sync drives away', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ method: 'DELETE', unpublished: true });
    await simulator.status('DELETE', await simulator.pathOf(frontDoor, 'Guest Emil'));
    await simulator.clock.advance(600_000);
    assert.equal(
      simulator.home.authorizationsOnLock(frontDoor).some(({ name }) => name === 'Guest Emil'),
      false,
    );
    assert.ok(await named(simulator, frontDoor, 'Guest Emil'));
    assert.equal(await put(simulator, frontDoor, { ...newCode, code: 951_357 }), 409);
    assert.equal(await simulator.status('POST', `/smartlock/${frontDoor}/sync`), 204);
    await simulator.clock.advance(20_000);
    assert.equal(await named(simulator, frontDoor, 'Guest Emil'), undefined);
  });
});

describe('The list of all authorizations', () => {
  it('filters by type and person, and can be read in pages', async () => {
    const simulator = new TestSimulator();
    const count = async (query: string): Promise<number> => {
      const list: unknown = await simulator.json(`/smartlock/auth${query}`);
      return Array.isArray(list) ? list.length : -1;
    };
    const all = await count('');
    assert.equal(await count('?types=13'), 13);
    assert.equal((await count('?accountUserId=-1')) + 17, all);
    assert.equal(await count('?accountUserId=1000101&types=0'), 7);
    const page = await simulator.json('/smartlock/auth/paged?page=1&size=10');
    assert.match(
      JSON.stringify(page),
      new RegExp(`"totalItems":${all},.*"currentPage":1,.*"prevPage":.*"pageSize":10`),
    );
  });
});
