import { authorizationType } from '../nuki/authorization/authorizationType.ts';
import { authorizationLimit, keypadCodeLimit } from '../nuki/authorization/authorization.ts';
import { webTrigger } from '../nuki/activityLog.ts';
import { deviceType, kindOf, phaseOf, type ActionName } from '../nuki/vocabulary/kinds.ts';
import { CloudCopy, replaced } from './cloud.ts';
import { motionOf, ringToOpenMotion, type Leg } from './motions.ts';
import type { Timeline } from './timeline.ts';
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

/** How the execution of an accepted write goes wrong. */
export interface Twist {
  /** The write is accepted and never executed. */
  readonly never?: boolean;
  /** An action ends with this completion state of the log instead of success (0). */
  readonly completion?: number;
  /** After how many ms the device is reached. */
  readonly after?: number;
  /** An authorization changes on the device; the cloud's copy follows with the next sync only. */
  readonly unpublished?: boolean;
}

/** A Nuki device: its true state, and the cloud's copy of it, which follows later. */
export class Device {
  readonly unlatches: boolean;
  /** The truth. */
  readonly state: StateJson;
  authorizations: readonly AuthorizationJson[];
  /** What the API shows. */
  readonly cloud: CloudCopy;

  readonly #timeline: Timeline;
  /** Operations for the device to carry out once it is online again. */
  readonly #toDo: (() => void)[] = [];
  #motions = 0;

  constructor({ listed, authorizations = [], log = [], unlatches = true }: SimulatedDevice, timeline: Timeline) {
    this.#timeline = timeline;
    this.state = { ...listed.state };
    this.authorizations = authorizations;
    this.cloud = new CloudCopy(listed, authorizations, log, timeline);
    this.unlatches = unlatches;
    const [waiting, ...rest] = ringToOpenMotion(this.state, timeline.now);
    timeline.after(waiting?.[1] ?? 0, () => {
      if (this.#motions === 0) this.#play(rest, () => {});
    });
  }

  get id(): number {
    return this.cloud.listed.smartlockId;
  }

  get #type(): number {
    return this.cloud.listed.type;
  }

  /** Carries out an action as soon as the device is reached. `by`: the name for its log. */
  act(action: ActionName, by: string, twist: Twist): void {
    // The cloud stores the actions of an offline device until it is back, and does not call it busy.
    if (this.cloud.online) this.cloud.beginOperation();
    this.#reach(
      () => this.#move(action, by, twist.completion ?? 0),
      twist,
      () => this.cloud.endOperation(),
    );
  }

  /** Stores an authorization on the device, or removes the one with this id. */
  changeAuthorization(id: string, entry: AuthorizationJson | undefined, twist: Twist): void {
    const tell = (): void => {
      const stored = this.authorizations.find((candidate) => candidate.id === id);
      this.cloud.learnAuthorization(id, stored);
    };
    const change = (): void => {
      const stored = entry === undefined ? undefined : { ...entry, updateDate: this.#timeline.date };
      if (stored === undefined || !this.#refuses(stored)) {
        this.authorizations = replaced(this.authorizations, id, stored);
      }
      if (!twist.unpublished) tell();
    };
    if (this.cloud.online) this.cloud.beginChange(id);
    this.#reach(change, twist, tell);
  }

  /** Brings the cloud's copy up to the truth. */
  sync(twist: Twist): void {
    this.#reach(() => {
      this.cloud.learnState(this.state);
      this.cloud.learnAuthorizations(this.authorizations);
    }, twist);
  }

  /** A person turns the knob, which ends the motion of the motor. */
  turnByHand(state: number): void {
    const action = state === 1 ? kindOf(this.#type).actions.lock : kindOf(this.#type).actions.unlock;
    Object.assign(this.state, { trigger: 1, lastAction: action ?? this.state.lastAction });
    this.#play([[state, 0]], () => this.#log({ action: action ?? 1, trigger: 1 }));
  }

  /** A person opens or closes the door. `doorState`: 2 closed, 3 open. */
  moveDoor(doorState: 2 | 3): void {
    this.state.doorState = doorState;
    this.cloud.learnState(this.state);
    this.#log({ action: doorState === 3 ? 240 : 241, trigger: 0 });
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

  #move(action: ActionName, by: string, completion: number): void {
    const type = this.#type;
    const code = kindOf(type).actions[action] ?? 0;
    const before: Leg = [this.state.state, 0];
    Object.assign(this.state, { trigger: kindOf(type).triggers[webTrigger] ? webTrigger : 0, lastAction: code });
    if (completion === 0) this.#switchOpener(action);
    const legs = motionOf(action, this.cloud.listed, this.state, this.#timeline.now);
    // A failing motion stops half-way; blocked (completion 1) it stays there, otherwise it goes back.
    const back = kindOf(type).bolt ? [before] : ringToOpenMotion(this.state, this.#timeline.now);
    const blocked = completion === 1 || this.#isMoving(before[0]);
    const failing = [
      ...legs.slice(0, 1).filter(([state]) => this.#isMoving(state)),
      ...(blocked ? [[254, 0] as const] : back),
    ];
    this.#play(completion === 0 ? legs : failing, (cancelled) => {
      this.#log({ action: code, trigger: webTrigger, state: cancelled ? 2 : completion, name: by });
      this.cloud.endOperation();
    });
  }

  #isMoving(state: number): boolean {
    return phaseOf(kindOf(this.#type), state) === 'moving';
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

  /** Goes through states; calls `whenDone` when the first lasting one is reached, or when another motion has come in between. */
  #play(legs: readonly Leg[], whenDone: (cancelled: boolean) => void): void {
    this.#motions += 1;
    const motion = this.#motions;
    let done = false;
    const step = (index: number): void => {
      const leg = legs[index];
      const cancelled = motion !== this.#motions;
      if (leg !== undefined && !cancelled) this.#enter(leg, () => step(index + 1));
      if (!done && (cancelled || !this.#isMoving(this.state.state))) {
        done = true;
        whenDone(cancelled);
      }
    };
    step(0);
  }

  #enter([state, ms]: Leg, next: () => void): void {
    this.state.state = state;
    if (!kindOf(this.#type).bolt && state === 1) delete this.state.ringToOpenEnd;
    this.cloud.learnState(this.state);
    this.#timeline.after(ms, next);
  }

  #log(entry: Pick<LogJson, 'action' | 'trigger'> & Partial<LogJson>): void {
    const type = this.#type;
    const logged: LogJson = {
      id: this.#timeline.newId(),
      smartlockId: this.id,
      deviceType: type === deviceType.box ? deviceType.smartLock1 : type,
      name: '',
      state: 0,
      autoUnlock: false,
      date: this.#timeline.date,
      source: 0,
      ...entry,
    };
    this.cloud.learnEntry(logged);
  }

  /** Reasons that only the device knows and does not report: it is full, or has the code already. */
  #refuses(entry: AuthorizationJson): boolean {
    const isCode = entry.type === authorizationType.keypadCode;
    const others = this.authorizations.filter(({ id }) => id !== entry.id);
    if (isCode && others.some(({ code }) => code === entry.code)) return true;
    const { type, firmwareVersion } = this.cloud.listed;
    const limit = isCode ? keypadCodeLimit : authorizationLimit({ type, firmwareVersion });
    return others.filter((other) => (other.type === authorizationType.keypadCode) === isCode).length >= limit;
  }
}
