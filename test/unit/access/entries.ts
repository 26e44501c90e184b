import type { Door, Entry } from '../../../src/access/file/accessFile.ts';
import type { Written } from '../../../src/access/record/accessRecord.ts';
import { lockId } from '../devices.ts';

/** An entry of a keypad code without limits, called like its key, at no door. */
export function entry(key: string, changes: Partial<Entry> = {}): Entry {
  return {
    index: 0,
    key,
    name: key,
    doors: [],
    by: 'code',
    remote: false,
    enabled: true,
    days: 127,
    ...changes,
  };
}

/** A door of a file, called like its alias. */
export function fileDoor(alias: string, changes: Partial<Door> = {}): Door {
  return { alias, smartlockId: lockId, name: alias, bufferBefore: 0, bufferAfter: 0, ...changes };
}

/** What a record has of an authorization without limits. */
export function written(name: string, changes: Partial<Written> = {}): Written {
  return { name, enabled: true, remoteAllowed: false, ...changes };
}
