import { l10n, window } from 'vscode';
import { safeText } from '../base/safeText.ts';
import type { Clock } from '../base/clock.ts';
import type { AuthorizationWriter, WideningQuestion } from '../model/authorizationWriter.ts';
import type { Widening } from '../nuki/access.ts';
import { scheduleInWords } from '../nuki/schedule.ts';
import { timeZoneName } from '../nuki/timeZones.ts';
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

/** Opens the form, a chunk of its own that is loaded with the first one. */
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

/** Asks, in a modal dialog, before an authorization gives more access than it did, and says what it adds. */
export function createMayWiden(context: PickContext): (question: WideningQuestion) => Promise<boolean> {
  return async ({ state, before, after, widenings }) => {
    const glance = context.glance();
    const zone = timeZoneName(state.device.config?.timezoneId);
    const allow = l10n.t('Allow More');
    const name = deviceNameOf(state.accountId, state.device.smartlockId, context);
    const detail = [
      ...widenings.map((widening) => l10n.t(wideningWords[widening])),
      '',
      l10n.t('Until now: {0}', scheduleInWords(before, zone, glance)),
      l10n.t('From now on: {0}', scheduleInWords(after, zone, glance)),
    ];
    const question = l10n.t('Give {0} more access to {1}?', safeText(after.name), name);
    const chosen = await window.showWarningMessage(question, { modal: true, detail: detail.join('\n') }, allow);
    return chosen === allow;
  };
}

const wideningWords: Readonly<Record<Widening, string>> = {
  enabled: 'It lets somebody in again.',
  remote: 'It may be used remotely.',
  from: 'It begins earlier.',
  until: 'It ends later, or never.',
  weekdays: 'It opens on more days.',
  hours: 'It opens at more hours.',
};
