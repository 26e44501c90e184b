import { actionsOf, deviceType, kindOf, phaseOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import type { SmartlockJson, StateJson } from '../wire.ts';

/** A state and how long it lasts before the next one, in ms; the last one stays. */
export type Leg = readonly [state: number, ms: number];

// Nuki publishes no durations; these were measured in films of its locks.
const motor = 1800;
const latch = 3000;
const lockNGoWait = 20_000;

/** The state in which a lock 'n' go waits before it locks. */
export const lockNGoState = 6;

const blocked = 254;

/** What the motor does for each action of a lock; the numbers are those of kinds.ts. */
const lockMotions: Readonly<Partial<Record<ActionName, readonly Leg[]>>> = {
  unlock: [
    [2, motor],
    [3, 0],
  ],
  lock: [
    [4, motor],
    [1, 0],
  ],
  unlatch: [
    [7, motor],
    [5, latch],
    [3, 0],
  ],
  lockNGo: [
    [2, motor],
    [lockNGoState, lockNGoWait],
    [4, motor],
    [1, 0],
  ],
  lockNGoUnlatch: [
    [7, motor],
    [5, latch],
    [lockNGoState, lockNGoWait],
    [4, motor],
    [1, 0],
  ],
};

const boxMotion: readonly Leg[] = [
  [2, motor],
  [3, 10_000],
  [1, 0],
];

/** The name of the action with this code, for a device type. */
export function actionWithCode(type: number, code: unknown): ActionName | undefined {
  const kind = kindOf(type);
  return actionsOf(kind).find((name) => kind.actions[name] === code);
}

/** The states that an action leads through, from the device as it is at `now` (ms since 1970). */
export function motionOf(action: ActionName, device: SmartlockJson, state: StateJson, now: number): readonly Leg[] {
  if (device.type === deviceType.box) return boxMotion;
  if (!kindOf(device.type).bolt) return openerMotion(action, state, now);
  const legs = lockMotions[action] ?? [];
  // A lock that is in the wanted state already does not move its motor.
  return legs[1]?.[0] === state.state ? legs.slice(1) : legs;
}

/** Whether the motor turns in a state. */
export function isMoving(type: number, state: number): boolean {
  return phaseOf(kindOf(type), state) === 'moving';
}

/** A failing motion stops half-way; blocked (`completion` 1) it stays there, otherwise it goes back to the state `before`. */
export function failingMotion(
  legs: readonly Leg[],
  { type }: SmartlockJson,
  state: StateJson,
  before: number,
  completion: number,
  now: number,
): readonly Leg[] {
  const back: readonly Leg[] = kindOf(type).bolt ? [[before, 0]] : ringToOpenMotion(state, now);
  const stays = completion === 1 || isMoving(type, before);
  return [...legs.slice(0, 1).filter(([leg]) => isMoving(type, leg)), ...(stays ? [[blocked, 0] as const] : back)];
}

/** The motion whose last leg ends with a blocked motor. */
export function blockedAtTheEnd(legs: readonly Leg[]): readonly Leg[] {
  return [...legs.slice(0, -1), [blocked, 0]];
}

/** How the device waits for a ring: until ring to open ends, then on. */
export function ringToOpenMotion(state: StateJson, now: number): readonly Leg[] {
  const remaining = state.ringToOpenEnd === undefined ? 0 : Date.parse(state.ringToOpenEnd) - now;
  return remaining > 0
    ? [
        [3, remaining],
        [1, 0],
      ]
    : [[1, 0]];
}

function openerMotion(action: ActionName, state: StateJson, now: number): readonly Leg[] {
  if (action !== 'open') return ringToOpenMotion(state, now);
  const opening: readonly Leg[] = [
    [7, motor],
    [5, latch],
  ];
  return [...opening, ...ringToOpenMotion(state, now + motor + latch)];
}
