import { clockTime, minutesPerDay } from '../../../nuki/time/timeOfDay.ts';
import type { Day, Row, Stretch } from '../../protocol/calendar.ts';
import { element } from '../element.ts';

interface SelectionPlace {
  rowAt(index: number): Row | undefined;
  days(): readonly Day[];
  create(row: Row, stretch: Stretch): void;
  edit(row: Row): void;
}

/** What a time is rounded to where a day is wide enough to point at one, and how long a stretch is that was only clicked. */
const step = 30;
const clicked = 60;
/** How wide, in pixels, a day is at least for that. */
const wideDay = 48;
/** How far, in pixels, the pointer moves before it has chosen a stretch. */
const slip = 4;

interface Selection {
  /** Makes the stretch of days that begins in a cell longer or shorter by one. */
  extend(row: number, column: number, by: -1 | 1): void;
  /** What is chosen in a row. */
  current(row: number): Stretch | undefined;
  clear(): void;
  /** The rows were drawn anew: what is chosen by keyboard stays with its row and days, and is given up where these are others. */
  redrawn(): void;
}

/** Chooses times with the pointer: a bar is opened, a stretch of a door's row becomes a new authorization. */
export function createSelection(body: HTMLElement, place: SelectionPlace): Selection {
  const shade = element('div', { class: 'selection' }, element('span'));
  let chosen: Stretch | undefined;
  let chosenIn: { readonly index: number; readonly key: number | undefined; readonly days: string } | undefined;
  /** The columns at which a choice by keyboard begins and ends. */
  let anchor: number | undefined;
  let reached: number | undefined;
  let drag: { readonly row: Row; readonly track: HTMLElement; readonly x: number; isFar: boolean } | undefined;

  const hit = (event: MouseEvent): { readonly row: Row; readonly track: HTMLElement } | undefined => {
    const { target } = event;
    const track = target instanceof Element ? target.closest('.track') : null;
    const parent = track?.parentElement;
    const row = parent && place.rowAt(Number(parent.dataset['row']));
    return row && track instanceof HTMLElement ? { row, track } : undefined;
  };
  const minuteAt = (track: HTMLElement, x: number): number => {
    const { left, width } = track.getBoundingClientRect();
    const all = place.days().length * minutesPerDay;
    return Math.max(0, Math.min(all, ((x - left) / width) * all));
  };

  body.addEventListener('pointerdown', (event) => {
    const found = hit(event);
    if (event.button !== 0 || found?.row.opens !== 'create') return;
    drag = { ...found, x: event.clientX, isFar: false };
  });
  window.addEventListener('pointermove', dragTo);
  body.addEventListener('pointermove', (event) => {
    const found = drag ? undefined : hit(event);
    if (!found) return;
    const bar = barAt(found.row, minuteAt(found.track, event.clientX));
    found.track.classList.toggle('on-bar', bar !== undefined && found.row.opens === 'edit');
    const cell = event.target;
    if (cell instanceof HTMLElement && cell.title === '') {
      cell.title = `${found.row.name}\n${cell.getAttribute('aria-label') ?? ''}`;
    }
  });
  window.addEventListener('pointerup', ({ clientX }) => {
    if (!drag) return;
    const { row, track, x, isFar } = drag;
    drag = undefined;
    const stretch = isFar ? chosen : stretchAt(track, minuteAt(track, x));
    clear();
    if (stretch && (isFar || Math.abs(clientX - x) <= slip)) place.create(row, stretch);
  });
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', ({ key }) => key === 'Escape' && cancel());
  body.addEventListener('click', (event) => {
    const found = hit(event);
    if (found?.row.opens !== 'edit') return;
    if (barAt(found.row, minuteAt(found.track, event.clientX))) place.edit(found.row);
  });

  return {
    extend(row, column, by) {
      anchor ??= column;
      reached = Math.max(1, Math.min(place.days().length, (reached ?? column) + by));
      const track = trackOf(row);
      const [first, end] = [Math.min(anchor, reached), Math.max(anchor, reached)];
      if (track) draw(track, { from: (first - 1) * minutesPerDay, until: end * minutesPerDay });
    },
    current: (row) => (chosenIn?.index === row ? chosen : undefined),
    clear,
    redrawn() {
      if (drag || !chosen || !chosenIn) return cancel();
      const { index, key, days } = chosenIn;
      const track = place.rowAt(index)?.key === key && daysShown() === days ? trackOf(index) : undefined;
      if (track) draw(track, chosen);
      else clear();
    },
  };

  function trackOf(row: number): HTMLElement | undefined {
    return body.querySelector<HTMLElement>(`[data-row="${row}"] .track`) ?? undefined;
  }

  function daysShown(): string {
    return place
      .days()
      .map(({ spoken }) => spoken)
      .join();
  }

  function dragTo({ clientX }: PointerEvent): void {
    if (!drag) return;
    if (Math.abs(clientX - drag.x) > slip) drag.isFar = true;
    if (!drag.isFar) return;
    const [a, b] = [minuteAt(drag.track, drag.x), minuteAt(drag.track, clientX)];
    const unit = unitOf(drag.track);
    const from = Math.floor(Math.min(a, b) / unit) * unit;
    draw(drag.track, { from, until: Math.max(from + unit, Math.ceil(Math.max(a, b) / unit) * unit) });
  }

  function unitOf(track: HTMLElement): number {
    return track.clientWidth / place.days().length < wideDay ? minutesPerDay : step;
  }

  /** What is meant by a click: an hour, or where days are narrow the day. */
  function stretchAt(track: HTMLElement, minute: number): Stretch {
    const length = unitOf(track) === step ? clicked : minutesPerDay;
    const last = place.days().length * minutesPerDay - length;
    const from = Math.min(last, Math.floor(minute / length) * length);
    return { from, until: from + length };
  }

  function draw(track: HTMLElement, stretch: Stretch): void {
    chosen = stretch;
    const index = Number(track.parentElement?.dataset['row']);
    chosenIn = { index, key: place.rowAt(index)?.key, days: daysShown() };
    const all = place.days().length * minutesPerDay;
    shade.style.left = `${(stretch.from / all) * 100}%`;
    shade.style.width = `${((stretch.until - stretch.from) / all) * 100}%`;
    if (shade.firstChild) shade.firstChild.textContent = wordsOf(stretch);
    if (shade.parentElement !== track) track.append(shade);
  }

  /** `Mon 23 09:00–Tue 24 17:00`, or one day once. */
  function wordsOf({ from, until }: Stretch): string {
    const day = (minute: number): string => place.days()[Math.floor(minute / minutesPerDay)]?.label ?? '';
    const [first, last] = [day(from), day(until - 1)];
    const [start, end] = [clockTime(from % minutesPerDay), clockTime(((until - 1) % minutesPerDay) + 1)];
    return first === last ? `${first} ${start}–${end}` : `${first} ${start} – ${last} ${end}`;
  }

  function cancel(): void {
    drag = undefined;
    clear();
  }

  function clear(): void {
    chosen = chosenIn = anchor = reached = undefined;
    shade.remove();
  }
}

function barAt(row: Row, minute: number): Stretch | undefined {
  return row.bars.find(({ from, until }) => minute >= from && minute < until);
}
