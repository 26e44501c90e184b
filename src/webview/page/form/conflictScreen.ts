import type { Conflict, Texts } from '../../protocol/form.ts';
import { button, element } from '../element.ts';

/** Another user was quicker: what both have written. */
export function conflictScreen(
  { sentence, rows }: Conflict,
  texts: Texts,
  { reload, cancel }: { readonly reload: () => void; readonly cancel: () => void },
): { readonly element: HTMLElement; focus(): void } {
  const heading = element('h1', { tabindex: -1 }, sentence);
  const columns = [texts.yours, texts.theirs].map((title) => element('th', { scope: 'col' }, title));
  const lines = rows.map(({ field, yours, theirs }) =>
    element('tr', {}, element('th', { scope: 'row' }, field), element('td', {}, yours), element('td', {}, theirs)),
  );
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, element('td'), ...columns)),
    element('tbody', {}, ...lines),
  );
  const buttons = [button(texts.reload, reload, 'primary'), button(texts.cancel, cancel)];
  return {
    element: element(
      'section',
      { class: 'conflict' },
      heading,
      table,
      element('div', { class: 'buttons' }, ...buttons),
    ),
    focus: () => heading.focus(),
  };
}
