import type { Translate } from '../../base/locale.ts';
import { deviceType, phaseOf, type Kind } from './kinds.ts';
import { bluetoothTriggers, lockActions, lockLogActions, openerLogActions, word, type Vocabulary } from './words.ts';

/** What the triggers and actions of one device type are called. */
export interface KindWords {
  /** Of the field `state.trigger`; a log's trigger is another vocabulary. */
  readonly triggers: Vocabulary;
  readonly lastActions: Vocabulary;
  readonly logActions: Vocabulary;
}

// Nuki guide, "Trigger", "Last action".
const smartLock: KindWords = {
  triggers: {
    0: 'system',
    1: 'manual',
    2: 'button',
    3: 'automatic',
    6: 'auto lock',
    7: 'external accessory',
    ...bluetoothTriggers,
  },
  lastActions: lockActions,
  logActions: lockLogActions,
};

const box: KindWords = {
  triggers: { ...smartLock.triggers, 4: 'web', 5: 'app' },
  lastActions: { 1: 'unlock' },
  logActions: lockLogActions,
};

const opener: KindWords = {
  triggers: { 0: 'system', 1: 'manual', 2: 'button', 3: 'automatic', 6: 'continuous mode', ...bluetoothTriggers },
  lastActions: {
    1: 'activate ring to open',
    2: 'deactivate ring to open',
    3: 'electric strike actuation',
    6: 'activate continuous mode',
    7: 'deactivate continuous mode',
  },
  logActions: openerLogActions,
};

const unfamiliar: KindWords = { triggers: {}, lastActions: {}, logActions: {} };

/** By device type. */
export const kindWords: Readonly<Record<number, KindWords>> = {
  [deviceType.smartLock1]: smartLock,
  [deviceType.box]: box,
  [deviceType.opener]: opener,
  [deviceType.smartDoor]: smartLock,
  [deviceType.smartLock3]: smartLock,
  [deviceType.smartLock5]: smartLock,
};

/** The words of a device type. An unfamiliar one has none. */
export function kindWordsOf(type: number): KindWords {
  return kindWords[type] ?? unfamiliar;
}

/** A state of a kind in words. */
export function stateWordOf(kind: Kind, state: number | undefined, t: Translate): string {
  return word(kind.states[phaseOf(kind, state)] ?? {}, state, t);
}
