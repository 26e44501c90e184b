// Runs the programs that are strangers to the simulated Web API.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as v from 'valibot';

interface Ended {
  /** `undefined` where a signal has ended it. */
  readonly code: number | undefined;
  readonly said: string;
  readonly complained: string;
}

/** Runs a program to its end. */
export async function run(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child: ChildProcess = spawn(command, args, { env: { ...process.env, ...environment } });
  const [said, complained]: [string[], string[]] = [[], []];
  child.stdout?.on('data', (text) => said.push(String(text)));
  child.stderr?.on('data', (text) => complained.push(String(text)));
  const [code] = v.parse(v.tuple([v.nullable(v.number()), v.unknown()]), await once(child, 'close'));
  return { code: code ?? undefined, said: said.join(''), complained: complained.join('') };
}

/** Whether all of `commands` can be run here. */
export async function areHere(...commands: readonly string[]): Promise<boolean> {
  const found = commands.map(async (command) => {
    try {
      return (await run(command, [command === 'openssl' ? 'version' : '--version'])).code === 0;
    } catch {
      return false;
    }
  });
  return (await Promise.all(found)).every(Boolean);
}
