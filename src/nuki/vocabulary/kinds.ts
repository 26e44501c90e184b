import type { Vocabulary } from './words.ts';

/**
 * What a state means at the door. `secure`: the bolt is out; `ready`: an Opener waits (it cannot know the door); `open`: one can enter;
 * `moving`: the motor runs; `fault`: the device needs a person; `unknown`: nothing can be claimed.
 */
export type Phase = 'secure' | 'ready' | 'open' | 'moving' | 'fault' | 'unknown';

/** What an action does, whatever its code is on a kind. */
export interface ActionTraits {
  /** The command in words, as in "Lock Front Door?". */
  readonly name: string;
  /** While it is under way. */
  readonly doing: string;
  /** A closing action lets no one in; every other one is a door action and asks first. */
  readonly closes: boolean;
  /** A device in one of these phases has done it. */
  readonly endsIn: readonly Phase[];
  /** Whether it opens the door for a while, and only then goes where it ends. */
  readonly opensFirst?: boolean;
  /** Whether an Opener is then in continuous mode, which is a mode and no state: ring to open may be active in it or without it. */
  readonly continuous?: boolean;
}

export const actions = {
  unlock: { name: 'Unlock', doing: 'unlocking', closes: false, endsIn: ['open'] },
  lock: { name: 'Lock', doing: 'locking', closes: true, endsIn: ['secure'] },
  unlatch: { name: 'Unlatch', doing: 'unlatching', closes: false, endsIn: ['open'] },
  lockNGo: {
    name: "Lock 'n' Go",
    doing: "lock 'n' go under way",
    closes: false,
    endsIn: ['secure'],
    opensFirst: true,
  },
  lockNGoUnlatch: {
    name: "Lock 'n' Go with Unlatch",
    doing: "lock 'n' go under way",
    closes: false,
    endsIn: ['secure'],
    opensFirst: true,
  },
  activateRingToOpen: { name: 'Activate Ring to Open', doing: 'activating', closes: false, endsIn: ['open'] },
  deactivateRingToOpen: { name: 'Deactivate Ring to Open', doing: 'deactivating', closes: true, endsIn: ['ready'] },
  open: { name: 'Open Door', doing: 'opening', closes: false, endsIn: ['open', 'ready'] },
  activateContinuousMode: {
    name: 'Activate Continuous Mode',
    doing: 'activating',
    closes: false,
    endsIn: ['open'],
    continuous: true,
  },
  deactivateContinuousMode: {
    name: 'Deactivate Continuous Mode',
    doing: 'deactivating',
    closes: true,
    endsIn: ['ready', 'open'],
    continuous: false,
  },
} as const satisfies Record<string, ActionTraits>;

export type ActionName = keyof typeof actions;

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actions, name);
}

/** A device type as data: what depends on the type, but for the words for triggers and actions (kindWords.ts). */
export interface Kind {
  readonly name: string;
  readonly states: Readonly<Partial<Record<Phase, Vocabulary>>>;
  readonly modes: Vocabulary;
  /** The codes of `POST /smartlock/{id}/action`. */
  readonly actions: Readonly<Partial<Record<ActionName, number>>>;
  /** Whether its states 1, 3, … speak of a bolt. */
  readonly bolt: boolean;
}

// Nuki guide, "Mode", "State", "Actions"; OpenAPI 4.10.0 for 224, 225 and off-door charging; Bluetooth API for 252.
const smartLock: Kind = {
  name: 'Smart Lock',
  bolt: true,
  states: {
    secure: { 1: 'locked' },
    open: { 3: 'unlocked', 5: 'unlatched', 6: "unlocked (lock 'n' go)" },
    moving: { 2: 'unlocking', 4: 'locking', 7: 'unlatching' },
    fault: { 0: 'uncalibrated', 224: 'wrong entry code', 225: 'wrong fingerprint', 254: 'motor blocked' },
    unknown: { 252: 'calibration', 253: 'boot run', 255: 'undefined' },
  },
  modes: { 0: 'uninitialized', 1: 'pairing', 2: 'door', 4: 'maintenance', 5: 'test / off-door charging' },
  actions: { unlock: 1, lock: 2, unlatch: 3, lockNGo: 4, lockNGoUnlatch: 5 },
};

const smartDoor: Kind = { ...smartLock, name: 'Smart Door', modes: { ...smartLock.modes, 3: 'failure' } };

// Nuki documents no states for the Box. It gets the lock's words but for 1, as nothing says that a Box's 1 means locked.
const box: Kind = {
  ...smartLock,
  name: 'Box',
  states: { ...smartLock.states, secure: {} },
  actions: { unlock: 1 },
};

const opener: Kind = {
  name: 'Opener',
  bolt: false,
  states: {
    ready: { 1: 'online' },
    open: { 3: 'ring to open active', 5: 'open' },
    moving: { 7: 'opening' },
    fault: { 0: 'untrained' },
    unknown: { 253: 'boot run', 255: 'undefined' },
  },
  modes: { 0: 'uninitialized', 1: 'pairing', 2: 'door', 3: 'continuous', 4: 'maintenance' },
  actions: {
    activateRingToOpen: 1,
    deactivateRingToOpen: 2,
    open: 3,
    activateContinuousMode: 6,
    deactivateContinuousMode: 7,
  },
};

const unfamiliar: Kind = {
  name: 'unknown',
  bolt: false,
  states: {},
  modes: {},
  actions: {},
};

/** The API's `type` of a device. Smart Locks have one for every two generations: 1st and 2nd, 3rd and 4th, 5th. Nuki guide, "Devices". */
export const deviceType = { smartLock1: 0, box: 1, opener: 2, smartDoor: 3, smartLock3: 4, smartLock5: 5 } as const;

export const kinds: Readonly<Record<number, Kind>> = {
  [deviceType.smartLock1]: smartLock,
  [deviceType.box]: box,
  [deviceType.opener]: opener,
  [deviceType.smartDoor]: smartDoor,
  [deviceType.smartLock3]: smartLock,
  [deviceType.smartLock5]: smartLock,
};

/** The hardware behind a `type` in words; Nuki guide, "Devices". */
export const generations: Vocabulary = {
  [deviceType.smartLock1]: '1st/2nd generation',
  [deviceType.smartLock3]: '3rd/4th generation',
  [deviceType.smartLock5]: '5th generation',
};

/** The kind of a device type. An unfamiliar type has no states, no words and no actions. */
export function kindOf(type: number): Kind {
  return kinds[type] ?? unfamiliar;
}

/** Worked out once: each row of the tree asks for them. */
const actionsByKind = new Map<Kind, readonly ActionName[]>();

/** The actions of a kind. */
export function actionsOf(kind: Kind): readonly ActionName[] {
  const known = actionsByKind.get(kind) ?? Object.keys(kind.actions).filter(isActionName);
  actionsByKind.set(kind, known);
  return known;
}

/** The phase of `state` on `kind`; a state that the kind does not know is `unknown`. */
export function phaseOf(kind: Kind, state: number | undefined): Phase {
  if (state === undefined) return 'unknown';
  for (const phase of ['secure', 'ready', 'open', 'moving', 'fault'] as const) {
    if (kind.states[phase]?.[state] !== undefined) return phase;
  }
  return 'unknown';
}

/** All states of a kind, whatever their phase. */
export function statesOf(kind: Kind): Vocabulary {
  return Object.values(kind.states).reduce((all, states) => ({ ...all, ...states }), {});
}
