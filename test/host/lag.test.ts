import assert from 'node:assert/strict';
import { extensions } from 'vscode';
import { systemClock } from '../../src/base/clock.ts';
import { createClient } from '../../src/nuki/http/client.ts';
import { demoAuthorizations } from '../../src/simulator/demo/demoAuthorizations.ts';
import { demoSmartlocks, frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { FakeClock } from '../unit/fakeClock.ts';
import { allBelow, treeOfFetch } from './testTree.ts';

const deadlines = { read: 300, write: 300 };
const msPerByte = 5;
const headers = { 'content-type': 'application/json' };
const list = JSON.stringify([{ smartlockId: frontDoor, type: 4, name: 'Front Door'.repeat(deadlines.read) }]);

/** Answers that come byte by byte, or never; each ends with the request. */
const slowAnswers: Readonly<Record<string, (signal: AbortSignal) => Promise<Response>>> = {
  'headers that never come': (signal) => new Promise((_, failed) => signal.addEventListener('abort', failed)),
  'a body of a byte at a time': (signal) => Promise.resolve(drip(signal, list)),
  'a body that never ends': (signal) => Promise.resolve(drip(signal, ' '.repeat(1e6))),
};

function drip(signal: AbortSignal, text: string): Response {
  const rest = new TextEncoder().encode(text).values();
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      await systemClock.wait(msPerByte, signal);
      const { value, done } = rest.next();
      if (done || signal.aborted) stream.close();
      else stream.enqueue(Uint8Array.of(value));
    },
  });
  return new Response(body, { headers });
}

/** Fails when a turn of the event loop computes for `most` ms in each of a few runs of `work`: VS Code computes in this process, too. */
async function assertShortTurns(most: number, work: () => Promise<unknown>): Promise<void> {
  const turns: number[] = [];
  while (turns.length < 5 && Math.min(...turns) >= most / 2) turns.push(await longestTurn(work));
  const best = Math.min(...turns);
  assert.ok(best < most, `the longest turn took ${best.toFixed(1)} ms, not less than ${most}`);
}

/** In ms of computing, which does not count the time that other programs have the processor. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  const running = { isOver: false };
  let [longest, before] = [0, process.cpuUsage()];
  const ended = work().finally(() => (running.isOver = true));
  while (!running.isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1_000);
    before = process.cpuUsage();
  }
  await ended;
  return longest;
}

describe('the extension host is never kept busy', function () {
  this.timeout(60_000);

  it('by a start without a network', async () => {
    await extensions.getExtension('keyturner.keyturner')?.activate();
    const ms = globalThis.keyturnerStart ?? assert.fail('the extension under test has not started');
    assert.ok(ms < 100, `${ms.toFixed(1)} ms of computing`);
  });

  for (const [what, answer] of Object.entries(slowAnswers)) {
    it(`by ${what}`, async () => {
      const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
        answer(new Request(input, init).signal);
      const services = { fetch, clock: systemClock, random: () => 0 };
      await assertShortTurns(50, async () => {
        await assert.rejects(createClient('0123456789', services, deadlines).act(frontDoor, 1), { reason: 'timeout' });
      });
    });
  }

  it('by 5,000 devices', async () => {
    const clock = new FakeClock();
    const [first] = demoSmartlocks(clock.now());
    const many = Array.from({ length: 5_000 }, (_, index) => ({
      ...first,
      smartlockId: frontDoor + index,
      name: `Door ${index}`,
    }));
    const body = JSON.stringify(many);
    await assertShortTurns(100, async () => {
      const { store, tree } = treeOfFetch(() => Promise.resolve(new Response(body, { headers })), clock);
      await store.refresh('7');
      const rows = await tree.getChildren('account/7');
      assert.equal(rows.length, 5_001); // with the people
      for (const row of rows.slice(0, 100)) tree.getTreeItem(row); // as many as VS Code draws at once
    });
  });

  it('by 50 locks with 200 authorizations each, which are read at once, and one of which is opened', async () => {
    const clock = new FakeClock();
    const [first = assert.fail()] = demoSmartlocks(clock.now());
    const some = demoAuthorizations(first, clock.now());
    const locks = Array.from({ length: 50 }, (_, index) => ({ ...first, smartlockId: frontDoor + index }));
    const authorizations = Array.from({ length: 10_000 }, (_, index) => ({
      ...some[index % some.length],
      id: String(index),
      smartlockId: frontDoor + (index % locks.length),
    }));
    const lists = new Map([
      ['/smartlock', JSON.stringify(locks)],
      ['/smartlock/auth', JSON.stringify(authorizations)],
    ]);
    const asked: string[] = [];
    const answer = (input: string | URL | Request): Promise<Response> => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      asked.push(pathname);
      return Promise.resolve(new Response(lists.get(pathname), { headers, status: lists.has(pathname) ? 200 : 404 }));
    };
    await assertShortTurns(100, async () => {
      const { store, tree } = treeOfFetch(answer, clock);
      await Promise.all([tree.getChildren(), store.refresh('7')]);
      const [opened = ''] = await tree.getChildren('account/7');
      assert.deepEqual(asked.splice(0), ['/smartlock']);
      await store.readAllAuthorizations('7');
      const [group = ''] = await tree.getChildren(opened);
      const rows = await allBelow({ tree, store }, group);
      assert.equal(rows.length, 203); // with those of its three groups
      for (const row of [opened, group, ...rows]) tree.getTreeItem(row);
      await store.refresh('7');
      assert.deepEqual(asked.splice(0), ['/smartlock/auth/paged', '/smartlock/auth', '/smartlock']);
    });
  });
});
