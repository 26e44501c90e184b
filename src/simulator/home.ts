import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/event.ts';
import type { ActionName } from '../nuki/vocabulary/kinds.ts';
import type { CloudChange, CloudContent } from './devices/cloud.ts';
import { calm, type Conditions } from './conditions.ts';
import { Device, webActor, type SimulatedDevice } from './devices/device.ts';
import type { DeviceEvent, DeviceListener } from './devices/deviceEvents.ts';
import { Exchanges } from './journal/exchanges.ts';
import { Faults, type Fault, type MetRequest } from './faults/faults.ts';
import { drawDeed } from './people/household.ts';
import { Mishaps } from './faults/mishaps.ts';
import { withOddFields } from './devices/oddFields.ts';
import { People } from './people/people.ts';
import { pick } from './random.ts';
import { Timeline } from './time/timeline.ts';
import { Tokens, type SimulatedToken } from './tokens.ts';
import type { Twist } from './devices/twist.ts';
import { Webhooks, type Post } from './webhooks/webhooks.ts';
import type {
  AccountJson,
  AccountSettingJson,
  AccountUserJson,
  AuthorizationJson,
  IntegrationJson,
  NotificationJson,
  SmartlockJson,
  StateJson,
  SubAccountJson,
} from './wire.ts';

export type { SimulatedDevice } from './devices/device.ts';
export type { Fault } from './faults/faults.ts';
export type { SimulatedToken } from './tokens.ts';

export interface HomeOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly account: AccountJson;
  readonly users?: readonly AccountUserJson[];
  readonly subAccounts?: readonly SubAccountJson[];
  readonly tokens: readonly SimulatedToken[];
  /** What else has access to the account. */
  readonly integrations?: readonly IntegrationJson[];
  readonly devices: readonly SimulatedDevice[];
  /** Ids of devices that exist in another account. */
  readonly foreignDevices?: readonly number[];
  /** The median time of an answer in ms; 0 by default. */
  readonly latency?: number;
  /** What differs from a calm home. */
  readonly conditions?: Partial<Conditions>;
  /** Where its requests are remembered; the last thousand without their answers by default. */
  readonly exchanges?: Exchanges;
  /** How webhooks leave; without it they reach no one. */
  readonly webhooks?: Post;
}

/** A Nuki home: an account, its devices, and what people do at their doors. */
export class SimulatedHome {
  readonly clock: Clock;
  readonly latency: number;
  readonly timeline: Timeline;
  readonly conditions: Conditions;
  /** The requests that reached it. */
  readonly exchanges: Exchanges;
  /** What others do at its devices. */
  readonly people: People;
  readonly faults = new Faults();
  readonly tokens: Tokens;
  account: AccountJson;
  subAccounts: readonly SubAccountJson[];
  /** What has access to the account besides its tokens. */
  integrations: readonly IntegrationJson[];
  setting: AccountSettingJson | undefined;
  notifications: readonly NotificationJson[] = [];
  readonly webhooks: Webhooks;
  #users: readonly AccountUserJson[];
  readonly #devices: ReadonlyMap<number, Device>;
  readonly #foreignDevices: readonly number[];
  readonly #mishaps: Mishaps;
  readonly #listeners: DeviceListener[] = [];
  readonly #learned = new Emitter<void>();
  /** Told when the API shows something else of a device, or other users. */
  readonly onDidLearn = this.#learned.event;

