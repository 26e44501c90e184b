import { instantOf } from '../../nuki/time/instant.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import {
  authorizationLimit,
  keypadCodeLimit,
  olderKeypadCodeLimit,
  validityOf,
  type Authorization,
  type Validity,
} from '../../nuki/authorization/authorization.ts';
import { safeText } from '../../base/safeText.ts';
import type { Locale } from '../../base/locale.ts';
import { formatInstant, scheduleInWords } from '../../nuki/authorization/schedule.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import type { PendingCreation } from '../../model/pendingChanges.ts';
import { standingOf, type Standing, type Standstill } from '../../model/standing.ts';
import type { AuthorizationList, DeviceState } from '../../model/snapshots.ts';
import type { RenderContext } from './renderContext.ts';
import { errorOf } from './deviceText.ts';
import { pendingChangeText, unconfirmedText } from './pendingChangeText.ts';
import { age } from './timeText.ts';

/**
 * Type, schedule by the lock's own clock, and validity: `keypad code · Mon–Fri 09:00–17:00 · active`. What is not certain to be on the
 * lock, or does not open, says so at the beginning, as a narrow sidebar cuts off the end.
 */
export function authorizationSummary(authorization: Authorization, state: DeviceState, context: RenderContext): string {
  const { t, now } = context;
  const { device } = state;
  const standing = standingOf(authorization, state);
  const type = word(authorizationTypes, authorization.type, t);
  const schedule = scheduleInWords(authorization, timeZoneName(device.config?.timezoneId), context);
  const validity = validityText(authorization, now, context);
  const isActive = validityOf(authorization, now) === 'active';
  const parts = isActive ? [type, schedule, validity] : [validity, type, schedule];
  // What the lock may not have is not said to be active.
  const isUnconfirmed = standing.confirmation === 'unconfirmed';
  const error = errorOf(authorization);
  return [
    standingText(authorization, standing, context),
    error ? t('error: {0}', error) : undefined,
    ...(isActive && isUnconfirmed ? [type, schedule] : parts),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** What makes it uncertain that an authorization is on the lock as Nuki lists it; `undefined` where nothing does. */
export function standingText(
  { operationId }: Authorization,
  { pending, confirmation }: Standing,
  locale: Locale,
): string | undefined {
  if (pending) return pendingChangeText(pending, locale);
  if (operationId) return locale.t('pending on the lock');
  return confirmation === 'unconfirmed' ? locale.t(unconfirmedText) : undefined;
}

/** The same for an authorization that no list has yet. */
export function creationSummary(pending: PendingCreation, device: Smartlock, context: RenderContext): string {
  const type = word(authorizationTypes, pending.requested.type, context.t);
  return [
    pendingChangeText(pending, context),
    type,
    scheduleInWords(pending.requested, timeZoneName(device.config?.timezoneId), context),
  ].join(' · ');
}

const validityLabels: Readonly<Record<Validity, string>> = {
  active: 'active',
  upcoming: 'upcoming',
  expired: 'expired',
  disabled: 'disabled',
  unknown: 'validity unknown',
};

/** Whether it opens now; of one that has expired, since when. */
export function validityText(authorization: Authorization, now: number, locale: Locale): string {
  const { t } = locale;
  const validity = validityOf(authorization, now);
  const until = instantOf(authorization.allowedUntilDate);
  return validity === 'expired' && until !== undefined
    ? t('expired {0}', age(now - until, locale))
    : t(validityLabels[validity]);
}

/** How many authorizations the device holds and can hold, codes apart: `5 of 200 · 12 of 200 codes`. */
export function authorizationCount(list: AuthorizationList, device: Smartlock, { t }: Locale): string {
  const codes = list.items.filter(({ type }) => type === authorizationType.keypadCode).length;
  const others = t('{0} of {1}', list.items.length - codes, authorizationLimit(device));
  if (codes === 0) return others;
  const ofCodes = t('{0} of {1} codes', codes, keypadCodeLimit);
  const onOlder = codes < olderKeypadCodeLimit ? '' : ` (${t('older keypads: {0}', olderKeypadCodeLimit)})`;
  return `${others} · ${ofCodes}${onOlder}`;
}

/** Since when a device has confirmed nothing though something waits for it. */
export function standstillText({ since }: Standstill, device: Smartlock, locale: Locale): string {
  return locale.t('not synchronised since {0}', formatInstant(since, timeZoneName(device.config?.timezoneId), locale));
}

/** An authorization's name fit to be shown. */
export function authorizationName({ name }: Pick<Authorization, 'name'>, { t }: Pick<RenderContext, 't'>): string {
  return safeText(name) || t('(no name)');
}
