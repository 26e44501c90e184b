import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { commandLineBuild } from '../../../esbuild.mjs';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import type { Bench } from '../bench.ts';
import { leastSamples } from '../measure.ts';

/** How many answers are counted, once some have been given. */
const answers = 1_000;
const warmUp = 300;
/** How many requests are under way at a time. */
const connections = 8;
const paths = ['', `/${frontDoor}`, `/${frontDoor}/log`, `/${frontDoor}/auth`].map((path) => `/smartlock${path}`);

/** The command line as it is published: from the start of its process to its first answer, and then how many answers a second it gives. */
export const simulatedApi: Bench = {
  name: 'simulated API',
  run: async (seed) => {
    const folder = await mkdtemp(join(tmpdir(), 'keyturner-bench-'));
    try {
      await build(commandLineBuild({ outdir: folder }));
      const args = [join(folder, 'keyturner.js'), ...`simulate --port 0 --token bench --seed ${seed}`.split(' ')];
      const first: number[] = [];
      const perSecond: number[] = [];
      for (let round = 0; round < leastSamples; round += 1) await measure(args, first, perSecond);
      return [
        { line: 'simulated API: start to first answer', ours: first },
        { line: 'simulated API: answers', ours: perSecond },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(args: readonly string[], first: number[], perSecond: number[]): Promise<void> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const url = await urlOf(child);
    await read(url + paths[0], agent);
    first.push(performance.now() - began);
    await readMany(url, warmUp, agent);
    const since = performance.now();
    await readMany(url, answers, agent);
    perSecond.push(answers / ((performance.now() - since) / 1_000));
  } finally {
    agent.destroy();
    child.kill();
    await ended;
  }
}

async function readMany(url: string, count: number, agent: Agent): Promise<void> {
  const left = { count };
  const readSome = async (): Promise<void> => {
    while (left.count > 0) {
      left.count -= 1;
      await read(url + paths[left.count % paths.length], agent);
    }
  };
  await Promise.all(Array.from({ length: connections }, readSome));
}

/** The address that a server prints when it listens. */
function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      output += more;
      const [url] = /http:\S+(?=\s)/.exec(output) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`A server has ended: ${output}`)));
  });
}

/** Reads an answer to its end. */
function read(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization: 'Bearer bench' } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    }).on('error', reject);
  });
}
