// What run.ts has started for the tests: a server for each of mocha's workers, which share nothing, and one server for all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const serverSchema = v.object({ url: v.string(), data: v.string() });

const testServersSchema = v.object({
  /** Its windows have the package that users get. */
  shipped: serverSchema,
  workers: v.array(
    v.object({
      /** Everything that is written on this side while its windows are open is below it. */
      folder: v.string(),
      /** Where a test lets its simulated home listen. */
      nukiPort: v.number(),
      /** Its windows have the package whose requests go there. */
      forwarded: serverSchema,
    }),
  ),
});

export type TestServers = v.InferOutput<typeof testServersSchema>;
export type WorkerSetup = TestServers['workers'][number];

/** @throws where the tests were not started by run.ts */
export function readTestServers(): TestServers {
  const file = process.env['KEYTURNER_TEST_SERVERS'];
  if (file === undefined) throw new Error('Run these tests by npm run test:workbench.');
  return v.parse(testServersSchema, JSON.parse(readFileSync(file, 'utf8')));
}

/** What this worker has to itself; mocha numbers its workers, and numbers the one after a crash anew. */
export function ownWorker(): WorkerSetup {
  const { workers } = readTestServers();
  const worker = workers[Number(process.env['MOCHA_WORKER_ID'] ?? 0) % workers.length];
  if (worker === undefined) throw new Error('There is no server for this worker.');
  return worker;
}

/** The folder for temporary files of a worker's server, and so of the extension. */
export function temporaryFolder(workerFolder: string): string {
  return join(workerFolder, 'tmp');
}

/** What the extension has written into its log, which VS Code does not write to a file here. */
export function logFile(temporary: string): string {
  return join(temporary, 'extension.log');
}

/** The rejections that the extension has left unhandled; VS Code keeps them in a log that it does not write here. */
export function unhandledFile(temporary: string): string {
  return join(temporary, 'unhandled.log');
}

/** A setting of the tests alone: whether the windows share their secrets, as on a desktop. */
export const sharedKeyringSetting = 'keyturner.test.sharedKeyring';
