import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the extension under test leaves the rejections that nobody has handled; VS Code keeps them in a log that it does not write here. */
export function unhandledFile(nukiPort: string): string {
  return join(tmpdir(), `keyturner-unhandled-${nukiPort}.log`);
}
