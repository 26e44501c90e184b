import type { Field } from '../../../protocol/form.ts';
import { element } from '../../element.ts';
import { pageIcon } from '../../pageIcons.ts';

export type Control = HTMLInputElement | HTMLSelectElement | HTMLButtonElement;

/** A row of the form: a label, what it labels, and below that what is wrong with it. */
export interface Row {
  readonly field: Field | undefined;
  readonly element: HTMLElement;
  showProblem(problem: string | undefined): void;
  /** Puts the focus on the first control that takes it. */
  focus(): void;
}

interface RowParts {
  /** Nothing can be wrong with a row without a field. */
  readonly field?: Field;
  readonly label: string;
  readonly controls: readonly Control[];
  readonly content: readonly HTMLElement[];
}

/** A row with one control. */
export function controlRow(parts: RowParts & { readonly controls: readonly [Control] }): Row {
  const label = element('label', { class: 'label', for: parts.controls[0].id }, parts.label);
  return row(parts, element('div', { class: 'row' }, label));
}

/** A row with several controls, which the label names together. */
export function groupRow(parts: RowParts & { readonly id: string; readonly role?: 'group' | 'radiogroup' }): Row {
  const label = element('span', { class: 'label', id: `${parts.id}-label` }, parts.label);
  const group = element('div', { class: 'row', role: parts.role ?? 'group', 'aria-labelledby': label.id }, label);
  return row(parts, group);
}

function row({ field, controls, content }: RowParts, container: HTMLElement): Row {
  const message = element('span');
  const problem = element('p', { class: 'problem', hidden: true }, pageIcon('error'), message);
  container.append(element('div', { class: 'controls' }, ...content, problem));
  if (field !== undefined) {
    container.dataset['field'] = field;
    problem.id = `${field}-problem`;
    for (const control of controls) describe(control, problem.id);
  }
  return {
    field,
    element: container,
    showProblem(text) {
      message.textContent = text ?? '';
      problem.hidden = text === undefined;
      for (const control of controls) {
        if (control instanceof HTMLButtonElement) continue; // a button is never wrong by itself
        if (text === undefined) control.removeAttribute('aria-invalid');
        else control.setAttribute('aria-invalid', 'true');
      }
    },
    focus: () => controls.find(({ disabled }) => !disabled)?.focus(),
  };
}

function describe(control: Control, id: string): void {
  const before = control.getAttribute('aria-describedby');
  control.setAttribute('aria-describedby', before === null ? id : `${before} ${id}`);
}

/** Controls and what belongs to them, side by side. */
export function line(...content: readonly (Node | string)[]): HTMLElement {
  return element('div', { class: 'line' }, ...content);
}

interface ChoiceParts {
  readonly type: 'checkbox' | 'radio';
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Of radio buttons that exclude each other. */
  readonly name?: string;
  readonly value?: string;
}

interface Choice {
  readonly input: HTMLInputElement;
  readonly label: HTMLElement;
  readonly element: HTMLElement;
}

/** A box or a button to be ticked, with its label. */
export function choice({ label: text, ...attributes }: ChoiceParts): Choice {
  const input = element('input', attributes);
  const label = element('label', { for: input.id, class: 'foreign' }, text);
  return { input, label, element: element('span', { class: 'choice' }, input, label) };
}
