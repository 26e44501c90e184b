import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import type { Bench } from './bench.ts';
import { authorizationsOf, manySmartlocks } from './fixtures/people.ts';
import { gate } from './gates.ts';
import { columns, spreadOf } from './measure.ts';

const rounds = 3;
const devices = 1_000;
const perDevice = 200;
const megabyte = 2 ** 20;

const cost = v.object({ peak: v.number(), stall: v.number(), kept: v.number() });
type Cost = v.InferOutput<typeof cost>;

/** A bare fetch of them, keeping them in a store, finding those that have expired, writing them to a file. */
type Way = 'bare' | 'keep' | 'search' | 'export';

/** A whole account read, searched and exported: how long nothing else has its turn, and the memory. */
export const account = (): Bench => ({
  name: '200,000 authorizations of one account',
  run: async () => {
    const server = await serve();
    try {
      const runs: Readonly<Record<Way, Cost>>[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const bare = await work('bare', server.url);
        const keep = await work('keep', server.url);
        const search = await work('search', server.url);
        runs.push({ bare, keep, search, export: await work('export', server.url) });
      }
      const peakOf = (way: Way) => spreadOf(runs.map((run) => run[way].peak / megabyte));
      const kept = spreadOf(runs.map(({ keep }) => keep.kept / megabyte));
      const stallOf = (way: Way) => spreadOf(runs.map((run) => run[way].stall));
      return {
        samples: rounds,
        rows: [
          { what: 'res.json(): peak, MB', ...columns(peakOf('bare')) },
          { what: 'their JSON, MB', ...columns(spreadOf([server.bytes / megabyte])) },
          { what: 'kept of them, MB', ...columns(kept) },
          { what: 'searching: peak, MB', ...columns(peakOf('search')) },
          { what: 'exporting: peak, MB', ...columns(peakOf('export')) },
          { what: 'res.json(): longest stall, ms', ...columns(stallOf('bare')) },
          { what: 'keeping: longest stall, ms', ...columns(stallOf('keep')) },
          { what: 'searching: longest stall, ms', ...columns(stallOf('search')) },
          { what: 'exporting: longest stall, ms', ...columns(stallOf('export')) },
        ],
        gates: [
          gate('stall while an account is read, ms', stallOf('keep').median),
          gate('stall while an account is searched, ms', stallOf('search').median),
          gate('stall while an account is exported, ms', stallOf('export').median),
          gate('memory of 200,000 authorizations, × their JSON', kept.median / (server.bytes / megabyte)),
        ],
      };
    } finally {
      server.close();
    }
  },
});

/** The account's devices, its authorizations page by page, and all of them at once. */
async function serve(): Promise<{ readonly url: string; readonly bytes: number; close(): void }> {
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
  const bytes = all.reduce((sum, { length }) => sum + length + 1, 1);
  return { bytes, url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

async function work(way: Way, url: string): Promise<Cost> {
  const program = join(import.meta.dirname, 'fixtures', 'accountWork.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, way, url]);
  return v.parse(cost, JSON.parse(stdout));
}
