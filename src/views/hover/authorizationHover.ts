import type { Locale } from '../../base/locale.ts';
import { refOf } from '../../model/deviceRef.ts';
import type { PendingCreation } from '../../model/authorizations/pendingChanges.ts';
import { standingOf, type Standing, type Standstill } from '../../model/authorizations/standing.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import { authorizationType, isForPerson } from '../../nuki/authorization/authorizationType.ts';
import { formatInstant, scheduleInWords, type Schedule } from '../../nuki/authorization/schedule.ts';
import { isOnline, type Smartlock } from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { doubtfulTimeZoneIds, timeZoneName } from '../../nuki/time/timeZones.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import { authorizationName, standingText, validityText } from '../text/authorizationText.ts';
import { errorOf } from '../text/deviceText.ts';
import { pendingChangeText } from '../text/pendingChangeText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { dateAndMinute } from '../text/timeText.ts';
import { idOf } from '../tree/nodes.ts';
import { beside, line, type Hover, type HoverLine, type HoverLink } from './hover.ts';

/** What is said of an authorization: when it opens, where it stands, when it was used. Never its code. */
export function authorizationHover(authorization: Authorization, state: DeviceState, context: RenderContext): Hover {
  return {
    title: authorizationName(authorization, context),
    subtitle: word(authorizationTypes, authorization.type, context.t),
    lines: [
      scheduleLine(authorization, state.device, context),
      ...statusLines(authorization, standingOf(authorization, state), context),
      ...line('history', useText(authorization, context)),
      ...unusualLines(authorization, state.device, context),
    ],
    links: linksOf(authorization, state, context),
    footer: [datesText(authorization, context)].filter((text) => text !== ''),
  };
}

/** What is said of an authorization that was asked for and that no list shows yet. */
export function pendingAuthorizationHover(pending: PendingCreation, state: DeviceState, context: RenderContext): Hover {
  const { requested, givenUp } = pending;
  return {
    title: authorizationName(requested, context),
    subtitle: word(authorizationTypes, requested.type, context.t),
    lines: [
      scheduleLine(requested, state.device, context),
      { icon: givenUp ? 'question' : 'sync~spin', text: pendingChangeText(pending, context) },
    ],
    footer: [],
  };
}

/** When it opens, by the lock's own clock, which is named wherever there is a time to tell by it. */
function scheduleLine(schedule: Schedule, device: Smartlock, context: RenderContext): HoverLine {
  const { t } = context;
  const zone = timeZoneName(device.config?.timezoneId);
  const words = scheduleInWords(schedule, zone, context);
  if (words === t('always')) return { icon: 'calendar', text: words };
  return { icon: 'calendar', text: `${words} (${zone ?? t("dates in UTC, hours by the lock's own clock")})` };
}

/** Where it stands. Of what the lock may not have is not said that it is active. */
function statusLines(authorization: Authorization, standing: Standing, context: RenderContext): readonly HoverLine[] {
  const uncertain = standingText(authorization, standing, context);
  const validity = validityOf(authorization, context.now);
  const shown =
    uncertain !== undefined && validity === 'active' ? undefined : validityText(authorization, context.now, context);
  const icon = uncertain === undefined ? (validity === 'active' ? 'check' : 'circle-slash') : 'question';
  return line(icon, beside(uncertain, shown));
}

/** By the user's clock. */
function useText({ lockCount, lastActiveDate }: Authorization, context: RenderContext): string | undefined {
  const { t } = context;
  const last = instantOf(lastActiveDate);
  return beside(
    last === undefined ? undefined : t('last used {0}', dateAndMinute(last, context)),
    lockCount === undefined ? undefined : usedText(lockCount, context),
  );
}

function usedText(count: number, { t }: Locale): string {
  if (count === 0) return t('never used');
  return count === 1 ? t('used once') : t('used {0} times', count);
}

function unusualLines(authorization: Authorization, device: Smartlock, context: RenderContext): readonly HoverLine[] {
  const { t } = context;
  const { fingerprints, remoteAllowed, type } = authorization;
  const error = errorOf(authorization);
  return [
    ...line('warning', error ? t('error: {0}', error) : undefined),
    ...line('info', remoteText(type, remoteAllowed, context)),
    ...line('info', fingerprints ? t('fingerprints: {0}', fingerprints) : undefined),
    ...line('info', timeZoneDoubt(device, context)),
  ];
}

/** Only of an app: nothing else can be far away. */
function remoteText(type: number, remoteAllowed: boolean | undefined, { t }: Locale): string | undefined {
  if (type !== authorizationType.app || remoteAllowed === undefined) return undefined;
  return t(remoteAllowed ? 'can be used remotely' : 'cannot be used remotely');
}

function linksOf({ id, type, enabled }: Authorization, state: DeviceState, { t }: Locale): readonly HoverLink[] {
  const row = idOf({ ...refOf(state), kind: 'authorization', id });
  const links: HoverLink[] = [{ title: t('Edit…'), command: 'nuki.authorization.edit', row }];
  if (type === authorizationType.keypadCode) {
    links.push({ title: t('Reveal Code'), command: 'nuki.authorization.revealCode', row });
    links.push({ title: t('Copy Code'), command: 'nuki.authorization.copyCode', row });
  }
  if (enabled === false) links.push({ title: t('Enable…'), command: 'nuki.authorization.enable', row });
  else if (isForPerson(type)) links.push({ title: t('Disable'), command: 'nuki.authorization.disable', row });
  return links;
}

/** By the user's clock. */
function datesText({ creationDate, updateDate }: Authorization, context: RenderContext): string {
  const { t } = context;
  const [created, changed] = [instantOf(creationDate), instantOf(updateDate)];
  return beside(
    created === undefined ? undefined : t('Created {0}', dateAndMinute(created, context)),
    changed === undefined ? undefined : t('Changed {0}', dateAndMinute(changed, context)),
  );
}

/** That the lock's own clock may be wrong in summer; `undefined` where nothing speaks for it. */
export function timeZoneDoubt({ config }: Smartlock, { t }: Locale): string | undefined {
  return doubtfulTimeZoneIds.includes(config?.timezoneId ?? -1)
    ? t("The lock's firmware may handle daylight saving time differently. Test the hours at the lock.")
    : undefined;
}

/** What it means that a device stands still, what was last heard of it, and what helps. */
export function standstillDetails({ lastSign }: Standstill, device: Smartlock, locale: Locale): string {
  const { t } = locale;
  const zone = timeZoneName(device.config?.timezoneId);
  const sentences = [
    t('A change is waiting for this device, which has confirmed nothing since then.'),
    lastSign === undefined ? undefined : t('Last sign of it: {0}.', formatInstant(lastSign, zone, locale)),
    isOnline(device)
      ? t('"Wake and Refresh" on the device may help, or renaming the authorization that is waiting.')
      : t('It is offline. What is waiting may reach it once it is back online.'),
  ];
  return sentences.filter((sentence) => sentence !== undefined).join('\n');
}
