import { minutesPerDay } from '../../../nuki/time/timeOfDay.ts';
import type { Picture, PictureDay, PictureDoor, Texts } from '../../protocol/activity.ts';
import { drawing, element } from '../element.ts';
import { activityIcon } from './activityIcons.ts';

const hours = [6, 12, 18];
/** Marks so many pixels from where the pointer was are meant by it. */
const reach = 8;
/** Days for which there is room to name the hours. */
const daysWithHours = 3;

export interface PictureView {
  readonly element: HTMLElement;
  readonly legend: HTMLElement;
  show(picture: Picture): void;
}

/** What happened at each door, day by day. `open` is called with the row that a mark stands for. */
export function pictureView(
  texts: Texts,
  { open, turn }: { readonly open: (id: string) => void; readonly turn: (to: 'earlier' | 'later') => void },
): PictureView {
  const earlier = turnButton('earlier', texts, turn);
  const later = turnButton('later', texts, turn);
  const grid = element('div', { class: 'days', role: 'grid', 'aria-label': texts.picture });
  const scroller = element('div', { class: 'scroller' }, grid);
  const others = element('p', { class: 'hint others' });
  const legend = legendOf(texts);
  const view = element(
    'section',
    { class: 'picture', 'aria-label': texts.picture },
    scroller,
    element('div', { class: 'turns' }, earlier, later),
    others,
  );
  let shown = '';
  grid.addEventListener('keydown', (event) => move(grid, event));
  return { element: view, legend, show };

  function show(picture: Picture): void {
    view.hidden = legend.hidden = picture.doors.length === 0;
    earlier.ariaDisabled = picture.hasEarlier ? null : 'true';
    later.ariaDisabled = picture.hasLater ? null : 'true';
    others.textContent = picture.others;
    const drawn = JSON.stringify([picture.days, picture.doors]);
    if (drawn === shown) return;
    const isFirst = shown === '';
    shown = drawn;
    const focused = focusedCell(grid);
    grid.dataset['days'] = String(picture.days.length);
    grid.replaceChildren(headings(picture.days, texts), ...picture.doors.map((door) => doorRow(door, open)));
    const cells = cellsOf(grid);
    const active = cells[focused] ?? cells[picture.days.length - 1];
    if (active) active.tabIndex = 0;
    if (focused >= 0) active?.focus();
    if (isFirst) scroller.scrollLeft = scroller.scrollWidth; // to the newest day
  }
}

/** What the marks mean. */
function legendOf(texts: Texts): HTMLElement {
  const item = (words: string, ...marks: SVGElement[]): HTMLElement =>
    element(
      'li',
      {},
      element(
        'span',
        { class: 'sample' },
        drawing('svg', { 'aria-hidden': 'true', width: '100%', height: '100%' }, ...marks),
      ),
      words,
    );
  const known = (): SVGElement => drawing('rect', { class: 'known', width: '100%', height: '100%' });
  const middle = { at: minutesPerDay / 2, id: '' };
  return element(
    'ul',
    { class: 'legend', 'aria-label': texts.legend },
    item(texts.opened, known(), mark({ ...middle, isRefused: false })),
    item(texts.refused, known(), mark({ ...middle, isRefused: true })),
    item(texts.notRead),
  );
}

function turnButton(to: 'earlier' | 'later', texts: Texts, turn: (to: 'earlier' | 'later') => void): HTMLButtonElement {
  const created = element('button', { type: 'button', class: `turn ${to}`, title: texts[to], 'aria-label': texts[to] });
  created.append(activityIcon(to));
  created.addEventListener('click', () => {
    if (created.ariaDisabled !== 'true') turn(to);
  });
  return created;
}

function headings(days: readonly string[], texts: Texts): HTMLElement {
  const scale = days.length <= daysWithHours ? [0, ...hours] : [];
  return element(
    'div',
    { class: 'headings', role: 'row' },
    element('span', { role: 'columnheader', class: 'corner' }, element('span', { class: 'spoken' }, texts.doors)),
    ...days.map((day) =>
      element(
        'span',
        { role: 'columnheader' },
        element('span', { class: 'day-name' }, day),
        ...(scale.length === 0
          ? []
          : [
              element(
                'span',
                { class: 'scale', 'aria-hidden': 'true' },
                ...scale.map((hour) => element('span', {}, String(hour))),
              ),
            ]),
      ),
    ),
  );
}

