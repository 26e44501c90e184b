import { safeText } from '../base/safeText.ts';
import type { Entry } from '../access/file/accessFile.ts';
import { standingOf } from '../model/authorizations/standing.ts';
import type { DeviceState } from '../model/snapshots.ts';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import { scheduleInWords, type Schedule } from '../nuki/authorization/schedule.ts';
import { scheduleNotes } from '../nuki/authorization/scheduleRules.ts';
import { timeZoneName } from '../nuki/time/timeZones.ts';
import { entryLines, entryType, type EntryDoor } from '../views/text/accessText.ts';
import { standingText } from '../views/text/authorizationText.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { noteSentence } from '../views/text/scheduleSentences.ts';
import { beside, line, type Hover, type HoverLine } from '../views/hover/hover.ts';

/** A door of an entry, with what is known of it. */
export interface KnownEntryDoor extends EntryDoor {
  /** The device, where the account is known. */
  readonly state: DeviceState | undefined;
  /** The limits of the entry there; more than one where its hours reach over midnight, and none where no clock shows them. */
  readonly schedules: readonly Schedule[];
  /** The authorizations that are the entry's there by the record; `undefined` where there is no record. */
  readonly owned: readonly Authorization[] | undefined;
}

/** More doors than that are only counted. */
const shownDoors = 8;

/** What an entry of an access file means: when it opens what, by which clock; and what of it the locks have, as far as that is known. */
export function entryHover(entry: Entry, doors: readonly KnownEntryDoor[], context: RenderContext): Hover {
  const { t } = context;
  const { when, where } = entryLines(entry, doors, context);
  const rest = doors.length - shownDoors;
  return {
    title: safeText(entry.name),
    subtitle: beside(entryType(entry, context), safeText(entry.email ?? '')),
    lines: [
      { icon: 'calendar', text: when },
      ...where.flatMap((text) => line('home', text)),
      ...line('circle-slash', entry.enabled ? undefined : t('disabled')),
      ...line('info', entry.remote ? t('can be used remotely') : undefined),
      ...clockNotes(doors, context),
      ...doors.slice(0, shownDoors).flatMap((door) => ownedLines(door, context)),
      ...missingLine(doors, context),
      ...line('info', rest > 0 ? t('and {0} more', rest) : undefined),
    ],
    footer: [],
  };
}

/** What the changes of the clock do to its hours, each once. */
function clockNotes(doors: readonly KnownEntryDoor[], context: RenderContext): readonly HoverLine[] {
  const sentences = doors.flatMap(({ zone, schedules }) =>
    zone === undefined
      ? []
      : schedules
          .flatMap((schedule) => scheduleNotes(schedule, context.now, zone))
          .filter(({ kind }) => kind !== 'startInPast' && kind !== 'noEnd')
          .map((note) => noteSentence(note, context)),
  );
  return [...new Set(sentences)].slice(0, shownDoors).map((text) => ({ icon: 'info', text }));
}

/** The doors whose lists have nothing of an entry yet, on one line. */
function missingLine(doors: readonly KnownEntryDoor[], { t }: RenderContext): readonly HoverLine[] {
  const missing = doors.filter(({ state, owned }) => state?.authorizations && owned?.length === 0);
  const names = missing.slice(0, shownDoors).map(({ name }) => name);
  return line('circle-outline', missing.length > 0 ? t('Not created yet: {0}', names.join(', ')) : undefined);
}

/** What the list of a door has of an entry. What the file says may differ: that is for a plan to tell. */
function ownedLines({ name, state, owned }: KnownEntryDoor, context: RenderContext): readonly HoverLine[] {
  const { t } = context;
  if (!state?.authorizations || !owned) return [];
  const zone = timeZoneName(state.device.config?.timezoneId);
  return owned.map((authorization) => {
    const standing = standingOf(authorization, state);
    const uncertain = standingText(authorization, standing, context);
    const isSaved = uncertain === undefined && standing.confirmation === 'confirmed';
    const words = beside(
      authorization.enabled === false ? t('disabled') : undefined,
      scheduleInWords(authorization, zone, context),
      uncertain ?? t(isSaved ? 'saved on the lock' : 'listed by Nuki'),
    );
    return { icon: uncertain === undefined ? 'check' : 'question', text: t('{0} now: {1}', name, words) };
  });
}
