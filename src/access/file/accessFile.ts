import type { Credential } from '../../nuki/authorization/credential.ts';
import type { Disambiguation, WallTime } from '../../nuki/time/zonedTime.ts';

/** Who may enter when, as a file says it. */
export interface AccessFile {
  readonly doors: readonly Door[];
  readonly entries: readonly Entry[];
  readonly sources: readonly BookingSource[];
}

/** A door of the file. The id counts; the name is for people, and checked. */
export interface Door {
  /** By which entries name it. */
  readonly alias: string;
  readonly smartlockId: number;
  readonly name: string;
  /** When bookings begin and end on their days, in minutes since midnight by the lock's clock. */
  readonly checkIn?: number | undefined;
  readonly checkOut?: number | undefined;
  /** How many minutes earlier and later than that a guest may enter. */
  readonly bufferBefore: number;
  readonly bufferAfter: number;
}

/** What one entry of the file gives: the same at each of its doors. */
export interface Entry {
  /** Its place in the list of the file, from 0. */
  readonly index: number;
  /** Stays when the name changes; unique in the file. */
  readonly key: string;
  readonly name: string;
  /** The aliases of its doors. */
  readonly doors: readonly string[];
  readonly by: Credential;
  /** Of the account user whose it is; never of a code. */
  readonly email?: string | undefined;
  /** Whether an app may open from afar. */
  readonly remote: boolean;
  readonly enabled: boolean;
  /** The bits of `allowedWeekDays`; 127 where there is no limit. */
  readonly days: number;
  /** In minutes since midnight by the lock's clock; may reach over midnight. */
  readonly hours?: { readonly from: number; readonly until: number } | undefined;
  readonly from?: Moment | undefined;
  readonly until?: Moment | undefined;
  /** The name of the source of bookings that it came from. */
  readonly booking?: string | undefined;
}

/** Which authorization of an entry at a door: 1 for the morning of hours over midnight, otherwise 0. */
export type Part = 0 | 1;

/** A moment by the lock's clock, to the second, and which one is meant where that clock shows it twice. */
export interface Moment extends WallTime {
  /** 0 to 59. */
  readonly seconds: number;
  readonly disambiguation?: Disambiguation | undefined;
}

/** Where bookings come from, as the file keeps it: asked once. */
export interface BookingSource {
  readonly name: string;
  readonly doors: readonly string[];
  /** The columns of a table, by their titles; none for a calendar. */
  readonly columns?: BookingColumns | undefined;
}

export interface BookingColumns {
  readonly id: string;
  readonly arrival: string;
  readonly departure: string;
  readonly name?: string | undefined;
}

/** What such a file is called. */
export const accessFileName = /\.nuki-access\.(ya?ml|json)$/;

/** A larger file is not read. In bytes of UTF-8. */
export const largestFile = 1_048_576;
