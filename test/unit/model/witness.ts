import { webTrigger, type ActivityEntry } from '../../../src/nuki/activityLog.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import type { ActionName } from '../../../src/nuki/vocabulary/kinds.ts';
import type { DeviceEvent } from '../../../src/simulator/devices/deviceEvents.ts';
import type { SimulatedHome } from '../../../src/simulator/home.ts';
import type { LogJson, StateJson } from '../../../src/simulator/wire.ts';

/** What somebody did or tried on a device: a command of the client under test, or whatever others did. */
interface Deed {
  readonly id: number;
  readonly action: ActionName | undefined;
  readonly acceptedAt: number;
  readonly ends: { readonly at: number; readonly completion: number }[];
  readonly entries: LogJson[];
  /** The states that it led the device through. */
  readonly states: { readonly at: number; readonly state: Readonly<StateJson> }[];
}

/** What is said of a command: that it succeeded, or that it failed, perhaps for a reason. `saidAt`: ms since 1970. */
export interface Claim {
  readonly name: string;
  readonly id: number;
  readonly action: ActionName;
  readonly saidAt: number;
  readonly kind: 'confirmed' | 'failed' | 'fault';
  /** The completion state that a failure is given as its reason. */
  readonly completion?: number | undefined;
  /** The state in which the device is said to be by now, where it is said to have moved on. */
  readonly stateNow?: number | undefined;
}

export type Judgement =
  | 'right'
  | 'wrong'
  /** Wrong, and what the API has shown would have been the same had it been right. */
  | 'indistinguishable'
  /** Wrong, and only a name in the log was another than it would have been; nothing says whose name the API leaves there. */
  | 'told by a name alone';

/** What a sceptic signs; printed beside the figures. */
export const definitions: readonly string[] = [
  '"Confirmed" is right only if the device itself has carried out this very command with success by the moment of saying. "Failed"',
  'and "fault" are right only if the device itself has ended this very command without success by then, for the reason that is',
  "given. Where somebody else's hand or client brought the door there, or failed, the claim is wrong, whatever the door looks like.",
  "A lock 'n' go is carried out when it has opened; if it cannot lock again, that must be said with it once the API has shown it.",
  'Counted apart are claims that are wrong and that no client of this API could tell from right ones: the log first showed after the',
  'sending an entry of another web client with the same action and end and a date from a minute before on, and no entry of ours; or',
  'the log could not be read at all since the sending, and the device showed the state, trigger and last action that ours would',
  "leave, left by somebody else at or after the sending; or a lock 'n' go of ours had opened, and the same action of somebody else,",
  'of which the log showed nothing yet, had left the lock blocked as ours would. Nuki does not say whose name such an entry bears.',
];

/** Sees what really happens on the devices of a home and whose command it was, and what the API shows of it to the client. */
export class Witness {
  readonly #home: SimulatedHome;
  readonly #deeds = new Map<string, Deed>();
  /** The client's own commands, by the deeds that the home calls them. */
  readonly #commands = new Map<string, string>();
  /** Whose each entry of the log is, by the id under which the API lists it. */
  readonly #owners = new Map<string, string>();
  /** When each command was sent, ms since 1970, and how many answers the client had been shown before. */
  readonly #sent = new Map<string, { readonly at: number; readonly answers: number }>();
  /** What the client was shown, by the number of the answer: each entry first, the last log and device of each id. */
  #answers = 0;
  readonly #shownEntries = new Map<string, number>();
  readonly #readLogs = new Map<number, number>();
  readonly #shownDevices = new Map<number, { readonly answer: number; readonly state: Smartlock['state'] }>();
  readonly #story = new Map<number, { readonly at: number; readonly text: string }[]>();
  /** Devices that do not tell the cloud of the states they go through. */
  readonly #silent = new Set<number>();
  /** The command of the client that is given to a device now. */
  readonly names = new Map<number, string>();

