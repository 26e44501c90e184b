import { Doorkeeper } from '../../../src/model/actions/doorkeeper.ts';
import type { ActionName } from '../../../src/nuki/vocabulary/kinds.ts';
import { seededRandom } from '../../../src/simulator/random.ts';
import { accountId } from '../../../test/unit/model/fakes.ts';
import { ref } from '../../../test/unit/devices.ts';
import type { Bench } from '../bench.ts';
import { idAt, SimulatedAccount, type Device } from './fixtures/simulatedAccount.ts';

/** How many operations are drawn: so many in each of some homes. */
const homes = 12;
const perHome = 80;

// An assumption, since Nuki publishes no times: log-normal, in milliseconds, half of all operations are shown after 3 s and 95 % after
// 10 s. 1.6449 is the normal distribution's 95 %.
const median = 3_000;
const spread = Math.log(10_000 / median) / 1.6449;
/** What the cloud of the simulator takes of it, mostly, to hear of a device. */
const usualReport = 1_200;

const minute = 60_000;
const roundTrip = 200;

const lock: Device = { type: 4, state: { state: 3, doorState: 2 } };
const ajar: Device = { type: 4, state: { state: 3, doorState: 3 } };
const opener: Device = { type: 2 };

/** The real doorkeeper, store and client on simulated homes: how soon an action is sent, and how soon its end is seen. */
export const actions: Bench = {
  name: 'actions',
  run: async (seed) => {
    const ends: (readonly End[])[] = [];
    for (let home = 0; home < homes; home += 1) ends.push(await endsIn(seed * homes + home));
    const means = (field: keyof End): readonly number[] => ends.map((ofHome) => mean(ofHome.map((end) => end[field])));
    return [
      { line: 'action: click to request', ours: await roundTripsToRequest(seed) },
      { line: "action: door's arrival to confirmed, mean", ours: means('seconds') },
      { line: 'action: looks until confirmed, mean', ours: means('looks') },
    ];
  },
};

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}

/**
 * From the last yes, or from the click where nothing is asked, to the request that acts, itself counted: each answer takes as long. What is
 * known of the device is fresh, or an hour old.
 */
async function roundTripsToRequest(seed: number): Promise<readonly number[]> {
  const situations: readonly (readonly [device: Device, action: ActionName])[] = [
    [lock, 'unlock'],
    [lock, 'lock'],
    [lock, 'unlatch'],
    [lock, 'lockNGo'],
    [ajar, 'lock'],
    [opener, 'open'],
  ];
  const trips: number[] = [];
  for (const [device, action] of situations) {
    for (const age of [0, 60 * minute]) {
      const account = new SimulatedAccount([device], { seed });
      account.home.fault({ times: Infinity, wait: roundTrip });
      await account.until(account.store.refresh(accountId));
      await account.until(account.clock.wait(age));
      const agreed = { at: account.clock.now() };
      const doorkeeper = new Doorkeeper(account.store, account.clock, async () => {
        await account.clock.wait(2_000);
        agreed.at = account.clock.now();
        return true;
      });
      const since = account.clock.now();
      const result = await account.until(doorkeeper.act(ref(idAt(0, device)), action));
      const [sentAt, ...others] = account.timesOf('POST', since);
      if (!result.sent || sentAt === undefined || others.length > 0) throw new Error(`${action} was not sent once`);
      trips.push((sentAt - agreed.at) / roundTrip + 1);
    }
  }
  return trips;
}

interface End {
  /** From the door's arrival to "confirmed". */
  readonly seconds: number;
  readonly looks: number;
}

/**
 * Operations one after the other, at an Opener: its motor does not turn for them, so that each takes what was drawn for it. The door has
 * arrived when the API first shows its state, and the entry of its log, to whoever looks: before that no one can know. Answers take no
 * time, so that what is counted is the waiting between two looks.
 */
async function endsIn(seed: number): Promise<readonly End[]> {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const atOnce = { median: 0, min: 0, max: 0, inOrder: true };
  const account = new SimulatedAccount([opener], { seed, conditions: { logLag: atOnce } });
  const { home, clock, store } = account;
  const id = idAt(0, opener);
  const shown = { at: 0 };
  home.onDidLearn(() => {
    shown.at = home.timeline.now;
  });
  const doorkeeper = new Doorkeeper(store, clock, () => Promise.resolve(true));
  await account.until(store.refresh(accountId));
  const ends: End[] = [];
  for (let operation = 0; operation < perHome; operation += 1) {
    const after = Math.max(0, median * Math.exp(spread * normal()) - usualReport);
    home.fault({ method: 'POST', after });
    const since = clock.now();
    const action = operation % 2 === 0 ? 'activateRingToOpen' : 'deactivateRingToOpen';
    const result = await account.until(doorkeeper.act(ref(id), action));
    const seenAt = clock.now();
    const [sentAt = NaN] = account.timesOf('POST', since);
    // One that takes longer than it is followed for is not seen.
    if (result.sent && result.outcome.kind === 'confirmed') {
      const looks = account.timesOf('GET', sentAt + 1, `/smartlock/${id}`).length;
      ends.push({ seconds: (seenAt - shown.at) / 1_000, looks });
    }
    await account.until(clock.wait(minute));
  }
  if (ends.length < perHome * 0.97) throw new Error(`${perHome - ends.length} of ${perHome} operations were not seen`);
  return ends;
}
