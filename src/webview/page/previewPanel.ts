import type { Preview, Texts } from '../protocol.ts';
import { button, element, replaceContent } from './element.ts';
import { pageIcon } from './pageIcons.ts';
import { weekPicture } from './weekPicture.ts';

export interface PreviewPanel {
  readonly element: HTMLElement;
  show(preview: Preview): void;
}

/** What the lock will do, beside the form. */
export function previewPanel(texts: Texts, copy: () => void): PreviewPanel {
  const summary = element('div', { class: 'words', 'aria-live': 'polite' });
  const week = element('section', {});
  const payload = element('dl', {});
  const sent = element(
    'section',
    { hidden: true },
    element('div', { class: 'title' }, element('h3', {}, texts.payload), button(texts.copy, copy)),
    payload,
  );
  return {
    element: element('section', { class: 'preview' }, element('h2', {}, texts.preview), summary, week, sent),
    show(preview) {
      replaceContent(
        summary,
        ...preview.sentences.map((sentence) => element('p', {}, sentence)),
        ...preview.notes.map((note) => element('p', { class: 'note' }, pageIcon('warning'), element('span', {}, note))),
      );
      const { days } = preview;
      replaceContent(week, ...(days.length > 0 ? [element('h3', {}, texts.nextDays), weekPicture(days)] : []));
      replaceContent(
        payload,
        ...preview.payload.map(({ field, value }) =>
          element('div', {}, element('dt', {}, field), element('dd', {}, value)),
        ),
      );
      sent.hidden = preview.payload.length === 0;
    },
  };
}
