import type { CommandServices } from '../services.ts';

/** Not there yet. */
export async function createAccessFile(_hint: unknown, _services: CommandServices): Promise<void> {}
