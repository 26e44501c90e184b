import { createClient, type NukiClient } from '../../../../src/nuki/http/client.ts';
import { FakeClock } from '../../fakeClock.ts';

/** An entry of a log as the API sends it, or what it should not send. */
export type LogJson = Readonly<Record<string, unknown>>;

/** The log of an account, in the order in which Nuki lists it; answers as the API does. */
export class LogServer {
  readonly clock: FakeClock = Object.assign(new FakeClock(), { wait: () => Promise.resolve() });
  readonly queries: string[] = [];
  /** The newest to arrive first. */
  log: readonly LogJson[];
  /** How many entries an answer holds at most. */
  most = 50;
  /** So many entries of a page come again with the next. */
  overlap = 0;
  /** Called after each answer. */
  onAnswer = (): void => {};

  constructor(log: readonly LogJson[]) {
    this.log = log;
  }

  client(): NukiClient {
    const fetch = (input: string | URL | Request): Promise<Response> => {
      const { pathname, searchParams } = new URL(new Request(input).url);
      this.queries.push(`${pathname}?${decodeURIComponent(searchParams.toString())}`);
      const answer = Response.json(this.#page(pathname, Object.fromEntries(searchParams)));
      this.onAnswer();
      return Promise.resolve(answer);
    };
    return createClient('a-token-of-the-tests', { clock: this.clock, random: () => 0, fetch });
  }

  #page(path: string, query: Readonly<Record<string, string>>): readonly LogJson[] {
    const [, device] = /^\/smartlock\/(\d+)\/log$/.exec(path) ?? [];
    const is = (name: string, value: unknown): boolean => query[name] === undefined || query[name] === String(value);
    const fitting = this.log.filter((entry) => {
      const date = String(entry['date']);
      const at = date.endsWith('Z') ? Date.parse(date) : NaN;
      const isInTime =
        Number.isNaN(at) ||
        (at >= Date.parse(query['fromDate'] ?? '1970-01-01') && at <= Date.parse(query['toDate'] ?? '9999-01-01'));
      const isOfDevice = device === undefined || device === String(entry['smartlockId']);
      return isInTime && isOfDevice && is('action', entry['action']) && is('accountUserId', entry['accountUserId']);
    });
    const place = fitting.findIndex(({ id }) => id !== undefined && id === query['id']);
    const start = place < 0 ? 0 : Math.max(0, place + 1 - this.overlap);
    return fitting.slice(start, start + Math.min(this.most, Number(query['limit'])));
  }
}
