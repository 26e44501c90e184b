import { yieldToEventLoop } from '../../../base/eventLoop.ts';
import { safeText } from '../../../base/safeText.ts';
import { nameOf } from '../../../model/authorizations/entries.ts';
import type {
  Calendar,
  CalendarClock,
  CalendarGroup,
  CalendarRow,
  DrawnGroup,
} from '../../../model/calendar/calendar.ts';
import { isSureWithin } from '../../../model/calendar/entryAccess.ts';
import { nameOfHolder } from '../../../model/people/holders.ts';
import type { DeviceState } from '../../../model/snapshots.ts';
import { clockTime, minutesPerDay } from '../../../nuki/time/timeOfDay.ts';
import type { Range } from '../../../nuki/authorization/scheduleRanges.ts';
import type { RenderContext } from '../../../views/text/renderContext.ts';
import { entryType } from '../../../views/text/calendarText.ts';
import { cityOf, shortSchedule } from '../../../views/text/shortSchedule.ts';
import { standstillText } from '../../../views/text/authorizationText.ts';
import type { Row } from '../../protocol/calendar.ts';
import { marksOf } from './calendarMarks.ts';
import { countOnDay, countsOf, drawnCounts, inPeriod, without, type Openings } from './rowCounts.ts';
import type { RowKeys } from './rowKeys.ts';

export interface RowContext {
  readonly context: RenderContext;
  readonly keys: RowKeys;
  deviceName(state: DeviceState): string;
  isUnfolded(group: CalendarGroup): boolean;
}

/** A name can be on more authorizations than can be worked out in one turn. */
const mostInGroup = 1_500;

/** A group and the number of its first row. */
interface PlacedGroup {
  readonly group: CalendarGroup;
  readonly first: number;
  readonly isUnfolded: boolean;
}

/** The rows of a calendar one below the other, worked out when they are drawn. */
export class CalendarRows {
  readonly #calendar: Calendar;
  readonly #context: RowContext;
  readonly #groups: readonly PlacedGroup[];
  readonly #zones: ReadonlySet<string | undefined>;
  readonly count: number;

