import type { CommandServices } from '../services.ts';

export async function leave(_hint: unknown, _services: CommandServices): Promise<void> {}
