import { l10n, window } from 'vscode';
import { safeText } from '../base/safeText.ts';
import type { BroaderAccessQuestion } from '../model/authorizationWriter.ts';
import { accessGains, type AccessGain } from '../nuki/authorization/accessGains.ts';
import { scheduleInWords } from '../nuki/authorization/schedule.ts';
import { timeZoneName } from '../nuki/time/timeZones.ts';
import { nameOf } from './pick.ts';
import type { Services } from './services.ts';

/** Asks, in a modal dialog, before an authorization gives more access than it did, and says what it adds and what it takes away. */
export function createConfirmBroaderAccess(
  services: Pick<Services, 'store' | 'renderContext'>,
): (question: BroaderAccessQuestion) => Promise<boolean> {
  return async ({ state, before, after, gains }) => {
    const renderContext = services.renderContext();
    const zone = timeZoneName(state.device.config?.timezoneId);
    const losses = accessGains(after, before);
    const [old, next] = [before, after].map((schedule) => scheduleInWords(schedule, zone, renderContext));
    const detail = [
      ...changeLines(gains, losses),
      '',
      ...(old === next
        ? [l10n.t('When: {0}', next ?? '')]
        : [l10n.t('Until now: {0}', old ?? ''), l10n.t('From now on: {0}', next ?? '')]),
    ];
    const [question, button] = questionOf(gains, losses);
    const text = l10n.t(question, safeText(after.name), nameOf(state, services));
    const yes = l10n.t(button);
    const chosen = await window.showWarningMessage(text, { modal: true, detail: detail.join('\n') }, yes);
    return chosen === yes;
  };
}

type Gains = readonly AccessGain[];

/** The question, and the button that says yes to it. */
function questionOf(gains: Gains, losses: Gains): readonly [question: string, button: string] {
  if (losses.length > 0) return ['Change the access of {0} to {1}?', 'Change'];
  const isSwitch = gains.every((gain) => gain === 'enabled');
  return isSwitch ? ['Enable {0} on {1}?', 'Enable'] : ['Give {0} more access to {1}?', 'Allow More'];
}

/** A line for each way in which it lets in more or less; signs tell them apart where there are both. */
function changeLines(gains: Gains, losses: Gains): readonly string[] {
  if (losses.length === 0) return gains.map((gain) => l10n.t(gainSentences[gain]));
  return [
    ...gains.map((gain) =>
      losses.includes(gain) ? `± ${l10n.t(otherSentences[gain])}` : `+ ${l10n.t(gainSentences[gain])}`,
    ),
    ...losses.filter((loss) => !gains.includes(loss)).map((loss) => `− ${l10n.t(lossSentences[loss])}`),
  ];
}

const gainSentences: Readonly<Record<AccessGain, string>> = {
  enabled: 'It can be used again.',
  remote: 'It may be used remotely.',
  from: 'It begins earlier.',
  until: 'It ends later, or never.',
  weekdays: 'It opens on more days.',
  hours: 'It opens at more hours.',
};

const lossSentences: Readonly<Record<AccessGain, string>> = {
  enabled: 'It is disabled.',
  remote: 'It may no longer be used remotely.',
  from: 'It begins later.',
  until: 'It ends earlier.',
  weekdays: 'It opens on fewer days.',
  hours: 'It opens at fewer hours.',
};

/** Of what is both more and less, or cannot be compared. */
const otherSentences: Readonly<Record<AccessGain, string>> = {
  enabled: 'It can be used again.',
  remote: 'It may be used remotely.',
  from: 'It begins at another time.',
  until: 'It ends at another time.',
  weekdays: 'It opens on other days.',
  hours: 'It opens at other hours.',
};
