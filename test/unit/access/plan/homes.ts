import type { AccessFile, Entry } from '../../../../src/access/file/accessFile.ts';
import { entryKeyOf, type Misfit, type Plan } from '../../../../src/access/plan/accessPlan.ts';
import { planAccess } from '../../../../src/access/plan/planAccess.ts';
import type { Owned } from '../../../../src/access/record/accessRecord.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization, lock, lockId, unlimited } from '../../devices.ts';
import { entry as entryOf, fileDoor, written } from '../entries.ts';

/** By Nuki's clock; that of the computer is a minute behind. */
export const now = Date.parse('2026-11-23T12:00:00.000Z');
export const ownNow = now - 60_000;

export const garageId = lockId + 1;

/** The date that lies so many minutes before now. */
export function minutesAgo(minutes: number): string {
  return new Date(now - minutes * 60_000).toISOString();
}

/** A keypad code without limits that was created long ago and that its lock has confirmed. */
export function code(id: string, name: string, fields: Partial<Authorization> = {}): Authorization {
  return { ...authorization({ id, name, accountUserId: undefined }), ...unlimited, ...fields };
}

/** The app of an account user. */
export function app(id: string, accountUserId: number, fields: Partial<Authorization> = {}): Authorization {
  return code(id, 'Anna Berger', { type: 0, accountUserId, ...fields });
}

/** A door of an account that was read just now. */
export function door(
  items: readonly Authorization[],
  state: Partial<DeviceState> = {},
  fields: Readonly<Record<string, unknown>> = {},
): DeviceState {
  return {
    accountId: '7',
    device: lock(fields),
    seenAt: ownNow,
    authorizations: { items, unreadable: [], readAt: ownNow },
    ...state,
  };
}

export function accountWith(devices: readonly DeviceState[], changes: Partial<AccountState> = {}): AccountState {
  return {
    id: '7',
    label: 'Home',
    simulated: false,
    devices,
    unreadable: [],
    refreshedAt: ownNow,
    allAuthorizationsReadAt: ownNow,
    people: { items: [{ accountUserId: 1, name: 'Anna Berger', email: 'anna@example.com' }], readAt: ownNow },
    ...changes,
  };
}

/** An entry of a code at the front door, without limits. */
export function entry(key: string, changes: Partial<Entry> = {}): Entry {
  return entryOf(key, { name: 'Guest Weber', doors: ['front'], ...changes });
}

/** A file with the front door and the garage. */
export function fileOf(...entries: readonly Entry[]): AccessFile {
  return {
    doors: [fileDoor('front', { name: 'Front door' }), fileDoor('garage', { name: 'Garage', smartlockId: garageId })],
    entries: entries.map((each, index) => ({ ...each, index })),
    sources: [],
  };
}

/** What a record says of a code at the front door that was written without limits. */
export function owned(entryKey: string, id: string, changes: Partial<Owned> = {}): Owned {
  const as = written('Guest Weber');
  return { entry: entryKey, smartlockId: lockId, part: 0, by: 'code', id, written: as, ...changes };
}

/** The garage without anything. */
export const emptyGarage: DeviceState = door([], {}, { smartlockId: garageId, name: 'Garage' });

/** What is planned at the front door, the garage being empty. */
export function planAt(front: DeviceState, file: AccessFile, record: readonly Owned[]): Plan {
  return planOf(planAccess(file, { owned: record }, accountWith([front, emptyGarage]), { now, ownNow }));
}

export function planOf(planned: Plan | Misfit): Plan {
  if (planned.kind === 'misfit') throw new Error(`no plan: ${planned.why}`);
  return planned;
}

/** The steps and findings of a plan in short: `add weber`, `change weber`, `foreign 2`. */
export function inShort({ steps, findings }: Plan): {
  readonly steps: readonly string[];
  readonly findings: readonly string[];
} {
  return {
    steps: steps.map((step) => `${step.kind} ${entryKeyOf(step)}`),
    findings: findings.map((finding) => {
      switch (finding.kind) {
        case 'foreign':
          return `foreign ${finding.authorization.id}`;
        case 'pending':
        case 'drifted':
        case 'ambiguous':
          return `${finding.kind} ${finding.owned.entry}`;
        case 'unknown':
          return `unknown: ${finding.why}`;
        case 'waiting':
          return `waiting: ${finding.step.kind}`;
        case 'blocked':
          return `blocked: ${finding.why}`;
        case 'smartHosting':
          return finding.kind;
      }
    }),
  };
}