  constructor(options: HomeOptions) {
    const { clock, account, users = [], tokens, devices, foreignDevices = [], latency = 0 } = options;
    const conditions = { ...calm, ...options.conditions };
    this.clock = clock;
    this.conditions = conditions;
    this.exchanges = options.exchanges ?? new Exchanges(options.seed);
    this.timeline = new Timeline(clock, options.seed, conditions.cloudClock);
    this.account = account;
    this.subAccounts = options.subAccounts ?? [];
    this.integrations = options.integrations ?? [];
    this.latency = latency;
    this.tokens = new Tokens(tokens, this.timeline.date);
    this.#users = users;
    const { timeline } = this;
    this.webhooks = new Webhooks(timeline, account.accountId, options.webhooks, (smartlockId) =>
      this.faults.takeOfDelivery(smartlockId),
    );
    const tell = (event: DeviceEvent): void => this.#listeners.forEach((listen) => listen(event));
    this.watch((event) => this.webhooks.hear(event));
    const { random } = this.timeline;
    const { oddFields } = conditions;
    const listedAs = (listed: SmartlockJson): SmartlockJson =>
      oddFields > 0 && random.next() < oddFields ? withOddFields(listed, random) : listed;
    this.#devices = new Map(
      devices.map((device) => {
        const { smartlockId } = device.listed;
        const listed = listedAs(device.listed);
        return [
          smartlockId,
          new Device({ ...device, listed }, timeline, conditions, tell, (change) => this.#learn(change)),
        ];
      }),
    );
    this.#mishaps = new Mishaps(conditions, random);
    this.#foreignDevices = foreignDevices;
    this.people = new People((id) => this.#known(id), account.name);
    if (conditions.quietTime < Infinity) this.#awaitSomebody();
  }

  get users(): readonly AccountUserJson[] {
    return this.#users;
  }

  set users(users: readonly AccountUserJson[]) {
    this.webhooks.learnUsers(this.#users, users);
    this.#users = users;
    this.#learned.fire();
  }

  /** The true state of a device, which the API shows later. */
  door(smartlockId: number): Readonly<StateJson> {
    return { ...this.#known(smartlockId).state };
  }

  /** The authorizations that a device really stores. */
  authorizationsOnLock(smartlockId: number): readonly AuthorizationJson[] {
    return this.#known(smartlockId).store.stored;
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

  /** Tells `listen` of all that really happens on the devices, whatever the API shows of it. */
  watch(listen: DeviceListener): void {
    this.#listeners.push(listen);
  }

  /** Revokes the token, as a change of the account's password revokes all. */
  revoke(token: string): void {
    this.tokens.revoke(token);
  }

  /** Sends nothing more to anyone. */
  dispose(): void {
    this.webhooks.dispose();
  }

  fault(fault: Fault): void {
    this.faults.add(fault);
  }

  clearFaults(): void {
    this.faults.clear();
  }

  // The methods from here on are for the API alone.

  /** All devices, after all events that are due. */
  devices(): readonly Device[] {
    this.timeline.catchUp();
    return [...this.#devices.values()];
  }

  /** How far the copy of the cloud that answers the next request is behind, in ms. */
  drawLag(): number {
    const { copies } = this.conditions;
    return copies.length > 1 ? pick(this.timeline.random, copies) : (copies[0] ?? 0);
  }

  /** What a copy that is behind by `lag` ms shows of each device. */
  copy(lag: number): readonly CloudContent[] {
    return this.devices().map(({ cloud }) => cloud.behindBy(lag));
  }

  /** Carries out a command of the API. */
  act(device: Device, action: ActionName, twist: Twist, deed: string): void {
    device.act(action, webActor(device.type, this.account.name, deed), twist);
  }

  /** Whether a device of another account has this id, as a request names it. */
  isForeign(id: unknown): boolean {
    return this.#foreignDevices.some((smartlockId) => String(smartlockId) === id);
  }

  takeFault(request: MetRequest): Fault | undefined {
    return this.faults.take(request) ?? this.#mishaps.draw(request.method, request.path, this.timeline.now);
  }

  /** Removes an account user when the operation is carried out, with their authorizations where the home does so. */
  removeUser(accountUserId: number, { after, never = false }: Twist): void {
    const operationId = this.timeline.newId();
    this.users = this.users.map((user) => (user.accountUserId === accountUserId ? { ...user, operationId } : user));
    this.timeline.after(after ?? this.timeline.random.duration(1600, 500, 8000), () => {
      if (never) return;
      this.users = this.users.filter((user) => user.accountUserId !== accountUserId);
      if (!this.conditions.peopleTakeAuthorizations) return;
      for (const { store } of this.#devices.values()) {
        for (const entry of store.stored.filter((each) => each.accountUserId === accountUserId))
          store.change(entry.id, undefined, {}, operationId);
      }
    });
  }

  /** Someone does something at one of the devices now and then. */
  #awaitSomebody(): void {
    const { random } = this.timeline;
    this.timeline.after(-Math.log(1 - random.next()) * this.conditions.quietTime, () => {
      drawDeed(this.people, pick(random, [...this.#devices.values()]), random).happen();
      this.#awaitSomebody();
    });
  }

  #learn(change: CloudChange): void {
    this.webhooks.learn(change);
    this.#learned.fire();
  }

  #known(smartlockId: number): Device {
    this.timeline.catchUp();
    const device = this.#devices.get(smartlockId);
    if (device === undefined) throw new Error(`There is no device ${smartlockId} in this home.`);
    return device;
  }
}
