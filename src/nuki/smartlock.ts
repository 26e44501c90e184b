import type { Understood } from './http/schema.ts';
import type { smartlockSchema } from './http/schemas.ts';
import { actions, actionsOf, kindOf, phaseOf, type ActionName, type Phase } from './vocabulary/kinds.ts';

/** A Nuki device of any kind, in the API's word. */
export type Smartlock = Readonly<Understood<typeof smartlockSchema>>;

/** Whether the device works on an operation; further writes would be refused. */
export function isBusy(device: Smartlock): boolean {
  const { operationId, state, config, advancedConfig, openerAdvancedConfig, smartdoorAdvancedConfig } = device;
  return (
    operationId ||
    state?.operationId === true ||
    config?.operationId === true ||
    advancedConfig?.operationId === true ||
    openerAdvancedConfig?.operationId === true ||
    smartdoorAdvancedConfig?.operationId === true
  );
}

/** Server state 0 is the only one in which a device is reached; an unknown one is not taken for it. */
export function isOnline(device: Smartlock): boolean {
  return device.serverState === 0;
}

/** Whether a device that is not online may be back by itself: server states 1 to 3 need a new connection in the Nuki app. */
export function mayComeBack(device: Smartlock): boolean {
  return device.serverState === 4;
}

/** Whether the device is in a mode in which it acts: not uninitialized, being paired or maintained. Nuki guide, "Mode". */
export function isReady({ state }: Smartlock): boolean {
  return ![0, 1, 4].includes(state?.mode ?? -1);
}

export function phaseOfDevice(device: Smartlock): Phase {
  const kind = kindOf(device.type);
  const phase = phaseOf(kind, device.state?.state);
  return phase === 'ready' && isInContinuousMode(device) ? 'open' : phase;
}

/** In an Opener's continuous mode, which is a mode and no state, every ring opens the door. */
export function isInContinuousMode(device: Smartlock): boolean {
  return !kindOf(device.type).bolt && kindOf(device.type).modes[device.state?.mode ?? -1] === 'continuous';
}

/** Whether nothing has to be said of the mode: it is "door" (2), continuous, or not known. */
export function isInUsualMode(device: Smartlock): boolean {
  const mode = device.state?.mode;
  return mode === undefined || mode === 2 || isInContinuousMode(device);
}

/** Not moving and not busy: what is shown is where the device stays. */
export function isSettled(device: Smartlock): boolean {
  return phaseOfDevice(device) !== 'moving' && !isBusy(device);
}

export function hasKeypad(device: Smartlock): boolean {
  return device.config?.keypadPaired === true || device.config?.keypad2Paired === true;
}

/** `doorState` of a device without a door sensor. */
const noDoorSensor = 0;

/** `doorState` of a door sensor that is gone: the tamper alarm of Nuki's Bluetooth API. */
export const doorSensorRemoved = 240;

const doorClosed = 2;
const doorOpen = 3;

/** Values of `doorState` of which nothing has to be said, or elsewhere; 1: the sensor is deactivated. Nuki guide, "Door state". */
const usualDoorStates: readonly unknown[] = [noDoorSensor, 1, doorClosed, doorOpen, doorSensorRemoved, undefined];

/** `doorState` where a door sensor does not tell whether the door is open. */
export function unusualDoorState({ state }: Smartlock): number | undefined {
  return usualDoorStates.includes(state?.doorState) ? undefined : state?.doorState;
}

/** Whether a door sensor says that the door stands open. */
export function isDoorOpen({ state }: Smartlock): boolean {
  return state?.doorState === doorOpen;
}

/** Whether the device has a Smart Hosting subscription that is in force. Without one Nuki may refuse short rentals its API. */
export function hasSmartHosting({ currentSubscription }: Smartlock): boolean {
  return currentSubscription?.state === 'ACTIVE';
}

export function isAdminPinInvalid(device: Smartlock): boolean {
  return device.adminPinState === 2;
}

/** What is wrong with a device's batteries. A flag speaks only of a part that is there: the API sends `false` for missing ones. */
export function partsWithCriticalBattery(device: Smartlock): readonly ('device' | 'keypad' | 'door sensor')[] {
  const { state } = device;
  const warnings: ('device' | 'keypad' | 'door sensor')[] = [];
  if (state?.batteryCritical) warnings.push('device');
  if (state?.keypadBatteryCritical && hasKeypad(device)) warnings.push('keypad');
  if (state?.doorsensorBatteryCritical && state.doorState !== noDoorSensor) warnings.push('door sensor');
  return warnings;
}

/** Whether an action pulls the latch of a lock, which those sold in the US cannot. Nuki guide, "Supported regions". */
export function unlatches(action: ActionName): boolean {
  return action === 'unlatch' || action === 'lockNGoUnlatch';
}

/**
 * The actions to offer on a device: those of its kind; none for an unfamiliar kind. A device that is offline is only offered to be closed,
 * since it would act later, unattended; one that cannot pull its latch is not asked to. Of what can be switched on and off, only the other
 * way is offered where it is known which one it is; a lock can always be locked again. `isKnown`: whether the state is that of now.
 */
export function offeredActions(device: Smartlock, canUnlatch = true, isKnown = true): readonly ActionName[] {
  const isReached = isOnline(device);
  const isOffered = (action: ActionName): boolean =>
    (isReached ? !(isKnown && isSwitchedSo(device, action)) : actions[action].closes) &&
    (canUnlatch || !unlatches(action));
  return actionsOf(kindOf(device.type)).filter(isOffered);
}

/** Whether an Opener is switched already as `action` would. In other states and modes that is not told. */
function isSwitchedSo({ type, state }: Smartlock, action: ActionName): boolean {
  const { states, modes } = kindOf(type);
  const mode = modes[state?.mode ?? -1];
  switch (action) {
    case 'activateRingToOpen':
      return states.open?.[state?.state ?? -1] === 'ring to open active';
    case 'deactivateRingToOpen':
      return states.ready?.[state?.state ?? -1] !== undefined;
    case 'activateContinuousMode':
      return mode === 'continuous';
    case 'deactivateContinuousMode':
      return mode === 'door';
    case 'unlock':
    case 'lock':
    case 'unlatch':
    case 'lockNGo':
    case 'lockNGoUnlatch':
    case 'open':
      return false;
  }
}
