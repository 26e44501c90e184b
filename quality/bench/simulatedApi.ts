import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { commandLineBuild } from '../../esbuild.mjs';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { Bench } from './bench.ts';
import { gate } from './gates.ts';
import { columns, spreadOf } from './measure.ts';

const rounds = 6;
const thousands = 3;
/** How many requests are under way at a time. */
const connections = 8;
const paths = ['', `/${frontDoor}`, `/${frontDoor}/log`, `/${frontDoor}/auth`].map((path) => `/smartlock${path}`);

/** Answers every request with as many bytes as the list of the demo home has, and does nothing else. */
const bareServer = `
  const body = Buffer.alloc(11_000, ' ');
  const server = (await import('node:http')).createServer((incoming, outgoing) => outgoing.end(body));
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`;

/** Has a program say how long it has kept processors busy, in ms, whenever it is asked. */
const tellsBusyTime = `data:text/javascript,
  process.on('SIGUSR2', () => {
    const { user, system } = process.cpuUsage();
    process.send((user + system) / 1000);
  });
  process.channel.unref();`;

class Times {
  readonly first: number[] = [];
  readonly thousand: number[] = [];
  readonly busy: number[] = [];
}

/** The command line as it is published: from the start of its process to its first answer, and then as many answers as it gives. */
export const simulatedApi: Bench = {
  name: 'Simulated Web API',
  run: async (seed) => {
    const folder = await mkdtemp(join(tmpdir(), 'keyturner-bench-'));
    try {
      await build(commandLineBuild({ outdir: folder }));
      const program = join(folder, 'keyturner.js');
      const ours = {
        args: [program, ...`simulate --port 0 --token bench --seed ${seed}`.split(' ')],
        times: new Times(),
      };
      const bare = { args: ['--input-type=module', '--eval', bareServer], times: new Times() };
      for (let done = 0; done < rounds; done += 1) {
        for (const { args, times } of done % 2 === 0 ? [ours, bare] : [bare, ours]) await measure(args, times);
      }
      return {
        samples: rounds,
        rows: [
          { what: 'process start to first answer, ms', ...columns(spreadOf(ours.times.first)) },
          { what: 'the same of a bare server, ms', ...columns(spreadOf(bare.times.first)) },
          { what: '1,000 answers, ms', ...columns(spreadOf(ours.times.thousand)) },
          { what: 'the same of a bare server, ms', ...columns(spreadOf(bare.times.thousand)) },
          { what: 'time of processors in them, ms', ...columns(spreadOf(ours.times.busy)) },
          { what: 'the same of a bare server, ms', ...columns(spreadOf(bare.times.busy)) },
        ],
        gates: [
          gate('process start to first answer of the simulated API, ms', spreadOf(ours.times.first).median),
          gate('processor time of 1,000 answers of the simulated API, ms', spreadOf(ours.times.busy).median),
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(args: readonly string[], times: Times): Promise<void> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', tellsBusyTime, ...args], {
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const url = await urlOf(child);
    await read(url + paths[0], agent);
    times.first.push(performance.now() - began);
    const since = { busy: await busyTimeOf(child), now: performance.now() };
    let left = thousands * 1_000;
    const readAll = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await read(url + paths[left % paths.length], agent);
      }
    };
    await Promise.all(Array.from({ length: connections }, readAll));
    times.thousand.push((performance.now() - since.now) / thousands);
    times.busy.push(((await busyTimeOf(child)) - since.busy) / thousands);
  } finally {
    agent.destroy();
    child.kill();
    await once(child, 'exit');
  }
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

function busyTimeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (ms) => resolve(Number(ms)));
    child.kill('SIGUSR2');
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