function doorRow({ name, zone, days }: PictureDoor, open: (id: string) => void): HTMLElement {
  return element(
    'div',
    { role: 'row' },
    element(
      'span',
      { role: 'rowheader', title: name },
      element('span', { class: 'foreign name' }, name),
      ...(zone === '' ? [] : [' ', element('span', { class: 'hint' }, zone)]),
    ),
    ...days.map((day) => cell(day, open)),
  );
}

function cell(day: PictureDay, open: (id: string) => void): HTMLElement {
  const created = element(
    'span',
    { role: 'gridcell', tabindex: -1, 'aria-label': day.spoken, title: day.spoken },
    bar(day),
  );
  const openNear = (share: number, width: number): void => {
    const near = day.marks.toSorted((a, b) => distance(a, share) - distance(b, share))[0];
    if (near && distance(near, share) * width <= reach) open(near.id);
  };
  created.addEventListener('click', ({ clientX }) => {
    const { left, width } = created.getBoundingClientRect();
    openNear((clientX - left) / width, width);
  });
  created.addEventListener('keydown', ({ key }) => {
    const newest = day.marks[0];
    if (key === 'Enter' && newest) open(newest.id);
  });
  return created;
}

function distance({ at }: { readonly at: number }, share: number): number {
  return Math.abs(at / minutesPerDay - share);
}

/** From midnight to midnight: what was read is a plain bar with its marks, the rest is hatched by the style sheet. */
function bar({ known, now, marks }: PictureDay): SVGElement {
  return drawing(
    'svg',
    { 'aria-hidden': 'true', width: '100%', height: '100%' },
    drawing('rect', { class: 'coming', ...between(now, minutesPerDay) }),
    ...(known === null ? [] : [drawing('rect', { class: 'known', ...between(known.from, known.until) })]),
    ...hours.map((hour) => line('hour', percent(hour * 60), '0', '100%')),
    ...marks.toSorted((a, b) => Number(a.isRefused) - Number(b.isRefused)).map(mark), // those in front that stand out
  );
}

/** A line; a refused attempt has a head of its own shape. */
function mark({ at, isRefused }: PictureDay['marks'][number]): SVGElement {
  return drawing(
    'svg',
    { class: isRefused ? 'mark refused' : 'mark', x: percent(at), y: 0, width: 1, height: '100%' },
    line('', '0', '12%', '88%'),
    ...(isRefused ? [drawing('path', { d: 'M0 1 L5 6 L0 11 L-5 6 Z' })] : []),
  );
}

function between(from: number, until: number) {
  return { x: percent(from), width: percent(until - from), y: 0, height: '100%' } as const;
}

function line(name: string, x: string, y1: string, y2: string): SVGElement {
  return drawing('line', { class: name || undefined, x1: x, x2: x, y1, y2 });
}

function percent(minutes: number): string {
  return `${Number(((minutes / minutesPerDay) * 100).toFixed(3))}%`;
}

// One cell of the grid can be reached by Tab, the others by the arrow keys.

function cellsOf(grid: HTMLElement): HTMLElement[] {
  return [...grid.querySelectorAll<HTMLElement>('[role=gridcell]')];
}

function focusedCell(grid: HTMLElement): number {
  return cellsOf(grid).findIndex((each) => each === document.activeElement);
}

function move(grid: HTMLElement, event: KeyboardEvent): void {
  const cells = cellsOf(grid);
  const days = Number(grid.dataset['days']);
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -days, ArrowDown: days };
  const step = steps[event.key];
  const from = focusedCell(grid);
  if (step === undefined || from < 0) return;
  event.preventDefault();
  const isAtEdge = Math.abs(step) === 1 && Math.floor((from + step) / days) !== Math.floor(from / days);
  const to = isAtEdge ? undefined : cells[from + step];
  if (!to) return;
  for (const each of cells) each.tabIndex = each === to ? 0 : -1;
  to.focus();
}
