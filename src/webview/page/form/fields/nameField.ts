import type { FormModel, Preview } from '../../../protocol/form.ts';
import { button, element } from '../../element.ts';
import { controlRow, line, type Row } from './row.ts';

/** More than any name may have, little enough for `largestMessage`. */
export const longestTypedName = 200;

export interface NameField {
  readonly row: Row;
  read(): string;
  /** Fills in the name of a person, unless the user has written another. */
  suggest(name: string): void;
  /** How much of what a name may have is used; `hint` says why it may be more than meets the eye. */
  showCount(count: string, hint: string): void;
  /** Shows a button that fills in a shorter name; with `undefined` it disappears. */
  offer(shorter: Preview['shorterName']): void;
}

/** What the authorization is called. */
export function nameField({ texts, draft, locked }: FormModel): NameField {
  const count = element('span', { class: 'hint', id: 'name-count' });
  const input = element('input', {
    type: 'text',
    id: 'name',
    maxlength: longestTypedName,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': count.id,
    disabled: locked.includes('name'),
  });
  input.value = draft.name;
  let offered = '';
  const shorten = button('', () => {
    input.value = offered;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.focus();
  });
  shorten.hidden = true;
  let suggested = '';
  const shown = input.value; // an input leaves out what it cannot show, such as the end of a line
  return {
    row: controlRow({ field: 'name', label: texts.name, controls: [input], content: [line(input, count, shorten)] }),
    read: () => (input.value === shown ? draft.name : input.value),
    suggest(name) {
      if (name === suggested) return;
      if (input.value === '' || input.value === suggested) input.value = name;
      suggested = name;
    },
    showCount(text, hint) {
      count.textContent = text;
      count.title = hint;
    },
    offer(shorter) {
      offered = shorter?.name ?? '';
      shorten.textContent = shorter?.label ?? '';
      shorten.hidden = shorter === undefined;
    },
  };
}
