import { safeText } from '../../base/safeText.ts';
import type { SharedRecords } from '../sharedRecords.ts';
import type { AccountFilter, TimeRange } from './accountFilter.ts';
import { activityKinds, attemptOutcomes } from './attempt.ts';
import type { HolderId } from '../people/holders.ts';

/** A filter that the user has given a name. */
export interface SavedFilter {
  readonly name: string;
  readonly filter: AccountFilter;
}

export const mostSavedFilters = 20;
/** In graphemes. */
const longestFilterName = 40;

/** Of the lists in a filter that is kept: no account has more that someone would choose one by one. */
const longestList = 1_000;
const longestPersonName = 200;
const mostDays = 3_650;
/** The last instant that a date can be, ms since 1970. */
const lastInstant = 8.64e15;

/** The filters that the user has saved for an account; all windows share them. */
export class SavedFilters {
  readonly #records: SharedRecords;
  readonly #accountId: string;

  constructor(records: SharedRecords, accountId: string) {
    this.#records = records;
    this.#accountId = accountId;
  }

  /** Those that can be understood, by name. */
  list(): readonly SavedFilter[] {
    return [...this.#kept().values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Saves a filter, in place of one that has this name. @returns whether there was a place, and the name says something */
  save(name: string, filter: AccountFilter): boolean {
    const saved = readSaved({ name: safeText(name, longestFilterName), filter });
    if (saved === undefined) return false;
    const slot = this.#slotOf(saved.name);
    if (slot === undefined) return slots.some((free) => this.#records.create(this.#key(free), this.#record(saved)));
    this.#records.write(this.#key(slot), this.#record(saved));
    return true;
  }

  /** @returns whether there was such a filter, and no other has the new name */
  rename(name: string, to: string): boolean {
    const slot = this.#slotOf(name);
    const saved = slot === undefined ? undefined : this.#kept().get(slot);
    const renamed = saved && readSaved({ ...saved, name: safeText(to, longestFilterName) });
    if (slot === undefined || renamed === undefined || this.#slotOf(renamed.name) !== undefined) return false;
    this.#records.write(this.#key(slot), this.#record(renamed));
    return true;
  }

  delete(name: string): void {
    const slot = this.#slotOf(name);
    if (slot !== undefined) this.#records.delete(this.#key(slot));
  }

  /** Whoever removes the account deletes the records that name it. */
  #record(saved: SavedFilter): SavedFilter & { readonly accountId: string } {
    return { accountId: this.#accountId, ...saved };
  }

  #kept(): ReadonlyMap<number, SavedFilter> {
    const records = this.#records.read();
    return new Map(
      slots.flatMap((slot) => {
        const saved = readSaved(records.get(this.#key(slot)));
        return saved ? [[slot, saved]] : [];
      }),
    );
  }

  #slotOf(name: string): number | undefined {
    return [...this.#kept()].find(([, saved]) => saved.name === name)?.[0];
  }

  #key(slot: number): string {
    return `activityFilter/${slot}/${this.#accountId}`;
  }
}

/** A record for each filter: two windows that save at the same time do not undo each other's. */
const slots: readonly number[] = Array.from({ length: mostSavedFilters }, (_, slot) => slot);

type Fields = Readonly<Record<string, unknown>>;

/** What was kept may be of another version, or written by another program. */
function readSaved(value: unknown): SavedFilter | undefined {
  const { name, filter } = fieldsOf(value);
  const { time, people, doors, kinds, outcomes } = fieldsOf(filter);
  const range = readTime(fieldsOf(time));
  const read = {
    people: listOf(people, readHolderId),
    doors: listOf(doors, (door) => (isWhole(door) ? door : undefined)),
    kinds: listOf(kinds, (kind) => activityKinds.find((known) => known === kind)),
    outcomes: listOf(outcomes, (outcome) => attemptOutcomes.find((known) => known === outcome)),
  };
  if (typeof name !== 'string' || name === '' || safeText(name, longestFilterName) !== name || !range) return undefined;
  const { people: ofPeople, doors: atDoors, kinds: ofKinds, outcomes: withOutcomes } = read;
  if (!ofPeople || !atDoors || !ofKinds || !withOutcomes) return undefined;
  return { name, filter: { time: range, people: ofPeople, doors: atDoors, kinds: ofKinds, outcomes: withOutcomes } };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function readTime({ kind, days, from, until }: Fields): TimeRange | undefined {
  if (kind === 'all') return { kind };
  if (kind === 'last') return isWhole(days) && days >= 1 && days <= mostDays ? { kind, days } : undefined;
  if (kind !== 'between' || ![from, until].every((end) => end === undefined || isInstant(end))) return undefined;
  return { kind, ...(isInstant(from) && { from }), ...(isInstant(until) && { until }) };
}

function readHolderId(value: unknown): HolderId | undefined {
  const { accountUserId, name } = fieldsOf(value);
  if (isWhole(accountUserId)) return { accountUserId };
  return typeof name === 'string' && name.length <= longestPersonName ? { name } : undefined;
}

/** `undefined` where it is no list, too long, or has an element that cannot be read: a filter that lacks a limit would show too much. */
function listOf<T>(value: unknown, read: (element: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > longestList) return undefined;
  const elements = value.map(read).filter((element) => element !== undefined);
  return elements.length === value.length ? elements : undefined;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isInstant(value: unknown): value is number {
  return isWhole(value) && Math.abs(value) <= lastInstant;
}
