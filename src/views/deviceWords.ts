import { safeText } from '../base/safeText.ts';
import { deviceIdSuffix, hexOfDeviceId } from '../nuki/deviceId.ts';
import { formatVersion } from '../nuki/firmwareVersion.ts';
import { actions, generations, kindOf, kinds, stateWordOf } from '../nuki/kinds.ts';
import { formatInstant, type Reader } from '../nuki/schedule.ts';
import { batteryTroubles, hasKeypad, isBusy, isInContinuousMode, isOnline, type Smartlock } from '../nuki/smartlock.ts';
import { instantOf } from '../nuki/authorization.ts';
import { timeZoneName } from '../nuki/timeZones.ts';
import {
  adminPinStates,
  completionStates,
  doorStates,
  lockMechanisms,
  productVariants,
  serverStates,
  word,
} from '../nuki/words.ts';
import type { Operation } from '../model/operation.ts';
import { isStale } from '../model/refresh.ts';
import type { DeviceState } from '../model/snapshots.ts';
import { isNameShared } from './sharedNames.ts';
import { age, clockTime, timeOfDay } from './timeWords.ts';

/** Everything that words depend on besides the device: who reads, when, and how often states are read. In milliseconds. */
export interface Glance extends Reader {
  /** By the clock of Nuki, which dates what it tells. */
  readonly now: number;
  /** By the clock of this computer, which dates what was read. */
  readonly ownNow: number;
  readonly interval: number;
}

/** Whether what is known of the device may be shown as what is. */
export function isCurrent({ device, seenAt }: DeviceState, { ownNow, interval }: Glance): boolean {
  return isOnline(device) && !isStale(seenAt, ownNow, interval);
}

/** The device's state in one or two words, without any claim of how old it is: `locked`, `ring to open until 18:30`. */
export function stateWord(device: Smartlock, reader: Reader): string {
  const kind = kindOf(device.type);
  if (isInContinuousMode(device)) return reader.say('continuous mode');
  const until = ringToOpenEnd(device, reader);
  if (until !== undefined) return reader.say('ring to open until {0}', until);
  return stateWordOf(kind, device.state?.state, reader.say);
}

function ringToOpenEnd({ type, state, config }: Smartlock, reader: Reader): string | undefined {
  const end = instantOf(state?.ringToOpenEnd);
  if (
    end === undefined ||
    kindOf(type).bolt ||
    kindOf(type).states.open?.[state?.state ?? -1] !== 'ring to open active'
  )
    return undefined;
  return timeOfDay(end, timeZoneName(config?.timezoneId), reader);
}

