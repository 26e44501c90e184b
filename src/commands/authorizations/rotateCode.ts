import type { CommandServices } from '../services.ts';

export async function rotateCode(_hint: unknown, _selected: unknown, _services: CommandServices): Promise<void> {}
