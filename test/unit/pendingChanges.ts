import type { PendingCreation, PendingDeletion, PendingEdit } from '../../src/model/authorizations/pendingChanges.ts';
import { authorization } from './devices.ts';

const requested: PendingCreation['requested'] = { type: 13, name: 'Guest Weber', remoteAllowed: false };
const sentNow = { since: 0, answer: 'taken', givenUp: false } as const;

/** A keypad code that was asked for, that Nuki has taken, and that no list shows yet. */
export function pendingCreation(changes: Partial<PendingCreation> = {}): PendingCreation {
  return {
    ...sentNow,
    kind: 'create',
    key: 'create/1',
    requested,
    sent: changes.requested ?? requested,
    before: [],
    listedAs: [],
    listed: 'no',
    ...changes,
  };
}

/** An edit that Nuki has taken and that no list shows yet. */
export function pendingEdit(changes: Partial<PendingEdit> = {}): PendingEdit {
  const asked = authorization({ id: 'a' });
  return {
    ...sentNow,
    kind: 'change',
    key: 'change/a',
    id: 'a',
    asked,
    updatedBefore: asked.updateDate,
    listed: 'no',
    ...changes,
  };
}

/** A deletion that Nuki has taken and that no list shows yet. */
export function pendingDeletion(changes: Partial<PendingDeletion> = {}): PendingDeletion {
  return { ...sentNow, kind: 'delete', key: 'delete/1/a', id: 'a', name: 'Cleaner', ...changes };
}