  constructor(calendar: Calendar, zones: ReadonlySet<string | undefined>, context: RowContext) {
    this.#calendar = calendar;
    this.#zones = zones;
    this.#context = context;
    let first = 0;
    this.#groups = calendar.groups.map((group): PlacedGroup => {
      const placed = { group, first, isUnfolded: group.count <= mostInGroup && context.isUnfolded(group) };
      first += 1 + (placed.isUnfolded ? group.count : 0);
      return placed;
    });
    this.count = first;
  }

  /** The rows from one to before another, with turns for everything else between the groups. */
  async rows(from: number, end: number): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (let place = this.#placeOf(from); rows.length < end - from; place++) {
      const placed = this.#groups[place];
      if (!placed) break;
      const isTooLarge = placed.group.count > mostInGroup;
      const drawn = isTooLarge ? { rows: [] } : this.#calendar.draw(placed.group);
      const skipped = Math.max(0, from + rows.length - placed.first);
      const entries = placed.isUnfolded ? drawn.rows : [];
      if (skipped === 0) rows.push(this.#groupRow(placed, drawn));
      const wanted = entries.slice(Math.max(0, skipped - 1), Math.max(0, skipped - 1) + end - from - rows.length);
      rows.push(...wanted.map((row) => this.#entryRow(row)));
      await yieldToEventLoop();
    }
    return rows;
  }

  /** The place of the group to which a row belongs. */
  #placeOf(row: number): number {
    let [low, high] = [0, this.#groups.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#groups[middle]?.first ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #groupRow({ group, isUnfolded }: PlacedGroup, drawn: DrawnGroup): Row {
    const { context, keys } = this.#context;
    const { t } = context;
    const isDoor = group.kind === 'door';
    const openings = isDoor ? drawn.rows.map(openingsOf) : openingsByDoor(drawn.rows);
    const counts = countsOf(openings);
    const clock = isDoor ? drawn.door?.clock : undefined;
    const smartlockId = isDoor ? group.state.device.smartlockId : undefined;
    const standstill = isDoor ? drawn.door?.standstill : undefined;
    const isUnread = isDoor && group.state.authorizations === undefined;
    const unreadable = isDoor ? (group.state.authorizations?.unreadable.length ?? 0) : 0;
    /** Why it is not known who can enter. */
    const obstacle = isUnread ? t('not read') : group.count > mostInGroup ? t('too many to show') : undefined;
    const zone = isDoor && this.#zones.size > 1 ? (clock?.zone ?? 'UTC') : undefined;
    return {
      key: keys.numberOf(`group/${group.key}`, { kind: 'group', key: group.key, smartlockId }),
      isUnfolded,
      name: isDoor ? this.#context.deviceName(group.state) : safeText(nameOfHolder(group.holder)) || t('(no name)'),
      detail: [isUnread ? t('not read') : isUnfolded ? '' : countText(group.count, t), zone]
        .filter(Boolean)
        .join(' · '),
      marks: [
        ...(standstill ? [{ kind: 'unknown' as const, words: standstillText(standstill, context) }] : []),
        ...(obstacle === undefined ? [] : [{ kind: 'unknown' as const, words: obstacle }]),
        ...(unreadable > 0 ? [{ kind: 'unknown' as const, words: t('{0} unreadable', unreadable) }] : []),
      ],
      bars: [],
      counts: drawnCounts(counts, this.#calendar.dates.length),
      clockChanges: clockChangesOf(clock),
      now: this.#now(clock ?? drawn.rows[0]?.door.clock),
      cells: this.#calendar.dates.map((_, day) => {
        if (obstacle !== undefined) return obstacle;
        const { least, most, possible } = countOnDay(counts, day, shownMinutes(clock, day));
        const words = isDoor ? doorWords(least, most, possible - most, t) : holderWords(most, possible - most, t);
        return [words, clockChangeWords(clock, day, t)].filter(Boolean).join(' · ');
      }),
      opens: isDoor ? 'create' : null,
    };
  }

  #entryRow(row: CalendarRow): Row {
    const { context, keys } = this.#context;
    const { t } = context;
    const { door, access, days } = row;
    const { entry, limits, isDisabled } = access;
    const { smartlockId } = door.state.device;
    const id = entry.kind === 'listed' ? entry.authorization.id : undefined;
    const { sure, possible } = openingsOf(row);
    const spans = inPeriod(days.map((day) => day.spans));
    const isByPerson = this.#calendar.order === 'persons';
    const schedule = shortSchedule(limits, door.clock.zone, context);
    // The row of the door has the zone already.
    const city = isByPerson || this.#zones.size < 2 ? '' : ` ${cityOf(door.clock.zone ?? 'UTC')}`;
    const when = city !== '' && schedule.endsWith(city) ? schedule.slice(0, -city.length) : schedule;
    const type = isByPerson ? entryType(entry, context) : '';
    return {
      key: keys.numberOf(row.key, { kind: 'entry', smartlockId, id }),
      isUnfolded: null,
      name: isByPerson ? this.#context.deviceName(door.state) : safeText(nameOf(entry)) || t('(no name)'),
      detail: [type, row.marks.includes('expired') ? '' : when].filter(Boolean).join(' · '),
      marks: marksOf(row.marks, access, context),
      bars: isDisabled
        ? spans.map((span) => ({ ...span, certainty: 'off' as const }))
        : [
            ...sure.map((span) => ({ ...span, certainty: 'sure' as const })),
            ...without(possible, sure).map((span) => ({ ...span, certainty: 'unsure' as const })),
          ].toSorted((a, b) => a.from - b.from),
      counts: [],
      clockChanges: clockChangesOf(door.clock),
      now: this.#now(door.clock),
      cells: days.map((day, index) => {
        const certain = isSureWithin(access.doubts) ? day.spans : [];
        const maybe = without(day.possible, certain);
        const length = shownMinutes(door.clock, index);
        return isDisabled
          ? ''
          : [
              spanWords(certain, length, t),
              maybe.length > 0 ? t('possibly {0}', spanWords(maybe, length, t)) : '',
              clockChangeWords(door.clock, index, t),
            ]
              .filter(Boolean)
              .join(' · ');
      }),
      opens: id === undefined ? null : 'edit',
    };
  }

  #now(clock: CalendarClock | undefined): number | null {
    const day = clock ? this.#calendar.dates.indexOf(clock.now.date) : -1;
    if (!clock || day < 0) return null;
    const [hours = 0, minutes = 0] = clock.now.time.split(':').map(Number);
    return day * minutesPerDay + hours * 60 + minutes;
  }
}

