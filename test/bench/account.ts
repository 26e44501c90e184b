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

const cost = v.object({ peak: v.number(), stall: v.number() });
const bareCosts = v.object({ bare: cost });
const ourCosts = v.object({ read: cost, search: cost, export: cost });

/** Reading, searching and exporting all authorizations of an account: how long nothing else has its turn, and the memory at most. */
export const account = (): Bench => ({
  name: '200,000 authorizations of one account',
  run: async () => {
    const server = await serve();
    try {
      const runs: (v.InferOutput<typeof bareCosts> & v.InferOutput<typeof ourCosts>)[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const bare = v.parse(bareCosts, await work('bare', server.url));
        runs.push({ ...bare, ...v.parse(ourCosts, await work('ours', server.url)) });
      }
      type Way = keyof (typeof runs)[number];
      const peakOf = (way: Way) => spreadOf(runs.map((run) => run[way].peak / megabyte));
      const stallOf = (way: Way) => spreadOf(runs.map((run) => run[way].stall));
      return {
        samples: rounds,
        rows: [
          { what: 'res.json(): peak, MB', ...columns(peakOf('bare')) },
          { what: 'reading: peak, MB', ...columns(peakOf('read')) },
          { what: 'exporting too: peak, MB', ...columns(peakOf('export')) },
          { what: 'res.json(): longest stall, ms', ...columns(stallOf('bare')) },
          { what: 'reading: longest stall, ms', ...columns(stallOf('read')) },
          { what: 'searching: longest stall, ms', ...columns(stallOf('search')) },
          { what: 'exporting: longest stall, ms', ...columns(stallOf('export')) },
        ],
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

async function work(way: string, url: string): Promise<unknown> {
  const program = join(import.meta.dirname, 'fixtures', 'accountWork.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, way, url]);
  return JSON.parse(stdout);
}
