import { l10n } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { AuthorizationWriter } from '../model/authorizationWriter.ts';
import type { Report } from '../report.ts';
import { workWords } from '../views/authorizationWords.ts';
import { accountName } from '../views/rows.ts';
import { troubleSentence } from '../views/troubleWords.ts';
import type { FormRequest } from '../webview/formWorld.ts';
import type { FormSurroundings } from '../webview/authorizationForm.ts';
import { deviceNameOf, type PickContext } from './pick.ts';

export interface FormContext extends PickContext {
  readonly clock: Clock;
  readonly report: Report;
  readonly extensionUri: FormSurroundings['extensionUri'];
}

/** Opens the form, which is loaded with the first one. */
export async function openForm(
  request: FormRequest,
  context: FormContext & { readonly writer: AuthorizationWriter },
): Promise<void> {
  const { openAuthorizationForm } = await import('../webview/authorizationForm.ts');
  const { store, glance, report, clock, writer, extensionUri } = context;
  const { accountId } = request;
  const account = (): string => {
    const state = store.account(accountId);
    return state ? accountName(state, glance()) : '';
  };
  openAuthorizationForm(request, {
    store,
    writer,
    clock,
    extensionUri,
    title: request.is === 'edit' ? l10n.t('Edit Authorization') : l10n.t('New Authorization'),
    reader: glance,
    words: {
      account,
      device: (id) => deviceNameOf(accountId, id, context),
      trouble: (error) => {
        const device =
          request.smartlockId === undefined ? undefined : deviceNameOf(accountId, request.smartlockId, context);
        return troubleSentence(error, { account: account(), device }, glance());
      },
      work: (work) => workWords(work, glance()),
    },
    tell: (sentence, isTrouble) => (isTrouble ? report.warn(sentence) : report.inform(sentence)),
    sync: async (smartlockId) => (await store.client(accountId)).sync(smartlockId),
  });
}
