import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Whether nothing listens on a port of 127.0.0.1, and no connection uses it. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** A port of 127.0.0.1 that stays free until it is listened on: from below those that systems give to outgoing connections. */
export async function freePort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  return (await isFree(port)) ? port : await freePort();
}
