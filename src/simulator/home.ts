import type { Clock } from '../base/clock.ts';
import { Device, type SimulatedDevice, type Twist } from './device.ts';
import { Faults, type Fault } from './faults.ts';
import { Timeline } from './timeline.ts';
import type { AccountJson, AccountUserJson, AuthorizationJson, StateJson } from './wire.ts';

export type { SimulatedDevice } from './device.ts';
export type { Fault } from './faults.ts';

/** A token and its scopes; without `scopes` it has all. */
export interface SimulatedToken {
  readonly token: string;
  readonly scopes?: readonly string[];
}

export interface HomeOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly account: AccountJson;
  readonly users?: readonly AccountUserJson[];
  readonly tokens: readonly SimulatedToken[];
  readonly devices: readonly SimulatedDevice[];
  /** Ids of devices that exist in another account. */
  readonly foreignDevices?: readonly number[];
  /** The median time of an answer in ms; 0 by default. */
  readonly latency?: number;
}

/** A request that reached the home. `status` is missing until it is answered. */
export interface NotedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
  /** ms since 1970. */
  readonly at: number;
  readonly status?: number;
}

/** How many requests are remembered. */
const remembered = 1000;

/** A Nuki home: an account, its devices, and what people do at their doors. */
export class SimulatedHome {
  readonly clock: Clock;
  readonly account: AccountJson;
  readonly latency: number;
  readonly timeline: Timeline;
  users: readonly AccountUserJson[];
  readonly #devices: ReadonlyMap<number, Device>;
  readonly #foreignDevices: readonly number[];
  readonly #tokens: Map<string, readonly string[] | undefined>;
  readonly #faults = new Faults();
  readonly #requests: NotedRequest[] = [];

  constructor({ clock, seed, account, users = [], tokens, devices, foreignDevices = [], latency = 0 }: HomeOptions) {
    this.clock = clock;
    this.timeline = new Timeline(clock, seed);
    this.account = account;
    this.users = users;
    this.latency = latency;
    this.#tokens = new Map(tokens.map(({ token, scopes }) => [token, scopes]));
    this.#devices = new Map(devices.map((device) => [device.listed.smartlockId, new Device(device, this.timeline)]));
    this.#foreignDevices = foreignDevices;
  }

  /** The last thousand requests, oldest first. */
  get requests(): readonly NotedRequest[] {
    return this.#requests;
  }

  /** The true state of a device, which the API shows later. */
  door(smartlockId: number): Readonly<StateJson> {
    return { ...this.#known(smartlockId).state };
  }

  /** The authorizations that a device really stores. */
  authorizationsOnLock(smartlockId: number): readonly AuthorizationJson[] {
    return this.#known(smartlockId).authorizations;
  }

  /** A person at the door turns the knob. `state`: 1 locked, 3 unlocked. */
  turnByHand(smartlockId: number, state: number): void {
    this.#known(smartlockId).turnByHand(state);
  }

  /** A person opens (3) or closes (2) the door itself. */
  moveDoor(smartlockId: number, doorState: 2 | 3): void {
    this.#known(smartlockId).moveDoor(doorState);
  }

  /** Cuts (4) or restores (0) the connection of a device; 1 to 3 are a lost registration. */
  setServerState(smartlockId: number, serverState: number): void {
    this.#known(smartlockId).setServerState(serverState);
  }

  /** Revokes the token, as a change of the account's password revokes all. */
  revoke(token: string): void {
    this.#tokens.delete(token);
  }

  fault(fault: Fault): void {
    this.#faults.add(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  // The methods from here on are for the API alone.

  /** All devices, after all events that are due. */
  devices(): readonly Device[] {
    this.timeline.catchUp();
    return [...this.#devices.values()];
  }

  isForeign(smartlockId: number): boolean {
    return this.#foreignDevices.includes(smartlockId);
  }

  /** Whether a token is valid and has one of `scopes`. */
  allows(token: string, scopes?: readonly string[]): boolean {
    const granted = this.#tokens.get(token);
    return this.#tokens.has(token) && (!scopes || !granted || scopes.some((scope) => granted.includes(scope)));
  }

  takeFault(method: string, path: string): Fault | undefined {
    return this.#faults.take(method, path);
  }

  /** Remembers a request. @returns a function to call with the status of its answer */
  note(method: string, path: string, body: unknown): (status: number) => void {
    const noted: { -readonly [K in keyof NotedRequest]: NotedRequest[K] } = { method, path, at: this.clock.now() };
    if (body !== undefined) noted.body = body;
    this.#requests.push(noted);
    if (this.#requests.length > remembered) this.#requests.shift();
    return (status) => void (noted.status = status);
  }

  /** Removes an account user when the operation is carried out. */
  removeUser(accountUserId: number, { after, never = false }: Twist): void {
    const operationId = this.timeline.newId();
    this.users = this.users.map((user) => (user.accountUserId === accountUserId ? { ...user, operationId } : user));
    this.timeline.after(after ?? this.timeline.random.duration(1600, 500, 8000), () => {
      if (!never) this.users = this.users.filter((user) => user.accountUserId !== accountUserId);
    });
  }

  #known(smartlockId: number): Device {
    this.timeline.catchUp();
    const device = this.#devices.get(smartlockId);
    if (device === undefined) throw new Error(`There is no device ${smartlockId} in this home.`);
    return device;
  }
}
