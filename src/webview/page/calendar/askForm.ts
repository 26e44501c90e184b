import { clockTime } from '../../../nuki/time/timeOfDay.ts';
import type { Answer, CalendarModel, ToHost } from '../../protocol/calendar.ts';
import { dateInput, timeInput } from '../dateInput.ts';
import { button, element } from '../element.ts';

/** Asks who can enter at a time, and shows the answer in words. */
export function askForm(
  { texts, language }: CalendarModel,
  today: () => string,
  post: (asked: ToHost['ask']) => void,
): { readonly element: HTMLElement; answer(answer: Answer): void } {
  const date = dateInput({ id: 'ask-date', label: `${texts.whoCanEnter}: ${texts.date}` }, { language, today });
  const time = timeInput({ id: 'ask-time', label: `${texts.whoCanEnter}: ${texts.time}` });
  const submit = element('button', { type: 'submit', class: 'secondary' }, texts.ask);
  const output = element('div', { class: 'answer', role: 'status' });
  const close = button(
    texts.close,
    () => {
      output.replaceChildren();
      submit.focus();
    },
    'link',
  );
  const label = element('span', { class: 'label' }, texts.whoCanEnter);
  const form = element('form', { class: 'ask', novalidate: true }, label, date.element, time.input, submit);
  date.write(today());
  time.write(clockTime(new Date().getHours() * 60));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    post({ date: date.read(), time: time.read() });
  });
  return {
    element: element('section', { 'aria-label': texts.whoCanEnter }, form, output),
    answer: ({ heading, parts }) =>
      output.replaceChildren(
        element('p', { class: 'asked' }, heading, ' ', close),
        element('div', { class: 'parts' }, ...parts.map(partOf)),
      ),
  };
}

function partOf({ heading, lines }: Answer['parts'][number]): HTMLElement {
  const items = lines.map(({ text, detail }) =>
    element(
      'li',
      {},
      element('span', { class: 'foreign' }, text),
      element('span', { class: 'hint' }, detail && ` · ${detail}`),
    ),
  );
  return element('div', {}, element('p', { class: 'strong' }, heading), element('ul', {}, ...items));
}
