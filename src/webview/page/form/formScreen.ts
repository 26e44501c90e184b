import type { FormModel, Preview } from '../../protocol/form.ts';
import { button, element } from '../element.ts';
import { repeatGuardMs } from '../host.ts';
import type { FormHost } from './formHost.ts';
import { previewPanel } from './previewPanel.ts';
import { fieldErrors } from './fields/fieldErrors.ts';
import { formFields } from './formFields.ts';

export interface AuthorizationForm {
  readonly element: HTMLElement;
  readonly model: FormModel;
  readonly code: { read(): string; write(code: string): void };
  /** Fills in a code that the host has generated. */
  writeCode(code: string): void;
  show(preview: Preview): void;
  /** Shows everything that is wrong, and moves the focus to the first field of it. */
  refuse(preview: Preview): void;
  /** It was not sent: the buttons work again. */
  release(): void;
  /** Keeps that it was sent, so that no one sends it again when the window was loaded again, and forgets its code. */
  keepAsSent(): void;
  focus(): void;
}

/** The chosen radio button; where it cannot be changed, the next field. */
const firstField = 'input[type=radio]:checked:enabled, input:enabled:not([type=radio]), select:enabled';

/** The form and, beside it, what the lock will do. `onSend` is called when the form was sent, so that an old error goes. */
export function authorizationForm(model: FormModel, host: FormHost, onSend: () => void): AuthorizationForm {
  const { texts } = model;
  const inputs = formFields(model, () => host.post('generate', inputs.read()));
  const panel = previewPanel(model, host, () => host.post('copyPayload', inputs.read()));
  const submit = element('button', { type: 'submit', class: 'primary', hidden: true });
  const split = button(texts.split, () => send('split'));
  const cancel = button(texts.cancel, () => host.post('cancel', null));
  split.hidden = true;
  const form = element(
    'form',
    { novalidate: true, autocomplete: 'off' },
    element('header', {}, element('h1', {}, model.heading), element('p', { class: 'hint' }, model.subheading)),
    element(
      'div',
      { class: 'columns' },
      element('div', { class: 'fields' }, ...inputs.rows.map((row) => row.element)),
      panel.element,
    ),
    element('div', { class: 'footer' }, panel.short, element('div', { class: 'buttons' }, submit, split, cancel)),
  );
  const errors = fieldErrors(form, inputs.rows);
  let sentAt = -Infinity;

  form.addEventListener('input', changed);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send('submit');
  });
  changed();
  return {
    element: form,
    model,
    code: inputs.code,
    writeCode(code) {
      inputs.code.write(code);
      changed();
    },
    show,
    refuse(preview) {
      release();
      show(preview);
      errors.showAll();
    },
    release,
    keepAsSent() {
      keep(true);
      inputs.code.write('');
    },
    focus: () => form.querySelector<HTMLElement>(firstField)?.focus(),
  };

  function changed(): void {
    inputs.arrange();
    keep(false);
    host.postSoon('preview', () => inputs.read());
  }

  function keep(isSent: boolean): void {
    const draft = inputs.read();
    const hadCode = draft.code !== '' || inputs.code.isLacking();
    host.keep({ subject: model.subject, draft: { ...draft, code: '' }, hadCode, isSent });
  }

  function show(preview: Preview): void {
    inputs.show(preview);
    errors.take(preview.problems);
    panel.show(preview);
    submit.textContent = preview.submit;
    submit.hidden = false;
    split.hidden = !preview.canSplit;
  }

  /** Sends once: until an answer comes, both buttons are shown as disabled and do nothing, but keep the focus. */
  function send(name: 'submit' | 'split'): void {
    if (submit.hidden || submit.ariaDisabled === 'true') return;
    if (!host.post(name, inputs.read())) return;
    if (name === 'submit') keep(true);
    sentAt = performance.now();
    setSending(true);
    onSend();
  }

  /** Enables the buttons when the host would take another press: the second press of a double click does nothing. */
  function release(): void {
    keep(false);
    setTimeout(() => setSending(false), sentAt + repeatGuardMs - performance.now());
  }

  function setSending(isSending: boolean): void {
    for (const each of [submit, split]) each.ariaDisabled = isSending ? 'true' : null;
  }
}
