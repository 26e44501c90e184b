import type { Draft, FormModel } from '../../../protocol/form.ts';
import { element } from '../../element.ts';
import { longestTypedName } from './nameField.ts';
import { controlRow, type Row } from './row.ts';

/** More than any address may have (RFC 5321: 254), little enough for `largestMessage`. */
const longestEmail = 320;

export interface PersonField {
  readonly rows: readonly Row[];
  read(): Draft['person'];
  /** What the person is called, as far as that is known. */
  name(): string;
  /** Shows the rows that are needed: none, the person, or also the fields of a new one. */
  arrange(isAsked: boolean): void;
}

/** Who it is for: a person of the account, or one to be created. */
export function personField({ texts, draft, people, locked }: FormModel): PersonField {
  const { person } = draft;
  const disabled = locked.includes('person');
  const select = element(
    'select',
    { id: 'person', disabled },
    element('option', { value: 'none' }, texts.choosePerson),
    ...people.map(({ id, label }) => element('option', { value: id }, label)),
    element('option', { value: 'new' }, texts.newPerson),
  );
  if (typeof person === 'number') select.value = String(person);
  else select.value = person === null ? 'none' : 'new';
  if (select.selectedIndex < 0) select.value = 'none'; // a person whom the account no longer knows
  const name = textInput('personName', longestTypedName, disabled);
  const email = textInput('personEmail', longestEmail, disabled);
  email.inputMode = 'email';
  if (typeof person === 'object' && person !== null) {
    name.value = person.name;
    email.value = person.email;
  }

  const row = controlRow({ field: 'person', label: texts.person, controls: [select], content: [select] });
  const newRows = [
    controlRow({ field: 'personName', label: texts.personName, controls: [name], content: [name] }),
    controlRow({ field: 'personEmail', label: texts.personEmail, controls: [email], content: [email] }),
  ];
  return {
    rows: [row, ...newRows],
    read() {
      if (disabled) return person;
      if (select.value === 'new') return { name: name.value, email: email.value };
      return people.find(({ id }) => String(id) === select.value)?.id ?? null;
    },
    name: () =>
      select.value === 'new' ? name.value : (people.find(({ id }) => String(id) === select.value)?.name ?? ''),
    arrange(isAsked) {
      row.element.hidden = !isAsked;
      for (const newRow of newRows) newRow.element.hidden = !isAsked || select.value !== 'new';
    },
  };
}

function textInput(id: string, maxlength: number, disabled: boolean): HTMLInputElement {
  return element('input', { type: 'text', id, maxlength, autocomplete: 'off', spellcheck: 'false', disabled });
}
