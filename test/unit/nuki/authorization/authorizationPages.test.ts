import assert from 'node:assert/strict';
import { authorizationsIn, readAllPages, type Read } from '../../../../src/nuki/authorization/authorizationPages.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';

const smartlockId = 7;
const entry = (number: number) => ({
  id: `id-${number}`,
  smartlockId,
  type: 13,
  name: `Guest ${number}`,
  code: 345_000 + number,
});
type Entry = ReturnType<typeof entry>;
const entries = (from: number, count: number) => Array.from({ length: count }, (_, index) => entry(from + index));

/** Reads what `answer` gives. */
function understood(answer: (path: string, query?: Record<string, number>) => Promise<unknown>): Read {
  return async (path, understand, query) => await understand(await answer(path, query));
}

/** A server with these pages, which says that it has `totalItems`; `whole` is what it has all at once. */
function server(pages: readonly (readonly object[])[], totalItems: number, whole: readonly object[] = []) {
  const asked: string[] = [];
  const read = (path: string, query: Record<string, number> = {}): Promise<unknown> => {
    asked.push(path);
    if (path === '/smartlock/auth') return Promise.resolve(whole);
    const results = pages[query['page'] ?? 0] ?? [];
    return Promise.resolve({ results, pagination: { totalPages: pages.length, totalItems } });
  };
  return { asked, read };
}

describe('the authorizations of an account', () => {
  it('are read page by page, each page told of', async () => {
    const { read, asked } = server([entries(0, 100), entries(100, 100), entries(200, 50)], 250);
    const told: number[][] = [];
    const { items, codes } = await readAllPages(understood(read), (page, pages) => told.push([page, pages]));
    assert.equal(items.length, 250);
    assert.equal(codes.get('id-249'), '345249');
    assert.deepEqual(
      told,
      [1, 2, 3].map((page) => [page, 3]),
    );
    assert.equal(asked.length, 3);
  });

  it('may all come in one page, from a server that heeds no page size', async () => {
    const { read } = server([entries(0, 150_000)], 150_000);
    assert.equal((await readAllPages(understood(read))).items.length, 150_000);
  });

  it('are one empty page where there are none', async () => {
    const { read, asked } = server([], 0);
    assert.deepEqual((await readAllPages(understood(read))).items, []);
    assert.equal(asked.length, 1);
  });

  it('are read at once where an entry has slipped from one page to another meanwhile', async () => {
    const whole = entries(0, 5);
    const { read } = server([entries(0, 3), entries(2, 2)], 5, whole);
    const { items } = await readAllPages(understood(read));
    assert.deepEqual(
      items.map(({ id }) => id),
      whole.map(({ id }) => id),
    );
  });

  for (const [what, change] of [
    ['deleted', (there: readonly Entry[]) => there.filter(({ id }) => id !== 'id-1')],
    ['added before the others', (there: readonly Entry[]) => [entry(6), ...there]],
  ] as const) {
    it(`are read at once where one was ${what} between two pages, so that another has slipped from one to the other`, async () => {
      let there: readonly Entry[] = entries(0, 6);
      const read = (path: string, { page = 0 }: Record<string, number> = {}): Promise<unknown> => {
        if (path === '/smartlock/auth') return Promise.resolve(there);
        const pagination = { totalPages: Math.ceil(there.length / 3), totalItems: there.length };
        const answer = { results: there.slice(page * 3, page * 3 + 3), pagination };
        if (page === 0) there = change(there);
        return Promise.resolve(answer);
      };
      const { items } = await readAllPages(understood(read));
      assert.deepEqual(
        items.map(({ id }) => id),
        there.map(({ id }) => id),
      );
    });
  }

  for (const [what, pageOf, totalItems] of [
    ['always the same', () => entries(0, 2), 900],
    ['always one more', (page: number) => entries(page * 2, 2), 10],
    ['of an account that no one can have', (page: number) => entries(page * 2, 2), 1e15],
  ] as const) {
    it(`come to an end where the server has another page for ever, ${what}`, async () => {
      const asked: string[] = [];
      const read = (path: string, { page = 0 }: Record<string, number> = {}): Promise<unknown> => {
        asked.push(path);
        assert.ok(asked.length < 100, 'it is asked for ever');
        if (path === '/smartlock/auth') return Promise.resolve(entries(0, 3));
        return Promise.resolve({ results: pageOf(page), pagination: { totalPages: page + 2, totalItems } });
      };
      const { items } = await readAllPages(understood(read));
      assert.ok(items.length > 0 && asked.length <= 6, String(asked.length));
    });
  }

  it('are read at once where the server knows no pages', async () => {
    for (const status of [400, 404, 405]) {
      const { read } = server([], 0, entries(0, 7));
      const withoutPages = (path: string): Promise<unknown> =>
        path.endsWith('/paged') ? Promise.reject(new NukiError('notFound', { status })) : read(path);
      const { items } = await readAllPages(understood(withoutPages));
      assert.equal(items.length, 7);
    }
  });

  it('are not read twice where a page fails for another reason', async () => {
    const asked: string[] = [];
    const failing = (path: string): Promise<never> => {
      asked.push(path);
      return Promise.reject(new NukiError('server', { status: 502 }));
    };
    await assert.rejects(readAllPages(failing), /server 502/);
    assert.deepEqual(asked, ['/smartlock/auth/paged']);
  });

  it('count what cannot be read, each at its place in all of them', async () => {
    const { read } = server(
      [
        [...entries(0, 2), { id: 'broken' }],
        [{ id: 'too' }, entry(2)],
      ],
      5,
    );
    const { items, unreadable } = await readAllPages(understood(read));
    assert.equal(items.length, 3);
    assert.deepEqual(unreadable, [
      { index: 2, id: 'broken', problem: 'type' },
      { index: 3, id: 'too', problem: 'type' },
    ]);
  });
});

describe('a list of authorizations', () => {
  it('has its codes apart, understood or not, and of two with one id that of the first', async () => {
    const { items, codes } = await authorizationsIn([
      { ...entry(1), id: 'a', code: 111_111 },
      { id: 'b', code: 222_222 },
      { ...entry(2), id: 'c', code: '333333' },
      { ...entry(3), id: 'c', code: 444_444 },
      { code: 555_555 },
      null,
    ]);
    assert.deepEqual(Object.fromEntries(codes), { a: '111111', b: '222222' });
    assert.deepEqual(
      items.map(({ id }) => id),
      ['a', 'c'],
    );
  });

  it('has no code in any of its entries', async () => {
    const { items, unreadable } = await authorizationsIn([
      { ...entry(1), code: 593_817 },
      { id: 'b', code: 593_817 },
    ]);
    assert.deepEqual([items.length, unreadable.length], [1, 1]);
    assert.doesNotMatch(JSON.stringify([items, unreadable]), /593817/);
  });
});
