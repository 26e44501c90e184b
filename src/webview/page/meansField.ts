import { means, type FormModel, type Means } from '../protocol.ts';
import { choice, groupRow, line, type Row } from './row.ts';

export interface MeansField {
  readonly row: Row;
  read(): Means;
}

/** What opens the door: one of three. */
export function meansField({ texts, draft, locked }: FormModel): MeansField {
  const disabled = locked.includes('means');
  const choices = means.map((value) =>
    choice({
      type: 'radio',
      name: 'means',
      id: `means-${value}`,
      value,
      label: texts[value],
      checked: value === draft.means,
      disabled,
    }),
  );
  const inputs = choices.map(({ input }) => input);
  const row = groupRow({
    id: 'means',
    field: 'means',
    role: 'radiogroup',
    label: texts.means,
    controls: inputs,
    content: [line(...choices.map((made) => made.element))],
  });
  return { row, read: () => means.find((_, place) => inputs[place]?.checked) ?? draft.means };
}
