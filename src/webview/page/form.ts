// The page of the authorization form: says that it is there, draws what its host tells it, and tells it what is written.
import type { FormModel, Message } from '../protocol.ts';
import { authorizationForm, type AuthorizationForm } from './formScreen.ts';
import { conflictScreen } from './conflictScreen.ts';
import { element } from './element.ts';
import { connect } from './host.ts';
import { progressScreen, type ProgressScreen } from './progressScreen.ts';

start(document.querySelector('main') ?? document.body);

function start(main: HTMLElement): void {
  const alert = element('div', { class: 'alert', role: 'alert' });
  const screen = element('div');
  main.append(alert, screen);
  let form: AuthorizationForm | undefined;
  let progress: ProgressScreen | undefined;
  /** What was typed is to be dropped with the next `show`. */
  let drops = false;
  const host = connect(receive);

  function receive(message: Message): void {
    if (message.name === 'show') show(message.body);
    else if (message.name === 'failed') fail(message.body);
    else if (form !== undefined) update(message, form);
  }

  /** The host sends no code: one that was typed stays, unless everything is to be read again. */
  function show(model: FormModel): void {
    const code = drops ? undefined : form?.code.read();
    const focused = document.activeElement?.id ?? '';
    [drops, progress] = [false, undefined];
    document.documentElement.lang = model.language;
    document.title = model.heading;
    complain('');
    form = authorizationForm(model, host, () => complain(''));
    if (code !== undefined) form.code.write(code);
    screen.replaceChildren(form.element);
    const shown = form;
    focusWhenActive(() => {
      document.getElementById(focused)?.focus();
      if (document.activeElement === document.body) shown.focus();
    });
  }

  /** Something that was wanted could not be done, be it to show the form at all. */
  function fail(trouble: string): void {
    form?.release();
    complain(trouble);
    alert.scrollIntoView({ block: 'nearest' });
  }

  function complain(trouble: string): void {
    alert.textContent = trouble;
  }

  function update(message: Exclude<Message, { name: 'show' | 'failed' }>, shown: AuthorizationForm): void {
    const { texts } = shown.model;
    switch (message.name) {
      case 'previewed':
        return shown.show(message.body);
      case 'refused':
        return shown.refuse(message.body);
      case 'generated':
        return shown.writeCode(message.body.code);
      case 'progress': {
        const known = progress ?? progressScreen(texts, host);
        known.show(message.body);
        if (progress === undefined) replaceScreen(known);
        progress = known;
        complain('');
        return;
      }
      case 'conflict':
        progress = undefined;
        return replaceScreen(
          conflictScreen(message.body, texts, {
            reload() {
              drops = true;
              host.post('reload', null);
            },
            cancel: () => void host.post('cancel', null),
          }),
        );
    }
  }

  function replaceScreen(other: { readonly element: HTMLElement; focus(): void }): void {
    complain('');
    screen.replaceChildren(other.element);
    focusWhenActive(() => other.focus());
  }
}

/** Takes the focus within the page, but not to the page from where somebody is typing. */
function focusWhenActive(focus: () => void): void {
  if (document.hasFocus()) focus();
  else window.addEventListener('focus', focus, { once: true });
}
