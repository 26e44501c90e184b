import type { Locale, Translate } from '../../base/locale.ts';
import type { Uncertainty, Outcome } from '../../model/actions/operation.ts';
import { isDoorOpen, isOnline, type Smartlock } from '../../nuki/smartlock.ts';
import { actions, kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { stateWordOf } from '../../nuki/vocabulary/kindWords.ts';
import { completionStates, word } from '../../nuki/vocabulary/words.ts';
import { stateWord } from './deviceText.ts';
import { clockMinute, clockSecond } from './timeText.ts';

/** Asks for an action on {0}, a device. */
export const questions: Readonly<Record<ActionName, string>> = {
  unlock: 'Unlock {0}?',
  lock: 'Lock {0}?',
  unlatch: 'Unlatch {0}?',
  lockNGo: "Lock 'n' Go on {0}?",
  lockNGoUnlatch: "Lock 'n' Go with Unlatch on {0}?",
  activateRingToOpen: 'Activate Ring to Open on {0}?',
  deactivateRingToOpen: 'Deactivate Ring to Open on {0}?',
  open: 'Open the door with {0}?',
  activateContinuousMode: 'Activate Continuous Mode on {0}?',
  deactivateContinuousMode: 'Deactivate Continuous Mode on {0}?',
};

/** What an action opens, where its name does not say so. */
export const warnings: Readonly<Partial<Record<ActionName, string>>> = {
  unlatch: 'This pulls the latch. The door will open.',
  lockNGo: 'This unlocks the door, and locks it again after a while.',
  lockNGoUnlatch:
    'This unlocks the door and pulls the latch, so the door will open. The lock locks again after a while.',
  open: 'This buzzes the door open. Anyone standing there can enter.',
  activateRingToOpen: 'Anyone who rings while Ring to Open is active will be let in.',
  activateContinuousMode: 'Anyone who rings will be let in until you turn this off.',
};

/** What the question before an action says that it opens. `autoUnlatch`: "if the door should be unlatched on unlocking", OpenAPI 4.10.0. */
export function warningOf(action: ActionName, { config }: Smartlock, t: Translate): string | undefined {
  if (action === 'unlock' && config?.autoUnlatch)
    return t('This lock also pulls the latch when it unlocks. The door will open.');
  const warning = warnings[action];
  return warning === undefined ? undefined : t(warning);
}

/** Says that an action on {0}, a device, is under way. */
export const progressTitles: Readonly<Record<ActionName, string>> = {
  unlock: 'Unlocking {0}…',
  lock: 'Locking {0}…',
  unlatch: 'Unlatching {0}…',
  lockNGo: "Lock 'n' Go on {0}…",
  lockNGoUnlatch: "Lock 'n' Go with Unlatch on {0}…",
  activateRingToOpen: 'Activating Ring to Open on {0}…',
  deactivateRingToOpen: 'Deactivating Ring to Open on {0}…',
  open: 'Opening the door with {0}…',
  activateContinuousMode: 'Activating Continuous Mode on {0}…',
  deactivateContinuousMode: 'Deactivating Continuous Mode on {0}…',
};

/** Says that an action on {0}, a device, was seen done. {1}: when. */
const doneSentences: Readonly<Record<ActionName, string>> = {
  unlock: '{0} unlocked, confirmed at {1}.',
  lock: '{0} locked, confirmed at {1}.',
  unlatch: '{0} unlatched, confirmed at {1}.',
  lockNGo: '{0} unlocked and locked again, confirmed at {1}.',
  lockNGoUnlatch: '{0} unlatched and locked again, confirmed at {1}.',
  activateRingToOpen: 'Ring to Open activated on {0}, confirmed at {1}.',
  deactivateRingToOpen: 'Ring to Open deactivated on {0}, confirmed at {1}.',
  open: 'Door opened with {0}, confirmed at {1}.',
  activateContinuousMode: 'Continuous Mode activated on {0}, confirmed at {1}.',
  deactivateContinuousMode: 'Continuous Mode deactivated on {0}, confirmed at {1}.',
};

function doneSentence(action: ActionName, device: Smartlock): string {
  const isAjar = action === 'lock' && isOnline(device) && isDoorOpen(device);
  return isAjar ? '{0} locked with the door open, confirmed at {1}.' : doneSentences[action];
}

/** Why it is not known how an action ended. {0}: the device, {1}: the action, {2}: the state, {3}: until when Nuki asks to wait. */
const uncertainties: Readonly<Record<Uncertainty, string>> = {
  unseen: '{0} didn\'t confirm "{1}" within 30 seconds. Keyturner won\'t retry. Check the door.',
  perhapsNotTaken: '{0}: it is unknown whether Nuki accepted "{1}". Keyturner won\'t retry. Check the door.',
  unreadable:
    '{0}: "{1}" was sent, but the device couldn\'t be read afterwards. Keyturner won\'t retry. Check the door.',
  rateLimited:
    '{0}: "{1}" was sent, but then Nuki asked Keyturner to wait until {3}. Keyturner won\'t retry. Check the door.',
  anyone:
    '{0} is {2}, but its log has no entry for "{1}", so someone else may have done it. "{1}" may still be carried out. Check the door.',
  unlogged: '{0} is reported as {2} after "{1}", but its log couldn\'t be read.',
  mixed:
    '{0}: another program acted at the same time, and only one of the two commands succeeded. It is unknown whether that was "{1}". Check the door.',
  earlier:
    '{0}: its log has one entry for "{1}", which may belong to your previous command. This one may still be carried out. Check the door.',
  lockingUnseen: '{0} opened for "{1}", but it is unknown whether it locked again. Check the door.',
};

/** An action of another window, and how it ended there; no outcome where that is not known. */
interface ActionElsewhere {
  readonly action: ActionName;
  readonly outcome: Outcome | undefined;
}

/** Says why `action` was not sent from this window: what another one does with the device, or how the same action ended there. */
export function elsewhereSentence(
  { action: theirs, outcome }: ActionElsewhere,
  action: ActionName,
  name: string,
  device: Smartlock,
  locale: Locale,
): string {
  const { t } = locale;
  const named = t(actions[theirs].name);
  if (theirs !== action)
    return t('{0}: another window is running "{1}". Nothing was sent from this window.', name, named);
  return outcome
    ? t('{0} It was sent from another window.', outcomeSentence(outcome, theirs, name, device, locale))
    : t('{0}: another window sent "{1}", but the result is unknown. Check the door.', name, named);
}

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
    case 'confirmed': {
      const time = clockSecond(outcome.at, locale);
      return outcome.now
        ? t(
            '{0}: "{1}" confirmed at {2}, but the device now reports: {3}.',
            name,
            named,
            time,
            stateWord(outcome.now, locale),
          )
        : t(doneSentence(action, device), name, time);
    }
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
      return t('Stopped waiting for {0}. "{1}" was already sent and can\'t be undone. Check the door.', name, named);
  }
}
