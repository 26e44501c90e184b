import { l10n } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { AuthorizationWriter } from '../model/authorizationWriter.ts';
import type { Report } from '../report.ts';
import { pendingChangeText } from '../views/text/authorizationText.ts';
import { accountName } from '../views/tree/rows.ts';
import { errorSentence } from '../views/text/errorText.ts';
import type { FormRequest } from '../webview/host/formServices.ts';
import type { FormHostServices } from '../webview/host/formPanel.ts';
import { deviceNameOf, type PickContext } from './pick.ts';

export interface FormContext extends PickContext {
  readonly clock: Clock;
  readonly report: Report;
  readonly extensionUri: FormHostServices['extensionUri'];
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
  openAuthorizationForm(request, {
    store,
    writer,
    clock,
    extensionUri,
    title: request.kind === 'edit' ? l10n.t('Edit Authorization') : l10n.t('New Authorization'),
    locale: renderContext,
    labels: {
      account,
      device: (id) => deviceNameOf(accountId, id, context),
      error: (error) => {
        const device =
          request.smartlockId === undefined ? undefined : deviceNameOf(accountId, request.smartlockId, context);
        return errorSentence(error, { account: account(), device }, renderContext());
      },
      pendingChange: (work) => pendingChangeText(work, renderContext()),
    },
    notify: (sentence, isTrouble) => (isTrouble ? report.warn(sentence) : report.inform(sentence)),
    sync: async (smartlockId) => (await store.client(accountId)).sync(smartlockId),
  });
}
