import type { CommandServices } from '../services.ts';

export async function showActivity(_hint: unknown, _services: CommandServices): Promise<void> {}
