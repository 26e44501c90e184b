import { instantOf } from '../../nuki/time/instant.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import {
  authorizationLimit,
  keypadCodeLimit,
  validityOf,
  type Authorization,
  type Validity,
} from '../../nuki/authorization/authorization.ts';
import { safeText } from '../../base/safeText.ts';
import type { Locale } from '../../base/locale.ts';
import { formatInstant, scheduleInWords } from '../../nuki/authorization/schedule.ts';
import { doubtfulTimeZoneIds, timeZoneName } from '../../nuki/time/timeZones.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import type { PendingChange, PendingCreation } from '../../model/pendingChanges.ts';
import type { AuthorizationList } from '../../model/snapshots.ts';
import type { RenderContext } from './renderContext.ts';
import { detailLines, errorOf } from './deviceText.ts';
import { age, clockMinute } from './timeText.ts';

/**
 * Type, schedule by the lock's own clock, and validity: `keypad code · Mon–Fri 09:00–17:00 · active`. A pending change or an
 * authorization that does not open says so at the beginning, as a narrow sidebar cuts off the end.
 */
export function authorizationSummary(
  authorization: Authorization,
  device: Smartlock,
  context: RenderContext,
  pending?: PendingChange,
): string {
  const { t, now } = context;
  const validity = validityText(authorization, now, context);
  const parts = [
    word(authorizationTypes, authorization.type, t),
    scheduleInWords(authorization, timeZoneName(device.config?.timezoneId), context),
  ];
  const inOrder = validityOf(authorization, now) === 'active' ? [...parts, validity] : [validity, ...parts];
  const operating = authorization.operationId ? t('pending on the lock') : undefined;
  const error = errorOf(authorization);
  const first = [
    pending ? pendingChangeText(pending, context) : operating,
    error ? t('error: {0}', error) : undefined,
  ].filter((part) => part !== undefined);
  return [...first, ...inOrder].join(' · ');
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

/** Whether a pending change is being followed or was not confirmed, and when the list was last checked for it. */
export function pendingChangeText(pending: PendingChange, locale: Locale): string {
  const { t } = locale;
  if (pending.kind === 'create' && pending.listedAs.length > 1) return t('more than once on the lock');
  if (!pending.givenUp) return t(underWay[pending.kind]);
  const checked =
    pending.checkedAt === undefined ? '' : ` (${t('checked {0}', clockMinute(pending.checkedAt, locale))})`;
  return t(notSeen[pending.kind]) + checked;
}

const underWay: Readonly<Record<PendingChange['kind'], string>> = {
  create: 'pending on the lock',
  change: 'change pending on the lock',
  delete: 'deleting…',
};

const notSeen: Readonly<Record<PendingChange['kind'], string>> = {
  create: 'not on the lock yet',
  change: 'change not on the lock yet',
  delete: 'deletion not confirmed',
};

const validityLabels: Readonly<Record<Validity, string>> = {
  active: 'active',
  upcoming: 'upcoming',
  expired: 'expired',
  disabled: 'disabled',
  unknown: 'validity unknown',
};

function validityText(authorization: Authorization, now: number, locale: Locale): string {
  const { t } = locale;
  const validity = validityOf(authorization, now);
  const until = instantOf(authorization.allowedUntilDate);
  return validity === 'expired' && until !== undefined
    ? t('expired {0}', age(now - until, locale))
    : t(validityLabels[validity]);
}

/** Everything known of an authorization but its code, a line each. */
export function authorizationDetails(authorization: Authorization, device: Smartlock, context: RenderContext): string {
  const { t, now } = context;
  const zone = timeZoneName(device.config?.timezoneId);
  const dateOf = (date: string | undefined): string | undefined => {
    const instant = instantOf(date);
    return instant === undefined ? undefined : formatInstant(instant, zone, context);
  };
  return detailLines([
    [t('Type'), word(authorizationTypes, authorization.type, t)],
    [t('Schedule'), scheduleInWords(authorization, zone, context)],
    [t('Status'), validityText(authorization, now, context)],
    [t('Time zone'), timeZoneText(device, zone, context)],
    [
      t('Remote access'),
      authorization.remoteAllowed === undefined ? undefined : t(authorization.remoteAllowed ? 'yes' : 'no'),
    ],
    [t('Fingerprints'), authorization.fingerprints ? String(authorization.fingerprints) : undefined],
    [t('Error'), errorOf(authorization) || undefined],
    [t('Used'), authorization.lockCount === undefined ? undefined : t('{0} times', authorization.lockCount)],
    [t('Last used'), dateOf(authorization.lastActiveDate)],
    [t('Created'), dateOf(authorization.creationDate)],
    [t('Changed'), dateOf(authorization.updateDate)],
  ]);
}

function timeZoneText(device: Smartlock, zone: string | undefined, { t }: Locale): string {
  if (zone === undefined) return t("unknown: dates in UTC, hours by the lock's own clock");
  return doubtfulTimeZoneIds.includes(device.config?.timezoneId ?? -1)
    ? t("{0}: the lock's firmware may use another offset in summer", zone)
    : zone;
}

/** How many authorizations the device holds and can hold, codes apart: `5 of 200 · 12 of 100 codes`. */
export function authorizationCount(list: AuthorizationList, device: Smartlock, { t }: Locale): string {
  const codes = list.items.filter(({ type }) => type === authorizationType.keypadCode).length;
  const others = t('{0} of {1}', list.items.length - codes, authorizationLimit(device));
  return codes === 0 ? others : `${others} · ${t('{0} of {1} codes', codes, keypadCodeLimit)}`;
}

/** An authorization's name fit to be shown. */
export function authorizationName({ name }: Pick<Authorization, 'name'>, { t }: Pick<RenderContext, 't'>): string {
  return safeText(name) || t('(no name)');
}
