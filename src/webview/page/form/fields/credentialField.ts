import { credentialTypes, type FormModel, type CredentialType } from '../../../protocol/form.ts';
import { element } from '../../element.ts';
import { choice, groupRow, type Row } from './row.ts';

export interface CredentialField {
  readonly row: Row;
  read(): CredentialType;
}

/** What opens the door: one of three, beside each other in one control. */
export function credentialField({ texts, draft, locked }: FormModel): CredentialField {
  const disabled = locked.includes('credential');
  const choices = credentialTypes.map((value) =>
    choice({
      type: 'radio',
      name: 'credential',
      id: `credential-${value}`,
      value,
      label: texts[value],
      checked: value === draft.credential,
      disabled,
    }),
  );
  const inputs = choices.map(({ input }) => input);
  const row = groupRow({
    id: 'credential',
    field: 'credential',
    role: 'radiogroup',
    label: texts.credential,
    controls: inputs,
    content: [element('div', { class: 'segments' }, ...choices.map((each) => each.element))],
  });
  const chosen = (): HTMLInputElement | undefined => inputs.find(({ checked }) => checked);
  return {
    row: { ...row, focus: () => chosen()?.focus() },
    read: () => credentialTypes.find((_, index) => inputs[index]?.checked) ?? draft.credential,
  };
}
