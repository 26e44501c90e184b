import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes, NewAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import type { Wanted } from '../plan/accessPlan.ts';
import type { Asked, Owned } from '../record/accessRecord.ts';

/** Whose an authorization is: of an app or a fob an account user's; a code's is told by its digits. */
export type Holder =
  | { readonly code: number; readonly accountUserId?: never }
  | { readonly code?: never; readonly accountUserId: number };

/** What the record says of an authorization before Nuki is asked for it, perhaps for the second time. `at`: now. */
export function askedFor(
  { entry, smartlockId, part, as }: Wanted,
  list: AuthorizationsWithCodes | undefined,
  { accountUserId }: Holder,
  at: string,
  earlier: Owned | undefined,
): Owned {
  const first = earlier?.asked?.kind === 'add' ? earlier.asked : undefined;
  const others = first?.others ?? (list?.items ?? []).map(({ id }) => id);
  const asked: Asked = { kind: 'add', at, since: first?.since ?? first?.at, to: as, accountUserId, others };
  return { entry: entry.key, smartlockId, part, by: entry.by, asked };
}

/** Whether it is of the same entry, door and part. */
export function isAt(owned: Owned, { entry, smartlockId, part }: Wanted): boolean {
  return owned.entry === entry.key && owned.smartlockId === smartlockId && owned.part === part;
}

/** What Nuki is asked to create. */
export function requestOf({ type, as }: Wanted, holder: Holder): NewAuthorization {
  const { enabled: _, ...rest } = as;
  return { ...rest, type, ...holder };
}

/** The authorization that `owned` asks for, where a list has exactly one. */
export function matching(
  { asked }: Owned,
  { type }: Wanted,
  { code, accountUserId }: Holder,
  list: AuthorizationsWithCodes | undefined,
): Authorization | undefined {
  const others = asked?.kind === 'add' ? asked.others : [];
  const [only, ...more] = (list?.items ?? []).filter(
    (item) =>
      item.type === type &&
      !others.includes(item.id) &&
      (code === undefined ? item.accountUserId === accountUserId : list?.codes.get(item.id) === String(code)),
  );
  return more.length === 0 ? only : undefined;
}
