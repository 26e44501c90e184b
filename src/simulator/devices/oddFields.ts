import { pick, type Random } from '../random.ts';
import type { SmartlockJson } from '../wire.ts';

/** What differs from the published specification, or is seldom met. */
const oddities: readonly ((device: SmartlockJson) => SmartlockJson)[] = [
  (device) => ({ ...device, error: 'The device could not be read' }),
  // Younger than OpenAPI 4.10.0: someone moved the keypad, or it has an error.
  (device) => withState(device, { keypadMountingState: 2 }),
  (device) => withState(device, { keypadMountingState: 255 }),
  // "Removed" in the specification, the tamper alarm in the Bluetooth world.
  (device) => withState(device, { doorState: 240 }),
  (device) => withState(device, { doorState: 16 }),
  (device) => withState(device, { batteryCritical: true, batteryCharge: 4 }),
  (device) => withState(device, { keypadBatteryCritical: true, doorsensorBatteryCritical: true }),
  // Numbers that open-source clients know and the specification does not: HomeKit, MQTT, full lock, a fob's actions.
  (device) => withState(device, { trigger: 171 }),
  (device) => withState(device, { trigger: 172 }),
  (device) => withState(device, { lastAction: 6 }),
  (device) => withState(device, { lastAction: 80 }),
  (device) => withState(device, { lastAction: 90 }),
  (device) => withState(device, { lastAction: 129 }),
  // Samples lack fields that the specification requires; none has a null.
  ({ state: { ringToOpenTimer: _timer, ...state }, ...device }) => ({ ...device, state }),
  ({ webConfig: _config, currentSubscription: _subscription, ...device }) => device,
];

function withState(device: SmartlockJson, state: Partial<SmartlockJson['state']>): SmartlockJson {
  return { ...device, state: { ...device.state, ...state } };
}

/** The device with one oddity. */
export function withOddFields(device: SmartlockJson, random: Random): SmartlockJson {
  return pick(random, oddities)(device);
}
