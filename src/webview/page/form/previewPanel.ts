import type { FormModel, Preview } from '../../protocol/form.ts';
import { button, element, replaceContent } from '../element.ts';
import type { FormHost } from './formHost.ts';
import { pageIcon } from '../pageIcons.ts';
import { weekPicture } from './weekPicture.ts';

export interface PreviewPanel {
  readonly element: HTMLElement;
  /** The same in short, for above the button where there is no room beside the form. */
  readonly short: HTMLElement;
  show(preview: Preview): void;
}

/** What the lock will do, beside the form. While a field is wrong it keeps the last valid picture, and says so. */
export function previewPanel({ texts, isUnfolded }: FormModel, host: FormHost, copy: () => void): PreviewPanel {
  const obstacle = element('div', { class: 'obstacle', 'aria-live': 'polite' });
  const summary = element('div', { class: 'words', 'aria-live': 'polite' });
  const week = element('section', {});
  const payload = element('dl', {});
  const sent = element(
    'details',
    { hidden: true, open: isUnfolded },
    element('summary', {}, texts.payload),
    payload,
    button(texts.copy, copy),
  );
  const panel = element(
    'section',
    { class: 'preview' },
    element('h2', {}, texts.preview),
    obstacle,
    summary,
    week,
    sent,
  );
  const short = element('div', { class: 'short', 'aria-hidden': 'true' });
  let wasUnfolded = isUnfolded;
  sent.addEventListener('toggle', () => {
    if (sent.open !== wasUnfolded) host.post('unfold', sent.open);
    wasUnfolded = sent.open;
  });
  return { element: panel, short, show };

  function show(preview: Preview): void {
    const isCurrent = preview.obstacle === undefined;
    const isOutdated = !isCurrent && week.childElementCount > 0;
    panel.classList.toggle('outdated', isOutdated);
    const why = preview.obstacle ?? '';
    replaceContent(obstacle, ...(isCurrent ? [] : [warning(isOutdated ? `${texts.outdated} ${why}` : why)]));
    replaceContent(short, ...(isCurrent ? preview.sentences.slice(0, 2).map(paragraph) : [warning(why)]));
    sent.hidden = preview.payload.length === 0;
    if (!isCurrent) return;
    replaceContent(summary, ...preview.sentences.map(paragraph), ...preview.notes.map(warning));
    const { days } = preview;
    replaceContent(week, ...(days.length > 0 ? [element('h3', {}, texts.nextDays), weekPicture(days)] : []));
    replaceContent(
      payload,
      ...preview.payload.map(({ field, value }) =>
        element('div', {}, element('dt', {}, field), element('dd', {}, value)),
      ),
    );
  }
}

function paragraph(sentence: string): HTMLElement {
  return element('p', {}, sentence);
}

function warning(sentence: string): HTMLElement {
  return element('p', { class: 'note' }, pageIcon('warning'), element('span', {}, sentence));
}
