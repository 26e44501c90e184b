import type { FormModel, Moment, Disambiguations } from '../protocol.ts';
import { element } from './element.ts';
import { choice, groupRow, line, type Row } from './row.ts';

export interface MomentField {
  readonly row: Row;
  read(): Moment | null;
  arrange(): void;
  /** Asks which of two equal times is meant, or no longer. */
  ask(passes: Disambiguations | undefined): void;
}

/** A date and a time on the lock's clock, or no limit. */
export function momentField(name: 'from' | 'until', openLabel: string, model: FormModel): MomentField {
  const { texts, draft, locked } = model;
  const given = draft[name];
  const isLocked = locked.includes(name);
  const input = (type: 'date' | 'time'): HTMLInputElement => {
    const made = element('input', { type, id: `${name}-${type}`, 'aria-label': `${texts[name]}: ${texts[type]}` });
    made.value = given?.[type] ?? '';
    return made;
  };
  const [date, time] = [input('date'), input('time')];
  const open = choice({
    type: 'checkbox',
    id: `${name}-open`,
    label: openLabel,
    checked: given === null,
    disabled: isLocked,
  });
  const question = passQuestion(name, given?.disambiguation ?? null);
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
    ask: (passes) => question.ask(passes),
  };
}

interface PassQuestion {
  readonly element: HTMLElement;
  read(): Moment['disambiguation'];
  ask(passes: Disambiguations | undefined): void;
  /** Asked and not answered. */
  isOpen(): boolean;
  focus(): void;
}

/** Where a clock is turned back, an hour of that day passes twice. */
function passQuestion(moment: 'from' | 'until', given: Moment['disambiguation']): PassQuestion {
  const question = element('span', { id: `${moment}-question` });
  const answer = (disambiguation: 'earlier' | 'later') =>
    choice({
      type: 'radio',
      name: `${moment}-pass`,
      id: `${moment}-${disambiguation}`,
      label: '',
      checked: disambiguation === given,
    });
  const [earlier, later] = [answer('earlier'), answer('later')];
  const answers = line(earlier.element, later.element);
  const made = element(
    'div',
    { class: 'question', role: 'radiogroup', 'aria-labelledby': question.id, hidden: true },
    question,
    answers,
  );
  return {
    element: made,
    read() {
      if (earlier.input.checked) return 'earlier';
      return later.input.checked ? 'later' : null;
    },
    ask(passes) {
      made.hidden = passes === undefined;
      question.textContent = passes?.question ?? '';
      earlier.label.textContent = passes?.earlier ?? '';
      later.label.textContent = passes?.later ?? '';
      if (passes === undefined) earlier.input.checked = later.input.checked = false;
    },
    isOpen: () => !made.hidden && !earlier.input.checked && !later.input.checked,
    focus: () => earlier.input.focus(),
  };
}
