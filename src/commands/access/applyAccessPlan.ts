import type { CommandServices } from '../services.ts';

/** Not there yet. */
export async function applyAccessPlan(_hint: unknown, _services: CommandServices): Promise<void> {}
