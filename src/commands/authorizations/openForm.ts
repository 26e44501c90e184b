import type { WebviewPanel } from 'vscode';
import { pendingChangeText } from '../../views/text/pendingChangeText.ts';
import { idOf } from '../../views/tree/nodes.ts';
import { describeError } from '../../views/text/errorText.ts';
import { ClosedDraft } from '../../webview/host/form/closedDraft.ts';
import type { FormPlace } from '../../webview/host/form/formPanel.ts';
import type { FormRequest, FormServices } from '../../webview/host/form/formServices.ts';
import { copySecret } from '../clipboard.ts';
import { namesOf } from '../describeFailure.ts';
import { viewTypes } from '../pages.ts';
import { accountNameOf, deviceNameOf } from '../pick.ts';
import type { CommandServices } from '../services.ts';
import { logDoubt, unconfirmedText } from './unconfirmedAuthorizations.ts';

/** Opens the form; its code is loaded with the first one. */
export async function openForm(request: FormRequest, services: CommandServices): Promise<void> {
  const { openAuthorizationForm } = await import('../../webview/host/form/formPanel.ts');
  openAuthorizationForm(request, placeOf(services));
}

/** Brings a form back in the panel in which it was shown before the window was loaded again. `state`: what its page has kept. */
export async function resumeForm(panel: WebviewPanel, state: unknown, services: CommandServices): Promise<void> {
  const { resumeAuthorizationForm } = await import('../../webview/host/form/formPanel.ts');
  resumeAuthorizationForm(panel, state, placeOf(services));
}

/** What every form of a window shares: the draft of the one that was closed last, until its account is gone. */
export function createClosedDraft({
  store,
  disposeOnDeactivate: register,
}: Pick<CommandServices, 'store' | 'disposeOnDeactivate'>): ClosedDraft {
  const closedDraft = new ClosedDraft();
  register(store.onDidChange(() => closedDraft.forgetUnlessFor(store.accounts.map(({ id }) => id))));
  return closedDraft;
}

function placeOf(services: CommandServices): FormPlace {
  const { extensionUri, memento } = services;
  return { viewType: viewTypes.form, extensionUri, memento, servicesFor: (request) => formServices(request, services) };
}

function formServices(request: FormRequest, services: CommandServices): FormServices {
  const { store, closedDraft, renderContext, report, clock, writer, reveal } = services;
  const { accountId } = request;
  return {
    store,
    closedDraft,
    writer,
    clock,
    locale: renderContext,
    accountName: () => accountNameOf(accountId, services),
    deviceName: (smartlockId) => deviceNameOf({ accountId, smartlockId }, services),
    errorText: (error) => describeError(error, namesOf(request, services), renderContext()),
    pendingChangeText: (pending) => pendingChangeText(pending, renderContext()),
    endText: (unconfirmed) => unconfirmedText(unconfirmed, accountId, services),
    logDoubt: (name, doubt) => logDoubt(name, doubt, report),
    notify: (sentence, isWarning) => (isWarning ? report.warn(sentence) : report.inform(sentence)),
    copySecret: async (secret, sentence) => copySecret(secret, services, sentence),
    showInSidebar: async (smartlockId) => reveal(idOf({ kind: 'device', accountId, smartlockId })),
    sync: async (smartlockId) => (await store.client(accountId)).sync(smartlockId),
  };
}
