import type { ActionName } from '../../../src/nuki/vocabulary/kinds.ts';
import type { DeviceEvent } from '../../../src/simulator/deviceEvents.ts';
import type { SimulatedHome } from '../../../src/simulator/home.ts';

/** What the cloud's copy of a device that is online is behind the truth, at most, in milliseconds (src/simulator/cloud.ts). */
const longestLag = 2_500;

/** A state that a device really was in, from `at` on (ms since 1970). */
interface Truth {
  readonly at: number;
  readonly state: number;
  readonly mode: number;
}

/** How an operation really ended: 0 is success. */
interface End {
  readonly at: number;
  readonly completion: number;
}

/** Where an action leads, by the state and mode of the true device; told by numbers, so that it is not the model's own table. */
const leadsTo: Readonly<Record<ActionName, (truth: Truth) => boolean>> = {
  unlock: ({ state }) => [3, 5, 6].includes(state),
  lock: ({ state }) => state === 1,
  unlatch: ({ state }) => [3, 5].includes(state),
  lockNGo: ({ state }) => [6, 1].includes(state),
  lockNGoUnlatch: ({ state }) => [5, 6, 1].includes(state),
  activateRingToOpen: ({ state, mode }) => state === 3 || mode === 3, // in continuous mode a visitor who rings is let in as well
  deactivateRingToOpen: ({ state }) => state === 1,
  open: ({ state }) => [5, 1, 3].includes(state), // for a moment; then it waits again
  activateContinuousMode: ({ mode }) => mode === 3,
  deactivateContinuousMode: ({ mode }) => mode === 2,
};

/** Where an operation goes on by itself after it has succeeded: from one state to the next. */
const wayOn: Readonly<Partial<Record<ActionName, readonly string[]>>> = {
  unlock: ['3>1'], // a Box closes by itself
  unlatch: ['5>3'],
  lockNGo: ['6>4', '4>1'],
  lockNGoUnlatch: ['5>6', '6>4', '4>1'],
  activateRingToOpen: ['3>1'],
  open: ['5>3', '5>1', '3>1'],
  activateContinuousMode: ['3>1'],
  deactivateContinuousMode: ['3>1'],
};

/** Why a claim that an action is confirmed holds. */
export type Ground =
  /** The device has done it, and is where that leads. */
  | 'own'
  /** The device is where it leads, and another hand had a part in it. */
  | 'another hand'
  /** The device is not there any more: another hand has moved it within the lag before the copy was read, or later. */
  | 'lag'
  /** The device has done it, and another hand has moved it on before the copy was read. */
  | 'overtaken'
  /** It does not hold. */
  | 'none';

/** Sees what really happens on the devices of a home, and whose operation it was. */
export class Witness {
  readonly #home: SimulatedHome;
  readonly #truths = new Map<number, Truth[]>();
  readonly #types = new Map<number, number>();
  readonly #owners = new Map<string, string>();
  readonly #begun = new Set<string>();
  readonly #ends = new Map<string, End>();
  /** Until when something was done on a device, and under which name. */
  readonly #deeds: { readonly until: number; readonly id: number; readonly name: string }[] = [];
  /** Devices that do not tell the cloud of the states they go through. */
  readonly #silent = new Set<number>();
  /** Under which name what the API asks of a device is done now. */
  readonly names = new Map<number, string>();

  constructor(home: SimulatedHome) {
    this.#home = home;
    for (const { id, type, state } of home.devices()) {
      this.#types.set(id, type);
      this.#truths.set(id, [{ at: home.timeline.now, state: state.state, mode: state.mode }]);
    }
    home.watch((event) => this.#note(event));
  }

  #note(event: DeviceEvent): void {
    const { smartlockId: id, at } = event;
    if (event.kind === 'accepted' && event.byApi) {
      this.#owners.set(event.deed, this.names.get(id) ?? '');
      this.#begun.add(this.#nameOf(event.deed));
    }
    if (event.kind === 'state') this.#truths.get(id)?.push({ at, state: event.state.state, mode: event.state.mode });
    if (event.kind === 'entry') {
      const type = this.#types.get(id) ?? 0;
      this.#deeds.push({ until: at + goesOnFor(type, event.entry.action), id, name: this.#nameOf(event.deed) });
    }
    if (event.kind === 'ended') this.#ends.set(this.#nameOf(event.deed), { at, completion: event.completion });
  }

