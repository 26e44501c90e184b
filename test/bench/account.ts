import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import type { Bench } from './bench.ts';
import { authorizationsOf, manySmartlocks } from './fixtures/people.ts';
import { gate } from './gates.ts';
import { columns, ratioOf, spreadOf } from './measure.ts';

const rounds = 3;
const devices = 1_000;
const perDevice = 200;
const megabyte = 2 ** 20;

const ways = ['bare', 'read', 'search', 'export'] as const;
const taken = v.object({ peak: v.number(), stall: v.number() });

/** Reading, searching and exporting all authorizations of an account: how long nothing else has its turn, and the memory at most. */
export const account = (): Bench => ({
  name: '200,000 authorizations of one account',
  run: async () => {
    const server = await serve();
    try {
      const runs = Object.fromEntries(ways.map((way) => [way, [] as v.InferOutput<typeof taken>[]]));
      for (let round = 0; round < rounds; round += 1) {
        for (const way of ways) runs[way]?.push(await work(way, server.url));
      }
      const peakOf = (way: (typeof ways)[number]) => spreadOf((runs[way] ?? []).map(({ peak }) => peak / megabyte));
      const stallOf = (way: (typeof ways)[number]) => spreadOf((runs[way] ?? []).map(({ stall }) => stall));
      return {
        samples: rounds,
        rows: ways.flatMap((way) => [
          { what: `${way}: peak, MB`, ...columns(peakOf(way)) },
          { what: `${way}: longest stall, ms`, ...columns(stallOf(way)) },
        ]),
        gates: [
          gate('stall while an account is read, ms', stallOf('read').median),
          gate('stall while an account is searched, ms', stallOf('search').median),
          gate('stall while an account is exported, ms', stallOf('export').median),
          gate('peak memory of reading an account, × res.json()', ratioOf(peakOf('read'), peakOf('bare'))),
          gate('peak memory of exporting an account, × res.json()', ratioOf(peakOf('export'), peakOf('bare'))),
        ],
      };
    } finally {
      server.close();
    }
  },
});

/** The account's devices, its authorizations page by page, and all of them at once. */
async function serve(): Promise<{ readonly url: string; close(): void }> {
  const list = manySmartlocks(devices);
  const all = list.flatMap(({ smartlockId }) =>
    authorizationsOf(smartlockId, perDevice).map((one) => JSON.stringify(one)),
  );
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://bench');
    outgoing.setHeader('content-type', 'application/json');
    if (pathname === '/smartlock') return outgoing.end(JSON.stringify(list));
    if (pathname === '/smartlock/auth') return outgoing.end(`[${all.join(',')}]`);
    const size = Number(searchParams.get('size'));
    const page = Number(searchParams.get('page'));
    const results = all.slice(page * size, (page + 1) * size).join(',');
    const pagination = { totalItems: all.length, totalPages: Math.ceil(all.length / size) };
    outgoing.end(`{"results":[${results}],"pagination":${JSON.stringify(pagination)}}`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the bench listens on no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

async function work(way: string, url: string): Promise<v.InferOutput<typeof taken>> {
  const program = join(import.meta.dirname, 'fixtures', 'accountWork.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, way, url]);
  return v.parse(taken, JSON.parse(stdout));
}
