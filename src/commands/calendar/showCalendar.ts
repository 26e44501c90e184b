import type { WebviewPanel } from 'vscode';
import type { CommandServices } from '../services.ts';

export async function showCalendar(_hint: unknown, _services: CommandServices): Promise<void> {}

/** Brings the page back in the panel in which it was shown before the window was loaded again. `state`: what it has kept. */
export async function resumeCalendar(panel: WebviewPanel, _state: unknown, _services: CommandServices): Promise<void> {
  panel.dispose();
}