  #nameOf(deed: string): string {
    return this.#owners.get(deed) ?? deed;
  }

  /** From now on the cloud hears nothing of a device's states; whatever it learns later may be another hand's doing. */
  silence(id: number): void {
    this.#silent.add(id);
    this.#device(id)?.tellStates(false);
    this.#deeds.push({ until: Infinity, id, name: 'silence' });
  }

  /** All devices tell the cloud of their states again. */
  speak(): void {
    for (const id of this.#silent) this.#device(id)?.tellStates(true);
    this.#silent.clear();
  }

  #device(id: number) {
    return this.#home.devices().find((device) => device.id === id);
  }

  /** Whether the home has taken an operation on. */
  hasBegun(name: string): boolean {
    return this.#begun.has(name);
  }

  endOf(name: string): End | undefined {
    return this.#ends.get(name);
  }

  /** Whether another operation than `name` has had a hand in a device since `since` (ms since 1970); one that recovers from a fault has its own. */
  hadCompany(id: number, name: string, since: number): boolean {
    const before = this.#truths.get(id)?.findLast(({ at }) => at <= since);
    if (before?.state === 254) return true;
    return this.#deeds.some((deed) => deed.id === id && deed.name !== name && deed.until >= since);
  }

  /** What a device has really gone through since `since`, in words. */
  story(id: number, since: number): string {
    const truths = (this.#truths.get(id) ?? []).filter((_, index, all) => (all[index + 1]?.at ?? Infinity) > since);
    return truths.map(({ at, state, mode }) => `${at - since}: ${state}/${mode}`).join(', ');
  }

  /**
   * Why it may be said now that `action` was carried out on a device under `name`; `readAt`: when the copy that says so was asked for,
   * `since`: when the operation began (both ms since 1970).
   */
  groundOf(id: number, action: ActionName, name: string, readAt: number, since: number): Ground {
    const end = this.#ends.get(name);
    const truths = this.#truths.get(id) ?? [];
    const good = goodness(truths, action, end?.completion === 0 ? end.at : Infinity);
    if (good.at(-1)) return end?.completion === 0 ? 'own' : 'another hand';
    const lastGood = good.lastIndexOf(true);
    const leftAt = truths[lastGood + 1]?.at ?? -Infinity;
    const wasGood = lastGood !== -1 && leftAt >= since - longestLag;
    if (wasGood && leftAt > readAt - longestLag) return 'lag';
    return wasGood && end?.completion === 0 ? 'overtaken' : 'none';
  }
}

/** Whether the device was where `action` leads, or on the way on from there, state by state; it succeeded at `doneAt`. */
function goodness(truths: readonly Truth[], action: ActionName, doneAt: number): readonly boolean[] {
  let onItsWay = false;
  let previous: Truth | undefined;
  return truths.map((truth, index) => {
    const isDone = truth.at <= doneAt && (truths[index + 1]?.at ?? Infinity) > doneAt;
    if (isDone) onItsWay = true;
    else if (onItsWay && previous && !goesOn(previous, truth, action)) onItsWay = false;
    previous = truth;
    return onItsWay || leadsTo[action](truth);
  });
}

/** How long a device goes on by itself after an action has succeeded, in milliseconds. */
function goesOnFor(type: number, action: number): number {
  if (type === 2) return action === 1 ? 1_200_000 : 5_000;
  return type === 1 || action >= 4 ? 25_000 : 5_000;
}

function goesOn(from: Truth, to: Truth, action: ActionName): boolean {
  if (from.mode !== to.mode) return false;
  return from.state === to.state || (wayOn[action] ?? []).includes(`${from.state}>${to.state}`);
}
