// Starts the simulated Web API as a program of its own, as who installs it does, and the programs that are strangers to it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

export const entry = 'src/bin/keyturner.ts';

export interface Simulated {
  readonly url: string;
  readonly token: string;
  end(): Promise<void>;
}

/** @throws {Error} with what it has said, where it ends before it listens */
export async function startSimulated(...options: readonly string[]): Promise<Simulated> {
  const child = spawn(process.execPath, [entry, 'simulate', '--port', '0', ...options]);
  const said: string[] = [];
  child.stderr.on('data', (text) => said.push(String(text)));
  const ended = once(child, 'exit');
  const listening = (async () => {
    for await (const line of createInterface(child.stdout)) {
      const [, url, token] = /^Nuki Web API, simulated: (\S+) token (\S+)$/.exec(line) ?? [];
      if (url !== undefined && token !== undefined) return { url, token };
    }
    throw new Error(`it has ended: ${said.join('')}`);
  })();
  const { url, token } = await listening;
  return {
    url,
    token,
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export interface Ended {
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
