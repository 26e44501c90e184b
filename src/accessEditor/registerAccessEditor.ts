import type { Disposable } from 'vscode';
import type { Services } from '../commands/services.ts';

/** Registers what the editor shows in access files and plans; what it needs is loaded when there is first such a file. */
export function registerAccessEditor(_services: Services): Disposable[] {
  return [];
}
