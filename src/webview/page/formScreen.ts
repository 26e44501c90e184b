import type { FormModel, Preview } from '../protocol.ts';
import { button, element } from './element.ts';
import { previewDebounceMs, type Host } from './host.ts';
import { previewPanel } from './previewPanel.ts';
import { problemsOf } from './fieldErrors.ts';
import { formFields } from './formFields.ts';

export interface AuthorizationForm {
  readonly element: HTMLElement;
  readonly model: FormModel;
  readonly code: { read(): string; write(code: string): void };
  /** A code that the host made. */
  writeCode(code: string): void;
  show(preview: Preview): void;
  /** Shows everything that is wrong, and puts the focus on the first of it. */
  refuse(preview: Preview): void;
  /** It was not sent: it can be, once more. */
  release(): void;
  focus(): void;
}

/** The form and, beside it, what the lock will do. `onSend`: something was sent, and what was said of it before is over. */
export function authorizationForm(model: FormModel, host: Host, onSend: () => void): AuthorizationForm {
  const { texts } = model;
  const asked = formFields(model, () => host.post('generate', asked.read()));
  const panel = previewPanel(texts, () => host.post('copyPayload', asked.read()));
  const submit = element('button', { type: 'submit', class: 'primary', hidden: true });
  const split = button(texts.split, () => send('split'));
  const cancel = button(texts.cancel, () => host.post('cancel', null));
  split.hidden = true;
  const form = element(
    'form',
    { novalidate: true, autocomplete: 'off' },
    ...asked.rows.map((row) => row.element),
    element('div', { class: 'buttons' }, submit, split, cancel),
  );
  const problems = problemsOf(form, asked.rows);
  let sentAt = -Infinity;

  form.addEventListener('input', changed);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send('submit');
  });
  changed();
  return {
    element: element(
      'div',
      {},
      element('header', {}, element('h1', {}, model.heading), element('p', { class: 'hint' }, model.subheading)),
      element('div', { class: 'columns' }, form, panel.element),
    ),
    model,
    code: asked.code,
    writeCode(code) {
      asked.code.write(code);
      changed();
    },
    show,
    refuse(preview) {
      release();
      show(preview);
      problems.showAll();
    },
    release,
    focus: () => form.querySelector<HTMLElement>('input:enabled, select:enabled')?.focus(),
  };

  function changed(): void {
    asked.arrange();
    host.keep(asked.read());
    host.preview(() => asked.read());
  }

  function show(preview: Preview): void {
    asked.show(preview);
    problems.take(preview.problems);
    panel.show(preview);
    submit.textContent = preview.submit;
    submit.hidden = false;
    split.hidden = !preview.canSplit;
  }

  /** Sends once: until an answer is there, both buttons do nothing and look so, but keep the focus. */
  function send(name: 'submit' | 'split'): void {
    if (submit.hidden || submit.ariaDisabled === 'true') return;
    if (!host.post(name, asked.read())) return;
    sentAt = performance.now();
    setSending(true);
    onSend();
  }

  /** The buttons look as if they could be pressed when they can: the second press of a double click comes to nothing. */
  function release(): void {
    setTimeout(() => setSending(false), sentAt + previewDebounceMs - performance.now());
  }

  function setSending(isSending: boolean): void {
    for (const made of [submit, split]) {
      if (isSending) made.ariaDisabled = 'true';
      else made.ariaDisabled = null;
    }
  }
}