function openingsOf({ days, access }: CalendarRow): Openings {
  if (access.isDisabled) return { sure: [], possible: [] };
  return {
    sure: isSureWithin(access.doubts) ? inPeriod(days.map(({ spans }) => spans)) : [],
    possible: inPeriod(days.map(({ possible }) => possible)),
  };
}

/** When each door opens for someone, whatever they have for it. */
function openingsByDoor(rows: readonly CalendarRow[]): readonly Openings[] {
  const doors = Map.groupBy(rows, ({ door }) => door);
  return [...doors.values()].map((ofDoor) => {
    const all = ofDoor.map(openingsOf);
    return { sure: union(all.map(({ sure }) => sure)), possible: union(all.map(({ possible }) => possible)) };
  });
}

function union(lists: readonly (readonly Range[])[]): readonly Range[] {
  return inPeriod([lists.flat().toSorted((a, b) => a.from - b.from)]);
}

function clockChangesOf(clock: CalendarClock | undefined): Row['clockChanges'] {
  return (clock?.days ?? []).flatMap(({ clockChanges }, day) =>
    clockChanges.map(({ kind, from, until }) => ({
      kind,
      from: from + day * minutesPerDay,
      until: until + day * minutesPerDay,
    })),
  );
}

/** How many minutes of a day a clock shows. */
function shownMinutes(clock: CalendarClock | undefined, day: number): number {
  const gaps = (clock?.days[day]?.clockChanges ?? []).filter(({ kind }) => kind === 'gap');
  return gaps.reduce((rest, { from, until }) => rest - (until - from), minutesPerDay);
}

type Translate = RenderContext['t'];

/** `09:00–12:00, 14:00–18:00`. `length`: how many minutes the day has. */
function spanWords(spans: readonly Range[], length: number, t: Translate): string {
  const total = spans.reduce((sum, { from, until }) => sum + until - from, 0);
  if (total >= length) return t('all day');
  return spans.map(({ from, until }) => `${clockTime(from)}–${clockTime(until)}`).join(', ');
}

function countText(count: number, t: Translate): string {
  return t(count === 1 ? '{0} authorization' : '{0} authorizations', count);
}

function doorWords(least: number, most: number, more: number, t: Translate): string {
  if (most === 0 && more <= 0) return '';
  const count = least === most ? String(most) : `${least}–${most}`;
  return more > 0 ? t('{0} can enter, {1} possibly', count, more) : t('{0} can enter', count);
}

function holderWords(doors: number, more: number, t: Translate): string {
  if (doors === 0 && more <= 0) return '';
  const sure = t(doors === 1 ? '{0} device' : '{0} devices', doors);
  return more > 0 ? t('{0}, possibly {1} more', sure, more) : sure;
}

function clockChangeWords(clock: CalendarClock | undefined, day: number, t: Translate): string {
  const changes = clock?.days[day]?.clockChanges ?? [];
  return changes
    .map(({ kind, from, until }) =>
      t(kind === 'gap' ? '{0}–{1} skipped' : '{0}–{1} twice', clockTime(from), clockTime(until)),
    )
    .join(', ');
}
