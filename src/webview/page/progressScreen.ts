import type { Progress, ProgressRow, Texts } from '../protocol.ts';
import { button, element, replaceContent } from './element.ts';
import type { Host } from './host.ts';
import { pageIcon } from './pageIcons.ts';

export interface ProgressScreen {
  readonly element: HTMLElement;
  show(progress: Progress): void;
  focus(): void;
}

/** How far each device is with what was sent. */
export function progressScreen(texts: Texts, host: Host): ProgressScreen {
  const heading = element('h1', { tabindex: -1 });
  const rows = element('ul', { class: 'progress', 'aria-live': 'polite' });
  const note = element('p', { class: 'hint', 'aria-live': 'polite' });
  const checks = [
    button(texts.checkAgain, () => host.post('checkAgain', null), 'primary'),
    button(texts.updateFromLock, () => host.post('updateFromLock', null)),
  ];
  const close = button(texts.close, () => host.post('cancel', null));
  return {
    element: element('section', {}, heading, rows, note, element('div', { class: 'buttons' }, ...checks, close)),
    show(progress) {
      heading.textContent = progress.heading;
      replaceRows(rows, progress.rows.map(progressRow));
      if (note.textContent !== progress.note) note.textContent = progress.note;
      const losesFocus = !progress.canCheck && checks.some((check) => check === document.activeElement);
      for (const check of checks) check.hidden = !progress.canCheck;
      if (losesFocus) close.focus();
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

/** Replaces only the rows that differ: only those are read out, and icons that spin go on spinning. */
function replaceRows(list: HTMLElement, rows: readonly HTMLElement[]): void {
  if (list.children.length !== rows.length) replaceContent(list, ...rows);
  else rows.forEach((row, index) => replaceIfDifferent(list.children.item(index), row));
}

function replaceIfDifferent(before: Element | null, row: HTMLElement): void {
  if (!before?.isEqualNode(row)) before?.replaceWith(row);
}
