import type { CommandServices } from '../services.ts';

/** Not there yet. */
export async function takeIntoFile(_hint: unknown, _services: CommandServices): Promise<void> {}

/** Not there yet. */
export async function putBack(_hint: unknown, _services: CommandServices): Promise<void> {}
