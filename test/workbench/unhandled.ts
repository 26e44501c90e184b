import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where it leaves what it writes into its log, which VS Code does not write to a file here either. */
export function logFile(nukiPort: string): string {
  return join(tmpdir(), `keyturner-log-${nukiPort}.log`);
}

/** Where the extension under test leaves the rejections that nobody has handled; VS Code keeps them in a log that it does not write here. */
export function unhandledFile(nukiPort: string): string {
  return join(tmpdir(), `keyturner-unhandled-${nukiPort}.log`);
}
