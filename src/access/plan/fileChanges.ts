import { deepEqual } from '../../base/deepEqual.ts';
import type { AccountState } from '../../model/snapshots.ts';
import { emailKey } from '../../nuki/account.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { isSameName } from '../../nuki/authorization/sameAccess.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { AccessFile, Door, Entry, Part } from '../file/accessFile.ts';
import type { FileEdit } from '../file/editAccessFile.ts';
import { emailsOf, type EntryContent, type Unsayable } from '../file/entryOf.ts';
import { contentAt, newDoor, ownedBy } from './fileOfAccount.ts';
import { keyFrom } from '../file/keyFrom.ts';
import { partsOf, scheduleAt } from '../file/scheduleOf.ts';
import type { Owned } from '../record/accessRecord.ts';
import type { Finding } from './accessPlan.ts';
import { isAsWritten, writtenOf } from './asWritten.ts';

/** What becomes of a file and its record when the user decides about an authorization. Nothing of it is sent. */
export interface FileChange {
  readonly edits: readonly FileEdit[];
  readonly record: readonly Owned[];
  /** The entry that decides about it from then on; `undefined` where none does. */
  readonly entry: Entry | undefined;
}

export type Drifted = Extract<Finding, { readonly kind: 'drifted' }>;

/** A file with its record and its account, as a plan has them. `now`: ms since 1970 by Nuki's clock. */
export interface FileOnLocks {
  readonly file: AccessFile;
  readonly record: readonly Owned[];
  readonly account: AccountState;
  readonly now: number;
}

/**
 * An authorization that is not from the file as one that is: that of the entry that wants one of its person or name there and has none, or of
 * one that says the same at other doors, or else of an entry of its own. Why it can be none; `undefined` where it is no person's.
 */
export function adopted(
  authorization: Authorization,
  smartlockId: number,
  known: FileOnLocks,
): FileChange | Unsayable | undefined {
  const content = contentOf(authorization, smartlockId, known);
  if (typeof content !== 'object') return content;
  const { door, edits } = doorOf(smartlockId, known);
  const open = openPlace(authorization, content, door, known);
  // Of codes no one knows whether two of one name are meant to be one.
  const same = content.by === 'code' ? undefined : withDoor(content, door, known);
  const entry = open?.entry ?? same ?? newEntry(content, door, known);
  const owned = { ...ownedBy(entry, smartlockId, authorization), part: open?.part ?? 0 };
  return {
    edits: open ? [] : [...edits, editOf(entry, known)],
    record: [...known.record, owned],
    entry,
  };
}

/**
 * What was changed elsewhere as the file says it from then on: the entry changes where that is its only door, otherwise the door gets an entry
 * of its own. Of one that is gone the entry loses the door. Why the file can't say it.
 */
export function takenIntoFile({ owned, now }: Drifted, known: FileOnLocks): FileChange | Unsayable {
  const { smartlockId, entry: key } = owned;
  const { door, edits } = doorOf(smartlockId, known);
  const isOfEntry = (each: Owned): boolean => each.entry === key && each.smartlockId === smartlockId;
  const items = known.account.devices?.find(({ device }) => device.smartlockId === smartlockId)?.authorizations?.items;
  const present = known.record.filter(isOfEntry).flatMap(({ id }) => {
    const item = id === owned.id ? now : items?.find((each) => each.id === id);
    return item ? [item] : [];
  });
  let { file, record } = { ...known, record: known.record.filter((each) => !isOfEntry(each)) };
  const steps: FileEdit[] = [...edits];
  const before = file.entries.find((entry) => entry.key === key);
  const others = before?.doors.filter((alias) => alias !== door.alias) ?? [];
  let place = others.length === 0 ? before : undefined;
  if (before && others.length > 0) take({ ...before, doors: others });
  if (place && present.length === 0) {
    steps.push({ kind: 'removeEntry', key });
    place = undefined;
  }
  let last: Entry | undefined;
  for (const authorization of present) {
    const content = contentOf(authorization, smartlockId, known);
    if (content === undefined) return 'person';
    if (typeof content === 'string') return content;
    const entries = { ...known, file };
    last = place
      ? { index: place.index, key, ...content, doors: place.doors, booking: place.booking }
      : (withDoor(content, door, entries) ?? newEntry(content, door, entries));
    place = undefined;
    take(last);
    record = [...record, ownedBy(last, smartlockId, authorization)];
  }
  return { edits: steps, record, entry: last };

  function take(entry: Entry): void {
    steps.push(editOf(entry, { file }));
    const isThere = file.entries.some((each) => each.key === entry.key);
    const entries = isThere
      ? file.entries.map((each) => (each.key === entry.key ? entry : each))
      : [...file.entries, entry];
    file = { ...file, entries };
  }
}

