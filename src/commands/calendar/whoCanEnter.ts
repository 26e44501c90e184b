import type { CommandServices } from '../services.ts';

export async function askWhoCanEnter(_hint: unknown, _services: CommandServices): Promise<void> {}
