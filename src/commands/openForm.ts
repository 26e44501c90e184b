import type { Uri } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { AuthorizationWriter } from '../model/authorizationWriter.ts';
import type { Report } from '../report.ts';
import { pendingChangeText } from '../views/text/authorizationText.ts';
import { accountName } from '../views/text/accountText.ts';
import { errorSentence } from '../views/text/errorText.ts';
import type { FormRequest, FormServices } from '../webview/host/formServices.ts';
import { deviceNameOf, type PickContext } from './pick.ts';

export interface FormContext extends PickContext {
  readonly clock: Clock;
  readonly report: Report;
  readonly extensionUri: Uri;
}

/** Opens the form, which is loaded with the first one. */
export async function openForm(
  request: FormRequest,
  context: FormContext & { readonly writer: AuthorizationWriter },
): Promise<void> {
  const { openAuthorizationForm } = await import('../webview/host/formPanel.ts');
  const { store, renderContext, report, clock, writer, extensionUri } = context;
  const { accountId } = request;
  const account = (): string => {
    const state = store.account(accountId);
    return state ? accountName(state, renderContext()) : '';
  };
  const services: FormServices = {
    store,
    writer,
    clock,
    locale: renderContext,
    accountName: account,
    deviceName: (id) => deviceNameOf(accountId, id, context),
    errorText: (error) => {
      const { smartlockId } = request;
      const device = smartlockId === undefined ? undefined : deviceNameOf(accountId, smartlockId, context);
      return errorSentence(error, { account: account(), device }, renderContext());
    },
    pendingChangeText: (pending) => pendingChangeText(pending, renderContext()),
    notify: (sentence, isWarning) => (isWarning ? report.warn(sentence) : report.inform(sentence)),
    sync: async (smartlockId) => (await store.client(accountId)).sync(smartlockId),
  };
  openAuthorizationForm(request, services, extensionUri);
}
