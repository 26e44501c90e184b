import type { Understood } from './http/schema.ts';
import type { accountActivitySchema, activitySchema } from './http/schemas.ts';
import { completionStates, tapToUnlockErrors, type Vocabulary } from './vocabulary/words.ts';

/** What a person or a device tried to do, and how it ended. */
export type ActivityEntry = Readonly<Understood<typeof activitySchema>>;

/** An entry that says whose it is. */
export type AccountActivityEntry = Readonly<Understood<typeof accountActivitySchema>>;

/** The log's trigger for what the Web API was asked to do. OpenAPI. */
export const webTrigger = 4;

/** The log's trigger for what was entered at a keypad. OpenAPI. */
export const keypadTrigger = 255;
const defaultSource = 0;

/** Of an entry that tells an error of tap to unlock. OpenAPI. */
export const tapToUnlockError = { source: 3, trigger: 253 } as const;
const success = 0;
const tooRecent = 3;
const electricStrikeAction = 3;
const doorbellAction = 224;

/** What a log entry's `state` means: an error of tap to unlock has a vocabulary of its own. OpenAPI. */
export function completionsOf({ source, trigger }: Pick<ActivityEntry, 'source' | 'trigger'>): Vocabulary {
  return source === tapToUnlockError.source && trigger === tapToUnlockError.trigger
    ? tapToUnlockErrors
    : completionStates;
}

/** Whether what was tried was done; `undefined` where the log does not say. */
export function hasSucceeded(entry: ActivityEntry): boolean | undefined {
  if (completionsOf(entry) === tapToUnlockErrors) return false;
  return entry.state === undefined ? undefined : entry.state === success;
}

/** Whether Auto Unlock's own filter held the attempt back, because it had unlocked a moment ago: no one was refused. Nuki's help center. */
export function isHeldBack(entry: ActivityEntry): boolean {
  return entry.autoUnlock === true && entry.state === tooRecent && completionsOf(entry) === completionStates;
}

/**
 * What told the lock who it was. `source` names a credential where a keypad was used, and tap to unlock anywhere; `undefined` for the
 * default, and where the number has no such meaning.
 */
export function credentialOf({ source, trigger }: Pick<ActivityEntry, 'source' | 'trigger'>): number | undefined {
  const isOfKeypad = trigger === keypadTrigger || trigger === tapToUnlockError.trigger;
  return source !== defaultSource && (isOfKeypad || source === tapToUnlockError.source) ? source : undefined;
}

/** A `source` that is neither the default nor a credential. */
export function unexplainedSource(entry: Pick<ActivityEntry, 'source' | 'trigger'>): number | undefined {
  return entry.source === defaultSource || credentialOf(entry) !== undefined ? undefined : entry.source;
}

const openedByRing: readonly number[] = [doorbellAction, electricStrikeAction];

/** What let in the person who rang at an Opener; `undefined` where nothing did, or the log does not say. */
export function ringOpenedBy(entry: ActivityEntry): 'ringToOpen' | 'continuousMode' | undefined {
  if (hasSucceeded(entry) !== true || !openedByRing.includes(entry.action)) return undefined;
  if (entry.openerLog?.activeCm) return 'continuousMode';
  return entry.openerLog?.activeRto ? 'ringToOpen' : undefined;
}
