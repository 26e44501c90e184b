import { authorizationType } from '../nuki/authorization/authorizationType.ts';
import { webTrigger } from '../nuki/activityLog.ts';
import { deviceType, kindOf, phaseOf, type ActionName } from '../nuki/vocabulary/kinds.ts';
import { AuthorizationStore } from './authorizationStore.ts';
import { CloudCopy } from './cloud.ts';
import { calm, type Conditions } from './conditions.ts';
import type { Actor, DeviceEvent, DeviceListener } from './deviceEvents.ts';
import { Motor } from './motor.ts';
import { motionOf, ringToOpenMotion, type Leg } from './motions.ts';
import type { Timeline } from './timeline.ts';
import type { Twist } from './twist.ts';
import type { AuthorizationJson, LogJson, SmartlockJson, StateJson } from './wire.ts';

/** The initial state of a device. */
export interface SimulatedDevice {
  readonly listed: SmartlockJson;
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
  /** Operations for the device to carry out once it is online again. */
  readonly #toDo: (() => void)[] = [];
  /** Whether the cloud hears of the states that the device goes through. */
  #tellsStates = true;

  constructor(
    { listed, authorizations = [], log = [], unlatches = true }: SimulatedDevice,
    timeline: Timeline,
    conditions: Conditions = calm,
    tell: DeviceListener = () => {},
  ) {
    this.#timeline = timeline;
    this.#conditions = conditions;
    this.#tell = tell;
    this.state = { ...listed.state };
    this.cloud = new CloudCopy({ listed, authorizations, log }, timeline, conditions);
    this.store = new AuthorizationStore(authorizations, {
      cloud: this.cloud,
      timeline,
      conditions,
      reach: (task, twist, giveUp) => this.#reach(task, twist, giveUp),
      whenStored: (before, after) => this.#afterChange(before, after),
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
    this.#reach(
      () => this.#move(action, actor, twist, end),
      twist,
      () => {
        this.#happened({ kind: 'dropped', deed: actor.deed });
        end();
      },
    );
  }

  /** Carries out an action that somebody gives at the door: an app over Bluetooth, a fob, a keypad, the device itself. */
  actAtTheDoor(action: ActionName, actor: Actor, twist: Twist = {}): void {
    this.#happened({ kind: 'accepted', deed: actor.deed, action, byApi: false });
    this.#move(action, actor, twist, () => {});
  }

  /** Brings the cloud's copy up to the truth. */
  sync(twist: Twist): void {
    this.#reach(() => {
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
  ring(actor: Actor): void {
    const activeCm = this.state.mode === 3;
    const activeRto = this.state.state === 3;
    const flags = { flagGeoFence: false, flagForce: false, flagDoorbellSuppression: false };
    const openerLog = { activeCm, activeRto, source: 0, ...flags };
    this.log({ action: 224, trigger: actor.trigger, openerLog }, actor.deed);
    if (!activeCm && !activeRto) return;
    if (this.cloud.listed.openerAdvancedConfig?.disableRtoAfterRing && !activeCm) delete this.state.ringToOpenEnd;
    this.state.lastAction = kindOf(this.type).actions.open ?? 3;
    this.state.trigger = activeCm ? 6 : actor.stateTrigger;
    this.#motor.play(motionOf('open', this.cloud.listed, this.state, this.#timeline.now), actor.deed, () =>
      this.log({ action: 3, trigger: actor.trigger, name: actor.name, openerLog }, actor.deed),
    );
  }

  /** From now on the cloud hears of states, or does not; the log comes all the same. */
  tellStates(tells: boolean): void {
    this.#tellsStates = tells;
  }

  /** Cuts or restores the connection; once it is restored, stored operations are carried out and the cloud catches up. */
  setServerState(serverState: number): void {
    this.cloud.setServerState(serverState);
    if (!this.cloud.online) return;
    let delay = 0;
    for (const task of this.#toDo.splice(0)) {
      delay += this.#reachTime();
      this.#timeline.after(delay, task);
    }
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
      ...entry,
      ...(namelessEntries > 0 && random.next() < namelessEntries && { name: '' }),
    };
    this.#happened({ kind: 'entry', entry: logged, deed });
    this.cloud.learnEntry(logged, (listed) => this.#happened({ kind: 'listed', id: listed.id, deed }));
  }

  #happened(event: DeviceEventDetails): void {
    this.#tell({ smartlockId: this.id, at: this.#timeline.now, ...event });
  }

  #reachTime(): number {
    return this.#timeline.random.duration(1600, 500, 8000);
  }

  #reach(task: () => void, { after, never = false }: Twist, giveUp: () => void = () => {}): void {
    const attempt = (): void => {
      if (!this.cloud.online) this.#toDo.push(attempt);
      else if (never) giveUp();
      else task();
    };
    this.#timeline.after(after ?? this.#reachTime(), attempt);
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
    const before: Leg = [this.state.state, 0];
    Object.assign(this.state, { trigger: actor.stateTrigger, lastAction: code });
    if (completion === 0) this.#switchOpener(action);
    // Seen over Bluetooth: ring to open that was switched off leaves no last action.
    if (action === 'deactivateRingToOpen' && trigger !== webTrigger) this.state.lastAction = 0;
    const legs = motionOf(action, this.cloud.listed, this.state, this.#timeline.now);
    // A failing motion stops half-way; blocked (completion 1) it stays there, otherwise it goes back.
    const back = kindOf(this.type).bolt ? [before] : ringToOpenMotion(this.state, this.#timeline.now);
    const blocked = completion === 1 || this.#isMoving(before[0]);
    const failing = [
      ...legs.slice(0, 1).filter(([state]) => this.#isMoving(state)),
      ...(blocked ? [[254, 0] as const] : back),
    ];
    const isTwofold = action === 'lockNGo' || action === 'lockNGoUnlatch';
    const blocks = blocksLater && isTwofold && completion === 0;
    const succeeding = blocks ? [...legs.slice(0, -1), [254, 0] as const] : legs;
    this.#motor.play(
      completion === 0 ? succeeding : failing,
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
    return phaseOf(kindOf(this.type), state) === 'moving';
  }

  #switchOpener(action: ActionName): void {
    if (action === 'activateContinuousMode') this.state.mode = 3;
    if (action === 'deactivateContinuousMode') this.state.mode = 2;
    if (action === 'deactivateRingToOpen') delete this.state.ringToOpenEnd;
    if (action === 'activateRingToOpen') {
      const minutes = this.cloud.listed.openerAdvancedConfig?.rtoTimeout ?? 20;
      this.state.ringToOpenEnd = new Date(this.#timeline.now + minutes * 60_000).toISOString();
    }
  }

  #enter(state: number, deed: string): void {
    this.state.state = state;
    if (!kindOf(this.type).bolt && state === 1) delete this.state.ringToOpenEnd;
    this.#happened({ kind: 'state', state: { ...this.state }, deed });
    if (this.#tellsStates) this.cloud.learnState(this.state);
  }

  /** Authorizations that are the way in for others: without Nuki Web or a bridge nobody reaches the device from afar. */
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
  return { deed, name, trigger: webTrigger, stateTrigger: kindOf(type).triggers[webTrigger] ? webTrigger : 0 };
}
