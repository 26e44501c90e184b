import { instantOf } from '../../nuki/time/instant.ts';
import { validityOf, type Authorization, type Validity } from '../../nuki/authorization/authorization.ts';
import { safeText } from '../../base/safeText.ts';
import type { Locale } from '../../base/locale.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import type { PendingCreation } from '../../model/authorizations/pendingChanges.ts';
import { standingOf, type Standing, type Standstill } from '../../model/authorizations/standing.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { RenderContext } from './renderContext.ts';
import { errorOf } from './deviceText.ts';
import { pendingChangeSummary, pendingChangeText, unconfirmedText, waitingText } from './pendingChangeText.ts';
import { shortSchedule } from './shortSchedule.ts';
import { age, clockMinute, moment } from './timeText.ts';

/**
 * What a row says of an authorization beside its name: what makes it uncertain or does not open, otherwise when it opens, and of one that
 * always does nothing.
 */
export function authorizationSummary(authorization: Authorization, state: DeviceState, context: RenderContext): string {
  return [
    standingSummary(authorization, standingOf(authorization, state), context),
    accessSummary(authorization, state, context),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The same without what makes it uncertain. */
export function accessSummary(authorization: Authorization, state: DeviceState, context: RenderContext): string {
  const { t, now } = context;
  const error = errorOf(authorization);
  const schedule = shortSchedule(authorization, timeZoneName(state.device.config?.timezoneId), context);
  const validity = validityOf(authorization, now);
  const parts: Readonly<Record<Validity, readonly string[]>> = {
    active: [schedule],
    upcoming: [schedule],
    expired: [t('expired')],
    disabled: [t('disabled')],
    unknown: [t('validity unknown'), schedule],
  };
  return [error ? t('error: {0}', error) : undefined, ...parts[validity]].filter(Boolean).join(' · ');
}

/** What makes it uncertain that an authorization is on the lock as Nuki lists it; `undefined` where nothing does. */
export function standingText(
  { operationId }: Authorization,
  { pending, confirmation }: Standing,
  locale: Locale,
): string | undefined {
  if (pending) return pendingChangeText(pending, locale);
  if (operationId) return locale.t(waitingText);
  return confirmation === 'unconfirmed' ? locale.t(unconfirmedText) : undefined;
}

/** The same in the few words of a row. */
export function standingSummary(
  { operationId }: Authorization,
  { pending, confirmation }: Standing,
  { t }: Locale,
): string | undefined {
  if (pending) return pendingChangeSummary(pending, t);
  if (operationId) return t(waitingText);
  return confirmation === 'unconfirmed' ? t('not yet confirmed') : undefined;
}

/** What a row says of an authorization that no list has yet. */
export function creationSummary(pending: PendingCreation, device: Smartlock, context: RenderContext): string {
  const schedule = shortSchedule(pending.requested, timeZoneName(device.config?.timezoneId), context);
  return [pendingChangeSummary(pending, context.t), schedule].filter(Boolean).join(' · ');
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

/** Since when a device has confirmed nothing though something waits for it. `since` is by Nuki's clock. */
export function standstillText({ since }: Standstill, context: RenderContext): string {
  const { t, now, ownNow } = context;
  return t('not synced since {0}', moment(since + ownNow - now, ownNow, context, clockMinute));
}

/** An authorization's name fit to be shown. */
export function authorizationName({ name }: Pick<Authorization, 'name'>, { t }: Pick<RenderContext, 't'>): string {
  return safeText(name) || t('(no name)');
}