  constructor(home: SimulatedHome) {
    this.#home = home;
    home.watch((event) => this.#note(event));
  }

  #note(event: DeviceEvent): void {
    const { smartlockId: id, at } = event;
    if (event.kind === 'accepted' && event.byApi) this.#commands.set(event.deed, this.names.get(id) ?? '');
    const name = this.#nameOf(event.deed);
    const deed = this.#deedOf(name, event);
    if (event.kind === 'ended') deed.ends.push({ at, completion: event.completion });
    if (event.kind === 'entry') deed.entries.push(event.entry);
    if (event.kind === 'state') deed.states.push({ at, state: event.state });
    if (event.kind === 'listed') this.#owners.set(event.id, name);
    this.#tell(id, `${name} ${inWords(event)}`);
  }

  #deedOf(name: string, event: DeviceEvent): Deed {
    const known = this.#deeds.get(name);
    if (known !== undefined) return known;
    const action = event.kind === 'accepted' ? event.action : undefined;
    const deed = { id: event.smartlockId, action, acceptedAt: event.at, ends: [], entries: [], states: [] };
    this.#deeds.set(name, deed);
    return deed;
  }

  #nameOf(deed: string): string {
    return this.#commands.get(deed) ?? deed;
  }

  #tell(id: number, text: string): void {
    const story = this.#story.get(id) ?? [];
    this.#story.set(id, story);
    story.push({ at: this.#home.timeline.now, text });
  }

  /** The client sends the request of a command. */
  send(name: string): void {
    this.#sent.set(name, { at: this.#home.clock.now(), answers: this.#answers });
  }

  /** The API has shown a device to the client. */
  showDevice(id: number, { state, operationId }: Smartlock): void {
    this.#answers += 1;
    this.#shownDevices.set(id, { answer: this.#answers, state });
    this.#tell(id, `[shown ${state?.state}/${state?.trigger}/${state?.lastAction}${operationId ? ' busy' : ''}]`);
  }

  /** The API has shown a page of a device's log to the client. */
  showLog(id: number, entries: readonly ActivityEntry[]): void {
    this.#answers += 1;
    this.#readLogs.set(id, this.#answers);
    const first = entries.filter((entry) => !this.#shownEntries.has(entry.id));
    for (const entry of first) this.#shownEntries.set(entry.id, this.#answers);
    const texts = first.map(
      (entry) => `${entry.action}/${entry.trigger}/${entry.state} of ${this.#owners.get(entry.id)}`,
    );
    this.#tell(id, `[log: ${texts.join(', ')}]`);
  }

  /** From now on the cloud hears nothing of a device's states. */
  silence(id: number): void {
    this.#silent.add(id);
    this.#device(id)?.tellStates(false);
  }

  /** All devices tell the cloud of their states again. */
  speak(): void {
    for (const id of this.#silent) this.#device(id)?.tellStates(true);
    this.#silent.clear();
  }

  #device(id: number) {
    return this.#home.devices().find((device) => device.id === id);
  }

  /** Whether the home has taken a command on. */
  hasBegun(name: string): boolean {
    return this.#deeds.has(name);
  }

  judge(claim: Claim): Judgement {
    return this.#isTrue(claim) ? 'right' : this.#likeness(claim);
  }

  #isTrue({ name, id, kind, saidAt, completion, stateNow }: Claim): boolean {
    const ends = (this.#deeds.get(name)?.ends ?? []).filter(({ at }) => at <= saidAt);
    const first = ends[0]?.completion;
    if (first === undefined) return false;
    if (kind !== 'confirmed')
      return ends.some((end) => end.completion !== 0 && (completion ?? end.completion) === end.completion);
    const isShownBlocked = ends.length > 1 && this.#shownDevices.get(id)?.state?.state === blocked;
    return first === 0 && (!isShownBlocked || stateNow === blocked);
  }

  /** Whether others have left the traces that the claim would need, and the client was shown no others. */
  #likeness(claim: Claim): Judgement {
    const { at: sentAt, answers } = this.#sent.get(claim.name) ?? { at: 0, answers: 0 };
    const ours = new Set(this.#commands.values());
    const others = [...this.#deeds].filter(([name, { id, action }]) => {
      return id === claim.id && action === claim.action && !ours.has(name);
    });
    const shown = this.#shownDevices.get(claim.id);
    const hasLeftIt = ([, { states }]: readonly [string, Deed]): boolean =>
      shown !== undefined &&
      shown.answer > answers &&
      states.some(({ at, state }) => at > sentAt - cloudLag && this.#isSameState(state, shown.state, claim));
    if ((this.#readLogs.get(claim.id) ?? 0) <= answers) return others.some(hasLeftIt) ? 'indistinguishable' : 'wrong';
    const shownNow = [...this.#shownEntries]
      .filter(([, answer]) => answer > answers)
      .map(([id]) => this.#owners.get(id));
    if (claim.kind === 'fault' && this.#hasOpenedToLock(claim)) {
      return others.some((other) => hasLeftIt(other) && !shownNow.includes(other[0])) ? 'indistinguishable' : 'wrong';
    }
    if (shownNow.includes(claim.name)) return 'wrong';
    const alike = others
      .filter(([name]) => shownNow.includes(name))
      .flatMap(([, { entries }]) => entries.filter((entry) => looksLike(entry, claim, sentAt)));
    const ourNames = ['', this.#home.account.name];
    if (alike.some(({ name }) => ourNames.includes(name))) return 'indistinguishable';
    return alike.length > 0 ? 'told by a name alone' : 'wrong';
  }

  /** Whether a lock 'n' go has opened, and is to lock. */
  #hasOpenedToLock({ name, action }: Claim): boolean {
    const isTwofold = action === 'lockNGo' || action === 'lockNGoUnlatch';
    return isTwofold && this.#deeds.get(name)?.ends[0]?.completion === 0;
  }

  /** Whether the client was shown the state that another has left, and the claim would leave the same. */
  #isSameState(left: StateJson, shown: Smartlock['state'], { id, kind }: Claim): boolean {
    const webState = this.#device(id)?.type === 1 ? 4 : 0;
    const isFault = left.state === blocked;
    return (
      isFault === (kind !== 'confirmed') &&
      left.state === shown?.state &&
      left.lastAction === shown.lastAction &&
      left.trigger === webState &&
      shown.trigger === webState
    );
  }

  /** What has really happened on a device since `since`, and what the client was shown of it, in words. */
  story(id: number, since: number): string {
    const told = (this.#story.get(id) ?? []).filter(({ at }) => at >= since - 10_000);
    return told.map(({ at, text }) => `${((at - since) / 1000).toFixed(1)} ${text}`).join('; ');
  }

  /** Forgets what no claim can be about any more, so that a long run stays small. `before`: ms since 1970. */
  forget(before: number): void {
    for (const [id, story] of this.#story)
      this.#story.set(
        id,
        story.filter(({ at }) => at >= before),
      );
  }
}

function looksLike({ trigger, state, date }: LogJson, { kind, completion }: Claim, sentAt: number): boolean {
  const isEnd = kind === 'confirmed' ? state === 0 : state !== 0 && (completion ?? state) === state;
  return trigger === webTrigger && isEnd && Date.parse(date) > sentAt - clockDifference;
}

/** The state of a lock whose motor is blocked. */
const blocked = 254;

/** What the cloud's newest copy of a device that is online is behind it at most, in ms (src/simulator/devices/cloud.ts). */
const cloudLag = 2500;

/** By how much the clocks of a device and of the computer differ at most, in ms. */
const clockDifference = 60_000;

function inWords(event: DeviceEvent): string {
  switch (event.kind) {
    case 'accepted':
      return `asks ${event.action}`;
    case 'ended':
      return `ends ${event.completion}`;
    case 'state':
      return `-> ${event.state.state}/${event.state.trigger}/${event.state.lastAction}`;
    case 'entry':
      return `logs ${event.entry.action}/${event.entry.trigger}/${event.entry.state}`;
    case 'listed':
      return 'is listed';
    case 'dropped':
      return 'is dropped';
    case 'stored':
    case 'refused':
    case 'overtaken':
    case 'configured':
      return `is ${event.kind}`;
  }
}
