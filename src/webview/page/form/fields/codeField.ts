import type { FormModel } from '../../../protocol/form.ts';
import { button, element } from '../../element.ts';
import { pageIcon } from '../../pageIcons.ts';
import { controlRow, line, type Row } from './row.ts';

/** More digits than a code has, so that a code that is too long can be typed and refused. */
const longestCode = 16;

export interface CodeField {
  readonly row: Row;
  read(): string;
  write(code: string): void;
  /** Whether a code was typed that was not kept, and none was typed since. */
  isLacking(): boolean;
}

/** The code, hidden until the user has it shown. */
export function codeField({ texts, mode, locked, lacksCode }: FormModel, generate: () => void): CodeField {
  const disabled = locked.includes('code');
  const isEdit = mode === 'edit';
  const look = isEdit ? 'hint' : 'hint rule';
  const hint = element('p', { class: look, id: 'code-hint' }, isEdit ? texts.keepCode : texts.codeRule);
  const lack = element(
    'p',
    { class: 'note', id: 'code-lack', hidden: !lacksCode },
    pageIcon('warning'),
    element('span', {}, texts.lacksCode),
  );
  const input = element('input', {
    type: 'password',
    id: 'code',
    inputmode: 'numeric',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: longestCode,
    'aria-describedby': lacksCode ? `${hint.id} ${lack.id}` : hint.id,
    disabled,
  });
  input.addEventListener('input', () => (lack.hidden = true));
  const reveal = button(texts.showCode, () => {
    const isHidden = input.type === 'password';
    input.type = isHidden ? 'text' : 'password';
    reveal.textContent = isHidden ? texts.hideCode : texts.showCode;
  });
  const make = button(texts.generate, generate);
  for (const each of [reveal, make]) each.disabled = disabled;
  return {
    row: controlRow({
      field: 'code',
      label: texts.keypadCode,
      controls: [input],
      content: [line(input, reveal, make), hint, lack],
    }),
    read: () => input.value,
    write(code) {
      input.value = code;
      lack.hidden ||= code !== '';
    },
    isLacking: () => !lack.hidden,
  };
}
