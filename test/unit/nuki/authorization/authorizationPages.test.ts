import assert from 'node:assert/strict';
import { AuthorizationsByDevice } from '../../../../src/model/authorizationsByDevice.ts';
import { readAllPages } from '../../../../src/nuki/authorization/authorizationPages.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';

const smartlockId = 7;
const entry = (number: number) => ({
  id: `id-${number}`,
  smartlockId,
  type: 13,
  name: `Guest ${number}`,
  code: 345_000 + number,
});
const byDevice = () => new AuthorizationsByDevice();
const entries = (from: number, count: number) => Array.from({ length: count }, (_, index) => entry(from + index));

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
    const all = await readAllPages(read, byDevice, (page, pages) => told.push([page, pages]));
    const { items, codes } = all.of(smartlockId);
    assert.equal(items.length, 250);
    assert.equal(codes.get('id-249'), '345249');
    assert.deepEqual(
      told,
      [1, 2, 3].map((page) => [page, 3]),
    );
    assert.equal(asked.length, 3);
  });

  it('are one empty page where there are none', async () => {
    const { read, asked } = server([], 0);
    assert.deepEqual((await readAllPages(read, byDevice)).of(smartlockId).items, []);
    assert.equal(asked.length, 1);
  });

  it('are read at once where an entry has slipped from one page to another meanwhile', async () => {
    const whole = entries(0, 5);
    const { read } = server([entries(0, 3), entries(2, 2)], 5, whole);
    assert.equal((await readAllPages(read, byDevice)).of(smartlockId).items.length, 5);
  });

  it('are read at once where one was deleted between two pages, so that the next has slipped from one to the other', async () => {
    let there = entries(0, 6);
    const read = (path: string, query: Record<string, number> = {}): Promise<unknown> => {
      if (path === '/smartlock/auth') return Promise.resolve(there);
      const { page = 0 } = query;
      const pagination = { totalPages: 2, totalItems: there.length };
      const answer = { results: there.slice(page * 3, page * 3 + 3), pagination };
      there = there.filter(({ id }) => id !== 'id-1');
      return Promise.resolve(answer);
    };
    const { items } = (await readAllPages(read, byDevice)).of(smartlockId);
    assert.deepEqual(items.map(({ id }) => id).toSorted(), ['id-0', 'id-2', 'id-3', 'id-4', 'id-5']);
  });

  it('are read at once where the server knows no pages', async () => {
    for (const status of [400, 404, 405]) {
      const { read } = server([], 0, entries(0, 7));
      const withoutPages = (path: string): Promise<unknown> =>
        path.endsWith('/paged') ? Promise.reject(new NukiError('notFound', { status })) : read(path);
      const all = await readAllPages(withoutPages, byDevice);
      assert.equal(all.of(smartlockId).items.length, 7);
    }
  });

  it('are not read twice where a page fails for another reason', async () => {
    const asked: string[] = [];
    const failing = (path: string): Promise<never> => {
      asked.push(path);
      return Promise.reject(new NukiError('server', { status: 502 }));
    };
    await assert.rejects(readAllPages(failing, byDevice), /server 502/);
    assert.deepEqual(asked, ['/smartlock/auth/paged']);
  });

  it('lie with their devices, and what cannot be read with each of them', async () => {
    const other = { ...entry(1), smartlockId: 8 };
    const { read } = server([[entry(0), other, { id: 'broken' }], [entry(2)]], 4);
    const all = await readAllPages(read, byDevice);
    const namesOn = (id: number) => all.of(id).items.map(({ name }) => name);
    assert.deepEqual([namesOn(smartlockId), namesOn(8), namesOn(9)], [['Guest 0', 'Guest 2'], ['Guest 1'], []]);
    assert.deepEqual([...all.of(8).codes], [['id-1', '345001']]);
    assert.deepEqual(
      [7, 8, 9].map((id) => all.of(id).unreadable.length),
      [1, 1, 1],
    );
  });

  it('count what cannot be read', async () => {
    const { read } = server([[...entries(0, 2), { id: 'broken' }]], 3);
    const { items, unreadable } = (await readAllPages(read, byDevice)).of(smartlockId);
    assert.deepEqual([items.length, unreadable.length], [2, 1]);
  });
});
