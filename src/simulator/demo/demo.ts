import type { Clock } from '../../base/clock.ts';
import { simulatedApi } from '../api/api.ts';
import { demoAuthorizations, demoUsers } from './demoAuthorizations.ts';
import { demoAccountId, demoSmartlocks, guestHouse } from './demoDevices.ts';
import { demoLog } from './demoLog.ts';
import { demoIntegrations, ownToken } from './demoIntegrations.ts';
import { addMishaps } from './demoMishaps.ts';
import { SimulatedHome, type HomeOptions } from '../home.ts';
import type { AuthorizationJson, LogJson } from '../wire.ts';

/** The token of the demo home, the only one that opens simulated doors; it opens no others. */
export const demoToken: string = 'demo-home-without-a-real-door';

/** The name that the demo home's Web API leaves in logs. */
const owner = 'Anna Berger';

/**
 * A home with a device of every kind, in conditions in which real ones are found. Dates count from `clock.now()`, so that expired, active
 * and upcoming authorizations are so at any time. The same seed and requests give the same answers.
 */
export function demoHome(clock: Clock, seed: number): SimulatedHome {
  return new SimulatedHome(demoHomeOptions(clock, seed));
}

/** The options of the demo home, for tests of similar homes. */
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
    // Ben has an account of his own that may operate the devices and see their logs.
    subAccounts: [
      {
        accountId: demoAccountId + 1,
        type: 0,
        email: 'ben.berger@example.com',
        emailVerified: true,
        name: 'Ben Berger',
        masterAccountId: demoAccountId,
        rights: 18,
        language: 'en',
        creationDate: created,
        updateDate: created,
      },
    ],
    tokens: [{ token: demoToken }],
    integrations: demoIntegrations(now),
    devices: demoSmartlocks(now).map((listed) => {
      const authorizations = demoAuthorizations(listed, now);
      return {
        listed,
        authorizations,
        log: demoLog(listed, now).map((entry) => ({ ...entry, ...whoseIs(entry, authorizations) })),
        unlatches: listed.smartlockId !== guestHouse,
      };
    }),
  };
}

/** The authorization by which an entry came about, as its name tells. */
function whoseIs({ name }: LogJson, authorizations: readonly AuthorizationJson[]): Partial<LogJson> {
  const found = authorizations.find((authorization) => authorization.name === name);
  if (found === undefined) return {};
  const { id: authId, accountUserId } = found;
  return { authId, ...(accountUserId !== undefined && { accountUserId }) };
}

/** The demo home, with what goes wrong in it, as a `fetch` for the HTTP client. */
export function demoApi(clock: Clock, seed: number): (request: Request) => Promise<Response> {
  const home = new SimulatedHome({ ...demoHomeOptions(clock, seed), tokens: [ownToken(demoToken, clock.now())] });
  addMishaps(home);
  return simulatedApi(home);
}
