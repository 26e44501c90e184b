import { actionsOf, kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import type { Device } from '../devices/device.ts';
import type { Part } from '../devices/parts.ts';
import type { SimulatedHome } from '../home.ts';
import type { AuthorizationJson } from '../wire.ts';
import { required, type Body } from './body.ts';

/** Where a deed happens, and what the request says of it. */
interface Scene {
  readonly home: SimulatedHome;
  readonly device: Device;
  readonly body: Body;
}

/** Something that happens at a device, under the name of its field. */
interface Deed {
  /** What is sent for it; a field that is `true` here may be nothing else. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Fields that may go with it. */
  readonly also?: readonly string[];
  /** What the device must have. */
  readonly needs?: Part;
  /** @returns what the answer says besides @throws {Refusal} 400 for a value that is not allowed */
  readonly happen: (scene: Scene) => object | void;
}

const sides = ['lock', 'unlock'] as const;
const entries = ['code', 'fingerprint', 'tag'] as const;
const hubs = { homekit: 171, mqtt: 172 } as const;

/** What people and programs can do at a device, in the order in which they are listed. */
export const deeds: Readonly<Record<string, Deed>> = {
  turn: {
    example: { turn: 'lock' },
    needs: 'bolt',
    happen: ({ home, device, body }) => home.turnByHand(device.id, body.choice('turn', sides) === 'lock' ? 1 : 3),
  },
  door: {
    example: { door: 'open' },
    needs: 'door sensor',
    happen: ({ home, device, body }) =>
      home.moveDoor(device.id, body.choice('door', ['open', 'closed']) === 'open' ? 3 : 2),
  },
  ring: {
    example: { ring: true },
    needs: 'bell',
    happen: ({ home, device }) => home.people.ring(device.id),
  },
  battery: {
    example: { battery: 8, critical: true },
    also: ['critical'],
    happen: ({ device, body }) => {
      const charge = required(body.wholeNumber('battery', 0, 100), 'battery');
      device.setBattery(charge, body.flag('critical') ?? charge <= 20);
    },
  },
  online: {
    example: { online: false },
    happen: ({ home, device, body }) => home.setServerState(device.id, body.flag('online') ? 0 : 4),
  },
  typeCode: { example: { typeCode: 445566 }, needs: 'keypad', happen: typeCode },
  mistypeCode: {
    example: { mistypeCode: true },
    needs: 'keypad',
    happen: ({ home, device }) => home.people.failAtKeypad(device.id, 'code'),
  },
  failAtKeypad: {
    example: { failAtKeypad: 'fingerprint' },
    needs: 'keypad',
    happen: ({ home, device, body }) =>
      home.people.failAtKeypad(device.id, required(body.choice('failAtKeypad', entries), 'failAtKeypad')),
  },
  tapInVain: {
    example: { tapInVain: true },
    needs: 'keypad',
    happen: ({ home, device }) => home.people.tapInVain(device.id),
  },
  lockAtKeypad: {
    example: { lockAtKeypad: true },
    needs: 'keypad',
    happen: ({ home, device }) => home.people.lockAtKeypad(device.id),
  },
  button: {
    example: { button: 'unlock' },
    needs: 'bolt',
    happen: ({ home, device, body }) =>
      home.people.pressButton(device.id, required(body.choice('button', sides), 'button')),
  },
  app: {
    example: { app: 'unlock', name: 'Ben', blocked: true },
    also: ['name', 'blocked'],
    happen: ({ home, device, body }) => {
      const twist = body.flag('blocked') ? { completion: 1 } : {};
      home.people.useApp(device.id, actionIn(device, body, 'app'), body.name('name') ?? 'Ben', twist);
    },
  },
  fob: {
    example: { fob: 'lock', name: "Ben's Fob" },
    also: ['name'],
    needs: 'bolt',
    happen: ({ home, device, body }) =>
      home.people.useFob(device.id, actionIn(device, body, 'fob'), body.name('name') ?? "Ben's Fob"),
  },
  homekit: {
    example: { homekit: 'lock' },
    needs: 'bolt',
    happen: ({ home, device, body }) => home.people.useHub(device.id, actionIn(device, body, 'homekit'), hubs.homekit),
  },
  mqtt: {
    example: { mqtt: 'lock' },
    needs: 'bolt',
    happen: ({ home, device, body }) => home.people.useHub(device.id, actionIn(device, body, 'mqtt'), hubs.mqtt),
  },
  autoLock: {
    example: { autoLock: true },
    needs: 'bolt',
    happen: ({ home, device }) => home.people.autoLock(device.id),
  },
  autoUnlock: {
    example: { autoUnlock: 'Ben', tooSoon: true },
    also: ['tooSoon'],
    needs: 'bolt',
    happen: ({ home, device, body }) =>
      home.people.autoUnlock(device.id, required(body.name('autoUnlock'), 'autoUnlock'), body.flag('tooSoon') ?? false),
  },
  calibrate: {
    example: { calibrate: true },
    needs: 'bolt',
    happen: ({ home, device }) => home.people.calibrate(device.id),
  },
  otherClient: {
    example: { otherClient: 'unlock', name: 'Neighbour' },
    also: ['name'],
    happen: ({ home, device, body }) => {
      const name = body.name('name');
      const action = actionIn(device, body, 'otherClient');
      home.people.actElsewhere(device.id, action, name === undefined ? {} : { name });
    },
  },
};

/** @throws {Refusal} 400 for an action that the device does not know */
function actionIn(device: Device, body: Body, field: string): ActionName {
  return required(body.choice(field, actionsOf(kindOf(device.type))), field);
}

/** Says whether the code opened, and why not. */
function typeCode({ home, device, body }: Scene): object {
  const code = required(body.wholeNumber('typeCode', 0, 999_999), 'typeCode');
  const verdict = home.people.typeCode(device.id, code);
  if (verdict.kind === 'opens') return { opened: true, whose: verdict.entry.name };
  if (verdict.kind === 'refused')
    return { opened: false, whose: verdict.entry.name, why: whyRefused(device, verdict.entry) };
  const isListed = device.cloud.authorizations.some((entry) => entry.code === code);
  const isOff = device.store.stored.some((entry) => entry.code === code);
  const why = isOff
    ? 'The keypad itself is disabled.'
    : isListed
      ? 'The API lists this code, but the keypad does not have it.'
      : 'The keypad does not know this code.';
  return { opened: false, why };
}

function whyRefused(device: Device, entry: AuthorizationJson): string {
  const { now } = device;
  const { enabled, allowedFromDate, allowedUntilDate } = entry;
  if (!enabled) return 'The code is disabled.';
  if (allowedFromDate !== undefined && now < Date.parse(allowedFromDate)) return 'The code is not valid yet.';
  if (allowedUntilDate !== undefined && now >= Date.parse(allowedUntilDate)) return 'The code has expired.';
  return 'The code does not open at this day and hour.';
}
