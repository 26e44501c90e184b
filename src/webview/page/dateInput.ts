import { dateText, readDate, readTime } from '../../nuki/time/typedTime.ts';
import { element } from './element.ts';
import { pageIcon } from './pageIcons.ts';

/** Longer than any way to write a date or a time. */
const longestDate = 40;

interface TypedInput {
  readonly input: HTMLInputElement;
  /** What is typed, in the form of the protocol where it is understood. */
  read(): string;
  write(value: string): void;
}

interface InputParts {
  readonly id: string;
  readonly label: string;
}

/** A date that may be typed in many ways, or taken from a calendar. It is shown as the preview shows dates. */
export function dateInput(
  { id, label }: InputParts,
  { language, today }: { readonly language: string; readonly today: () => string },
): TypedInput & { readonly element: HTMLElement } {
  const input = textInput(id, label, 'date');
  // The calendar is the browser's, which opens under the pointer alone; by keyboard the field does all of it.
  const calendar = element('input', { type: 'date', class: 'native', tabindex: -1, 'aria-hidden': 'true' });
  const read = (): string => readDate(input.value, language, today()) ?? input.value;
  const write = (date: string): void => {
    input.value = dateText(date, language);
    calendar.value = date;
  };
  input.addEventListener('change', () => write(read()));
  calendar.addEventListener('input', () => write(calendar.value));
  return {
    input,
    element: element(
      'div',
      { class: 'line' },
      input,
      element('span', { class: 'picker' }, pageIcon('calendar'), calendar),
    ),
    read,
    write,
  };
}

/** A time that may be typed in many ways. It is shown as `09:00`. */
export function timeInput({ id, label }: InputParts): TypedInput {
  const input = textInput(id, label, 'time');
  const read = (): string => readTime(input.value) ?? input.value;
  const write = (time: string): void => {
    input.value = time;
  };
  input.addEventListener('change', () => write(read()));
  return { input, read, write };
}

function textInput(id: string, label: string, look: string): HTMLInputElement {
  return element('input', {
    type: 'text',
    id,
    class: look,
    maxlength: longestDate,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': label,
  });
}
