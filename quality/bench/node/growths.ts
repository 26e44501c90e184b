import type { Growth } from '../growth.ts';
import { heapInUse, megabyte, timeOf } from '../measure.ts';
import { accountUsers, authorizationsOf, deviceIdAt, manySmartlocks } from '../people.ts';
import type { AccountWindow, Answers } from './fixtures/accountWindow.ts';

const rounds = 3;
/** So many devices are in all windows of a sample at least: what is done in a moment is done again and again. */
const leastDevices = 1_000;

const devices = 1_000;
const perPage = 1_000;

/** What is measured by a size. */
interface Work {
  /** What the sizes are of. */
  readonly of: string;
  readonly sizes: readonly number[];
  readonly answersOf: (size: number) => Answers;
  readonly prepare: (window: AccountWindow) => Promise<unknown>;
  readonly read: (window: AccountWindow) => Promise<unknown>;
  readonly show: (window: AccountWindow) => Promise<unknown>;
  readonly names: { readonly read: string; readonly show: string };
}

const byDevices: Work = {
  of: 'devices',
  sizes: [10, 100, 1_000, 5_000],
  answersOf: ofDevices,
  prepare: () => Promise.resolve(),
  read: ({ store, accountId }) => store.refresh(accountId),
  show: (window) => window.drawTree(),
  names: { read: 'refresh', show: 'all rows of the tree' },
};

const byAuthorizations: Work = {
  of: 'authorizations of each of 1,000 devices',
  sizes: [1, 10, 200],
  answersOf: ofAuthorizations,
  prepare: ({ store, accountId }) => store.refresh(accountId),
  read: ({ store, accountId }) => store.readAccess(accountId),
  show: (window) => window.showCalendar(),
  names: { read: 'reading of all', show: 'calendar' },
};

interface Sample {
  /** Milliseconds of the processor, for one window. */
  readonly read: number;
  readonly show: number;
  /** Megabytes. */
  readonly kept: number;
}

/** Time of the processor and memory by the number of devices, and by that of the authorizations of each of 1,000 devices. */
export const growths = {
  name: 'growth',
  run: async (_seed: number): Promise<readonly Growth[]> => [
    ...(await growthsBy(byDevices)),
    ...(await growthsBy(byAuthorizations)),
  ],
};

async function growthsBy(work: Work): Promise<readonly Growth[]> {
  const { of, names } = work;
  const samples: (readonly [size: number, samples: readonly Sample[]])[] = [];
  for (const size of work.sizes) {
    const answers = work.answersOf(size);
    await sampleOf(work, answers);
    const ofSize: Sample[] = [];
    for (let round = 0; round < rounds; round += 1) ofSize.push(await sampleOf(work, answers));
    samples.push([size, ofSize]);
  }
  const sizesOf = (field: keyof Sample): Growth['sizes'] =>
    samples.map(([size, ofSize]) => ({ size, samples: ofSize.map((sample) => sample[field]) }));
  return [
    { what: `${names.read}, by ${of}`, unit: 'ms', sizes: sizesOf('read') },
    { what: `${names.show}, by ${of}`, unit: 'ms', sizes: sizesOf('show') },
    { what: `memory, by ${of}`, unit: 'MB', sizes: sizesOf('kept') },
  ];
}

async function sampleOf({ prepare, read, show }: Work, answers: Answers): Promise<Sample> {
  // The rows are those of the tests' stand-in of VS Code.
  await import('../../../test/unit/vscode.ts');
  const { AccountWindow: Window } = await import('./fixtures/accountWindow.ts');
  const windows = Array.from({ length: Math.ceil(leastDevices / answers.count) }, () => new Window(answers));
  const inAll = async (step: (window: AccountWindow) => Promise<unknown>): Promise<void> => {
    for (const window of windows) await step(window);
  };
  await inAll(prepare);
  const before = heapInUse();
  const reading = await timeOf(() => inAll(read));
  const kept = heapInUse() - before;
  const showing = await timeOf(() => inAll(show));
  return { read: reading / windows.length, show: showing / windows.length, kept: kept / windows.length / megabyte };
}

function ofDevices(count: number): Answers {
  return { count, devices: [JSON.stringify(manySmartlocks(count))] };
}

function ofAuthorizations(perDevice: number): Answers {
  const all = Array.from({ length: devices }, (_, place) => authorizationsOf(deviceIdAt(place), perDevice)).flat();
  const pages = Math.ceil(all.length / perPage);
  return {
    ...ofDevices(devices),
    people: [JSON.stringify(accountUsers(perDevice))],
    authorizations: Array.from({ length: pages }, (_, page) => {
      const results = all.slice(page * perPage, (page + 1) * perPage);
      return JSON.stringify({ results, pagination: { totalItems: all.length, totalPages: pages } });
    }),
  };
}
