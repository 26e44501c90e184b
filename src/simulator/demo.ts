import type { Clock } from '../base/clock.ts';
import { simulatedApi } from './api.ts';
import { demoAuthorizations, demoUsers } from './demoAuthorizations.ts';
import { demoAccountId, demoSmartlocks, guestHouse } from './demoDevices.ts';
import { demoLog } from './demoLog.ts';
import { SimulatedHome, type HomeOptions } from './home.ts';

/** The token of the demo home: it opens nothing but simulated doors, and no other token does. */
export const demoToken: string = 'demo-home-without-a-real-door';

/** The name under which the demo home's Web API acts. */
const owner = 'Anna Berger';

/**
 * A home with one device of every kind, in the conditions in which real ones are found. All dates are counted from `clock.now()`, so that
 * what is expired, active or upcoming is so whenever the demo begins; the same seed and the same requests give the same answers.
 */
export function demoHome(clock: Clock, seed: number): SimulatedHome {
  return new SimulatedHome(demoHomeOptions(clock, seed));
}

/** What the demo home is made of, for homes that are to be like it. */
export function demoHomeOptions(clock: Clock, seed: number): HomeOptions {
  const now = clock.now();
  const created = new Date(now - 500 * 24 * 3_600_000).toISOString();
  return {
    clock,
    seed,
    account: {
      accountId: demoAccountId,
      type: 0,
      email: 'anna.berger@example.com',
      emailVerified: true,
      name: owner,
      language: 'en',
      creationDate: created,
      updateDate: created,
    },
    users: demoUsers(now),
    tokens: [{ token: demoToken }],
    devices: demoSmartlocks(now).map((listed) => ({
      listed,
      authorizations: demoAuthorizations(listed, now),
      log: demoLog(listed, now),
      unlatches: listed.smartlockId !== guestHouse,
    })),
  };
}

/** The demo home as a `fetch` that the HTTP client can be given. */
export function demoApi(clock: Clock, seed: number): (request: Request) => Promise<Response> {
  return simulatedApi(demoHome(clock, seed));
}
