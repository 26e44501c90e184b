import {
  doorSensorRemoved,
  hasKeypad,
  isAdminPinInvalid,
  partsWithCriticalBattery,
  type Smartlock,
} from './smartlock.ts';
import { doorStates, keypadMountingStates } from './vocabulary/words.ts';

/** Signs of tampering, in English words: someone has to look. A mounting state speaks only of a keypad that may be there. */
export function signsOfTampering(device: Smartlock): readonly string[] {
  const { config, state } = device;
  const signs: string[] = [];
  const keypad = keypadMountingStates[state?.keypadMountingState ?? -1];
  if (keypad !== undefined && (config === undefined || hasKeypad(device))) signs.push(keypad);
  const doorSensor = doorStates[doorSensorRemoved];
  if (doorSensor !== undefined && state?.doorState === doorSensorRemoved) signs.push(doorSensor);
  return signs;
}

/** Whether something is wrong that the device's state does not tell: a battery, tampering, the PIN, an error that Nuki names. */
export function needsAttention(device: Smartlock): boolean {
  return (
    isAdminPinInvalid(device) ||
    Boolean(device.error) ||
    partsWithCriticalBattery(device).length > 0 ||
    signsOfTampering(device).length > 0
  );
}
