import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';

setFlagsFromString('--expose-gc');
const collectGarbage = v.parse(v.function(), runInNewContext('gc'));

/** MB in use once nothing is left to be collected: what is let go of by a weak reference goes a turn later. */
export async function heapInUse(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 20)); // nothing tells when finalizers have run
  }
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** How many timers are under way in this process. */
export function timersUnderWay(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
