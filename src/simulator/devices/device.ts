import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { webTrigger } from '../../nuki/activityLog.ts';
import { deviceType, kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../../nuki/vocabulary/kindWords.ts';
import { AuthorizationStore } from './authorizationStore.ts';
import { CloudCopy, type CloudChange } from './cloud.ts';
import type { Conditions } from '../conditions.ts';
import type { Actor, DeviceEvent, DeviceListener } from './deviceEvents.ts';
import { Connection } from './connection.ts';
import { Motor } from './motor.ts';
import {
  blockedAtTheEnd,
  failingMotion,
  isMoving,
  lockNGoState,
  motionOf,
  ringToOpenMotion,
  type Leg,
} from './motions.ts';
import { letIn, ringLog, switchOpener } from './opener.ts';
import type { Timeline } from '../time/timeline.ts';
import type { Twist } from './twist.ts';
import type { AuthorizationJson, LogJson, SettingsPart, SmartlockJson, StateJson } from '../wire.ts';

/** The initial state of a device. */
export interface SimulatedDevice {
  readonly listed: SmartlockJson;
  /** What the cloud lists. What has `null` as its `updateDate` has not reached the device: the next sync brings it there. */
  readonly authorizations?: readonly AuthorizationJson[];
  /** Newest first. */
  readonly log?: readonly LogJson[];
  /** Whether its motor can pull the latch; in the United States it cannot. Nuki guide, "Regions". */
  readonly unlatches?: boolean;
}

/** Ends of an action for which the motor never turned: too recent, busy, rejected, night mode. */
const refusals: readonly number[] = [3, 4, 9, 10];

/** A Nuki device: its true state, and the cloud's copy of it, which follows later. */
export class Device {
  readonly unlatches: boolean;
  /** The truth. */
  readonly state: StateJson;
  readonly store: AuthorizationStore;
  /** What the API shows. */
  readonly cloud: CloudCopy;

  readonly #timeline: Timeline;
  readonly #conditions: Conditions;
  readonly #tell: DeviceListener;
  readonly #motor: Motor;
  readonly #connection: Connection;
  /** Whether the cloud hears of the states that the device goes through. */
  #tellsStates = true;

  constructor(
    { listed, authorizations = [], log = [], unlatches = true }: SimulatedDevice,
    timeline: Timeline,
    conditions: Conditions,
    tell: DeviceListener,
    learned: (change: CloudChange) => void,
  ) {
    this.#timeline = timeline;
    this.#conditions = conditions;
    this.#tell = tell;
    this.state = { ...listed.state };
    this.cloud = new CloudCopy({ listed, authorizations, log }, timeline, conditions, learned);
    this.#connection = new Connection(this.cloud, timeline);
    this.store = new AuthorizationStore(authorizations, {
      cloud: this.cloud,
      connection: this.#connection,
      timeline,
      conditions,
      whenStored: (before, after) => this.#afterChange(before, after),
      happened: (event) => this.#happened(event),
    });
    this.unlatches = unlatches;
    this.#motor = new Motor(
      timeline,
      (state) => this.#isMoving(state),
      (state, deed) => this.#enter(state, deed),
    );
    const [waiting, ...rest] = ringToOpenMotion(this.state, timeline.now);
    timeline.after(waiting?.[1] ?? 0, () => {
      if (!this.#motor.hasMoved) this.#motor.play(rest, 'ring to open ends', () => {});
    });
  }

  get id(): number {
    return this.cloud.listed.smartlockId;
  }

  get type(): number {
    return this.cloud.listed.type;
  }

  /** Now by the device's clock, ms since 1970. */
  get now(): number {
    return this.#timeline.now + this.#conditions.deviceClock;
  }

  /** Carries out an action that comes through the cloud, as soon as the device is reached. */
  act(action: ActionName, actor: Actor, twist: Twist, { byApi = true, isShown = true } = {}): void {
    this.#happened({ kind: 'accepted', deed: actor.deed, action, byApi });
    // The cloud stores the actions of an offline device until it is back, and does not call it busy.
    const operationId = this.cloud.online ? this.cloud.beginOperation(isShown) : undefined;
    const end = (): void => {
      if (operationId !== undefined) this.cloud.endOperation(operationId);
    };
    this.#connection.reach(
      () => this.#move(action, actor, twist, end),
      twist,
      () => {
        this.#happened({ kind: 'dropped', deed: actor.deed });
        end();
      },
    );
  }

  /** Sets something that comes through the cloud, which shows that part of the settings as busy meanwhile. */
  configure(part: SettingsPart, set: object, twist: Twist, deed: string): void {
    if (this.cloud.online) this.cloud.beginSettings(part);
    this.#reachFor(deed, twist, (isReached) => this.cloud.learnSettings(part, isReached ? set : {}));
  }

  /** Gets a PIN through the cloud, which then has the right one. */
  setAdminPin(twist: Twist, deed: string): void {
    this.#reachFor(deed, twist, (isReached) => {
      if (isReached) this.cloud.learnAdminPin(0);
    });
  }

  #reachFor(deed: string, twist: Twist, whenOver: (isReached: boolean) => void): void {
    const end = (kind: 'configured' | 'dropped') => (): void => {
      this.#happened({ kind, deed });
      whenOver(kind === 'configured');
    };
    this.#connection.reach(end('configured'), twist, end('dropped'));
  }

  /** Carries out an action that someone gives at the door: an app over Bluetooth, a fob, a keypad, the device itself. */
  actAtTheDoor(action: ActionName, actor: Actor, twist: Twist = {}): void {
    this.#happened({ kind: 'accepted', deed: actor.deed, action, byApi: false });
    this.#move(action, actor, twist, () => {});
  }

  /** Brings the cloud's copy up to the truth. */
  sync(twist: Twist): void {
    this.#connection.reach(() => {
      this.cloud.learnState(this.state);
      this.store.sync();
    }, twist);
  }

  /** A person turns the knob, which ends the motion of the motor. */
  turnByHand(state: number, deed = 'hand'): void {
    const action = state === 1 ? kindOf(this.type).actions.lock : kindOf(this.type).actions.unlock;
    Object.assign(this.state, { trigger: 1, lastAction: action ?? this.state.lastAction });
    this.#motor.play([[state, 0]], deed, () => this.log({ action: action ?? 1, trigger: 1 }, deed));
  }

  /** A person opens or closes the door. `doorState`: 2 closed, 3 open. */
  moveDoor(doorState: 2 | 3, deed = 'hand'): void {
    this.state.doorState = doorState;
    this.cloud.learnState(this.state);
    this.log({ action: doorState === 3 ? 240 : 241, trigger: 0 }, deed);
  }

  /** The batteries have `charge` percent left. */
  setBattery(charge: number, critical: boolean): void {
    Object.assign(this.state, { batteryCharge: charge, batteryCritical: critical });
    this.cloud.learnState(this.state);
  }

  /** Shows `state` for `ms`, as a lock does after a wrong code, and then the one before; where it is under way it does not. */
  showBriefly(state: number, ms: number, deed: string): void {
    const { state: before } = this.state;
    if (before !== 1 && before !== 3) return;
    const briefly: readonly Leg[] = [
      [state, ms],
      [before, 0],
    ];
    this.#motor.play(briefly, deed, () => {});
  }

  /** An Opener rings: ring to open lets the visitor in and may end by it, continuous mode lets everybody in. */
  ring({ deed, name, trigger }: Actor): void {
    const openerLog = ringLog(this.state);
    this.log({ action: 224, trigger, openerLog }, deed);
    if (!openerLog.activeCm && !openerLog.activeRto) return;
    const { listed } = this.cloud;
    letIn(this.state, listed, openerLog);
    this.#motor.play(motionOf('open', listed, this.state, this.#timeline.now), deed, () =>
      this.log({ action: 3, trigger, name, openerLog }, deed),
    );
  }

  /** From now on the cloud hears of states, or does not; the log comes all the same. */
  tellStates(tells: boolean): void {
    this.#tellsStates = tells;
  }

  /** Cuts or restores the connection to the cloud. */
  setServerState(serverState: number): void {
    this.#connection.setServerState(serverState);
  }

  /** Writes an entry of the log, which the cloud learns later. */
  log(entry: Pick<LogJson, 'action' | 'trigger'> & Partial<LogJson>, deed: string): void {
    const { random } = this.#timeline;
    const { namelessEntries } = this.#conditions;
    const logged: LogJson = {
      id: this.#timeline.newId(),
      smartlockId: this.id,
      deviceType: this.type === deviceType.box ? deviceType.smartLock1 : this.type,
      name: '',
      state: 0,
      autoUnlock: false,
      date: new Date(Math.floor(this.now / 1000) * 1000).toISOString(),
      source: 0,
      ...this.#accountUserOf(entry),
      ...entry,
      ...(namelessEntries > 0 && random.next() < namelessEntries && { name: '' }),
    };
    this.#happened({ kind: 'entry', entry: logged, deed });
    this.cloud.learnEntry(logged, (listed) => this.#happened({ kind: 'listed', id: listed.id, deed }));
  }

  /** The account user whose authorization an entry names. */
  #accountUserOf({ authId }: Partial<LogJson>): Partial<LogJson> {
    const { accountUserId } = this.store.stored.find(({ id }) => id === authId) ?? {};
    return accountUserId === undefined ? {} : { accountUserId };
  }

  #happened(event: DeviceEventDetails): void {
    this.#tell({ smartlockId: this.id, at: this.#timeline.now, ...event });
  }

  /** `whenDone`: called when the device has the action behind it, whatever its end. */
  #move(action: ActionName, actor: Actor, { completion = 0, blocksLater = false }: Twist, whenDone: () => void): void {
    const { deed, name, trigger, source = 0, autoUnlock = false, authId } = actor;
    const code = kindOf(this.type).actions[action] ?? 0;
    const end = (state: number): void => {
      this.#happened({ kind: 'ended', deed, completion: state });
      const who = { name, ...(authId !== undefined && { authId }) };
      this.log({ action: code, trigger, state, source, autoUnlock, ...who }, deed);
    };
    if (refusals.includes(completion)) {
      end(completion);
      return whenDone();
    }
    const before = this.state.state;
    Object.assign(this.state, { trigger: actor.stateTrigger, lastAction: code });
    if (completion === 0) switchOpener(action, this.state, this.cloud.listed, this.#timeline.now);
    // Seen over Bluetooth: ring to open that was switched off leaves no last action.
    if (action === 'deactivateRingToOpen' && trigger !== webTrigger) this.state.lastAction = 0;
    const legs = motionOf(action, this.cloud.listed, this.state, this.#timeline.now);
    const blocks = blocksLater && completion === 0 && legs.some(([state]) => state === lockNGoState);
    const failing = (): readonly Leg[] =>
      failingMotion(legs, this.cloud.listed, this.state, before, completion, this.#timeline.now);
    this.#motor.play(
      completion !== 0 ? failing() : blocks ? blockedAtTheEnd(legs) : legs,
      deed,
      (cancelled) => {
        end(cancelled ? 2 : completion);
        whenDone();
      },
      () => {
        if (blocks) this.#blockLater(actor);
      },
    );
  }

  /** Nothing says how the log tells of a lock 'n' go that cannot lock again; here the lock locks by itself, and fails. */
  #blockLater({ deed }: Actor): void {
    this.#happened({ kind: 'ended', deed, completion: 1 });
    this.log({ action: kindOf(this.type).actions.lock ?? 2, trigger: 3, state: 1 }, deed);
  }

  #isMoving(state: number): boolean {
    return isMoving(this.type, state);
  }

  #enter(state: number, deed: string): void {
    this.state.state = state;
    if (!kindOf(this.type).bolt && state === 1) delete this.state.ringToOpenEnd;
    this.#happened({ kind: 'state', state: { ...this.state }, deed });
    if (this.#tellsStates) this.cloud.learnState(this.state);
  }

  /** Authorizations that are the way in for others: without Nuki Web or a bridge no one reaches the device from afar. */
  #afterChange(before: AuthorizationJson | undefined, after: AuthorizationJson | undefined): void {
    const isGone = before !== undefined && (after === undefined || !after.enabled);
    const hasBridge = this.store.stored.some(({ type, enabled }) => type === authorizationType.bridge && enabled);
    if (isGone && before.type === authorizationType.bridge && !hasBridge) this.cloud.setServerState(lostRegistration);
    if (before?.type === authorizationType.keypad && after === undefined) {
      this.cloud.learnConfig({ ...this.cloud.listed.config, keypadPaired: false, keypad2Paired: false });
    }
  }
}

/** The server state of a device that no longer knows Nuki Web: "auth invalid" in Nuki's OpenAPI. */
const lostRegistration = 3;

type DeviceEventDetails = DeviceEvent extends infer E
  ? E extends DeviceEvent
    ? Omit<E, 'smartlockId' | 'at'>
    : never
  : never;

/** The Web API as an actor on a device of `type`, under the account's name. */
export function webActor(type: number, name: string, deed: string): Actor {
  return { deed, name, trigger: webTrigger, stateTrigger: kindWordsOf(type).triggers[webTrigger] ? webTrigger : 0 };
}
