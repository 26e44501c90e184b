import { stateText } from '../../picture/calendarPicture.ts';
import { rowsPerPage, type CalendarModel, type Row, type Texts } from '../../protocol/calendar.ts';
import { button, element } from '../element.ts';
import type { LoadedRows } from './loadedRows.ts';

/** The same as the picture, in words. */
export function calendarTable(texts: Texts, rows: LoadedRows) {
  const head = element('thead');
  const body = element('tbody');
  const caption = element('caption', { class: 'spoken' });
  const more = button(texts.moreRows, () => showMore());
  const scroller = element(
    'div',
    { class: 'scroller', role: 'region', tabindex: 0, 'aria-label': texts.table },
    element('table', {}, caption, head, body),
  );
  let shown = rowsPerPage;
  let revision = -1;
  let drawn = 0;
  return {
    element: element('div', { class: 'table' }, scroller, more),
    show(model: CalendarModel) {
      caption.textContent = `${model.heading}: ${model.period}`;
      const names = [texts.name, texts.state, ...model.days.map(({ label }) => label)];
      head.replaceChildren(element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name))));
      if (model.revision !== revision) {
        revision = model.revision;
        body.replaceChildren();
        drawn = 0;
      }
      draw();
    },
    draw,
  };

  function showMore(): void {
    shown += rowsPerPage;
    draw();
  }

  function draw(): void {
    if (scroller.parentElement?.hidden) return;
    const end = Math.min(shown, rows.count);
    for (let row = rows.row(drawn); row && drawn < end; row = rows.row(drawn)) {
      body.append(tableRow(row));
      drawn += 1;
    }
    if (drawn < end) rows.want(drawn, end);
    more.hidden = end >= rows.count;
  }
}

function tableRow(row: Row): HTMLElement {
  const { isUnfolded, name, cells } = row;
  return element(
    'tr',
    { class: isUnfolded === null ? 'entry' : 'group' },
    element('th', { scope: 'row' }, element('span', { class: 'foreign' }, name)),
    element('td', {}, stateText(row)),
    ...cells.map((words) => element('td', {}, words)),
  );
}
