import type { Authorization } from './authorization.ts';
import type { AuthorizationsWithCodes } from './authorizationWrites.ts';
import { codesIn, readAuthorization } from './authorizationEntry.ts';
import { decode, listIn, readList, type Unreadable } from './decode.ts';
import { isNukiError, type NukiError } from './errors.ts';
import { pageSchema } from './schemas.ts';

/** Asks for a path with a query. */
type Read = (path: string, query?: Record<string, number>) => Promise<unknown>;

/** As many as make an answer of about half a megabyte; a server that gives fewer says how many pages there are then. */
const pageSize = 1_000;

/** The authorizations of an account, device by device. */
export interface AccountAuthorizations {
  /** Those of a device. An entry that could not be understood may belong to any of them. */
  of(smartlockId: number): AuthorizationsWithCodes;
}

/** A list of authorizations as the API writes it, with the codes apart. @throws {NukiError} `unexpectedAnswer` */
export function authorizationsIn(json: unknown): AuthorizationsWithCodes {
  return { ...readList(json, 'id', readAuthorization), codes: codesIn(listIn(json)) };
}

/**
 * The authorizations of a whole account: all pages, or the list at once where the server knows no pages or they do not fit together.
 * @throws {NukiError}
 */
export async function readAllPages(
  read: Read,
  onPage?: (page: number, pages: number) => void,
): Promise<AccountAuthorizations> {
  const pages = await readPages(read, onPage);
  if (pages) return pages;
  const whole = new Gathering();
  whole.add(authorizationsIn(await read('/smartlock/auth')));
  return whole;
}

async function readPages(
  read: Read,
  onPage: ((page: number, pages: number) => void) | undefined,
): Promise<Gathering | undefined> {
  const gathered = new Gathering();
  try {
    for (let page = 0; ; page += 1) {
      const answer = await read('/smartlock/auth/paged', { page, size: pageSize });
      const { results, pagination } = decode(pageSchema, answer);
      gathered.add(authorizationsIn(results));
      onPage?.(page + 1, pagination.totalPages);
      if (results.length > 0 && page + 1 < pagination.totalPages) continue;
      return gathered.count === pagination.totalItems ? gathered : undefined;
    }
  } catch (error) {
    if (isNukiError(error) && knowsNoPages(error)) return undefined;
    throw error;
  }
}

/** What has come so far, in its place at once: nothing is left to be done with all of it at the end. */
class Gathering implements AccountAuthorizations {
  readonly unreadable: Unreadable[] = [];
  readonly #lists = new Map<number, { items: Authorization[]; codes: Map<string, string> }>();
  readonly #ids = new Set<string>();

  /** Different entries: less than there are when one came twice, or not at all, because something was changed between two pages. */
  get count(): number {
    return this.#ids.size + this.unreadable.length;
  }

  add({ items, unreadable, codes }: AuthorizationsWithCodes): void {
    for (const authorization of items) {
      const { id, smartlockId } = authorization;
      this.#ids.add(id);
      if (smartlockId === undefined) continue;
      const list = this.#listOf(smartlockId);
      const code = codes.get(id);
      list.items.push(authorization);
      if (code !== undefined) list.codes.set(id, code);
    }
    for (const one of unreadable) this.unreadable.push({ ...one, index: this.unreadable.length });
  }

  of(smartlockId: number): AuthorizationsWithCodes {
    const { items, codes } = this.#lists.get(smartlockId) ?? { items: [], codes: new Map<string, string>() };
    return { items, codes, unreadable: this.unreadable };
  }

  #listOf(smartlockId: number) {
    const known = this.#lists.get(smartlockId);
    if (known) return known;
    const list = { items: [], codes: new Map<string, string>() };
    this.#lists.set(smartlockId, list);
    return list;
  }
}

function knowsNoPages({ status }: NukiError): boolean {
  return status === 400 || status === 404 || status === 405;
}
