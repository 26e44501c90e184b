import {
  messageLanguages,
  type MessageLanguage,
  type Progress,
  type ProgressRow,
  type Texts,
} from '../../protocol/form.ts';
import { button, element, replaceContent } from '../element.ts';
import type { FormHost } from './formHost.ts';
import { pageIcon } from '../pageIcons.ts';

export interface ProgressScreen {
  readonly element: HTMLElement;
  show(progress: Progress): void;
  focus(): void;
}

/** What was sent, how far each device is with it, and what can be done with it. */
export function progressScreen(texts: Texts, host: FormHost): ProgressScreen {
  const title = element('h1', { tabindex: -1 });
  const facts = element('dl', { class: 'facts' });
  const rows = element('ul', { class: 'progress', 'aria-live': 'polite' });
  const note = element('p', { class: 'hint', 'aria-live': 'polite' });
  const checks = [
    button(texts.checkAgain, () => host.post('checkAgain', null), 'primary'),
    button(texts.updateFromLock, () => host.post('updateFromLock', null)),
  ];
  const copyCode = button(texts.copyCode, () => host.post('copyCode', null));
  const message = messageCopier(texts, host);
  const copied = element('p', { role: 'status' });
  const another = button(texts.createAnother, () => host.post('createAnother', null));
  const show = button(texts.showInSidebar, () => host.post('showInSidebar', null));
  const close = button(texts.close, () => host.post('cancel', null));
  const lineOf = (...content: readonly HTMLElement[]): HTMLElement => element('div', { class: 'buttons' }, ...content);
  return {
    element: element(
      'section',
      { class: 'sent' },
      title,
      facts,
      rows,
      note,
      lineOf(...checks),
      lineOf(copyCode, message.element),
      copied,
      lineOf(another, show, close),
    ),
    show(progress) {
      title.textContent = progress.heading;
      replaceContent(facts, ...progress.facts.map(fact));
      replaceRows(rows, progress.rows.map(progressRow));
      if (note.textContent !== progress.note) note.textContent = progress.note;
      copyCode.hidden = !progress.hasCode;
      another.hidden = !progress.canCreateAnother;
      message.arrange(progress);
      if (copied.textContent !== progress.copied) copied.textContent = progress.copied;
      const losesFocus = !progress.canCheck && checks.some((check) => check === document.activeElement);
      for (const check of checks) check.hidden = !progress.canCheck;
      if (losesFocus) close.focus();
    },
    focus: () => title.focus(),
  };
}

interface MessageCopier {
  readonly element: HTMLElement;
  arrange(progress: Progress): void;
}

/** A button that copies the message, and a choice of its language. */
function messageCopier(texts: Texts, host: FormHost): MessageCopier {
  const nameOf = (language: MessageLanguage): string =>
    new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  const options = messageLanguages.map((language) => element('option', { value: language }, nameOf(language)));
  const select = element('select', { id: 'message-language', 'aria-label': texts.messageLanguage }, ...options);
  const chosen = (): MessageLanguage => messageLanguages.find((language) => language === select.value) ?? 'en';
  const copy = button(texts.copyMessage, () => host.post('copyMessage', chosen()));
  const container = element('span', { class: 'line' }, copy, select);
  let isChosen = false;
  select.addEventListener('change', () => (isChosen = true));
  return {
    element: container,
    arrange({ hasMessage, messageLanguage, canCheck }) {
      container.hidden = !hasMessage;
      copy.className = canCheck ? 'secondary' : 'primary';
      if (!isChosen) select.value = messageLanguage;
    },
  };
}

function fact({ field, value }: Progress['facts'][number]): HTMLElement {
  return element('div', {}, element('dt', {}, field), element('dd', {}, value));
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
