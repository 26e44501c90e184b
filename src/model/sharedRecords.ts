import type { Disposable } from '../base/event.ts';

/**
 * Small values that all windows of a user share, each under a key of its own: a window writes one of them and leaves the others as they
 * are, so it cannot undo what another window writes at the same time. VS Code's globalState is one value that each window writes whole.
 */
export interface SharedRecords {
  /** What is kept, by key; what another window has changed is in it within a second, or after {@link reload}. */
  read(): ReadonlyMap<string, unknown>;
  /** Whether there is such a record at this very moment. */
  has(key: string): boolean;
  /**
   * Writes a record that must not be there yet. @returns whether it was written: of several windows at once, one is told so
   * @throws {Error} where nothing can be written
   */
  create(key: string, value: unknown): boolean;
  /** @throws {Error} where nothing can be written */
  write(key: string, value: unknown): void;
  /** @throws {Error} where nothing can be deleted */
  delete(key: string): void;
  /** Looks for what other windows have changed. */
  reload(): void;
  /** Tells that another window has changed something. */
  onDidChange(listener: () => void): Disposable;
}