/** One glance at a device: state, door, batteries, trouble. Nothing that is not known now reads like knowledge. */
export function deviceSummary(state: DeviceState, glance: Glance): string {
  const { device, operation } = state;
  const { say } = glance;
  return [
    kinds[device.type] ? undefined : say('unknown kind ({0})', device.type),
    isUnderWay(operation) ? doingWord(operation, glance) : stateSummary(state, glance),
    operation && outcomeWords(device, operation, glance),
    !operation && isBusy(device) ? say('busy') : undefined,
    modeWord(device, glance),
    doorWord(state, glance),
    ...batteryWords(device, glance),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** The one thing to know of a device that is not simply as it should be: `unlocking…`, `failed: motor blocked`. */
export function deviceHeadline(state: DeviceState, glance: Glance): string {
  const { device, operation } = state;
  if (isUnderWay(operation)) return doingWord(operation, glance);
  return (operation && outcomeWords(device, operation, glance)) ?? stateSummary(state, glance);
}

function isUnderWay(operation: Operation | undefined): operation is Operation {
  return operation !== undefined && operation.outcome === undefined;
}

function doingWord({ action }: Operation, { say }: Reader): string {
  return `${say(actions[action].doing)}…`;
}

function stateSummary(state: DeviceState, glance: Glance): string {
  const { device, seenAt } = state;
  const { say, ownNow } = glance;
  const known = stateWord(device, glance);
  if (!isOnline(device)) return `${word(serverStates, device.serverState, say)} · ${say('last known: {0}', known)}`;
  return isCurrent(state, glance) ? known : `${say('last known: {0}', known)}, ${age(ownNow - seenAt, glance)}`;
}

/** How the last action ended; nothing while it is under way. */
export function outcomeWords(device: Smartlock, { outcome }: Operation, reader: Reader): string | undefined {
  const { say } = reader;
  switch (outcome?.result) {
    case undefined:
      return undefined;
    case 'confirmed':
      return outcome.already
        ? say(
            'confirmed {0}, was already reported as {1}',
            clockTime(outcome.at, reader),
            stateWord(outcome.already, reader),
          )
        : say('confirmed {0}', clockTime(outcome.at, reader));
    case 'failed':
      return say('failed: {0}', word(completionStates, outcome.completion, say));
    case 'fault':
      return say('failed: {0}', stateWordOf(kindOf(device.type), outcome.state, say));
    case 'unconfirmed':
      return say('not confirmed · check the door');
    case 'unwatched':
      return say('sent, not followed · check the door');
  }
}

function modeWord(device: Smartlock, { say }: Reader): string | undefined {
  const mode = device.state?.mode;
  const usual = mode === undefined || mode === 2 || isInContinuousMode(device);
  return usual ? undefined : say('mode: {0}', word(kindOf(device.type).modes, mode, say));
}

/** Only a door sensor that was heard lately says something about the door. */
function doorWord(state: DeviceState, glance: Glance): string | undefined {
  const door = state.device.state?.doorState;
  if (door === undefined || door === 0 || door === 1 || !isCurrent(state, glance)) return undefined;
  return word(doorStates, door, glance.say);
}

const batterySentences = {
  device: 'battery critical',
  keypad: 'keypad battery critical',
  'door sensor': 'door sensor battery critical',
} as const;

function batteryWords(device: Smartlock, { say }: Reader): string[] {
  const troubles = batteryTroubles(device).map((part) => say(batterySentences[part]));
  const charge = device.state?.batteryCharge;
  return troubles.length > 0 || charge === undefined ? troubles : [say('{0} %', charge)];
}

/** The kind with its generation and variant: `Smart Lock (5th generation, Ultra)`. */
export function kindWords(device: Smartlock, { say }: Reader): string {
  const name = kinds[device.type] ? say(kindOf(device.type).name) : say('unknown kind ({0})', device.type);
  const details = [
    generations[device.type],
    device.type === 5 ? productVariants[device.config?.productVariant ?? 0] : undefined,
    device.type === 3 ? lockMechanisms[device.lmType ?? 0] : undefined,
  ].filter((detail) => detail !== undefined);
  return details.length === 0 ? name : `${name} (${details.map((detail) => say(detail)).join(', ')})`;
}

/** A device's name fit to be shown, with the end of its id where `others` bear the same. */
export function deviceName(device: Smartlock, others: readonly Smartlock[], { say }: Reader): string {
  const name = safeText(device.name) || say('Device {0}', device.smartlockId);
  return isNameShared(device, others) ? `${name} ${deviceIdSuffix(device.smartlockId)}` : name;
}

/** Everything there is to say of a device, a line each. */
export function deviceDetails(state: DeviceState, glance: Glance): string {
  const { device, seenAt } = state;
  const { say, ownNow } = glance;
  const kind = kindOf(device.type);
  const zone = timeZoneName(device.config?.timezoneId);
  const updated = instantOf(device.updateDate);
  return detailLines([
    [say('State'), stateSummary(state, glance)],
    [say('Kind'), kindWords(device, glance)],
    [say('Mode'), word(kind.modes, device.state?.mode, say)],
    [say('Trigger'), word(kind.triggers, device.state?.trigger, say)],
    [say('Last action'), word(kind.lastActions, device.state?.lastAction, say)],
    [say('Door sensor'), doorSummary(state, glance)],
    [say('Battery'), batterySummary(device, glance)],
    [say('Keypad'), keypadSummary(device, glance)],
    [say('Server state'), word(serverStates, device.serverState, say)],
    [say('Admin PIN'), word(adminPinStates, device.adminPinState, say)],
    [say('Firmware'), device.firmwareVersion === undefined ? undefined : formatVersion(device.firmwareVersion)],
    [say('Time zone'), zone ?? say('unknown')],
    [say('ID'), `${device.smartlockId} (${hexOfDeviceId(device.smartlockId)})`],
    [say('Reported'), updated === undefined ? undefined : formatInstant(updated, zone, glance)],
    [say('Read'), age(ownNow - seenAt, glance)],
  ]);
}

/** A line for each detail that is known. */
export function detailLines(details: readonly (readonly [label: string, value: string | undefined])[]): string {
  return details
    .filter(([, value]) => value !== undefined)
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n');
}

function doorSummary(state: DeviceState, glance: Glance): string {
  const door = state.device.state?.doorState;
  const known = word(doorStates, door, glance.say);
  return door === undefined || isCurrent(state, glance) ? known : glance.say('last known: {0}', known);
}

function batterySummary(device: Smartlock, reader: Reader): string | undefined {
  const { say } = reader;
  const { batteryCharge, batteryCharging, batteryCritical } = device.state ?? {};
  const parts = [
    batteryCritical === undefined ? undefined : say(batteryCritical ? 'critical' : 'good'),
    batteryCharge === undefined ? undefined : say('{0} %', batteryCharge),
    batteryCharging ? say('charging') : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function keypadSummary(device: Smartlock, { say }: Reader): string {
  if (!hasKeypad(device)) return say('none paired');
  const model = device.config?.keypad2Paired ? 'Keypad 2' : 'Keypad';
  return `${model}, ${say(device.state?.keypadBatteryCritical ? 'battery critical' : 'battery good')}`;
}
