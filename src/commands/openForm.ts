import { pendingChangeText } from '../views/text/pendingChangeText.ts';
import { describeError } from '../views/text/errorText.ts';
import type { FormRequest, FormServices } from '../webview/host/formServices.ts';
import { namesOf } from './describeFailure.ts';
import { accountNameOf, deviceNameOf } from './pick.ts';
import type { CommandServices } from './services.ts';
import { logDoubt, unconfirmedText } from './unconfirmedAuthorizations.ts';

/** Opens the form; its code is loaded with the first one. */
export async function openForm(request: FormRequest, services: CommandServices): Promise<void> {
  const { openAuthorizationForm } = await import('../webview/host/formPanel.ts');
  const { store, renderContext, report, clock, writer, extensionUri } = services;
  const { accountId } = request;
  const formServices: FormServices = {
    store,
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
    sync: async (smartlockId) => (await store.client(accountId)).sync(smartlockId),
  };
  openAuthorizationForm(request, formServices, extensionUri);
}
