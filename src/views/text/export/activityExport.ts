import { inPages } from '../../../base/eventLoop.ts';
import type { Locale } from '../../../base/locale.ts';
import { safeText, textLength } from '../../../base/safeText.ts';
import type { Attempt } from '../../../model/activity/attempt.ts';
import { withoutCodes } from '../../../nuki/http/maskSecrets.ts';
import type { Smartlock } from '../../../nuki/smartlock.ts';
import { wireInstant } from '../../../nuki/time/instant.ts';
import { timeZoneName } from '../../../nuki/time/timeZones.ts';
import { offsetAt } from '../../../nuki/time/zonedTime.ts';
import { logTriggers, word } from '../../../nuki/vocabulary/words.ts';
import { actionWord, openerCircumstances, outcome as outcomeWord, sourceText } from '../activityText.ts';
import { errorOf } from '../deviceText.ts';
import { exportFile, type Exported, type ExportFile, type ExportFormat } from './exportFile.ts';

/** The exported fields of an entry of a log, in this order. */
const columns = [
  'device',
  'smartlockId',
  'time',
  'timeZone',
  'date',
  'action',
  'kind',
  'outcome',
  'result',
  'name',
  'accountUserId',
  'authId',
  'trigger',
  'source',
  'autoUnlock',
  'circumstances',
  'ajarTimeout',
  'error',
  'id',
] as const;

type ExportedAttempt = Exported<(typeof columns)[number]>;

/** A device as the rows of its entries name it. */
export interface DeviceOfAttempt {
  /** `undefined` where it is not listed. */
  readonly device: Smartlock | undefined;
  /** Fit to be shown. */
  readonly name: string;
}

/**
 * A file of these attempts: when by the lock's own clock, with its zone, and as an instant; what was tried, in words and by its kind; how it
 * ended, as `outcome` (`done`, `refused`, `failed`, `heldBack`, `unknown`) and in the words of the log; who, and with what.
 */
export async function activityExport(
  format: ExportFormat,
  attempts: readonly Attempt[],
  deviceOf: (smartlockId: number) => DeviceOfAttempt,
  locale: Locale,
): Promise<ExportFile> {
  return await exportFile(format, columns, pagesOf(attempts, deviceOf, locale));
}

async function* pagesOf(
  attempts: readonly Attempt[],
  deviceOf: (smartlockId: number) => DeviceOfAttempt,
  locale: Locale,
): AsyncGenerator<readonly ExportedAttempt[]> {
  const clock = new WallClock();
  for await (const page of inPages(attempts)) {
    yield page.map((attempt) => exported(attempt, deviceOf(attempt.entry.smartlockId), clock, locale));
  }
}

function exported(
  { entry, at, kind, outcome }: Attempt,
  { device, name }: DeviceOfAttempt,
  clock: WallClock,
  locale: Locale,
): ExportedAttempt {
  const { t } = locale;
  const zone = timeZoneName(device?.config?.timezoneId);
  const who = safeText(entry.name ?? '', textLength);
  return {
    device: name,
    smartlockId: entry.smartlockId,
    time: at === undefined || zone === undefined ? undefined : clock.at(at, zone),
    timeZone: zone,
    date: at === undefined ? undefined : wireInstant(at),
    action: actionWord(entry.action, device?.type ?? -1, locale),
    kind,
    outcome,
    result: outcomeWord(entry, locale),
    // Whoever was refused may be called by what was typed.
    name: outcome === 'refused' ? withoutCodes(who) : who,
    accountUserId: entry.accountUserId,
    authId: entry.authId === undefined ? undefined : safeText(entry.authId),
    trigger: entry.trigger === undefined ? undefined : word(logTriggers, entry.trigger, t),
    source: sourceText(entry, locale),
    autoUnlock: entry.autoUnlock,
    circumstances: openerCircumstances(entry, locale).join(' · ') || undefined,
    ajarTimeout: entry.ajarTimeout,
    error: errorOf(entry) || undefined,
    id: safeText(entry.id),
  };
}

/** Clocks are put forward and back on the quarter of an hour. */
const quarterHour = 15 * 60_000;

/** What clocks show at many instants. To look up an offset takes long, and many instants are close together. */
class WallClock {
  readonly #offsets = new Map<string, number>();

  /** `2026-11-23 13:00:05`. */
  at(instant: number, zone: string): string {
    const quarter = Math.floor(instant / quarterHour) * quarterHour;
    const key = `${zone} ${quarter}`;
    const offset = this.#offsets.get(key) ?? millisecondsIn(offsetAt(quarter, zone));
    this.#offsets.set(key, offset);
    return wireInstant(instant + offset)
      .slice(0, 19)
      .replace('T', ' ');
  }
}

/** Of an offset such as `-03:30`. */
function millisecondsIn(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
