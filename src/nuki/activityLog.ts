import type { InferOutput } from 'valibot';
import type { activitySchema } from './http/schemas.ts';
import { completionStates, tapToUnlockErrors, type Vocabulary } from './vocabulary/words.ts';

/** What a person or a device tried to do, and how it ended. */
export type ActivityEntry = Readonly<InferOutput<typeof activitySchema>>;

/** The log's trigger for what the Web API was asked to do. OpenAPI. */
export const webTrigger = 4;

const keypadErrorTrigger = 253;
const defaultSource = 0;
const tapToUnlockSource = 3;
const success = 0;

/** What a log entry's `state` means: an error of tap to unlock has a vocabulary of its own. OpenAPI. */
export function completionsOf({ source, trigger }: Pick<ActivityEntry, 'source' | 'trigger'>): Vocabulary {
  return source === tapToUnlockSource && trigger === keypadErrorTrigger ? tapToUnlockErrors : completionStates;
}

/** Whether what was tried was done; `undefined` where the log does not say. */
export function hasSucceeded(entry: ActivityEntry): boolean | undefined {
  if (completionsOf(entry) === tapToUnlockErrors) return false;
  return entry.state === undefined ? undefined : entry.state === success;
}

/** What told the lock who it was, where that is more than the trigger says. */
export function credentialSource({ source }: ActivityEntry): number | undefined {
  return source === defaultSource ? undefined : source;
}
