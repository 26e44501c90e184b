import type { Exchange } from '../journal/exchange.ts';
import {
  acts,
  authorizationIdIn,
  creates,
  deletes,
  deviceIdIn,
  idIn,
  isAccepted,
  reads,
  replaces,
} from './requests.ts';
import { isFields } from '../jsonFields.ts';
import type { Judgement } from './run.ts';

const second = 1_000;

/** What a read tells of: `state` or `authorizations`, and of which device; of all where it names none. */
function toldBy(read: Exchange): readonly string[] {
  const { operation = '' } = read;
  const id = deviceIdIn(read) ?? 'all';
  if (/^GET \/smartlock(\/\{smartlockId\})?(\/log)?$/.test(operation)) return [`state ${id}`];
  return /^GET \/smartlock(\/\{smartlockId\})?\/auth(\/|$)/.test(operation)
    ? [`authorizations ${id}`, 'authorizations']
    : [];
}

/** The reads of which each tells how a write has ended, as `toldBy` names them; none where it is no write to a lock. */
function tellingOf(write: Exchange): readonly string[] {
  const id = deviceIdIn(write);
  if (acts(write)) return [`state ${id}`, 'state all'];
  if (!creates(write) && !replaces(write) && !deletes(write)) return [];
  return id === undefined ? ['authorizations'] : [`authorizations ${id}`, 'authorizations all'];
}

/** The newest request that reads something, by what it tells of. */
class LastReads {
  readonly #reads = new Map<string, Exchange>();

  add(exchange: Exchange): void {
    if (reads(exchange)) for (const told of toldBy(exchange)) this.#reads.set(told, exchange);
  }

  /** The last read that tells of what `write` changes. */
  about(write: Exchange): Exchange | undefined {
    return tellingOf(write)
      .map((told) => this.#reads.get(told))
      .reduce((last, read) => (read && read.number > (last?.number ?? 0) ? read : last), undefined);
  }

  /** Whether something that tells of `write` was read after `exchange`. */
  isReadSince(exchange: Exchange, write = exchange): boolean {
    return (this.about(write)?.number ?? 0) > exchange.number;
  }
}

function isTold(write: Exchange): boolean {
  return tellingOf(write).length > 0 && isAccepted(write);
}

export const unreadWrite: Judgement = {
  concerns: ({ exchanges, webhook }) => !webhook && exchanges.some(isTold),
  broken: ({ exchanges, webhook }) => {
    if (webhook) return [];
    const reading = new LastReads();
    for (const exchange of exchanges) reading.add(exchange);
    return exchanges.filter((exchange) => isTold(exchange) && !reading.isReadSince(exchange));
  },
};

/** For how many ms a write that looks the same is taken for a repetition; later, someone may want it again. */
const repeatedWithin = 60 * second;

/** Whether the client cannot know whether a write was done, and it may do harm twice: a deletion does none. */
function leavesOpen(exchange: Exchange): boolean {
  const { end, status = 0, retryAfter } = exchange;
  const isRefused = status === 501 || retryAfter !== undefined;
  const mayDoHarm = acts(exchange) || creates(exchange) || replaces(exchange);
  return mayDoHarm && (end === 'lost' || end === 'aborted' || (status >= 500 && !isRefused));
}

export const repeatedWrite: Judgement = {
  concerns: ({ exchanges }) => exchanges.some(leavesOpen),
  broken: ({ exchanges }) => {
    const reading = new LastReads();
    const open = new Map<string, Exchange>();
    return exchanges.flatMap((exchange) => {
      reading.add(exchange);
      if (reads(exchange)) return [];
      const key = JSON.stringify([exchange.method, exchange.path, exchange.body]);
      const first = open.get(key);
      if (leavesOpen(exchange)) open.set(key, exchange);
      else open.delete(key);
      const isLater = first !== undefined && exchange.at - (first.endedAt ?? first.at) > repeatedWithin;
      return first === undefined || isLater || reading.isReadSince(first) ? [] : [first, exchange];
    });
  },
};

/** Within how many ms after a 423, and after another change, a write comes at once. */
const atOnce = 2 * second;
/** For how many ms a client should wait for a change that it has made. */
const awaited = 60 * second;
/** For how many ms a client that has read that something is busy should know it. */
const knownFor = 5 * second;

/** What a write needs to be free: an authorization or a device. */
function subjectOf(write: Exchange): string | undefined {
  if (acts(write)) return `device ${deviceIdIn(write)}`;
  const id = authorizationIdIn(write);
  return id !== undefined && (replaces(write) || deletes(write)) ? `authorization ${id}` : undefined;
}

/** Whether an answer shows an operation under way on what `write` is about. */
function showsBusy(answer: unknown, write: Exchange): boolean {
  const [field, id] = acts(write) ? ['smartlockId', deviceIdIn(write)] : ['id', authorizationIdIn(write)];
  const entries: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  const entry = entries.filter(isFields).find((each) => idIn(each[field]) === id);
  return Boolean(entry?.['operationId']);
}

export const writeToBusy: Judgement = {
  concerns: ({ exchanges }) => {
    const changed = new Set<string>();
    return exchanges.some((exchange) => {
      const subject = subjectOf(exchange);
      if (subject === undefined) return false;
      if (exchange.status === 423 || (!acts(exchange) && changed.has(subject))) return true;
      if (isAccepted(exchange)) changed.add(subject);
      return false;
    });
  },
  broken: ({ exchanges }) => {
    const reading = new LastReads();
    const last = new Map<string, Exchange>();
    return exchanges.filter((write) => {
      reading.add(write);
      const subject = subjectOf(write);
      if (subject === undefined) return false;
      const before = last.get(subject);
      last.set(subject, write);
      if (before !== undefined) {
        const gap = write.at - (before.endedAt ?? before.at);
        const isBlind = gap <= atOnce && !reading.isReadSince(before, write);
        const isSpared = acts(write) || (deletes(before) && deletes(write));
        const isChange = !isSpared && isAccepted(before) && isAccepted(write);
        const meetsOther = gap <= awaited && write.known?.changeUnderWay === true;
        if ((isBlind && before.status === 423) || (isChange && (isBlind || meetsOther))) return true;
      }
      const read = write.status === 423 ? reading.about(write) : undefined;
      return read !== undefined && write.at - read.at <= knownFor && showsBusy(read.answer, write);
    });
  },
};
