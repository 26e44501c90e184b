import type { Credential } from '../../nuki/authorization/credential.ts';
import type { Schedule } from '../../nuki/authorization/schedule.ts';
import type { Part } from '../file/accessFile.ts';

/** Which authorizations belong to an access file, and how they were written. Never with a code, a token or an account. */
export interface AccessRecord {
  readonly owned: readonly Owned[];
}

/** An authorization that belongs to an entry at a door. */
export interface Owned {
  /** The key of the entry. */
  readonly entry: string;
  readonly smartlockId: number;
  readonly part: Part;
  readonly by: Credential;
  /** Nuki's id; `undefined` as long as no list has shown what was asked for. */
  readonly id?: string | undefined;
  /** Its `creationDate`, as a list has shown it. */
  readonly created?: string | undefined;
  /** As a list has last shown it, or as the user has accepted it. */
  readonly written?: Written | undefined;
  /** What was asked of it and no list has shown done: written down before it is sent. */
  readonly asked?: Asked | undefined;
}

/** Everything of an authorization that an access file decides. */
export interface Written extends Schedule {
  readonly name: string;
  readonly enabled: boolean;
  readonly remoteAllowed: boolean;
}

/** `at`: when, by Nuki's clock, as an ISO 8601 instant. `to`: as the file says it, its limits not completed. */
export type Asked =
  | {
      readonly kind: 'add';
      readonly at: string;
      /** When it was first asked for, where that never came: it may be what comes now. */
      readonly since?: string | undefined;
      readonly to: Written;
      /** Of an app or a fob. */
      readonly accountUserId?: number | undefined;
      /** The ids that the door's list had before it was first asked for. */
      readonly others: readonly string[];
    }
  | {
      readonly kind: 'change';
      readonly at: string;
      readonly to: Written;
      /** The `updateDate` before that: with a later one the lock has confirmed it. */
      readonly updatedBefore?: string | undefined;
    }
  | { readonly kind: 'remove'; readonly at: string };

/** A larger record is not read. In characters. */
export const largestRecord = 8 * 1_048_576;

/** The version that records have. */
export const recordVersion = 1;

/** By which one authorization of a record is told from the others. */
export function keyOfOwned({ id, entry, smartlockId, part }: Owned): string {
  return id ?? JSON.stringify([smartlockId, part, entry]);
}
