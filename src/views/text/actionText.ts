import type { ActionName } from '../../nuki/vocabulary/kinds.ts';

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
  lockNGoUnlatch: 'The latch is pulled: the door will stand open for a moment.',
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
