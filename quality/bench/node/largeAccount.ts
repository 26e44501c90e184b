import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import type { Bench } from '../bench.ts';
import { leastSamples, megabyte } from '../measure.ts';
import { accountUsers, authorizationsOf, deviceIdAt, logEntries, manySmartlocks } from '../people.ts';

const devices = 1_000;
const perDevice = 200;
const all = devices * perDevice;
/** Entries of a page: as the client asks for them, and as many of a log as Nuki gives. */
const pageSize = { authorizations: 1_000, log: 50 };

const accountCost = v.object({
  authorizations: v.literal(all),
  people: v.literal(perDevice),
  logEntries: v.literal(all),
  /** In bytes. */
  kept: v.number(),
  /** For how many milliseconds of work nothing else had its turn. */
  longestOfAuthorizations: v.number(),
  longestOfLog: v.number(),
});

/** What a process that reads the account tells of it. */
export type AccountCost = { readonly [F in keyof v.InferOutput<typeof accountCost>]: number };

/**
 * 1,000 devices with 200 authorizations each, and as many entries of their log, read by a process of their own each time: client, decoding
 * and store, with the devices in the tree drawn before and drawn again, and then the calendar by persons and by doors.
 */
export const largeAccount: Bench = {
  name: 'large account',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyturner-bench-'));
    try {
      const bytes = writeAnswers(folder);
      const costs: v.InferOutput<typeof accountCost>[] = [];
      // Two at a time: what is measured is the work of each.
      while (costs.length < leastSamples) costs.push(...(await Promise.all([costOf(folder), costOf(folder)])));
      return [
        {
          line: 'memory of 200,000 authorizations',
          ours: costs.map(({ kept }) => kept / megabyte),
          beside: costs.map(() => bytes / megabyte),
        },
        {
          line: 'longest turn, 200,000 authorizations read',
          ours: costs.map((cost) => cost.longestOfAuthorizations),
        },
        { line: 'longest turn, 200,000 log entries read', ours: costs.map(({ longestOfLog }) => longestOfLog) },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Writes the answers of the account's API, each on a line. @returns the size of the authorizations in them, in bytes */
function writeAnswers(folder: string): number {
  const write = (name: string, pages: number, page: (index: number) => string): number => {
    const file = openSync(join(folder, name), 'w');
    let size = 0;
    for (let index = 0; index < pages; index += 1) size += writeSync(file, `${page(index)}\n`);
    closeSync(file);
    return size;
  };
  write('devices', 1, () => JSON.stringify(manySmartlocks(devices)));
  write('people', 1, () => JSON.stringify(accountUsers(perDevice)));
  write('log', all / pageSize.log, (page) => JSON.stringify(logEntries(pageSize.log, devices, page * pageSize.log)));
  const pages = all / pageSize.authorizations;
  const perPage = pageSize.authorizations / perDevice;
  return write('authorizations', pages, (page) => {
    const places = Array.from({ length: perPage }, (_, place) => page * perPage + place);
    const results = places.flatMap((place) => authorizationsOf(deviceIdAt(place), perDevice));
    return JSON.stringify({ results, pagination: { totalItems: all, totalPages: pages } });
  });
}

async function costOf(folder: string): Promise<v.InferOutput<typeof accountCost>> {
  const program = join(import.meta.dirname, 'fixtures', 'accountWork.ts');
  const standIn = join(import.meta.dirname, '..', '..', '..', 'test', 'unit', 'vscode.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', standIn, program, folder]);
  return v.parse(accountCost, JSON.parse(stdout));
}
