import assert from 'node:assert/strict';
import { inEnglish } from '../../../src/base/locale.ts';
import { authorizationsByDevice } from '../../../src/model/authorizations/authorizationsByDevice.ts';
import { Store } from '../../../src/model/store.ts';
import { authorizationsIn } from '../../../src/nuki/authorization/authorizationPages.ts';
import { createClient } from '../../../src/nuki/http/client.ts';
import { exportOf } from '../../../src/views/text/export/authorizationExport.ts';
import { codeJson, lock, lockJson } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { turnsDuring } from '../turns.ts';
import { accountId, sourceOf } from './fakes.ts';

// A fortieth of what the README promises; test/host/lag.test.ts measures how long a turn takes.
const devices = 100;
const perDevice = 50;

const locks = Array.from({ length: devices }, (_, index) =>
  lockJson({ smartlockId: index + 1, name: `Door ${index}` }),
);
const authorizations = Array.from({ length: devices * perDevice }, (_, index) =>
  codeJson({ id: String(index), smartlockId: (index % devices) + 1 }),
);

/** An account of which `course` notes when it is asked for a page. */
function largeAccount(course: string[]): Store {
  const fetch = (input: string | URL | Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(new Request(input).url);
    if (pathname === '/smartlock') return Promise.resolve(Response.json(locks));
    course.push('page');
    const [page, size] = [Number(searchParams.get('page')), Number(searchParams.get('size'))];
    const results = authorizations.slice(page * size, (page + 1) * size);
    const pagination = { totalItems: authorizations.length, totalPages: Math.ceil(authorizations.length / size) };
    return Promise.resolve(Response.json({ results, pagination }));
  };
  const clock = Object.assign(new FakeClock(), { wait: () => Promise.resolve() });
  const store = new Store(clock);
  store.setSources([sourceOf(createClient('0123456789', { fetch, clock, random: () => 0 }))]);
  return store;
}

describe('a large account', () => {
  it('is read a page at a time, and others have their turn after each', async () => {
    const course: string[] = [];
    const store = largeAccount(course);
    await store.refresh(accountId);
    const reading = { isOver: false };
    const turn = (): void => {
      course.push('turn');
      if (!reading.isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const lists = await store.readAllAuthorizations(accountId);
    reading.isOver = true;
    assert.equal(course.filter((what) => what === 'page').length, 5);
    assert.ok(!course.some((what, index) => what === 'page' && course[index + 1] === 'page'), course.join(' '));
    assert.equal(lists.size, devices);
    for (const { items, codes } of lists.values()) assert.deepEqual([items.length, codes.size], [perDevice, perDevice]);
    assert.doesNotMatch(JSON.stringify(store.accounts), /593817/);
  });
});

describe('five pages of authorizations in memory', () => {
  const json: unknown = authorizations;
  const list = authorizationsIn(json);
  const exported = { device: lock(), name: 'Front door' };
  const locale = { t: inEnglish, language: 'en', now: 0 };
  const works = [
    { what: 'understood', least: 4, work: async () => authorizationsIn(json) },
    { what: 'sorted by their devices', least: 4, work: async () => authorizationsByDevice(await list) },
    // Each page is written, and then copied to the others.
    {
      what: 'written to a file',
      least: 9,
      work: async () => exportOf('csv', (await list).items, () => exported, locale),
    },
  ];
  for (const { what, least, work } of works) {
    it(`are ${what} with turns for others in between`, async () => {
      await list;
      const { turns } = await turnsDuring(work);
      assert.ok(turns >= least, `${turns} turns`);
    });
  }
});
