import { env, ViewColumn, window, type Uri, type WebviewPanel } from 'vscode';
import { randomInt } from '../../../base/randomInt.ts';
import type { Memento } from '../../../model/memento.ts';
import { FormSession } from './formSession.ts';
import { requestOf, type FormPanel, type FormRequest, type FormServices } from './formServices.ts';
import { decodeKeptForm } from './messages.ts';
import { showPage } from '../panel.ts';
import type { KeptForm, ToPage } from '../../protocol/form.ts';

/** Where forms are shown, and what they need. */
export interface FormPlace {
  readonly viewType: string;
  readonly extensionUri: Uri;
  servicesFor(request: FormRequest): FormServices;
  /** What is kept for the next form. */
  readonly memento: Memento;
}

const unfoldedKey = 'nuki.form.isUnfolded';

interface Opening {
  /** Next to the form that is shown: in front of it, the panel would hide its code. */
  readonly isBeside?: boolean;
  /** What was written in it before. */
  readonly resumed?: KeptForm | undefined;
}

/** Opens the form in a panel of its own. */
export function openAuthorizationForm(request: FormRequest, place: FormPlace, opening: Opening = {}): void {
  const { isBeside = false, resumed } = opening;
  const title = place.servicesFor(request).locale().t(titles[request.kind]);
  const column = isBeside ? { viewColumn: ViewColumn.Beside, preserveFocus: true } : ViewColumn.Active;
  showForm(window.createWebviewPanel(place.viewType, title, column), request, place, resumed);
}

const titles: Readonly<Record<FormRequest['kind'], string>> = {
  new: 'New Authorization',
  edit: 'Edit Authorization',
  duplicate: 'Duplicate Authorization',
};

/** Shows in `panel` again what it has shown before the window was loaded again; closes it where nothing usable was kept. */
export function resumeAuthorizationForm(panel: WebviewPanel, state: unknown, place: FormPlace): void {
  const kept = decodeKeptForm(state);
  if (kept) showForm(panel, requestOf(kept.subject), place, kept);
  else panel.dispose();
}

function showForm(panel: WebviewPanel, request: FormRequest, place: FormPlace, resumed?: KeptForm): void {
  showPage<ToPage>(panel, 'form', place.extensionUri, (pagePanel) => {
    const formPanel: FormPanel = {
      ...pagePanel,
      ownZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      randomInt,
      isUnfolded: () => place.memento.get(unfoldedKey) === true,
      keepUnfolded: (isUnfolded) => void place.memento.update(unfoldedKey, isUnfolded),
      copy: async (text) => env.clipboard.writeText(text),
      open: (other, resumedForm) => openAuthorizationForm(other, place, { resumed: resumedForm }),
      openBeside: (other) => openAuthorizationForm(other, place, { isBeside: true }),
    };
    return new FormSession(request, place.servicesFor(request), formPanel, resumed);
  });
}
