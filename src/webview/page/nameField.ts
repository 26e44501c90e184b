import type { FormModel } from '../protocol.ts';
import { element } from './element.ts';
import { controlRow, line, type Row } from './row.ts';

/** More than any name may have, little enough for `largestMessage`. */
export const longestTypedName = 200;

export interface NameField {
  readonly row: Row;
  read(): string;
  /** How much of what a name may have is taken. */
  showCount(count: string): void;
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
  const shown = input.value; // an input leaves out what it cannot show, such as the end of a line
  return {
    row: controlRow({ field: 'name', label: texts.name, controls: [input], content: [line(input, count)] }),
    read: () => (input.value === shown ? draft.name : input.value),
    showCount: (text) => {
      count.textContent = text;
    },
  };
}
