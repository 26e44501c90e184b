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
  const mayHaveKeypad = config === undefined || hasKeypad(device);
  const keypad = mayHaveKeypad ? keypadMountingStates[state?.keypadMountingState ?? -1] : undefined;
  const doorSensor = state?.doorState === doorSensorRemoved ? doorStates[doorSensorRemoved] : undefined;
  return [keypad, doorSensor].filter((sign) => sign !== undefined);
}

/** Whether something is wrong that the device's state does not tell: a battery, tampering, the PIN, an error that Nuki names. */
export function needsAttention(device: Smartlock): boolean {
  const isWorn = partsWithCriticalBattery(device).length > 0 || signsOfTampering(device).length > 0;
  return isWorn || isAdminPinInvalid(device) || Boolean(device.error);
}
