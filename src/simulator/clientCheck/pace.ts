import { kindOf, phaseOf } from '../../nuki/vocabulary/kinds.ts';
import type { Exchange } from '../journal/exchange.ts';
import { acts, deviceIdIn, isAccepted, numberIn, reads, syncs } from './requests.ts';
import { isFields } from '../jsonFields.ts';
import type { Judgement, Run } from './run.ts';

const second = 1_000;
const minute = 60 * second;

/** A status needs no newer answer than one of 30 s ago; an interval of 30 s may be drawn a little shorter each time. */
const soon = 25 * second;
/** So many reads in a row that came too soon are no coincidence. */
const manyReads = 5;
/** For how many ms after a write the client looks at what becomes of it: a lock 'n' go takes up to 80 s longer. */
const followed = minute;
const followedLockNGo = 2 * minute;

function readsStatus({ operation }: Exchange): boolean {
  return operation === 'GET /smartlock' || operation === 'GET /smartlock/{smartlockId}';
}

/** Whether an answer shows a device that is at work: it is right to look again soon. */
function showsWork({ answer }: Exchange): boolean {
  const devices: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  return devices.filter(isFields).some(({ operationId, type, state }) => {
    const number = isFields(state) ? numberIn(state['state']) : undefined;
    return Boolean(operationId) || phaseOf(kindOf(numberIn(type) ?? -1), number) === 'moving';
  });
}

/** How long what a write does is followed. */
function followedFor(write: Exchange): number {
  const action = isFields(write.body) ? numberIn(write.body['action']) : undefined;
  return acts(write) && (action === 4 || action === 5) ? followedLockNGo : followed;
}

/** The reads of a status for which there was no reason but that time has passed: one that failed may be tried again. */
function pollsIn({ exchanges }: Run): readonly Exchange[] {
  let until = -Infinity;
  return exchanges.filter((exchange) => {
    const isFollowing = exchange.at <= until;
    if (!reads(exchange)) until = Math.max(until, exchange.at + followedFor(exchange));
    if (!readsStatus(exchange) || !isAccepted(exchange)) return false;
    if (showsWork(exchange)) until = Math.max(until, exchange.at + soon);
    return !isFollowing;
  });
}

/** Whether time has passed between the first and the last: where the home's clock stands still, nothing is too soon. */
function takesTime(chain: readonly Exchange[]): boolean {
  return (chain.at(-1)?.at ?? 0) > (chain[0]?.at ?? 0);
}

/** Whether the clock stood still, so that nothing tells how fast the client is: no client sends so many requests at one instant. */
function standsStill(exchanges: readonly Exchange[]): boolean {
  return exchanges.length >= manyReads && !takesTime(exchanges);
}

/** Splits `exchanges` where `goesOn` says no. */
function chainsOf(
  exchanges: readonly Exchange[],
  goesOn: (before: Exchange, next: Exchange) => boolean,
): readonly (readonly Exchange[])[] {
  const chains: Exchange[][] = [];
  for (const exchange of exchanges) {
    const chain = chains.at(-1);
    const before = chain?.at(-1);
    if (chain && before && goesOn(before, exchange)) chain.push(exchange);
    else chains.push([exchange]);
  }
  return chains;
}

/** Those of each device, and those that name none. */
function byDevice(exchanges: readonly Exchange[]): readonly (readonly Exchange[])[] {
  const groups = new Map<string | undefined, Exchange[]>();
  for (const exchange of exchanges) {
    const id = deviceIdIn(exchange);
    const group = groups.get(id);
    if (group) group.push(exchange);
    else groups.set(id, [exchange]);
  }
  return [...groups.values()];
}

export const statusTooOften: Judgement = {
  concerns: ({ exchanges }) =>
    !standsStill(exchanges) && byDevice(exchanges.filter(readsStatus)).some((of) => of.length > 1),
  broken: (run) =>
    byDevice(pollsIn(run))
      .flatMap((of) => chainsOf(of, (before, next) => next.at - before.at < soon))
      .filter((chain) => chain.length >= manyReads && takesTime(chain))
      .flat(),
};

/** Reads of several devices that are so close together are one round. */
const round = 10 * second;
/** So many rounds are no start of a program any more. */
const manyRounds = 3;

export const devicesOneByOne: Judgement = {
  concerns: ({ exchanges }) => exchanges.filter(readsStatus).length >= manyRounds,
  broken: (run) => {
    const alone = pollsIn(run).filter((read) => deviceIdIn(read) !== undefined);
    const inRound = alone.filter((read, at) =>
      [alone[at - 1], alone[at + 1]].some(
        (other) => other && deviceIdIn(other) !== deviceIdIn(read) && Math.abs(other.at - read.at) <= round,
      ),
    );
    const often = byDevice(inRound).filter((of) => of.length >= manyRounds);
    return often.length > 1 ? often.flat() : [];
  },
};

/** Syncs that are further apart than this are no loop. */
const loop = 10 * minute;
const manySyncs = 4;

export const syncLoop: Judgement = {
  concerns: ({ exchanges }) => exchanges.some(syncs),
  broken: ({ exchanges }) =>
    byDevice(exchanges.filter((exchange) => !reads(exchange)))
      .flatMap((of) => chainsOf(of, (before, next) => syncs(before) && syncs(next) && next.at - before.at < loop))
      .filter((chain) => chain.length >= manySyncs)
      .flat(),
};

function endOf({ endedAt, at }: Exchange): number {
  return endedAt ?? at;
}

/** Whether the answer says how long to wait. */
function asksToWait({ status, retryAfter }: Exchange): boolean {
  return (status === 429 || status === 503) && retryAfter !== undefined;
}

/** A request of a client that does several at a time may have left before it had the answer that asks to wait, in ms. */
const onTheWay = 20;

export const retryAfterNotKept: Judgement = {
  concerns: ({ exchanges }) => !standsStill(exchanges) && exchanges.some(asksToWait),
  broken: ({ exchanges }) => {
    let pause = { since: Infinity, until: -Infinity };
    let lastEnd = -Infinity;
    return exchanges.filter((exchange) => {
      const { at } = exchange;
      const mayCross = lastEnd > pause.since && at - pause.since <= onTheWay;
      const isEarly = at > pause.since && at < pause.until && !mayCross;
      const end = endOf(exchange);
      const until = end + (exchange.retryAfter ?? 0) * second;
      if (asksToWait(exchange) && until > pause.until) pause = { since: end, until };
      else lastEnd = Math.max(lastEnd, end);
      return isEarly;
    });
  },
};

/** A request that comes sooner, in ms, comes at once. */
const atOnce = second;
const manyAtOnce = 3;

/** Whether the answer does not say how long to wait. */
function asksToPause({ status, retryAfter }: Exchange): boolean {
  return status === 429 && retryAfter === undefined;
}

export const noPauseAfter429: Judgement = {
  concerns: ({ exchanges }) => !standsStill(exchanges) && exchanges.some(asksToPause),
  broken: ({ exchanges }) => {
    const broken: Exchange[] = [];
    let chain: Exchange[] = [];
    let lastEnd = Infinity;
    const close = (): void => {
      if (chain.length > manyAtOnce && takesTime(chain)) broken.push(...chain);
      chain = [];
    };
    for (const exchange of exchanges) {
      if (chain.length > 0 && exchange.at < lastEnd) continue; // it was under way already
      if (chain.length > 0 && exchange.at - lastEnd < atOnce) chain.push(exchange);
      else {
        close();
        if (asksToPause(exchange)) chain = [exchange];
      }
      lastEnd = endOf(exchange);
    }
    close();
    return broken;
  },
};
