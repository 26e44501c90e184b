import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { onSignal } from './signals.ts';
import { StartError } from './startError.ts';

export type Command = readonly [program: string, ...args: string[]];

/**
 * Runs a program until it ends. The first signal that asks to end goes on to it; a second one ends it at once.
 * @returns its exit code; 128 and the number of the signal where one has ended it
 * @throws {StartError} where there is no such program
 */
export async function runCommand(command: Command, environment: Readonly<Record<string, string>>): Promise<number> {
  let isAsked = false;
  const end = onSignal((signal) => {
    const hasIt = signal === 'SIGINT' && process.stdin.isTTY; // a terminal sends Ctrl+C to all of its programs
    if (isAsked || !hasIt) child.kill(isAsked ? 'SIGKILL' : signal);
    isAsked = true;
  });
  const child = start(command, { ...process.env, ...environment });
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', () => reject(new StartError(`The command "${command[0]}" can't be run.`, 127)));
      child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
  } finally {
    end();
  }
}

/** On Windows most commands are scripts, such as npm.cmd, which only a shell can start. */
function start([program, ...args]: Command, env: NodeJS.ProcessEnv): ChildProcess {
  if (process.platform !== 'win32') return spawn(program, args, { env, stdio: 'inherit' });
  const line = [program, ...args].map((part) => `"${part.replaceAll('"', '""')}"`).join(' ');
  return spawn(line, { env, stdio: 'inherit', shell: true });
}
