import type { Random } from '../random.ts';

/** A page of a paged list in the API's form. */
export interface Page<T> {
  readonly results: readonly T[];
  readonly pagination: {
    readonly totalItems: number;
    readonly totalPages: number;
    readonly currentPage: number;
    readonly nextPage?: string;
    readonly prevPage?: string;
    readonly pageSize: number;
  };
}

/** The page `currentPage`, from 0 on, of all items; `path` with its size for the links. */
export function pageOf<T>(all: readonly T[], currentPage: number, pageSize: number, path: string): Page<T> {
  const totalPages = Math.ceil(all.length / pageSize);
  const link = (page: number): string => `${path}?page=${page}&size=${pageSize}`;
  return {
    results: all.slice(currentPage * pageSize, (currentPage + 1) * pageSize),
    pagination: {
      totalItems: all.length,
      totalPages,
      currentPage,
      ...(currentPage + 1 < totalPages && { nextPage: link(currentPage + 1) }),
      ...(currentPage > 0 && { prevPage: link(currentPage - 1) }),
      pageSize,
    },
  };
}

/** A page that misses something, as lists did that changed while they were read: some results, the way on, or all of it. */
export function cutPage<T>({ results, pagination }: Page<T>, random: Random): Page<T> {
  const { nextPage, ...last } = pagination;
  const luck = random.next();
  if (luck < 1 / 3) return { results: results.slice(0, -1), pagination };
  if (luck < 2 / 3) return { results, pagination: last };
  return { results: nextPage === undefined ? [] : results, pagination: last };
}
