import { minutesPerDay } from '../../../nuki/time/timeOfDay.ts';
import { gridShapes, rowShapes, stateText, type Track } from '../../picture/calendarPicture.ts';
import type { CalendarModel, Row, Stretch, Texts } from '../../protocol/calendar.ts';
import { element } from '../element.ts';
import { sign, signLines } from '../pageIcons.ts';
import type { LoadedRows } from './loadedRows.ts';
import { markIcon } from './markIcons.ts';
import { createSelection } from './selection.ts';
import { drawShapes } from './shapes.ts';

export interface GridActions {
  readonly unfold: (key: number, isUnfolded: boolean) => void;
  readonly edit: (key: number) => void;
  readonly create: (key: number, stretch: Stretch) => void;
}

/** A row that is drawn, and what it was drawn from. */
interface DrawnRow {
  readonly element: HTMLElement;
  readonly row: Row | undefined;
}

/** Below this width in pixels a row has its name above its picture. */
const narrow = 560;
const rowHeights = { wide: 30, narrow: 52 };
const trackHeights = { wide: 30, narrow: 26 };
const overscan = 6;

/** The picture: a row for each door and authorization, of which only those on screen are drawn. */
export function calendarGrid(texts: Texts, rows: LoadedRows, actions: GridActions) {
  const head = element('div', { class: 'head', role: 'row', 'aria-rowindex': 1 });
  const body = element('div', { class: 'rows', role: 'rowgroup' });
  const hint = element('p', { class: 'spoken', id: 'grid-keys' }, texts.keyboard);
  const grid = element(
    'div',
    { class: 'grid', role: 'treegrid', 'aria-describedby': 'grid-keys' },
    element('div', { role: 'rowgroup', class: 'heads' }, head),
    body,
  );
  const drawn = new Map<number, DrawnRow>();
  const focus = { row: 0, column: 0 };
  let days: CalendarModel['days'] = [];
  let width = 0;
  let background: readonly ReturnType<typeof gridShapes>[number][] = [];

  const selection = createSelection(body, {
    rowAt: (index) => rows.row(index),
    days: () => days,
    create: (row, stretch) => actions.create(row.key, stretch),
    edit: (row) => actions.edit(row.key),
  });
  new ResizeObserver(() => {
    if (grid.clientWidth === width) return;
    width = grid.clientWidth;
    redraw();
  }).observe(grid);
  for (const event of ['scroll', 'resize']) window.addEventListener(event, draw, { passive: true });
  body.addEventListener('keydown', press);
  body.addEventListener('focusin', ({ target }) => {
    const place = placeOf(target);
    if (place) moveFocusTo(place.row, place.column);
  });
  body.addEventListener('click', ({ target }) => {
    const name = target instanceof Element ? target.closest('.name') : null;
    const row = name && rows.row(indexOf(name));
    if (row) open(row);
  });

  return {
    element: element('div', { class: 'picture' }, hint, grid),
    show(model: CalendarModel) {
      ({ days } = model);
      grid.setAttribute('aria-label', `${model.heading}: ${model.period}`);
      grid.setAttribute('aria-rowcount', String(rows.count + 1));
      grid.setAttribute('aria-colcount', String(days.length + 1));
      focus.row = Math.max(0, Math.min(focus.row, rows.count - 1));
      focus.column = Math.min(focus.column, days.length);
      width = grid.clientWidth;
      redraw();
    },
    draw,
  };

  function layout(): 'wide' | 'narrow' {
    return width < narrow ? 'narrow' : 'wide';
  }

  /** Of the column with the names, in pixels. */
  function nameWidth(): number {
    return layout() === 'narrow' ? width : Math.round(Math.max(210, Math.min(320, width * 0.26)));
  }

  function track(): Track {
    const kind = layout();
    return {
      width: Math.max(1, kind === 'wide' ? width - nameWidth() : width),
      height: trackHeights[kind],
      days: days.length,
    };
  }

  /** Draws every row anew, and leaves the focus where it was. */
  function redraw(): void {
    const hadFocus = body.contains(document.activeElement);
    grid.classList.toggle('narrow', layout() === 'narrow');
    grid.style.setProperty('--name', `${nameWidth()}px`);
    grid.classList.toggle('dense', track().width / Math.max(1, days.length) < 44);
    background = gridShapes(days, track());
    head.replaceChildren(
      element('div', { class: 'corner', role: 'columnheader' }, element('span', { class: 'spoken' }, texts.name)),
      ...days.map(dayHead),
    );
    drawn.clear();
    body.replaceChildren();
    body.style.height = `${rows.count * rowHeights[layout()]}px`;
    draw();
    selection.redrawn();
    if (hadFocus) cellAt(focus.row, focus.column)?.focus({ preventScroll: true });
  }

  function dayHead({ label, short, spoken, isToday, isWeekend }: CalendarModel['days'][number]): HTMLElement {
    const look = ['day', isToday ? 'today' : '', isWeekend ? 'weekend' : ''].filter(Boolean).join(' ');
    return element(
      'div',
      { class: look, role: 'columnheader', 'aria-label': spoken, 'aria-current': isToday ? 'date' : undefined },
      grid.classList.contains('dense') ? short : label,
    );
  }

  /** Draws the rows that are on screen and were not, and removes those that are not any more. */
  function draw(): void {
    if (grid.parentElement?.hidden || width === 0) return;
    const height = rowHeights[layout()];
    const { top } = body.getBoundingClientRect();
    const first = Math.max(0, Math.floor(-top / height) - overscan);
    const end = Math.min(rows.count, Math.ceil((window.innerHeight - top) / height) + overscan);
    const focused = body.contains(document.activeElement) ? focus.row : -1;
    for (const [index, { element: shown }] of drawn) {
      if ((index >= first && index < end) || index === focused) continue;
      shown.remove();
      drawn.delete(index);
    }
    for (let index = first; index < end; index++) drawRow(index);
    rows.want(first, end);
  }

  function drawRow(index: number): void {
    const row = rows.row(index);
    const known = drawn.get(index);
    if (known && known.row === row) return;
    const created = rowElement(row, index);
    created.style.top = `${index * rowHeights[layout()]}px`;
    const hadFocus = known?.element.contains(document.activeElement) ?? false;
    if (known) known.element.replaceWith(created);
    else body.insertBefore(created, nextDrawn(index));
    drawn.set(index, { element: created, row });
    if (hadFocus) cellAt(focus.row, focus.column)?.focus({ preventScroll: true });
  }

  /** The order in the document is that of the rows, by which screen readers go. */
  function nextDrawn(index: number): HTMLElement | null {
    const later = [...drawn.keys()].filter((other) => other > index);
    return later.length === 0 ? null : (drawn.get(Math.min(...later))?.element ?? null);
  }

  function rowElement(row: Row | undefined, index: number): HTMLElement {
    const look = row === undefined ? 'loading' : row.isUnfolded === null ? 'entry' : 'group';
    const isGroup = look === 'group';
    const name = element(
      'div',
      { class: 'name', role: 'rowheader', tabindex: tabindexAt(index, 0), 'data-column': 0 },
      ...(row ? nameParts(row) : [texts.loading]),
    );
    const created = element(
      'div',
      {
        class: `row ${look}`,
        role: 'row',
        'aria-rowindex': index + 2,
        'aria-level': isGroup ? 1 : 2,
        'aria-expanded': isGroup ? String(row?.isUnfolded) : undefined,
        'data-row': index,
      },
      name,
    );
    const size = track();
    const shapes = row ? [...background, ...rowShapes(row, size)] : background;
    const cells = days.map((day, column) =>
      element('div', {
        role: 'gridcell',
        tabindex: tabindexAt(index, column + 1),
        'aria-label': `${day.spoken}: ${row?.cells[column] || texts.nothing}`,
        'data-column': column + 1,
      }),
    );
    created.append(element('div', { class: 'track' }, drawShapes(shapes, size.width, size.height), ...cells));
    return created;
  }

  function nameParts({ isUnfolded, name, detail, marks }: Row): Node[] {
    return [
      ...(isUnfolded === null ? [] : [chevron(isUnfolded)]),
      ...marks.map(({ kind, words }) => element('span', { class: 'mark', title: words }, markIcon(kind))),
      element('span', { class: 'foreign title', title: name }, name),
      element('span', { class: 'detail' }, stateText({ marks, detail })),
    ];
  }

  function tabindexAt(row: number, column: number): number {
    return row === focus.row && column === focus.column ? 0 : -1;
  }

  function cellAt(row: number, column: number): HTMLElement | undefined {
    const found = drawn.get(row)?.element.querySelector(`[data-column="${column}"]`);
    return found instanceof HTMLElement ? found : undefined;
  }

  function placeOf(target: EventTarget | null): { readonly row: number; readonly column: number } | undefined {
    const cell = target instanceof Element ? target.closest('[data-column]') : null;
    return cell instanceof HTMLElement ? { row: indexOf(cell), column: Number(cell.dataset['column']) } : undefined;
  }

  function indexOf(cell: Element): number {
    const row = cell.closest('[data-row]');
    return row instanceof HTMLElement ? Number(row.dataset['row']) : -1;
  }

  function moveFocusTo(row: number, column: number): void {
    cellAt(focus.row, focus.column)?.setAttribute('tabindex', '-1');
    focus.row = row;
    focus.column = column;
    cellAt(row, column)?.setAttribute('tabindex', '0');
  }

  /** Moves the focus, and scrolls to where it is. */
  function go(row: number, column: number): void {
    const to = Math.max(0, Math.min(row, rows.count - 1));
    moveFocusTo(to, Math.max(0, Math.min(column, days.length)));
    const height = rowHeights[layout()];
    const top = body.getBoundingClientRect().top + to * height;
    const headHeight = head.offsetHeight;
    if (top < headHeight) window.scrollBy(0, top - headHeight);
    else if (top + height > window.innerHeight) window.scrollBy(0, top + height - window.innerHeight);
    draw();
    drawRow(to);
    cellAt(focus.row, focus.column)?.focus({ preventScroll: true });
  }

  function press(event: KeyboardEvent): void {
    const { row, column } = focus;
    const { key, ctrlKey, metaKey, shiftKey } = event;
    const isFar = ctrlKey || metaKey;
    const page = Math.max(1, Math.floor(window.innerHeight / rowHeights[layout()]) - 2);
    const subject = rows.row(row);
    if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight') && subject?.opens === 'create' && column > 0) {
      selection.extend(row, column, key === 'ArrowLeft' ? -1 : 1);
      event.preventDefault();
      return;
    }
    const isGroup = subject?.isUnfolded ?? null;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(row + 1, column),
      ArrowUp: () => go(row - 1, column),
      ArrowRight: () =>
        column === 0 && isGroup === false && subject ? actions.unfold(subject.key, true) : go(row, column + 1),
      ArrowLeft: () =>
        column === 0 && isGroup === true && subject ? actions.unfold(subject.key, false) : go(row, column - 1),
      Home: () => go(isFar ? 0 : row, 0),
      End: () => go(isFar ? rows.count - 1 : row, days.length),
      PageDown: () => go(row + page, column),
      PageUp: () => go(row - page, column),
      Escape: () => selection.clear(),
      Enter: () => subject && enter(subject, column),
      ' ': () => subject && enter(subject, column),
    };
    const step = steps[key];
    if (!step) return;
    event.preventDefault();
    const selected = selection.current(row);
    if (key !== 'Enter') selection.clear();
    if (key === 'Enter' && selected && subject) return actions.create(subject.key, selected);
    step();
  }

  function enter(row: Row, column: number): void {
    if (column === 0 || row.opens !== 'create') return open(row);
    actions.create(row.key, { from: (column - 1) * minutesPerDay, until: column * minutesPerDay });
  }

  function open(row: Row): void {
    if (row.isUnfolded !== null) actions.unfold(row.key, !row.isUnfolded);
    else if (row.opens === 'edit') actions.edit(row.key);
  }
}

function chevron(isUnfolded: boolean): SVGElement {
  return sign('chevron', isUnfolded ? 'M3.5 6 L8 10.5 L12.5 6' : signLines.right);
}
