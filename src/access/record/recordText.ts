import { limitFields } from '../../nuki/authorization/completeLimits.ts';
import { recordVersion, type AccessRecord, type Asked, type Owned, type Written } from './accessRecord.ts';

/** A record as its file: the same for the same record, whatever the order, so that a version control shows what has changed. */
export function recordText({ owned }: AccessRecord): string {
  const sorted = owned.toSorted(
    (a, b) =>
      compare(a.entry, b.entry) || a.smartlockId - b.smartlockId || a.part - b.part || compare(a.id ?? '', b.id ?? ''),
  );
  return `${JSON.stringify({ version: recordVersion, owned: sorted.map(ownedJson) }, undefined, 2)}\n`;
}

/** By code units: the same on every computer. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ownedJson({ entry, smartlockId, part, by, id, created, written, asked }: Owned) {
  return {
    entry,
    smartlockId,
    part,
    by,
    id,
    created,
    written: written && writtenJson(written),
    asked: asked && askedJson(asked),
  };
}

function askedJson(asked: Asked) {
  switch (asked.kind) {
    case 'add': {
      const { kind, at, since, to, accountUserId, others } = asked;
      return { kind, at, since, to: writtenJson(to), accountUserId, others: others.toSorted(compare) };
    }
    case 'change': {
      const { kind, at, to, updatedBefore } = asked;
      return { kind, at, to: writtenJson(to), updatedBefore };
    }
    case 'remove':
      return { kind: asked.kind, at: asked.at };
  }
}

function writtenJson(written: Written) {
  const { name, enabled, remoteAllowed } = written;
  const limits = limitFields.map((field) => [field, written[field]] as const);
  return { name, enabled, remoteAllowed, ...Object.fromEntries(limits) };
}
