import type { CommandServices } from '../services.ts';

export async function showTokens(_hint: unknown, _services: CommandServices): Promise<void> {}
