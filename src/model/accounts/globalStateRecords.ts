import { accountKey, type AccountRecord } from './accountBook.ts';
import { parseKey } from '../deviceRef.ts';
import type { Memento } from '../memento.ts';
import type { SharedRecords } from '../sharedRecords.ts';
import { cannotUnlatchKey } from '../actions/unlatchSupport.ts';

const accountsKey = 'nuki.accounts';
const cannotUnlatchListKey = 'nuki.cannotUnlatch';

/** Moves what version 0.1.0 has kept in globalState to the records, once. What the records hold already stays as it is. */
export function moveToRecords(globalState: Memento, records: SharedRecords): void {
  for (const [place, { id, label }] of listIn(globalState, accountsKey).filter(isAccount).entries()) {
    write(accountKey(id), { label, place } satisfies AccountRecord);
  }
  for (const lock of listIn(globalState, cannotUnlatchListKey)) {
    const ref = typeof lock === 'string' ? parseKey(lock) : undefined;
    if (ref) write(cannotUnlatchKey(ref), true);
  }
  for (const key of [accountsKey, cannotUnlatchListKey]) {
    if (globalState.get(key) !== undefined) void globalState.update(key, undefined);
  }

  function write(key: string, value: unknown): void {
    if (!records.has(key)) records.write(key, value);
  }
}

function listIn(memento: Memento, key: string): readonly unknown[] {
  const kept = memento.get(key);
  return Array.isArray(kept) ? kept : [];
}

function isAccount(value: unknown): value is { readonly id: string; readonly label: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'label' in value &&
    typeof value.label === 'string'
  );
}