/** The record that says of what was changed elsewhere what is there now, so that a plan changes it back, or adds again what is gone. */
export function putBack({ owned, now }: Drifted, record: readonly Owned[]): readonly Owned[] {
  const others = record.filter(({ id }) => id !== owned.id);
  const { entry, smartlockId, part, by, id, created } = owned;
  return now ? [...others, { entry, smartlockId, part, by, id, created, written: writtenOf(now) }] : others;
}

function contentOf(
  authorization: Authorization,
  smartlockId: number,
  { account }: FileOnLocks,
): ReturnType<typeof contentAt> {
  const state = account.devices?.find(({ device }) => device.smartlockId === smartlockId);
  return state && contentAt(state, authorization, emailsOf(account.people?.items ?? []));
}

/** The door of the file, or one that the file does not have yet. */
function doorOf(
  smartlockId: number,
  { file, account }: FileOnLocks,
): { readonly door: Pick<Door, 'alias' | 'smartlockId'>; readonly edits: readonly FileEdit[] } {
  const known = file.doors.find((door) => door.smartlockId === smartlockId);
  if (known) return { door: known, edits: [] };
  const name = account.devices?.find(({ device }) => device.smartlockId === smartlockId)?.device.name ?? '';
  const alias = keyFrom(name, new Set(file.doors.map((door) => door.alias)));
  const door = newDoor(alias, smartlockId, name);
  return { door, edits: [{ kind: 'addDoor', door }] };
}

function isOfSame(entry: Entry, content: EntryContent): boolean {
  if (entry.by !== content.by) return false;
  if (entry.by === 'code') return isSameName(entry.name, content.name);
  return emailKey(entry.email) === emailKey(content.email);
}

/** The entry that wants an authorization of this person or name at a door and has none there: the one with its limits, or the only one. */
function openPlace(
  authorization: Authorization,
  content: EntryContent,
  { alias, smartlockId }: Pick<Door, 'alias' | 'smartlockId'>,
  { file, record, account, now }: FileOnLocks,
): { readonly entry: Entry; readonly part: Part } | undefined {
  const isTaken = (entry: Entry, part: Part): boolean =>
    record.some((each) => each.entry === entry.key && each.smartlockId === smartlockId && each.part === part);
  const open = file.entries
    .filter((entry) => entry.doors.includes(alias) && isOfSame(entry, content))
    .flatMap((entry) => partsOf(entry).flatMap((part) => (isTaken(entry, part) ? [] : [{ entry, part }])));
  const device = account.devices?.find((state) => state.device.smartlockId === smartlockId)?.device;
  const zone = timeZoneName(device?.config?.timezoneId);
  const isAsWanted = ({ entry, part }: (typeof open)[number]): boolean => {
    const limits = scheduleAt(entry, part, zone);
    if (!('schedule' in limits)) return false;
    const { name, enabled, remote } = entry;
    return isAsWritten({ name, enabled, remoteAllowed: remote, ...limits.schedule }, authorization, now);
  };
  return open.find(isAsWanted) ?? (open.length === 1 ? open[0] : undefined);
}

/** The entry that says the same at other doors, with this one too. */
function withDoor(
  content: EntryContent,
  { alias }: Pick<Door, 'alias'>,
  { file }: Pick<FileOnLocks, 'file'>,
): Entry | undefined {
  const said = plain(content);
  const same = file.entries.find((entry) => {
    const { index: _index, key: _key, doors, booking: _booking, ...others } = entry;
    return !doors.includes(alias) && deepEqual(plain(others), said);
  });
  return same && { ...same, doors: [...same.doors, alias] };
}

/** Without the fields that are there and `undefined`. */
function plain(fields: object): unknown {
  return JSON.parse(JSON.stringify(fields));
}

function newEntry(
  content: EntryContent,
  { alias }: Pick<Door, 'alias'>,
  { file: { entries } }: Pick<FileOnLocks, 'file'>,
): Entry {
  const key = keyFrom(content.name, new Set(entries.map((entry) => entry.key)));
  return { index: entries.length, key, ...content, doors: [alias] };
}

function editOf(entry: Entry, { file }: Pick<FileOnLocks, 'file'>): FileEdit {
  const isThere = file.entries.some(({ key }) => key === entry.key);
  return isThere ? { kind: 'changeEntry', key: entry.key, entry } : { kind: 'addEntry', entry };
}
