import type { FormModel, Moment, Disambiguation } from '../protocol.ts';
import { element } from './element.ts';
import { choice, groupRow, line, type Row } from './row.ts';

export interface MomentField {
  readonly row: Row;
  read(): Moment | null;
  arrange(): void;
  /** Asks which of two equal times is meant; with `undefined` the question disappears. */
  ask(choices: Disambiguation | undefined): void;
}

/** A date and a time on the lock's clock, or no limit. */
export function momentField(name: 'from' | 'until', openLabel: string, model: FormModel): MomentField {
  const { texts, draft, locked } = model;
  const given = draft[name];
  const isLocked = locked.includes(name);
  const input = (type: 'date' | 'time'): HTMLInputElement => {
    const control = element('input', { type, id: `${name}-${type}`, 'aria-label': `${texts[name]}: ${texts[type]}` });
    control.value = given?.[type] ?? '';
    return control;
  };
  const date = input('date');
  const time = input('time');
  const open = choice({
    type: 'checkbox',
    id: `${name}-open`,
    label: openLabel,
    checked: given === null,
    disabled: isLocked,
  });
  const question = disambiguationQuestion(name, given?.disambiguation ?? null);
  const row = groupRow({
    id: name,
    field: name,
    label: texts[name],
    controls: [date, time, open.input],
    content: [line(date, time, open.element), question.element],
  });
  return {
    row: { ...row, focus: () => (question.isOpen() ? question.focus() : row.focus()) },
    read: () => (open.input.checked ? null : { date: date.value, time: time.value, disambiguation: question.read() }),
    arrange() {
      date.disabled = time.disabled = isLocked || open.input.checked;
    },
    ask: (choices) => question.ask(choices),
  };
}

interface DisambiguationQuestion {
  readonly element: HTMLElement;
  read(): Moment['disambiguation'];
  ask(choices: Disambiguation | undefined): void;
  /** Asked and not answered. */
  isOpen(): boolean;
  focus(): void;
}

/** Where clocks are put back, an hour of that day comes twice. */
function disambiguationQuestion(moment: 'from' | 'until', given: Moment['disambiguation']): DisambiguationQuestion {
  const question = element('span', { id: `${moment}-question` });
  const answer = (disambiguation: 'earlier' | 'later') =>
    choice({
      type: 'radio',
      name: `${moment}-disambiguation`,
      id: `${moment}-${disambiguation}`,
      label: '',
      checked: disambiguation === given,
    });
  const earlier = answer('earlier');
  const later = answer('later');
  const answers = line(earlier.element, later.element);
  const group = element(
    'div',
    { class: 'question', role: 'radiogroup', 'aria-labelledby': question.id, hidden: true },
    question,
    answers,
  );
  return {
    element: group,
    read() {
      if (earlier.input.checked) return 'earlier';
      return later.input.checked ? 'later' : null;
    },
    ask(choices) {
      group.hidden = choices === undefined;
      question.textContent = choices?.question ?? '';
      earlier.label.textContent = choices?.earlier ?? '';
      later.label.textContent = choices?.later ?? '';
      if (choices === undefined) earlier.input.checked = later.input.checked = false;
    },
    isOpen: () => !group.hidden && !earlier.input.checked && !later.input.checked,
    focus: () => earlier.input.focus(),
  };
}
