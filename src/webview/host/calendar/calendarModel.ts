import type { AccountState, DeviceState } from '../../../model/snapshots.ts';
import { dateFormat } from '../../../nuki/time/dateFormat.ts';
import { clockTime, dayLength } from '../../../nuki/time/timeOfDay.ts';
import { doubtfulTimeZoneIds, timeZoneName } from '../../../nuki/time/timeZones.ts';
import { daysOn } from '../../../nuki/time/zonedTime.ts';
import { clockChangesOf } from '../../../nuki/authorization/openTimes.ts';
import type { RenderContext } from '../../../views/text/renderContext.ts';
import { clockMinute, isoDate, moment } from '../../../views/text/timeText.ts';
import type { CalendarModel, View } from '../../protocol/calendar.ts';
import { columnsOf, periodText, type Period } from './calendarDates.ts';
import type { CalendarServices } from './calendarServices.ts';
import { calendarTexts } from './calendarTexts.ts';

interface ModelParts {
  readonly account: AccountState | undefined;
  readonly services: CalendarServices;
  readonly view: View;
  /** Those that are shown. */
  readonly devices: readonly DeviceState[];
  readonly period: Period;
  readonly isBusy: boolean;
  readonly rows: Pick<CalendarModel, 'revision' | 'rowCount' | 'pages'>;
}

/** What the page is drawn from. */
export function calendarModel({ account, services, view, devices, period, isBusy, rows }: ModelParts): CalendarModel {
  const context = services.renderContext();
  const { t, language, ownNow } = context;
  const today = isoDate(ownNow);
  return {
    ...rows,
    accountId: account?.id ?? '',
    heading: t('Access Calendar'),
    subheading: subheadingOf(account, services, view, devices),
    language,
    texts: calendarTexts(t),
    view,
    period: periodText(period, view.period, language),
    days: columnsOf(period, today, language),
    today,
    notes: account
      ? [...errorNotes(account, services, view, devices), ...clockNotes(devices, period, context)]
      : [t('The account was removed.')],
    isBusy,
  };
}

function subheadingOf(
  account: AccountState | undefined,
  services: CalendarServices,
  { smartlockId }: View,
  devices: readonly DeviceState[],
): string {
  const context = services.renderContext();
  const device = smartlockId === null ? undefined : devices[0];
  const readAt = account?.allAuthorizationsReadAt ?? latestOf(devices);
  return [
    services.accountName(),
    device && services.deviceName(device),
    readAt === undefined ? undefined : context.t('as of {0}', moment(readAt, context.ownNow, context, clockMinute)),
  ]
    .filter(Boolean)
    .join(' · ');
}

function latestOf(devices: readonly DeviceState[]): number | undefined {
  const dates = devices.flatMap(({ authorizations }) => (authorizations ? [authorizations.readAt] : []));
  return dates.length > 0 ? Math.min(...dates) : undefined;
}

/** What could not be read, and what that means here. */
function errorNotes(
  account: AccountState,
  services: CalendarServices,
  { order }: View,
  devices: readonly DeviceState[],
): readonly string[] {
  const { t } = services.renderContext();
  const { error, allAuthorizationsError, allAuthorizationsReadAt, people, peopleError, unreadable } = account;
  const isPartly = devices.some(({ authorizations }) => !authorizations || authorizations.unreadable.length > 0);
  const isGuess = order === 'persons' && people === undefined;
  const notes = [
    error && services.errorText(error),
    allAuthorizationsError &&
      (allAuthorizationsError.reason === 'permissionMissing'
        ? t(
            'The token of "{0}" can\'t read authorizations, so the calendar can\'t show who can enter. Create a token with that permission in Nuki Web, then select Replace Token.',
            services.accountName(),
          )
        : services.errorText(allAuthorizationsError)),
    unreadable.length > 0 &&
      t(unreadable.length === 1 ? "{0} device couldn't be read" : "{0} devices couldn't be read", unreadable.length),
    // Each door says so itself.
    order === 'persons' &&
      allAuthorizationsReadAt !== undefined &&
      isPartly &&
      t("Some authorizations couldn't be read. They aren't listed here."),
    isGuess && peopleError && services.errorText(peopleError),
    isGuess && peopleError && t('People are grouped by the names of their authorizations, which is a guess.'),
  ].filter((note) => typeof note === 'string');
  return [...new Set(notes)]; // what fails one reading often fails the other
}

/** Where a clock of the locks is put forward or back. */
function clockNotes(
  devices: readonly DeviceState[],
  { from, days }: Period,
  context: RenderContext,
): readonly string[] {
  const { t, language } = context;
  const zones = new Set(devices.map(({ device }) => timeZoneName(device.config?.timezoneId)));
  const format = dateFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const isDoubtful = devices.some(({ device }) => doubtfulTimeZoneIds.includes(device.config?.timezoneId ?? -1));
  const notes = [...zones].flatMap((zone) => {
    if (zone === undefined) return [t('The time zone of a lock is unknown. Its days are shown in UTC.')];
    return daysOn(from, zone, days).flatMap(({ date, stretches }) =>
      clockChangesOf(stretches).map(({ kind, from: start, until }) => {
        const day = format.format(Date.parse(`${date}T00:00Z`) + dayLength / 2);
        const words = t(clockSentences[kind], day, clockTime(start), clockTime(until));
        return zones.size > 1 ? `${zone}: ${words}` : words;
      }),
    );
  });
  return isDoubtful
    ? [...notes, t("The lock's firmware may handle daylight saving time differently. Test the hours at the lock.")]
    : notes;
}

const clockSentences = {
  gap: 'On {0}, clocks go forward and {1}–{2} is skipped.',
  overlap: 'On {0}, clocks go back and {1}–{2} occurs twice.',
} as const;
