// What run.ts has started for the tests: a slot for each of mocha's workers, which share nothing, and one server for all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const serverSchema = v.object({ url: v.string(), data: v.string() });

const slotsSchema = v.object({
  /** Its windows have the package that users get. */
  shipped: serverSchema,
  slots: v.array(
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

export type Slots = v.InferOutput<typeof slotsSchema>;
export type Slot = Slots['slots'][number];

/** @throws where the tests were not started by run.ts */
export function readSlots(): Slots {
  const file = process.env['KEYTURNER_SLOTS'];
  if (file === undefined) throw new Error('Run these tests by npm run test:workbench.');
  return v.parse(slotsSchema, JSON.parse(readFileSync(file, 'utf8')));
}

/** The slot of this worker; mocha numbers its workers, and numbers the one after a crash anew. */
export function ownSlot(): Slot {
  const { slots } = readSlots();
  const slot = slots[Number(process.env['MOCHA_WORKER_ID'] ?? 0) % slots.length];
  if (slot === undefined) throw new Error('There is no slot.');
  return slot;
}

/** The folder for temporary files of a slot's server, and so of the extension. */
export function temporaryFolder(slotFolder: string): string {
  return join(slotFolder, 'tmp');
}

/** What the extension has written into its log, which VS Code does not write to a file here. */
export function logFile(temporary: string): string {
  return join(temporary, 'extension.log');
}

/** The rejections that the extension has left unhandled; VS Code keeps them in a log that it does not write here. */
export function unhandledFile(temporary: string): string {
  return join(temporary, 'unhandled.log');
}
