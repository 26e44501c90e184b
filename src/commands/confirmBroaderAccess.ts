import { l10n, window } from 'vscode';
import { safeText } from '../base/safeText.ts';
import type { BroaderAccessQuestion } from '../model/authorizationWriter.ts';
import type { AccessGain } from '../nuki/authorization/accessGains.ts';
import { scheduleInWords } from '../nuki/authorization/schedule.ts';
import { timeZoneName } from '../nuki/time/timeZones.ts';
import { nameOf } from './pick.ts';
import type { Services } from './services.ts';

/** Asks, in a modal dialog, before an authorization gives more access than it did, and says what it adds. */
export function createConfirmBroaderAccess(
  services: Pick<Services, 'store' | 'renderContext'>,
): (question: BroaderAccessQuestion) => Promise<boolean> {
  return async ({ state, before, after, gains }) => {
    const renderContext = services.renderContext();
    const zone = timeZoneName(state.device.config?.timezoneId);
    const allow = l10n.t('Allow More');
    const name = nameOf(state, services);
    const detail = [
      ...gains.map((gain) => l10n.t(gainSentences[gain])),
      '',
      l10n.t('Until now: {0}', scheduleInWords(before, zone, renderContext)),
      l10n.t('From now on: {0}', scheduleInWords(after, zone, renderContext)),
    ];
    const question = l10n.t('Give {0} more access to {1}?', safeText(after.name), name);
    const chosen = await window.showWarningMessage(question, { modal: true, detail: detail.join('\n') }, allow);
    return chosen === allow;
  };
}

const gainSentences: Readonly<Record<AccessGain, string>> = {
  enabled: 'It lets somebody in again.',
  remote: 'It may be used remotely.',
  from: 'It begins earlier.',
  until: 'It ends later, or never.',
  weekdays: 'It opens on more days.',
  hours: 'It opens at more hours.',
};
