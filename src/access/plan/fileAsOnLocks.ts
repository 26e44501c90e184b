import { deepEqual } from '../../base/deepEqual.ts';
import type { AccountState } from '../../model/snapshots.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { Entry, Part } from '../file/accessFile.ts';
import { editAccessFile, type FileEdit } from '../file/editAccessFile.ts';
import { emailsOf, entryOf, type EntryContent } from '../file/entryOf.ts';
import { keyFrom } from '../file/keyFrom.ts';
import type { ParsedFile } from '../file/parseAccessFile.ts';
import { partsOf } from '../file/scheduleOf.ts';
import type { Finding, Plan, Step } from './accessPlan.ts';
import { newDoor } from './fileOfAccount.ts';

/** The same at some doors. */
interface Group {
  readonly content: EntryContent;
  readonly doors: string[];
}

/**
 * The text of a file as the locks have it by a plan of it: entries that they lack are left out, others are as they are there. What differs
 * from door to door has an entry each. What an entry can't say is left out.
 */
export function fileAsOnLocks(text: string, { file }: ParsedFile, plan: Plan, account: AccountState): string {
  const edits: FileEdit[] = [];
  const states = new Map(account.devices?.map((state) => [state.device.smartlockId, state]));
  const emails = emailsOf(account.people?.items ?? []);
  const aliases = new Map(file.doors.map(({ smartlockId, alias }) => [smartlockId, alias]));
  const idOf = new Map(file.doors.map(({ smartlockId, alias }) => [alias, smartlockId]));
  const keys = new Set(file.entries.map(({ key }) => key));
  const listed = new Map<number, ReadonlyMap<string, Authorization>>();
  const authorizationOf = (smartlockId: number, id = ''): Authorization | undefined => {
    const items = states.get(smartlockId)?.authorizations?.items ?? [];
    const known = listed.get(smartlockId) ?? new Map(items.map((item) => [item.id, item]));
    listed.set(smartlockId, known);
    return known.get(id);
  };
  const owned = new Map(plan.record.map((each) => [placeOf(each.entry, each.smartlockId, each.part), each]));
  const differing = new Set([...plan.steps, ...plan.findings].flatMap(placesOf));

  for (const entry of file.entries) {
    const groups: Group[] = [];
    const kept: string[] = [];
    for (const alias of entry.doors) {
      const smartlockId = idOf.get(alias) ?? NaN;
      const places = partsOf(entry).map((part) => placeOf(entry.key, smartlockId, part));
      if (places.some((place) => differing.has(place))) {
        for (const place of places) addTo(groups, contentOf(smartlockId, owned.get(place)?.id), alias);
      } else kept.push(alias);
      for (const place of places) owned.delete(place);
    }
    if (kept.length === entry.doors.length) continue;
    const [first, ...others] = kept.length > 0 ? [{ content: entry, doors: kept }, ...groups] : groups;
    edits.push(
      first
        ? { kind: 'changeEntry', key: entry.key, entry: entryWith(first, entry.key, entry) }
        : { kind: 'removeEntry', key: entry.key },
    );
    for (const group of others) addEntry(group, entry.key);
  }
  for (const [key, of] of Map.groupBy(owned.values(), ({ entry }) => entry)) {
    const groups: Group[] = [];
    for (const { smartlockId, id } of of) addTo(groups, contentOf(smartlockId, id), aliasOf(smartlockId));
    for (const group of groups) addEntry(group, key);
  }
  return editAccessFile(text, edits);

  function contentOf(smartlockId: number, id: string | undefined): EntryContent | undefined {
    const authorization = authorizationOf(smartlockId, id);
    const zone = timeZoneName(states.get(smartlockId)?.device.config?.timezoneId);
    const content = authorization && entryOf(authorization, zone, emails);
    return typeof content === 'object' ? content : undefined;
  }

  function addEntry(group: Group, wanted: string): void {
    const key = keyFrom(wanted, keys);
    keys.add(key);
    edits.push({ kind: 'addEntry', entry: entryWith(group, key) });
  }

  function aliasOf(smartlockId: number): string {
    const known = aliases.get(smartlockId);
    if (known !== undefined) return known;
    const name = states.get(smartlockId)?.device.name ?? '';
    const alias = keyFrom(name, new Set(aliases.values()));
    aliases.set(smartlockId, alias);
    edits.push({ kind: 'addDoor', door: newDoor(alias, smartlockId, name) });
    return alias;
  }
}

function addTo(groups: Group[], content: EntryContent | undefined, alias: string): void {
  if (!content) return;
  const same = groups.find((group) => deepEqual(group.content, content) && !group.doors.includes(alias));
  if (same) same.doors.push(alias);
  else groups.push({ content, doors: [alias] });
}

function entryWith({ content, doors }: Group, key: string, before?: Entry): Entry {
  return { ...content, index: before?.index ?? 0, key, doors, booking: before?.booking };
}

function placeOf(key: string, smartlockId: number, part: Part): string {
  return JSON.stringify([key, smartlockId, part]);
}

/** Where a lock is not, or may not be, as the file wants it. */
function placesOf(item: Step | Finding): readonly string[] {
  switch (item.kind) {
    case 'foreign':
    case 'unknown':
    case 'smartHosting':
      return [];
    case 'waiting':
      return placesOf(item.step);
    case 'add':
    case 'change':
    case 'blocked':
      return [placeOf(item.wanted.entry.key, item.wanted.smartlockId, item.wanted.part)];
    case 'remove':
    case 'pending':
    case 'drifted':
    case 'ambiguous':
      return [placeOf(item.owned.entry, item.owned.smartlockId, item.owned.part)];
  }
}
