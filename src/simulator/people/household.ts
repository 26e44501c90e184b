import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { deviceType, actionsOf, kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import type { Device } from '../devices/device.ts';
import type { People } from './people.ts';
import { pick, type Random } from '../random.ts';

/** What someone does at a device. */
export interface Deed {
  readonly name: string;
  readonly happen: () => void;
}

/** Draws what people and programs do at a device, right and wrong. */
export function drawDeed(people: People, device: Device, random: Random): Deed {
  const { id, type, state } = device;
  const action = pick(random, actionsOf(kindOf(type)));
  const isShown = random.next() < 0.5;
  const web: readonly Deed[] = [
    { name: 'another client of the account', happen: () => people.actElsewhere(id, action, { isShown }) },
    { name: "a neighbour's account", happen: () => people.actElsewhere(id, action, { name: 'Neighbour', isShown }) },
  ];
  const app = { name: 'an app', happen: () => people.useApp(id, action, 'Ben') };
  if (type === deviceType.box) return pick(random, [...web, app]);
  if (type === deviceType.opener) {
    const ring = { name: 'a ring', happen: () => people.ring(id) };
    return pick(random, [...web, app, ring, ring, ring]);
  }
  const bolt: ActionName = random.next() < 0.5 ? 'lock' : 'unlock';
  const codes = device.store.stored.filter((entry) => entry.type === authorizationType.keypadCode);
  const code = codes.length === 0 ? undefined : pick(random, codes).code;
  const knob = random.next() < 0.5 ? 1 : 3;
  const hubTrigger = random.next() < 0.5 ? 171 : 172;
  const deeds: readonly Deed[] = [
    ...web,
    app,
    { name: 'an app, blocked', happen: () => people.useApp(id, bolt, 'Ben', { completion: 1 }) },
    // 11 is a failure that open-source clients know and the specification does not.
    { name: 'an app, failing', happen: () => people.useApp(id, bolt, 'Ben', { completion: 11 }) },
    ...(code === undefined ? [] : [{ name: 'a code', happen: () => void people.typeCode(id, code) }]),
    { name: 'a wrong code', happen: () => people.failAtKeypad(id, 'code') },
    { name: 'a wrong finger', happen: () => people.failAtKeypad(id, 'fingerprint') },
    { name: 'a wrong tag', happen: () => people.failAtKeypad(id, 'tag') },
    { name: 'a tap in vain', happen: () => people.tapInVain(id) },
    { name: 'the arrow key', happen: () => people.lockAtKeypad(id) },
    { name: 'a fob', happen: () => people.useFob(id, bolt, "Ben's Fob") },
    { name: 'a button of a fob', happen: () => people.pressFob(id, 130, "Ben's Fob") },
    { name: 'a calibration', happen: () => people.calibrate(id) },
    { name: 'the button', happen: () => people.pressButton(id, bolt) },
    { name: 'a hub', happen: () => people.useHub(id, bolt, hubTrigger) },
    { name: 'auto lock', happen: () => people.autoLock(id) },
    { name: 'auto unlock', happen: () => people.autoUnlock(id, 'Ben') },
    { name: 'auto unlock, too soon', happen: () => people.autoUnlock(id, 'Ben', true) },
    { name: 'a hand', happen: () => device.turnByHand(knob) },
    { name: 'the door', happen: () => device.moveDoor(state.doorState === 3 ? 2 : 3) },
  ];
  return pick(random, deeds);
}
