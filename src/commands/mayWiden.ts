import { l10n, window } from 'vscode';
import { safeText } from '../base/safeText.ts';
import type { WideningQuestion } from '../model/authorizationWriter.ts';
import type { Widening } from '../nuki/access.ts';
import { scheduleInWords } from '../nuki/schedule.ts';
import { timeZoneName } from '../nuki/timeZones.ts';
import { nameOf, type PickContext } from './pick.ts';

/** Asks, in a modal dialog, before an authorization gives more access than it did, and says what it adds. */
export function createMayWiden(context: PickContext): (question: WideningQuestion) => Promise<boolean> {
  return async ({ state, before, after, widenings }) => {
    const glance = context.glance();
    const zone = timeZoneName(state.device.config?.timezoneId);
    const allow = l10n.t('Allow More');
    const name = nameOf(state, context);
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
