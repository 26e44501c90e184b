import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { deviceType, kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { webActor, type Device } from '../devices/device.ts';
import type { Actor } from '../devices/deviceEvents.ts';
import { verdictOn, type Verdict } from '../devices/keypad.ts';
import type { Twist } from '../devices/twist.ts';

/** What the log says of an entry that the keypad refuses: the code, the finger, the NFC tag. Nuki's OpenAPI. */
const wrongEntries = { code: [1, 224], fingerprint: [2, 225], tag: [1, 226] } as const;

/** The people and programs around a home, besides the client. Each deed has a name of its own, which only the simulator knows. */
export class People {
  readonly #device: (smartlockId: number) => Device;
  readonly #owner: string;
  #deeds = 0;

  /** `owner`: the account's name, under which every client of its Web API appears in the log. */
  constructor(device: (smartlockId: number) => Device, owner: string) {
    this.#device = device;
    this.#owner = owner;
  }

  /** Someone types a code. A right one unlocks; the log names the person of an expired one too, with a state that says refused. */
  typeCode(smartlockId: number, code: number): Verdict {
    const device = this.#device(smartlockId);
    const deed = this.#deed('keypad');
    const verdict = verdictOn(code, device.store.stored, device.now, device.cloud.listed.config.timezoneId);
    if (verdict.kind === 'unknown') this.#refuse(device, 'code', deed);
    else {
      const { name, id } = verdict.entry;
      const actor = { deed, name, trigger: keypadTrigger, stateTrigger: 0, source: 1, authId: id };
      device.actAtTheDoor('unlock', actor, verdict.kind === 'opens' ? {} : { completion: 9 });
    }
    return verdict;
  }

  /** A keypad refuses what it does not know; the lock shows it for a moment. */
  failAtKeypad(smartlockId: number, what: keyof typeof wrongEntries): void {
    this.#refuse(this.#device(smartlockId), what, this.#deed('keypad'));
  }

  /** A phone held to the keypad is refused; the `state` of such an entry has a table of its own. */
  tapInVain(smartlockId: number): void {
    const entry = { action: 1, trigger: 253, source: 3, state: 37 };
    this.#device(smartlockId).log(entry, this.#deed('tap'));
  }

  /** Someone locks with the arrow key of a keypad. */
  lockAtKeypad(smartlockId: number): void {
    this.#atTheDoor(smartlockId, 'lock', { trigger: keypadTrigger }, {});
  }

  /** An app within reach of Bluetooth; a Box calls it 5, locks call it "system". */
  useApp(smartlockId: number, action: ActionName, name: string, twist: Twist = {}): void {
    const trigger = this.#device(smartlockId).type === deviceType.box ? 5 : 0;
    const { app } = authorizationType;
    this.#atTheDoor(
      smartlockId,
      action,
      { ...this.#who(smartlockId, name, app), trigger, stateTrigger: trigger },
      twist,
    );
  }

  useFob(smartlockId: number, action: ActionName, name: string): void {
    this.#atTheDoor(smartlockId, action, this.#who(smartlockId, name, authorizationType.fob), {});
  }

  pressButton(smartlockId: number, action: ActionName): void {
    this.#atTheDoor(smartlockId, action, { trigger: 2, stateTrigger: 2 }, {});
  }

  /** Something that bridges HomeKit (171) or MQTT (172) to Bluetooth; open-source clients log these numbers. */
  useHub(smartlockId: number, action: ActionName, trigger: 171 | 172): void {
    this.#atTheDoor(smartlockId, action, { trigger, stateTrigger: trigger }, {});
  }

  /** A fob's button that nothing is assigned to, or that a client which knows more than the specification logs as its own. */
  pressFob(smartlockId: number, action: 80 | 129 | 130 | 131, name: string): void {
    const who = this.#who(smartlockId, name, authorizationType.fob);
    this.#device(smartlockId).log({ action, trigger: 0, ...who }, this.#deed('fob'));
  }

  /** The lock measures its way anew; 252 is no state of the specification. */
  calibrate(smartlockId: number): void {
    const device = this.#device(smartlockId);
    const deed = this.#deed('calibration');
    device.showBriefly(252, 8000, deed);
    device.log({ action: 253, trigger: 0 }, deed);
  }

  autoLock(smartlockId: number): void {
    this.#atTheDoor(smartlockId, 'lock', { trigger: 6, stateTrigger: 6 }, {});
  }

  /** Auto Unlock; it filters itself when it comes too soon again (3), and night mode refuses it (10). Nuki's support pages. */
  autoUnlock(smartlockId: number, name: string, isTooRecent = false): void {
    const completion = this.#device(smartlockId).state.nightMode ? 10 : isTooRecent ? 3 : 0;
    const who = this.#who(smartlockId, name, authorizationType.app);
    this.#atTheDoor(smartlockId, 'unlock', { ...who, autoUnlock: true }, { completion });
  }

  ring(smartlockId: number): void {
    this.#device(smartlockId).ring(this.#actor('ring', {}));
  }

  /**
   * Another client of the Web API. `name`: that of its account, this one's by default: then its entries in the log look like those of
   * the client. `isShown`: whether the cloud calls the device busy meanwhile.
   */
  actElsewhere(
    smartlockId: number,
    action: ActionName,
    { name = this.#owner, isShown = true, twist = {} }: { name?: string; isShown?: boolean; twist?: Twist } = {},
  ): void {
    const device = this.#device(smartlockId);
    device.act(action, webActor(device.type, name, this.#deed('other client')), twist, { byApi: false, isShown });
  }

  #refuse(device: Device, what: keyof typeof wrongEntries, deed: string): void {
    const [source, state] = wrongEntries[what];
    device.log({ action: kindOf(device.type).actions.unlock ?? 1, trigger: keypadTrigger, source, state }, deed);
    if (state !== 226) device.showBriefly(state, 2000, deed);
  }

  #atTheDoor(smartlockId: number, action: ActionName, who: Partial<Actor>, twist: Twist): void {
    this.#device(smartlockId).actAtTheDoor(action, this.#actor('door', who), twist);
  }

  /** Someone, and the authorization that they use: the one of that name and type. */
  #who(smartlockId: number, name: string, type: number): Pick<Actor, 'name' | 'authId'> {
    const { stored } = this.#device(smartlockId).store;
    const [own, ...others] = stored.filter((entry) => entry.name === name && entry.type === type);
    return { name, ...(own && others.length === 0 && { authId: own.id }) };
  }

  #actor(deed: string, who: Partial<Actor>): Actor {
    return { deed: this.#deed(deed), name: '', trigger: 0, stateTrigger: 0, ...who };
  }

  #deed(what: string): string {
    this.#deeds += 1;
    return `${what} ${this.#deeds}`;
  }
}

const keypadTrigger = 255;
