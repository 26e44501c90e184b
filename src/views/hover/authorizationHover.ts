import type { Locale } from '../../base/locale.ts';
import { standingOf, type Standstill } from '../../model/standing.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { formatInstant, scheduleInWords } from '../../nuki/authorization/schedule.ts';
import { isOnline, type Smartlock } from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { doubtfulTimeZoneIds, timeZoneName } from '../../nuki/time/timeZones.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import { authorizationName, standingText, validityText } from '../text/authorizationText.ts';
import { errorOf } from '../text/deviceText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { detailLines } from './detailLines.ts';

/** The hover of an authorization's row, made when it is asked for: 200 of them would be most of what opening a device takes. */
export function authorizationTooltip(authorization: Authorization, state: DeviceState, context: RenderContext): string {
  return `${authorizationName(authorization, context)}\n\n${authorizationDetails(authorization, state, context)}`;
}

/** Everything known of an authorization but its code, a line each. */
export function authorizationDetails(authorization: Authorization, state: DeviceState, context: RenderContext): string {
  const { t, now } = context;
  const { device } = state;
  const zone = timeZoneName(device.config?.timezoneId);
  const dateOf = (date: string | undefined): string | undefined => {
    const instant = instantOf(date);
    return instant === undefined ? undefined : formatInstant(instant, zone, context);
  };
  return detailLines([
    [t('Type'), word(authorizationTypes, authorization.type, t)],
    [t('Schedule'), scheduleInWords(authorization, zone, context)],
    [t('Status'), validityText(authorization, now, context)],
    [t('On the lock'), standingText(authorization, standingOf(authorization, state), context)],
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

/** What it means that a device stands still, what was last heard of it, and what helps. */
export function standstillDetails({ lastSign }: Standstill, device: Smartlock, locale: Locale): string {
  const { t } = locale;
  const zone = timeZoneName(device.config?.timezoneId);
  const sentences = [
    t('Something waits for the device, and it has confirmed nothing since then.'),
    lastSign === undefined ? undefined : t('Last sign of it: {0}.', formatInstant(lastSign, zone, locale)),
    isOnline(device)
      ? t('"Wake and Refresh" on the device, or a new name for what waits, may help.')
      : t('It is offline, and may take what waits when it is back.'),
  ];
  return sentences.filter((sentence) => sentence !== undefined).join('\n');
}
