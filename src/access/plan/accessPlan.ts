import type { PendingChange } from '../../model/authorizations/pendingChanges.ts';
import type { CreationProblem } from '../../model/authorizations/creationProblem.ts';
import type { AccessGain } from '../../nuki/authorization/accessGains.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { AuthorizationChanges } from '../../nuki/authorization/authorizationWrites.ts';
import type { Entry, Part } from '../file/accessFile.ts';
import type { Owned, Written } from '../record/accessRecord.ts';

/** An authorization that a file wants at a door. */
export interface Wanted {
  readonly entry: Entry;
  readonly smartlockId: number;
  readonly part: Part;
  /** The API's `type`. */
  readonly type: number;
  /** Limits as the file says them, not completed. */
  readonly as: Written;
  /** Of an app or a fob: the account user; `undefined` where there is none with that email, and it has to be created first. */
  readonly accountUserId?: number | undefined;
}

/** Something that applying a plan does at one door. */
export type Step = AddStep | ChangeStep | RemoveStep;

export interface AddStep {
  readonly kind: 'add';
  readonly wanted: Wanted;
  /** There is room for it only once all that this plan removes at its door is proven gone. */
  readonly waitsForRemovals: boolean;
}

export interface ChangeStep {
  readonly kind: 'change';
  readonly wanted: Wanted;
  readonly owned: Owned;
  readonly before: Authorization;
  /** What is asked of Nuki: what is the same by its meaning is not in it. */
  readonly changes: AuthorizationChanges;
  /** In which ways it lets in who was not let in before; and the other way round. */
  readonly gains: readonly AccessGain[];
  readonly losses: readonly AccessGain[];
  readonly isRenamed: boolean;
}

export interface RemoveStep {
  readonly kind: 'remove';
  readonly owned: Owned;
  readonly before: Authorization;
}

/** What a plan shows and does nothing about. */
export type Finding =
  /** Not of this file: never touched. */
  | { readonly kind: 'foreign'; readonly smartlockId: number; readonly authorization: Authorization }
  /**
   * Something is under way with it, or the lock has not confirmed it: `pending` is what was asked for in a window of this user.
   * Without `authorization` no list has it yet, or any more.
   */
  | {
      readonly kind: 'pending';
      readonly smartlockId: number;
      readonly owned: Owned;
      readonly authorization?: Authorization | undefined;
      readonly pending?: PendingChange | undefined;
    }
  /** Nothing is planned at that door. */
  | { readonly kind: 'unknown'; readonly smartlockId: number; readonly why: UnknownDoor }
  /** Changed elsewhere since it was written; without `now` it is gone. `wanted` is undefined where the file no longer has it. */
  | {
      readonly kind: 'drifted';
      readonly owned: Owned;
      readonly wanted?: Wanted | undefined;
      readonly now?: Authorization | undefined;
    }
  /** It would be done, but what has to be there first is blocked, pending, or changed elsewhere: whoever keeps access is not locked out. */
  | { readonly kind: 'waiting'; readonly step: ChangeStep | RemoveStep }
  /** It cannot be added. `there`: what is in its place, of those that are not from this file. */
  | {
      readonly kind: 'blocked';
      readonly wanted: Wanted;
      readonly why: Blocked;
      readonly there?: Authorization | undefined;
    }
  /** Several authorizations fit what was asked for, so which one is ours is not known. */
  | { readonly kind: 'ambiguous'; readonly owned: Owned; readonly candidates: readonly Authorization[] }
  /** Nuki may ask for a subscription before it gives short rentals access through its API. */
  | { readonly kind: 'smartHosting'; readonly smartlockId: number };

/** `personUnreadable`: an account user whom the file names may be one that is not understood. */
export type UnknownDoor = 'offline' | 'notRead' | 'unreadable' | 'personUnreadable';

/** `sameThere`: the door has the same already, and the record does not know it, as where the record is lost, or old. */
export type Blocked = CreationProblem | 'noKeypad' | 'sameThere';

/** What there is to do so that the locks are as a file wants it. */
export interface Plan {
  readonly kind: 'plan';
  readonly accountId: string;
  /** When the oldest was read of what it is made of, in ms since 1970 by this computer's clock. */
  readonly readAt: number;
  /** In the order in which they may be done: new before old. Each waits until those before it at its entry and door are done. */
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  /**
   * The record as the lists show it: what was asked for and is done is written, what is proven gone is left out, and what a renamed entry
   * has taken over has its key. The steps and findings name its elements.
   */
  readonly record: readonly Owned[];
}

/** Why a record or a file does not fit the account, so that nothing is planned. */
export interface Misfit {
  readonly kind: 'misfit';
  readonly why: MisfitReason;
  readonly smartlockId: number;
  /** What of the record does not fit; `undefined` where the file does not. */
  readonly owned?: Owned | undefined;
}

export type MisfitReason =
  /** The account has no such door. */
  | 'noSuchDoor'
  /** The id is that of an authorization of another door. */
  | 'otherDoor'
  /** The id is that of an authorization of another type, or of the system. */
  | 'otherType'
  /** An entry cannot be given at that door as it is written: the problems of the file say why. */
  | 'problems';

/** The door of a step or a finding. */
export function doorOf(item: Step | Finding): number {
  if ('smartlockId' in item) return item.smartlockId;
  if ('step' in item) return doorOf(item.step);
  return 'owned' in item ? item.owned.smartlockId : item.wanted.smartlockId;
}

/** The key of the entry of a step. */
export function entryKeyOf(step: Step): string {
  return step.kind === 'remove' ? step.owned.entry : step.wanted.entry.key;
}
