import { inPages } from '../../base/eventLoop.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes } from '../../nuki/authorization/authorizationWrites.ts';
import type { Unreadable } from '../../nuki/http/decode.ts';

/** The authorizations of an account device by device. An entry that could not be understood may belong to any of them. */
export async function authorizationsByDevice(
  all: AuthorizationsWithCodes,
): Promise<(smartlockId: number) => AuthorizationsWithCodes> {
  const lists = new Map<number, { items: Authorization[]; codes: Map<string, string> }>();
  const unreadable: Unreadable[] = [...all.unreadable];
  for await (const page of inPages(all.items)) {
    for (const authorization of page) {
      const { id, smartlockId } = authorization;
      if (smartlockId === undefined) {
        unreadable.push({ index: unreadable.length, id, problem: 'smartlockId' });
        continue;
      }
      const list = lists.get(smartlockId) ?? { items: [], codes: new Map<string, string>() };
      lists.set(smartlockId, list);
      list.items.push(authorization);
      const code = all.codes.get(id);
      if (code !== undefined) list.codes.set(id, code);
    }
  }
  const numbered = unreadable.map((entry, index) => ({ ...entry, index }));
  return (smartlockId) => ({ ...(lists.get(smartlockId) ?? { items: [], codes: new Map() }), unreadable: numbered });
}
