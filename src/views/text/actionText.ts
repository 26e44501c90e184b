import type { Locale } from '../../base/locale.ts';
import type { Uncertainty, Outcome } from '../../model/operation.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { actions, kindOf, stateWordOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { completionStates, word } from '../../nuki/vocabulary/words.ts';
import { stateWord } from './deviceText.ts';
import { clockMinute } from './timeText.ts';

/** Asks for an action on {0}, a device. */
export const questions: Readonly<Record<ActionName, string>> = {
  unlock: 'Unlock {0}?',
  lock: 'Lock {0}?',
  unlatch: 'Unlatch {0}?',
  lockNGo: "Lock 'n' Go on {0}?",
  lockNGoUnlatch: "Lock 'n' Go with Unlatch on {0}?",
  activateRingToOpen: 'Activate Ring to Open on {0}?',
  deactivateRingToOpen: 'Deactivate Ring to Open on {0}?',
  open: 'Open the door of {0}?',
  activateContinuousMode: 'Activate Continuous Mode on {0}?',
  deactivateContinuousMode: 'Deactivate Continuous Mode on {0}?',
};

/** What an action opens, where its name does not say so. */
export const warnings: Readonly<Partial<Record<ActionName, string>>> = {
  unlatch: 'The latch is pulled: the door will stand open.',
  lockNGo: 'It opens first, and locks after a while.',
  lockNGoUnlatch: 'It opens first and pulls the latch: the door will stand open. It locks after a while.',
  open: 'The electric strike is released: whoever stands at the door can enter.',
  activateRingToOpen: 'Whoever rings next is let in.',
  activateContinuousMode: 'Whoever rings is let in until this is deactivated.',
};

/** Says that an action on {0}, a device, is under way. */
export const progressTitles: Readonly<Record<ActionName, string>> = {
  unlock: 'Unlocking {0}…',
  lock: 'Locking {0}…',
  unlatch: 'Unlatching {0}…',
  lockNGo: "Lock 'n' Go on {0}…",
  lockNGoUnlatch: "Lock 'n' Go with Unlatch on {0}…",
  activateRingToOpen: 'Activating Ring to Open on {0}…',
  deactivateRingToOpen: 'Deactivating Ring to Open on {0}…',
  open: 'Opening the door of {0}…',
  activateContinuousMode: 'Activating Continuous Mode on {0}…',
  deactivateContinuousMode: 'Deactivating Continuous Mode on {0}…',
};

/** Why it is not known how an action ended. {0}: the device, {1}: the action, {2}: the state, {3}: until when Nuki asks to wait. */
const uncertainties: Readonly<Record<Uncertainty, string>> = {
  unseen: '{0} did not confirm "{1}" within 30 s. Nothing is sent again. Check the door.',
  perhapsNotTaken: '{0}: it is not known whether Nuki has taken "{1}". Nothing is sent again. Check the door.',
  unreadable:
    '{0}: "{1}" was sent, and the device could not be read after that. Nothing is sent again. Check the door.',
  rateLimited: '{0}: "{1}" was sent, and then Nuki asked to wait until {3}. Nothing is sent again. Check the door.',
  anyone:
    '{0} is {2}, but by whom is not known: its log does not tell of "{1}", which may still be carried out. Check the door.',
  unlogged: '{0} is reported as {2} after "{1}". Its log could not be read.',
  mixed:
    '{0}: another client acted at the same time, and only one of the two succeeded. Which was "{1}" is not known. Check the door.',
  earlier:
    '{0}: its log tells of one "{1}", which may be the one you sent before. This one may still be carried out. Check the door.',
  lockingUnseen: '{0} has opened for "{1}", but was not seen to lock. Check the door.',
};

/** Says of a device with this `name` how an action of it has ended, and what to do. `device`: as it is reported now. */
export function outcomeSentence(
  outcome: Outcome,
  action: ActionName,
  name: string,
  device: Smartlock,
  locale: Locale,
): string {
  const { t } = locale;
  const named = t(actions[action].name);
  const failed = (reason: string): string => t('{0}: "{1}" failed: {2}. Check the door.', name, named, reason);
  switch (outcome.kind) {
    case 'confirmed':
      return outcome.now
        ? t('{0}: "{1}" confirmed. It is now reported as {2}.', name, named, stateWord(outcome.now, locale))
        : t('{0}: "{1}" confirmed.', name, named);
    case 'failed':
      return outcome.completion === undefined
        ? t('{0}: "{1}" failed. Check the door.', name, named)
        : failed(word(completionStates, outcome.completion, t));
    case 'fault':
      return failed(stateWordOf(kindOf(device.type), outcome.state, t));
    case 'unconfirmed': {
      const { at, reason, retryAt = at } = outcome;
      return t(uncertainties[reason], name, named, stateWord(device, locale), clockMinute(retryAt, locale));
    }
    case 'unwatched':
      return t('{0}: "{1}" is no longer followed. What was sent cannot be recalled. Check the door.', name, named);
  }
}
