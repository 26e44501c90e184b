import type { Authorization } from '../nuki/authorization/authorization.ts';
import type { Taker } from '../nuki/authorization/authorizationPages.ts';
import type { AuthorizationsWithCodes } from '../nuki/authorization/authorizationWrites.ts';
import type { Unreadable } from '../nuki/http/decode.ts';

/** Keeps all authorizations of an account, device by device. */
export class AuthorizationsByDevice implements Taker {
  readonly #unreadable: Unreadable[] = [];
  readonly #lists = new Map<number, { items: Authorization[]; codes: Map<string, string> }>();

  take({ items, unreadable, codes }: AuthorizationsWithCodes): void {
    for (const authorization of items) {
      const { id, smartlockId } = authorization;
      if (smartlockId === undefined) {
        this.#addUnreadable({ index: 0, id, problem: 'smartlockId' });
        continue;
      }
      const list = this.#listOf(smartlockId);
      const code = codes.get(id);
      list.items.push(authorization);
      if (code !== undefined) list.codes.set(id, code);
    }
    unreadable.forEach((one) => this.#addUnreadable(one));
  }

  #addUnreadable(one: Unreadable): void {
    this.#unreadable.push({ ...one, index: this.#unreadable.length });
  }

  /** Those of a device. An entry that could not be understood may belong to any of them. */
  of(smartlockId: number): AuthorizationsWithCodes {
    const { items, codes } = this.#lists.get(smartlockId) ?? { items: [], codes: new Map<string, string>() };
    return { items, codes, unreadable: this.#unreadable };
  }

  #listOf(smartlockId: number) {
    const known = this.#lists.get(smartlockId);
    if (known) return known;
    const list = { items: [], codes: new Map<string, string>() };
    this.#lists.set(smartlockId, list);
    return list;
  }
}
