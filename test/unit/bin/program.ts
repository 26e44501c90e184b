import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a program ended, and what it had printed. */
export interface End {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Where Node keeps what it has made of the sources: the next start is twice as fast. */
const compiled = join(tmpdir(), 'keyturner-compiled');
const entry = join(import.meta.dirname, '../../../src/bin/keyturner.ts');

/** The exit code after a signal that asks to end; Windows has none, and ends a program from outside. */
export const stoppedCode = process.platform === 'win32' ? null : 0;

/** `keyturner`, run from its sources, or from where a test says. */
export class Program {
  readonly child: ChildProcess;
  readonly ended: Promise<End>;
  output = '';
  errors = '';

  constructor(args: readonly string[], { node = process.execPath, file = entry, cwd = process.cwd() } = {}) {
    const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
    const child = spawn(node, [file, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (more: string) => (this.output += more));
    child.stderr.setEncoding('utf8').on('data', (more: string) => (this.errors += more));
    this.child = child;
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output: this.output, errors: this.errors }));
    });
  }

  /** What its first line says, as soon as it is printed. */
  async listening(): Promise<{ readonly url: string; readonly token: string }> {
    await this.prints(/\n/);
    const line = /^Nuki Web API, simulated: (http:\/\/127\.0\.0\.1:\d+) token (\S+)\n/.exec(this.output);
    const [, url, token] = line ?? [];
    if (url === undefined || token === undefined) throw new Error(`it does not listen: ${this.output}${this.errors}`);
    return { url, token };
  }

  /** Resolves when what it has printed fits. */
  async prints(pattern: RegExp, where: 'output' | 'errors' = 'output'): Promise<void> {
    const stream = where === 'output' ? this.child.stdout : this.child.stderr;
    while (!pattern.test(this[where])) {
      const more = new Promise((resolve) => stream?.once('data', () => resolve('more')));
      if ((await Promise.race([more, this.ended])) !== 'more' && !pattern.test(this[where])) {
        throw new Error(`it ended before it printed ${pattern}: ${this.output}${this.errors}`);
      }
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<End> {
    this.child.kill(signal);
    return await this.ended;
  }
}

/** Runs it until it ends by itself. */
export function run(...args: readonly string[]): Promise<End> {
  return new Program(args).ended;
}
