import type { Authorization } from './authorization.ts';
import type { AuthorizationsWithCodes } from './authorizationWrites.ts';
import { decode, decodeList, type Unreadable } from '../http/decode.ts';
import { NukiError } from '../http/errors.ts';
import { authorizationSchema, codeSchema, pageSchema } from '../http/schemas.ts';

/** Asks for a path with a query. @returns what `understand` makes of the answer */
export type Read = <T>(
  path: string,
  understand: (json: unknown) => T | Promise<T>,
  query?: Record<string, number>,
) => Promise<T>;

type OnPage = (page: number, pages: number) => void;

/** Entries of a page: an answer of about half a megabyte. A server that gives fewer says how many pages there are then. */
const pageSize = 1_000;

/** A list of authorizations as the API writes it, with the codes apart. @throws {NukiError} `unexpectedAnswer` */
export async function authorizationsIn(json: unknown): Promise<AuthorizationsWithCodes> {
  const list = await decodeList(authorizationSchema, json, 'id');
  const { items: withCode } = await decodeList(codeSchema, json, 'id');
  return { ...list, codes: new Map(withCode.map(({ id, code }) => [id, String(code)])) };
}

/** More authorizations than any account has: a server that names more, or has always another page, is not asked for ever. */
const mostItems = 1_000_000;

/**
 * The authorizations of a whole account, read page by page. Where the server knows no pages, or the account changed while they were read,
 * they are read at once as one list.
 * @throws {NukiError}
 */
export async function readAllPages(read: Read, onPage?: OnPage): Promise<AuthorizationsWithCodes> {
  return (await readPages(read, onPage)) ?? (await read('/smartlock/auth', authorizationsIn));
}

/** @returns `undefined` where the server knows no pages or gives no end of them, or the account changed between two of them */
async function readPages(read: Read, onPage: OnPage | undefined): Promise<AuthorizationsWithCodes | undefined> {
  const items: Authorization[] = [];
  const unreadable: Unreadable[] = [];
  const codes = new Map<string, string>();
  const ids = new Set<string>();
  let elements = 0;
  let total: number | undefined;
  try {
    for (let page = 0; ; page += 1) {
      const { results, pagination } = await read('/smartlock/auth/paged', (json) => decode(pageSchema, json), {
        page,
        size: pageSize,
      });
      total ??= pagination.totalItems;
      if (pagination.totalItems !== total || total > mostItems) return undefined;
      const list = await authorizationsIn(results);
      const known = ids.size + unreadable.length;
      for (const authorization of list.items) {
        ids.add(authorization.id);
        items.push(authorization);
      }
      for (const entry of list.unreadable) unreadable.push({ ...entry, index: elements + entry.index });
      for (const [id, code] of list.codes) codes.set(id, code);
      elements += results.length;
      onPage?.(page + 1, pagination.totalPages);
      const isNews = ids.size + unreadable.length > known;
      if (isNews && elements < total && page + 1 < pagination.totalPages) continue;
      // When one was deleted and one added between two pages, the total is the same, but an entry comes twice or is missing.
      return ids.size + unreadable.length === total ? { items, unreadable, codes } : undefined;
    }
  } catch (error) {
    if (error instanceof NukiError && knowsNoPages(error)) return undefined;
    throw error;
  }
}

function knowsNoPages({ status }: NukiError): boolean {
  return status === 400 || status === 404 || status === 405;
}
