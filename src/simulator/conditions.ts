/** A duration as `Random.duration` draws it, all in ms. */
export interface Lag {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** How Nuki's cloud, the devices and the people around a home behave. Shares are from 0 to 1, durations in ms. */
export interface Conditions {
  /** By how much each copy of the cloud is behind; any of them may answer a read. */
  readonly copies: readonly number[];
  /** By how much the clocks of the cloud and of the devices are ahead of the computer's. */
  readonly cloudClock: number;
  readonly deviceClock: number;
  /** How long entries of the log take. Where they may be out of order, each takes its own time. */
  readonly logLag: Lag & { readonly inOrder: boolean };
  /** Whether an entry's id tells when it happened or when the cloud heard of it. */
  readonly logIds: 'by event' | 'by arrival';
  /** Entries without a name, though the log has one for them. */
  readonly namelessEntries: number;
  /** Operations whose `operationId` the cloud shows late or never, and how long it shows one after the end. */
  readonly operationsShownLate: number;
  readonly operationsNeverShown: number;
  readonly operationsStay: number;
  /** Whether the cloud lists what is written before the device has it; it then has no `updateDate` yet, or its old one. */
  readonly listsUnconfirmed: boolean;
  /** Writes that the device has and that the cloud does not hear of before the next write or sync. */
  readonly unheardWrites: number;
  /** Writes that never reach the device. */
  readonly lostWrites: number;
  /** Removed authorizations that stay listed until a sync, and those that stay for minutes. */
  readonly ghosts: number;
  readonly removedStay: number;
  /** How many updates of an authorization are taken before 423 answers; of several, the last but one wins. */
  readonly quickUpdates: number;
  /** What becomes of a keypad code's name of more than 20 bytes. */
  readonly longNames: 'cut' | 'refused';
  /** Pages of a paged list that miss something. */
  readonly cutPages: number;
  /** Answers of something between the client and Nuki, and refusals because of too many requests. */
  readonly foreignPages: number;
  readonly tooManyRequests: number;
  /** Whether Nuki wants to be paid first: 402 for actions and creations. */
  readonly unpaid: boolean;
  /** Whether a person who is removed takes their authorizations along. */
  readonly peopleTakeAuthorizations: boolean;
  /** How many creations a minute are taken before 429 answers. */
  readonly creationsPerMinute: number;
  /** Devices with fields and numbers beyond the published specification; where there are some, refused writes bear an `error`. */
  readonly oddFields: number;
  /** How long it takes, on average, until someone does something at a device. */
  readonly quietTime: number;
}

/** A home where nothing goes wrong and no one comes. */
export const calm: Conditions = {
  copies: [0],
  cloudClock: 0,
  deviceClock: 0,
  logLag: { median: 2600, min: 1200, max: 6000, inOrder: true },
  logIds: 'by event',
  namelessEntries: 0,
  operationsShownLate: 0,
  operationsNeverShown: 0,
  operationsStay: 0,
  listsUnconfirmed: false,
  unheardWrites: 0,
  lostWrites: 0,
  ghosts: 0,
  removedStay: 0,
  quickUpdates: 1,
  longNames: 'cut',
  cutPages: 0,
  foreignPages: 0,
  tooManyRequests: 0,
  unpaid: false,
  peopleTakeAuthorizations: false,
  creationsPerMinute: Infinity,
  oddFields: 0,
  quietTime: Infinity,
};

/**
 * What users of real homes met. What happens is theirs; how often it happens is chosen, as no one has published it, so that an hour
 * of tests meets all of it.
 */
export const usual: Conditions = {
  copies: [0, 0, 0, 0, 1500, 8000, 150_000],
  cloudClock: 900,
  deviceClock: -23_000,
  logLag: { median: 4000, min: 2000, max: 90_000, inOrder: false },
  logIds: 'by arrival',
  namelessEntries: 0.05,
  operationsShownLate: 0.2,
  operationsNeverShown: 0.2,
  operationsStay: 2000,
  listsUnconfirmed: true,
  unheardWrites: 0.05,
  lostWrites: 0.03,
  ghosts: 0.05,
  removedStay: 0.1,
  quickUpdates: 4,
  longNames: 'refused',
  cutPages: 0.05,
  foreignPages: 0.01,
  tooManyRequests: 0.01,
  unpaid: false,
  peopleTakeAuthorizations: false,
  creationsPerMinute: 60,
  oddFields: 0.3,
  quietTime: 120_000,
};

/** A home that programs are tried against: the cloud's ways that every client meets, drawn from the seed; what goes wrong comes from faults. */
export const served: Conditions = {
  ...calm,
  copies: [0, 0, 0, 1500, 8000],
  logLag: { median: 4000, min: 2000, max: 12_000, inOrder: false },
  logIds: 'by arrival',
  listsUnconfirmed: true,
  quickUpdates: 4,
  longNames: 'refused',
};
