import type { Exchange } from '../journal/exchange.ts';
import { mostLogEntries } from '../wire.ts';
import { isAccepted, numberIn, pathnameOf, queryOf, readsLog } from './requests.ts';
import { isFields } from '../jsonFields.ts';
import type { Judgement } from './run.ts';

/** Within how many ms the same page is asked for again because it was short, and not because it is time again. */
const again = 10_000;

/** A page that is not the last; `isShort`: shorter than asked for. */
interface Page {
  readonly exchange: Exchange;
  readonly isShort: boolean;
  readonly goesOn: (next: Exchange) => boolean;
}

/** A page of authorizations, or of a log where more was asked for than an answer holds, after which there is more. */
function pageIn(exchange: Exchange): Page | undefined {
  if (!isAccepted(exchange)) return undefined;
  if (exchange.operation === 'GET /smartlock/auth/paged') return pageOfAuthorizations(exchange);
  return readsLog(exchange) ? pageOfLog(exchange) : undefined;
}

function pageOfAuthorizations(exchange: Exchange): Page | undefined {
  const { answer, at } = exchange;
  if (!isFields(answer) || !Array.isArray(answer['results']) || !isFields(answer['pagination'])) return undefined;
  const { totalPages, nextPage } = answer['pagination'];
  const page = pageNumber(exchange);
  if ((numberIn(totalPages) ?? 0) <= page + 1 && typeof nextPage !== 'string') return undefined;
  return {
    exchange,
    isShort: answer['results'].length < (numberIn(queryOf(exchange).get('size')) ?? 100),
    goesOn: (next) =>
      next.operation === 'GET /smartlock/auth' ||
      pageNumber(next) === page + 1 ||
      (pageNumber(next) === page && next.at - at <= again),
  };
}

function pageNumber(exchange: Exchange): number {
  return numberIn(queryOf(exchange).get('page')) ?? 0;
}

function pageOfLog(exchange: Exchange): Page | undefined {
  const { answer, known } = exchange;
  // A shorter one was all that the copy had that answered.
  if (!Array.isArray(answer) || answer.length < mostLogEntries || (known?.entries ?? 0) <= answer.length)
    return undefined;
  const last: unknown = answer.at(-1);
  const id = isFields(last) ? last['id'] : undefined;
  return { exchange, isShort: true, goesOn: (next) => queryOf(next).get('id') === id };
}

/** The list that is read, whole or by pages: two filters of a log are two lists. */
function listOf(exchange: Exchange): string | undefined {
  if (readsLog(exchange)) {
    const query = queryOf(exchange);
    query.delete('id');
    query.sort();
    return `${pathnameOf(exchange)}?${query.toString()}`;
  }
  return /^GET \/smartlock\/auth(\/paged)?$/.test(exchange.operation ?? '') ? 'authorizations' : undefined;
}

export const shortPage: Judgement = {
  concerns: ({ exchanges }) => exchanges.some((exchange) => pageIn(exchange) !== undefined),
  broken: ({ exchanges }) => {
    const unfinished = new Map<string, Page>();
    const broken: Exchange[] = [];
    for (const exchange of exchanges) {
      const list = listOf(exchange);
      if (list === undefined) continue;
      if (unfinished.get(list)?.goesOn(exchange)) unfinished.delete(list);
      const page = pageIn(exchange);
      if (!page?.isShort) continue;
      const before = unfinished.get(list);
      if (before) broken.push(before.exchange);
      unfinished.set(list, page);
    }
    return [...broken, ...[...unfinished.values()].map(({ exchange }) => exchange)];
  },
};
