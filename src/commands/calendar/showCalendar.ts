import type { CommandServices } from '../services.ts';

export async function showCalendar(_hint: unknown, _services: CommandServices): Promise<void> {}
