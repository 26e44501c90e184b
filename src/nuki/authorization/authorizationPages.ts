import type { AuthorizationsWithCodes } from './authorizationWrites.ts';
import { codesIn, readAuthorization } from './authorizationEntry.ts';
import { decode, listIn, readList } from '../http/decode.ts';
import { NukiError } from '../http/errors.ts';
import { pageSchema } from '../http/schemas.ts';

/** Asks for a path with a query. */
type Read = (path: string, query?: Record<string, number>) => Promise<unknown>;

/** As many as make an answer of about half a megabyte; a server that gives fewer says how many pages there are then. */
const pageSize = 1_000;

/** Takes the authorizations of an account, page by page: who keeps little of them needs little memory, however many there are. */
export interface Taker {
  take(list: AuthorizationsWithCodes): void | Promise<void>;
}

/** A list of authorizations as the API writes it, with the codes apart. @throws {NukiError} `unexpectedAnswer` */
export function authorizationsIn(json: unknown): AuthorizationsWithCodes {
  return { ...readList(json, 'id', readAuthorization), codes: codesIn(listIn(json)) };
}

/**
 * Gives the authorizations of a whole account to the taker that `begin` makes: page by page, or the list at once, to another taker, where
 * the server knows no pages or they do not fit together.
 * @throws {NukiError}
 */
export async function readAllPages<T extends Taker>(
  read: Read,
  begin: () => T,
  onPage?: (page: number, pages: number) => void,
): Promise<T> {
  const pages = begin();
  if (await readPages(read, pages, onPage)) return pages;
  const whole = begin();
  await whole.take(authorizationsIn(await read('/smartlock/auth')));
  return whole;
}

/** @returns whether the pages were all there was */
async function readPages(
  read: Read,
  taker: Taker,
  onPage: ((page: number, pages: number) => void) | undefined,
): Promise<boolean> {
  // Different entries: less than there are when one came twice, or not at all, because something was changed between two pages.
  const ids = new Set<string>();
  let unreadable = 0;
  let total: number | undefined;
  try {
    for (let page = 0; ; page += 1) {
      const answer = await read('/smartlock/auth/paged', { page, size: pageSize });
      const { results, pagination } = decode(pageSchema, answer);
      // What was deleted meanwhile has moved all after it up, one of them to the page before.
      if (pagination.totalItems !== (total ??= pagination.totalItems)) return false;
      const list = authorizationsIn(results);
      for (const { id } of list.items) ids.add(id);
      unreadable += list.unreadable.length;
      await taker.take(list);
      onPage?.(page + 1, pagination.totalPages);
      if (results.length > 0 && page + 1 < pagination.totalPages) continue;
      return ids.size + unreadable === pagination.totalItems;
    }
  } catch (error) {
    if (error instanceof NukiError && knowsNoPages(error)) return false;
    throw error;
  }
}

function knowsNoPages({ status }: NukiError): boolean {
  return status === 400 || status === 404 || status === 405;
}
