import type { Progress, ProgressRow, Texts } from '../protocol.ts';
import { button, element, replaceContent } from './element.ts';
import type { Host } from './host.ts';
import { pageIcon } from './pageIcons.ts';

export interface ProgressScreen {
  readonly element: HTMLElement;
  show(progress: Progress): void;
  focus(): void;
}

/** What becomes of what was sent, device by device. */
export function progressScreen(texts: Texts, host: Host): ProgressScreen {
  const heading = element('h1', { tabindex: -1 });
  const rows = element('ul', { class: 'progress', 'aria-live': 'polite' });
  const note = element('p', { class: 'hint', 'aria-live': 'polite' });
  const looks = [
    button(texts.checkAgain, () => host.post('checkAgain', null), 'primary'),
    button(texts.updateFromLock, () => host.post('updateFromLock', null)),
  ];
  const close = button(texts.close, () => host.post('cancel', null));
  return {
    element: element('section', {}, heading, rows, note, element('div', { class: 'buttons' }, ...looks, close)),
    show(progress) {
      heading.textContent = progress.heading;
      replaceRows(rows, progress.rows.map(progressRow));
      if (note.textContent !== progress.note) note.textContent = progress.note;
      const leaves = !progress.canCheck && looks.some((look) => look === document.activeElement);
      for (const look of looks) look.hidden = !progress.canCheck;
      if (leaves) close.focus();
    },
    focus: () => heading.focus(),
  };
}

function progressRow({ device, state, words }: ProgressRow): HTMLElement {
  return element(
    'li',
    { 'data-state': state },
    pageIcon(state),
    element('span', { class: 'device-name' }, device),
    element('span', { class: 'hint' }, words),
  );
}

/** Replaces the rows that are others than before: those alone are read out, and what turns goes on turning. */
function replaceRows(list: HTMLElement, rows: readonly HTMLElement[]): void {
  if (list.children.length !== rows.length) replaceContent(list, ...rows);
  else rows.forEach((row, place) => replaceIfOther(list.children.item(place), row));
}

function replaceIfOther(before: Element | null, row: HTMLElement): void {
  if (!before?.isEqualNode(row)) before?.replaceWith(row);
}
