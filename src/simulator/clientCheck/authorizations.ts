import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { limitFields, limitNothing, missingLimits } from '../../nuki/authorization/completeLimits.ts';
import { isKeypadCode } from '../../nuki/authorization/keypadCode.ts';
import { fitsKeypad } from '../../nuki/authorization/keypadName.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { offsetOf, timeZoneName } from '../../nuki/time/timeZones.ts';
import { everyDay } from '../../nuki/time/weekdays.ts';
import type { Exchange } from '../journal/exchange.ts';
import type { AuthorizationJson } from '../wire.ts';
import { authorizationIdIn, authorizationsIn, creates, isAccepted, numberIn, replaces } from './requests.ts';
import type { Fields } from '../jsonFields.ts';
import { each, type Judgement, type Run } from './run.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Judges each authorization that is sent to be created or to replace another. */
function ofEachSent(
  concerns: (sent: Fields, exchange: Exchange) => boolean,
  breaks: (sent: Fields, exchange: Exchange) => boolean,
): Judgement {
  return each(
    (exchange) => authorizationsIn(exchange).some((sent) => concerns(sent, exchange)),
    (exchange) => authorizationsIn(exchange).some((sent) => concerns(sent, exchange) && breaks(sent, exchange)),
  );
}

/** The authorization that `sent` replaces. */
function replacedBy(sent: Fields, exchange: Exchange): AuthorizationJson | undefined {
  const id = authorizationIdIn(exchange) ?? sent['id'];
  return exchange.known?.replaced?.find((entry) => entry.id === id);
}

/** Whether a limit of an authorization limits anything at `now`, ms since 1970. */
function isLimiting(entry: AuthorizationJson, field: (typeof limitFields)[number], now: number): boolean {
  switch (field) {
    case 'allowedFromDate':
      return (instantOf(entry.allowedFromDate) ?? 0) > now;
    case 'allowedUntilDate':
      return entry.allowedUntilDate !== undefined;
    case 'allowedWeekDays':
      return (entry.allowedWeekDays ?? everyDay) !== everyDay;
    case 'allowedFromTime':
    case 'allowedUntilTime':
      return Boolean(entry.allowedFromTime) || Boolean(entry.allowedUntilTime);
  }
}

function limitsOf(entry: AuthorizationJson | undefined, now: number): readonly (typeof limitFields)[number][] {
  return entry === undefined ? [] : limitFields.filter((field) => isLimiting(entry, field, now));
}

/** A limit that is sent as null is removed on purpose. */
export const partialReplace = ofEachSent(
  (sent, exchange) => limitsOf(replacedBy(sent, exchange), exchange.at).length > 0,
  (sent, exchange) => limitsOf(replacedBy(sent, exchange), exchange.at).some((field) => sent[field] === undefined),
);

function hasLimits(sent: Fields): boolean {
  const read = (field: string): unknown => numberIn(sent[field]) ?? sent[field];
  return !limitNothing({
    ...sent,
    allowedWeekDays: read('allowedWeekDays'),
    allowedFromTime: read('allowedFromTime'),
    allowedUntilTime: read('allowedUntilTime'),
  });
}

export const incompleteLimits = ofEachSent(hasLimits, (sent) => Object.keys(missingLimits(sent, 0)).length > 0);

function isForKeypad(sent: Fields, exchange: Exchange): boolean {
  const type = numberIn(sent['type']) ?? replacedBy(sent, exchange)?.type;
  return type === authorizationType.keypadCode || hasCode(sent);
}

function hasCode({ code }: Fields): boolean {
  return typeof code === 'number' || typeof code === 'string';
}

export const longName = ofEachSent(
  (sent, exchange) => typeof sent['name'] === 'string' && isForKeypad(sent, exchange),
  ({ name }) => typeof name === 'string' && !fitsKeypad(name),
);

export const invalidCode = ofEachSent(hasCode, ({ code }) => !isKeypadCode(String(code)));

export const weekdayZero = ofEachSent(
  ({ allowedWeekDays }) => numberIn(allowedWeekDays) !== undefined,
  ({ allowedWeekDays }) => numberIn(allowedWeekDays) === 0,
);

/** The hours of a body, in minutes since midnight; `undefined` where they limit nothing. */
function hoursIn({ allowedFromTime, allowedUntilTime }: Fields): readonly [number, number] | undefined {
  const [from, until] = [numberIn(allowedFromTime), numberIn(allowedUntilTime)];
  return from === undefined || until === undefined || (from === 0 && until === 0) ? undefined : [from, until];
}

export const overMidnight = ofEachSent(
  (sent) => hoursIn(sent) !== undefined,
  (sent) => {
    const [from, until] = hoursIn(sent) ?? [0, 0];
    return from > until;
  },
);

/** The dates of a body, ms since 1970. */
function datesIn({ allowedFromDate, allowedUntilDate }: Fields): readonly number[] {
  return [allowedFromDate, allowedUntilDate]
    .map((date) => (typeof date === 'string' ? instantOf(date) : undefined))
    .filter((date) => date !== undefined);
}

/** Both hours are those of the dates in UTC, which the lock's clock does not show at those dates: by chance that is rare. */
export const hoursInUtc = ofEachSent(
  (sent, { known }) =>
    hoursIn(sent) !== undefined && datesIn(sent).length === 2 && known?.timezoneIds?.some(isListed) === true,
  (sent, { known }) => {
    const dates = datesIn(sent);
    const minutesInUtc = dates.map((date) => Math.floor((date % day) / minute));
    if (hoursIn(sent)?.join() !== minutesInUtc.join()) return false;
    const zones = known?.timezoneIds?.map(timeZoneName).filter((zone) => zone !== undefined) ?? [];
    return zones.some((zone) => dates.every((date) => offsetOf(zone, date) !== 'UTC+00:00'));
  },
);

function isListed(timezoneId: number): boolean {
  return timeZoneName(timezoneId) !== undefined;
}

/** Later, a limit is a change of mind. */
const limitedSoon = 2 * minute;

/** What tells an authorization that was created from others. */
function identityOf({ type, code, accountUserId, name }: Fields): string {
  return hasCode({ code }) ? `code ${String(code)}` : JSON.stringify([numberIn(type) ?? 0, accountUserId, name]);
}

export const limitedLater: Judgement = {
  concerns: ({ exchanges }) => exchanges.some((exchange) => creates(exchange) && isAccepted(exchange)),
  broken: ({ exchanges }: Run) => {
    const unlimited = new Map<string, Exchange>();
    return exchanges.flatMap((exchange) => {
      if (creates(exchange) && isAccepted(exchange)) {
        for (const sent of authorizationsIn(exchange)) {
          if (hasLimits(sent)) unlimited.delete(identityOf(sent));
          else unlimited.set(identityOf(sent), exchange);
        }
      }
      if (!replaces(exchange)) return [];
      return authorizationsIn(exchange).flatMap((sent) => {
        const old = replacedBy(sent, exchange);
        const creation = old && limitNothing(old) ? unlimited.get(identityOf({ ...old })) : undefined;
        const isSoon = creation !== undefined && exchange.at - creation.at <= limitedSoon;
        return isSoon && hasLimits(sent) ? [creation, exchange] : [];
      });
    });
  },
};
