import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { systemClock } from '../base/clock.ts';
import { inEnglish } from '../base/locale.ts';
import { listen, PortError, usualPort, type HttpServer } from '../server/server.ts';
import { reportOf } from '../simulator/clientCheck/check.ts';
import { demoHomeOptions } from '../simulator/demo/demo.ts';
import { Simulation, type SimulationOptions } from '../simulator/simulation.ts';
import type { Simulate } from './arguments.ts';
import { runCommand, type Command } from './command.ts';
import { JournalFile } from './journalFile.ts';
import { showRequests } from './requestLines.ts';
import { firstSignal } from './signals.ts';
import { reasonOf, StartError } from './startError.ts';

/**
 * Runs a simulated Web API until a signal, or until its command has ended.
 * @returns an exit code
 * @throws {StartError} where it cannot start
 */
export async function simulate(choice: Simulate): Promise<number> {
  const { seed, time, speed, faults, webhook, home, journal, command } = choice;
  if (home !== undefined && journal !== undefined && (await isSameFile(home, journal))) {
    throw new StartError(`The journal would overwrite the home file ${home}; choose another file for it.`);
  }
  const random = { token: randomSecret() };
  const tokens = choice.tokens.length > 0 ? choice.tokens : [random];
  const [{ token } = random] = tokens;
  const { secret = randomSecret() } = webhook ?? {};
  const simulation = new Simulation({
    clock: systemClock,
    seed,
    speed,
    tokens,
    faults,
    home: home === undefined ? demoHomeOptions : await readHome(home),
    send: fetch,
    ...(time !== undefined && { time }),
    ...(webhook && { webhook: { url: webhook.url, secret } }),
  });
  const ends: (() => unknown)[] = [() => simulation.dispose()];
  try {
    const server = await openServer(choice, simulation);
    ends.unshift(() => server.close());
    if (journal !== undefined) {
      const file = new JournalFile(journal, simulation, writeError);
      ends.unshift(() => file.close());
    }
    showRequests(simulation, writeError);
    if (webhook !== undefined && webhook.secret === undefined) writeError(`Webhook secret: ${secret}`);
    const environment = { NUKI_BASE_URL: server.url, NUKI_TOKEN: token };
    const code = await untilEnd(command, environment, () => {
      process.stdout.write(`Nuki Web API, simulated: ${server.url} token ${token}\n`);
    });
    await server.close(); // now, so that journal and check see what it breaks off
    return choice.check && showCheck(simulation) > 0 ? 1 : code;
  } finally {
    for (const end of ends) await end();
  }
}

/** Loaded on first use, as most homes are the demo home. */
async function readHome(path: string): Promise<SimulationOptions['home']> {
  const { HomeFileError, readHomeFile } = await import('../simulator/homeFile/homeFile.ts');
  try {
    return readHomeFile(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof HomeFileError) throw new StartError(`${path}: ${error.message}`);
    throw new StartError(`The home file ${path} can't be read: ${reasonOf(error)}.`);
  }
}

async function isSameFile(...paths: readonly [string, string]): Promise<boolean> {
  const [one, other] = await Promise.all(paths.map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}

async function openServer({ port, cors }: Simulate, { handle }: Simulation): Promise<HttpServer> {
  try {
    return await listen({ port: port ?? usualPort, orAnother: port === undefined, cors, handle });
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    throw new StartError(`${error.message.slice(0, -1)}; choose another, or let --port 0 take a free one.`);
  }
}

/** Calls `announce` as soon as a signal would be heard, or before a command could print anything. @returns an exit code */
async function untilEnd(
  command: Command | undefined,
  environment: Readonly<Record<string, string>>,
  announce: () => void,
): Promise<number> {
  if (command !== undefined) {
    announce();
    return await runCommand(command, environment);
  }
  const stopped = firstSignal();
  announce();
  await stopped;
  return 0;
}

/** @returns how much it has found */
function showCheck(simulation: Simulation): number {
  const runs = simulation.checks();
  process.stdout.write(`${reportOf(runs, inEnglish).join('\n')}\n`);
  return runs.flatMap(({ findings }) => findings).length;
}

function writeError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Hard to guess, and shorter than a real token of Nuki's, so that no one takes it for one. */
function randomSecret(): string {
  return randomBytes(32).toString('hex');
}
