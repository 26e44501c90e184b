// The page of the authorization form: draws what its host posts, and posts what the user writes.
import type { FormModel, KeptForm, Message, ToHost, ToPage } from '../../protocol/form.ts';
import { authorizationForm, type AuthorizationForm } from './formScreen.ts';
import { conflictScreen } from './conflictScreen.ts';
import { closedDraftOffer } from './closedDraftOffer.ts';
import { element } from '../element.ts';
import { connect, focusWhenActive } from '../host.ts';
import { progressScreen, type ProgressScreen } from './progressScreen.ts';

start(document.querySelector('main') ?? document.body);

function start(main: HTMLElement): void {
  const alert = element('div', { class: 'alert', role: 'alert' });
  const status = element('div', { class: 'status', role: 'status' });
  const screen = element('div');
  let form: AuthorizationForm | undefined;
  let progress: ProgressScreen | undefined;
  /** Whether the next `show` drops a code that was typed. */
  let dropsCode = false;
  const host = connect<ToHost, ToPage, KeptForm>(receive);
  const offer = closedDraftOffer(host);
  main.append(alert, status, offer.element, screen);
  const { kept } = host;
  host.post('ready', kept ? { draft: kept.draft, hadCode: kept.hadCode } : null);

  function receive(message: Message): void {
    if (message.name === 'show') show(message.body);
    else if (message.name === 'failed') fail(message.body);
    else if (message.name === 'informed') inform(message.body);
    else if (form !== undefined) update(message, form);
  }

  /** The host posts no code: one that was typed stays, unless everything is read again. */
  function show(model: FormModel): void {
    const code = dropsCode ? undefined : form?.code.read();
    const focused = document.activeElement?.id ?? '';
    dropsCode = false;
    progress = undefined;
    document.documentElement.lang = model.language;
    document.title = model.heading;
    showError('');
    form = authorizationForm(model, host, () => showError(''));
    if (code) form.writeCode(code);
    offer.show(model);
    screen.replaceChildren(form.element);
    const shown = form;
    const first = model.lacksCode ? 'code' : '';
    focusWhenActive(() => {
      document.getElementById(focused || first)?.focus();
      if (document.activeElement === document.body) shown.focus();
    });
  }

  /** Something could not be done, perhaps the form could not even be shown. */
  function fail(text: string): void {
    release();
    showError(text);
    alert.scrollIntoView({ block: 'nearest' });
  }

  /** There was nothing to do, which is no error. */
  function inform(text: string): void {
    release();
    showError('');
    status.textContent = text;
    status.scrollIntoView({ block: 'nearest' });
  }

  /** What was sent stays sent, also where looking for it fails. */
  function release(): void {
    if (progress === undefined) form?.release();
  }

  /** An empty text takes away whatever was told. */
  function showError(text: string): void {
    alert.textContent = text;
    status.textContent = '';
  }

  function update(message: Exclude<Message, { name: 'show' | 'failed' | 'informed' }>, shown: AuthorizationForm): void {
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
        shown.keepAsSent();
        showError('');
        return;
      }
      case 'conflict':
        progress = undefined;
        shown.release();
        return replaceScreen(
          conflictScreen(message.body, texts, {
            reload() {
              dropsCode = true;
              host.post('reload', null);
            },
            cancel: () => void host.post('cancel', null),
          }),
        );
    }
  }

  function replaceScreen(other: { readonly element: HTMLElement; focus(): void }): void {
    showError('');
    offer.hide();
    screen.replaceChildren(other.element);
    focusWhenActive(() => other.focus());
  }
}
