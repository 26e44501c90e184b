import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';
import { systemClock } from '../../src/base/clock.ts';
import { Store } from '../../src/model/store.ts';
import { createClient } from '../../src/nuki/http/client.ts';
import type { Bench } from './bench.ts';
import { manySmartlocks } from './fixtures/people.ts';
import { gate } from './gates.ts';
import { columns, spreadOf } from './measure.ts';

const rounds = 5;
const devices = 5_000;

/** What is kept of each of 5,000 devices, beside its JSON. */
export const memory: Bench = {
  name: 'Memory of a device',
  run: async () => {
    const json = JSON.stringify(manySmartlocks(devices));
    const kept: number[] = [];
    for (let round = 0; round < rounds; round += 1) kept.push((await keptOf(json)) / devices);
    const size = json.length / devices;
    return {
      samples: rounds,
      rows: [
        { what: 'JSON of a device, bytes', ...columns(spreadOf([size]), 0) },
        { what: 'kept of it, bytes', ...columns(spreadOf(kept), 0) },
      ],
      gates: [gate('memory per device of 5,000, × its JSON', spreadOf(kept).median / size)],
    };
  },
};

/** Bytes that a store keeps of the devices in `json`. */
async function keptOf(json: string): Promise<number> {
  const fetch = async (): Promise<Response> => new Response(json, { headers: { 'content-type': 'application/json' } });
  const client = createClient('bench-token-0123456789abcdef', { fetch, clock: systemClock, random: Math.random });
  const store = new Store(systemClock);
  store.setSources([{ id: '7', label: 'Home', simulated: false, client: () => Promise.resolve(client) }]);
  const before = inUse();
  await store.refresh('7');
  const after = inUse();
  if (store.account('7')?.devices?.length !== devices) throw new Error('the devices were not read');
  return after - before;
}

function inUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = v.parse(v.function(), runInNewContext('gc'));
  for (let times = 0; times < 3; times += 1) collect();
  return process.memoryUsage().heapUsed;
}
