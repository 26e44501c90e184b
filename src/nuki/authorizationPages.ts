import type { AuthorizationsWithCodes } from './authorizationWrites.ts';
import { decode, decodeList } from './decode.ts';
import { isNukiError, type NukiError } from './errors.ts';
import { authorizationSchema, codeSchema, pageSchema } from './schemas.ts';

/** Asks for a path with a query. */
type Read = (path: string, query?: Record<string, number>) => Promise<unknown>;

/** As many as make an answer of about half a megabyte; a server that gives fewer says how many pages there are then. */
const pageSize = 1_000;

/** A list of authorizations as the API writes it, with the codes apart. @throws {NukiError} `unexpectedAnswer` */
export function authorizationsIn(json: unknown): AuthorizationsWithCodes {
  const list = decodeList(authorizationSchema, json, 'id');
  const codes = decodeList(codeSchema, json, 'id').items.map(({ id, code }) => [id, code] as const);
  return { ...list, codes: new Map(codes) };
}

/**
 * The authorizations of a whole account: all pages, or the list at once where the server knows no pages or they do not fit together.
 * @throws {NukiError}
 */
export async function readAllPages(
  read: Read,
  onPage?: (page: number, pages: number) => void,
): Promise<AuthorizationsWithCodes> {
  const pages = await readPages(read, onPage);
  return pages ? joined(pages) : authorizationsIn(await read('/smartlock/auth'));
}

async function readPages(
  read: Read,
  onPage: ((page: number, pages: number) => void) | undefined,
): Promise<readonly AuthorizationsWithCodes[] | undefined> {
  const pages: AuthorizationsWithCodes[] = [];
  try {
    for (;;) {
      const answer = await read('/smartlock/auth/paged', { page: pages.length, size: pageSize });
      const { results, pagination } = decode(pageSchema, answer);
      pages.push(authorizationsIn(results));
      onPage?.(pages.length, pagination.totalPages);
      if (results.length > 0 && pages.length < pagination.totalPages) continue;
      return areWhole(pages, pagination.totalItems) ? pages : undefined;
    }
  } catch (error) {
    if (isNukiError(error) && knowsNoPages(error)) return undefined;
    throw error;
  }
}

/** Whether nothing came or went between two pages: then one entry would be there twice, or none. */
function areWhole(pages: readonly AuthorizationsWithCodes[], totalItems: number): boolean {
  const ids = new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const unreadable = pages.reduce((sum, page) => sum + page.unreadable.length, 0);
  return ids.size + unreadable === totalItems;
}

function joined(pages: readonly AuthorizationsWithCodes[]): AuthorizationsWithCodes {
  return {
    items: pages.flatMap(({ items }) => items),
    unreadable: pages.flatMap(({ unreadable }) => unreadable).map((one, index) => ({ ...one, index })),
    codes: new Map(pages.flatMap(({ codes }) => [...codes])),
  };
}

function knowsNoPages({ status }: NukiError): boolean {
  return status === 400 || status === 404 || status === 405;
}
