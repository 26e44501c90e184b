import { inPages } from '../../base/eventLoop.ts';
import { safeText } from '../../base/safeText.ts';
import { pendingChangeOf } from '../../model/authorizations/standing.ts';
import { inShownOrder } from '../../model/shownOrder.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { writtenOf } from './asWritten.ts';
import type { Owned } from '../record/accessRecord.ts';
import type { AccessFile, Door, Entry } from '../file/accessFile.ts';
import { conflictsOf } from '../file/conflicts.ts';
import { emailsOf, entryOf, type EntryContent, type Unsayable } from '../file/entryOf.ts';
import { keyFrom } from '../file/keyFrom.ts';

/** An authorization that is in no file, and why. `twice`: its person, or a code of its name, has another one there at the same time. */
export interface LeftOut {
  readonly smartlockId: number;
  readonly authorization: Authorization;
  readonly why: Unsayable | 'twice';
}

/** What the doors of an account hold, as an access file says it. */
export interface FileOfAccount {
  readonly file: AccessFile;
  readonly owned: readonly Owned[];
  /** Of people alone: what connects a device is none of theirs. */
  readonly leftOut: readonly LeftOut[];
}

/** More entries than that are larger than a file may be. */
const mostEntries = 20_000;

/** As many authorizations as take some 20 ms: their dates are read on the clocks of the locks. */
const inTurn = 200;

/** The authorizations that will be one entry, by their doors. */
interface Group {
  readonly content: EntryContent;
  readonly at: Map<Door, Authorization>;
}

/**
 * The file of the doors whose authorizations have been read. The same person, or the same digits, under one name with the same limits is one
 * entry of all its doors; without digits each code is its own. `codesOf`: by the ids of the authorizations of a door.
 * @returns `undefined` where it would be larger than a file may be
 */
export async function fileOfAccount(
  { devices = [], people }: AccountState,
  codesOf: (smartlockId: number) => ReadonlyMap<string, string>,
  language: string,
): Promise<FileOfAccount | undefined> {
  const emails = emailsOf(people?.items ?? []);
  const leftOut: LeftOut[] = [];
  const groups = new Map<string, Group>();
  const aliases = new Keys();
  const doors: Door[] = [];
  for (const state of inShownOrder(devices, language)) {
    if (!state.authorizations) continue;
    const { smartlockId, name } = state.device;
    const door = newDoor(aliases.next(name), smartlockId, name);
    const codes = codesOf(smartlockId);
    doors.push(door);
    for await (const page of inPages(state.authorizations.items, inTurn)) {
      for (const authorization of page) {
        const content = contentAt(state, authorization, emails);
        if (content === undefined) continue;
        const group =
          typeof content === 'string'
            ? undefined
            : groupIn(groups, content, codes.get(authorization.id) ?? authorization.id);
        const why = typeof content === 'string' ? content : 'twice';
        if (!group || group.at.has(door)) leftOut.push({ smartlockId, authorization, why });
        else group.at.set(door, authorization);
      }
      if (groups.size > mostEntries) return undefined;
    }
  }
  const { compare } = new Intl.Collator(language);
  const sorted = [...groups.values()].toSorted((a, b) => compare(a.content.name, b.content.name));
  const keys = new Keys();
  const made = sorted.map(({ content, at }, index) => {
    const entry: Entry = {
      index,
      key: keys.next(content.name),
      ...content,
      doors: [...at.keys()].map(({ alias }) => alias),
    };
    return { entry, at };
  });
  const conflicting = new Set(conflictsOf(made.map(({ entry }) => entry)).map(({ entry }) => entry));
  const owned: Owned[] = [];
  for (const { entry, at } of made) {
    for (const [{ smartlockId }, authorization] of at) {
      if (conflicting.has(entry)) leftOut.push({ smartlockId, authorization, why: 'twice' });
      else owned.push(ownedBy(entry, smartlockId, authorization));
    }
  }
  const entries = made.map(({ entry }) => entry).filter((entry) => !conflicting.has(entry));
  return { file: { doors, entries, sources: [] }, owned, leftOut };
}

/** `secret`: what tells a code from another one of its name. */
function groupIn(groups: Map<string, Group>, content: EntryContent, secret: string): Group {
  const key = JSON.stringify([content.by === 'code' ? secret : '', content]);
  const group = groups.get(key) ?? { content, at: new Map() };
  groups.set(key, group);
  return group;
}

/** Keys, each of them once. */
class Keys {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  next(name: string): string {
    const plain = keyFrom(name, new Set());
    let key = plain;
    while (this.#taken.has(key)) {
      const count = (this.#counts.get(plain) ?? 1) + 1;
      this.#counts.set(plain, count);
      key = `${plain}-${count}`;
    }
    this.#taken.add(key);
    return key;
  }
}

/** A device as a door of a file. */
export function newDoor(alias: string, smartlockId: number, name: string): Door {
  return { alias, smartlockId, name: safeText(name) || String(smartlockId), bufferBefore: 0, bufferAfter: 0 };
}

/** What is under way with it may be done before the file is read. */
export function contentAt(
  { device, pendingChanges = [] }: DeviceState,
  authorization: Authorization,
  emails: ReadonlyMap<number, string>,
): ReturnType<typeof entryOf> {
  const content = entryOf(authorization, timeZoneName(device.config?.timezoneId), emails);
  const isPending = pendingChangeOf(authorization.id, pendingChanges) !== undefined;
  return isPending && content !== undefined ? 'pending' : content;
}

/** What the record keeps of an authorization that is an entry's from now on. */
export function ownedBy({ key, by }: Entry, smartlockId: number, authorization: Authorization): Owned {
  const { id, creationDate } = authorization;
  return { entry: key, smartlockId, part: 0, by, id, created: creationDate, written: writtenOf(authorization) };
}
