import type { Draft, FormModel, Preview } from '../../protocol/form.ts';
import { codeField } from './fields/codeField.ts';
import { devicesField } from './fields/devicesField.ts';
import { hoursField } from './fields/hoursField.ts';
import { credentialField } from './fields/credentialField.ts';
import { momentField } from './fields/momentField.ts';
import { nameField } from './fields/nameField.ts';
import { personField } from './fields/personField.ts';
import { choice, groupRow, type Row } from './fields/row.ts';
import { weekdaysField } from './fields/weekdaysField.ts';

export interface FormFields {
  /** In the order of `fields`. */
  readonly rows: readonly Row[];
  readonly code: { read(): string; write(code: string): void; isLacking(): boolean };
  read(): Draft;
  /** Shows the fields that the chosen credential needs, and disables what does not go with it. */
  arrange(): void;
  /** Shows what the host says of the draft. */
  show(preview: Preview): void;
}

/** All fields of the form. The inputs are the draft; there is no copy of it. */
export function formFields(model: FormModel, generate: () => void): FormFields {
  const { texts, draft, mode } = model;
  const credential = credentialField(model);
  const name = nameField(model);
  const person = personField(model);
  const devices = devicesField(model);
  const code = codeField(model, generate);
  const from = momentField('from', model);
  const until = momentField('until', model);
  const weekdays = weekdaysField(model);
  const hours = hoursField(model);
  const remote = choice({ type: 'checkbox', id: 'remote', label: texts.remoteAllowed, checked: draft.remoteAllowed });

  const remoteRow = groupRow({ id: 'remote-row', label: '', controls: [remote.input], content: [remote.element] });
  return {
    rows: [
      credential.row,
      ...person.rows,
      name.row,
      devices.row,
      code.row,
      from.row,
      until.row,
      weekdays.row,
      hours.row,
      remoteRow,
    ],
    code,
    arrange,
    show({ nameCount, shorterName, details, disambiguations, presets }) {
      name.showCount(nameCount, credential.read() === 'code' ? texts.nameCount : '');
      name.offer(shorterName);
      devices.showDetails(details);
      for (const field of [from, until]) field.take(presets);
      from.ask(disambiguations.from);
      until.ask(disambiguations.until);
    },
    read() {
      const chosen = credential.read();
      return {
        credential: chosen,
        name: name.read(),
        person: chosen === 'code' ? null : person.read(),
        devices: devices.read(chosen),
        remoteAllowed: chosen === 'app' ? remote.input.checked : mode === 'edit' && draft.remoteAllowed,
        from: from.read(),
        until: until.read(),
        weekdays: weekdays.read(),
        hours: hours.read(),
        code: chosen === 'code' ? code.read() : '',
      };
    },
  };

  function arrange(): void {
    const chosen = credential.read();
    person.arrange(chosen !== 'code');
    if (chosen !== 'code') name.suggest(person.name());
    devices.arrange(chosen);
    code.row.element.hidden = chosen !== 'code';
    remoteRow.element.hidden = chosen !== 'app'; // a code or a fob is used at the door
    for (const field of [from, until, hours]) field.arrange();
    until.nameToday(from.read() === null ? texts.today : texts.sameDay);
  }
}
