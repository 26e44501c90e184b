import { l10n } from 'vscode';
import type { BroaderAccessQuestion } from '../../model/authorizations/authorizationWriter.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { accessGains, type AccessGain } from '../../nuki/authorization/accessGains.ts';
import { validityOf, type Validity } from '../../nuki/authorization/authorization.ts';
import { scheduleInWords, type Schedule } from '../../nuki/authorization/schedule.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { gainWords, lossWords, otherWords } from '../../views/text/accessChangeText.ts';
import { authorizationName } from '../../views/text/authorizationText.ts';
import type { RenderContext } from '../../views/text/renderContext.ts';
import { confirmInModal } from '../modal.ts';
import { nameOf } from '../pick.ts';
import type { Services } from '../services.ts';

/** Asks, in a modal dialog, before an authorization gives more access than it did, and says what it adds and what it takes away. */
export function createConfirmBroaderAccess(
  services: Pick<Services, 'store' | 'renderContext' | 'clock'>,
): (question: BroaderAccessQuestion) => Promise<boolean> {
  return async (asked) => {
    const losses = accessGains(asked.after, asked.before);
    const isSwitch = losses.length === 0 && asked.gains.every((gain) => gain === 'enabled');
    const detail = isSwitch
      ? enabledLines(asked, services.renderContext())
      : changeLines(asked, losses, services.renderContext());
    const question = {
      question: l10n.t(isSwitch ? 'Enable {0} on {1}?' : "Change {0}'s access to {1}?", ...namesOf(asked, services)),
      detail: detail.join('\n'),
      yes: l10n.t(isSwitch ? 'Enable' : 'Save'),
    };
    return await confirmInModal(question, services.clock);
  };
}

function namesOf(
  { state, after }: BroaderAccessQuestion,
  services: Pick<Services, 'store' | 'renderContext'>,
): [who: string, device: string] {
  return [authorizationName(after, services.renderContext()), nameOf(state, services)];
}

/** When it opens, once it is enabled. */
function enabledLines({ state, after }: BroaderAccessQuestion, context: RenderContext): readonly string[] {
  const lines: Readonly<Record<Validity, readonly string[]>> = {
    active: [l10n.t('Works again as soon as the lock has the change.')],
    expired: [l10n.t('It has expired, and stays without effect.')],
    upcoming: [],
    disabled: [],
    unknown: [],
  };
  const schedule = inWords(after, state, context);
  return [
    ...lines[validityOf(after, context.now)],
    ...(schedule === inWords({}, state, context) ? [] : [l10n.t('When: {0}', schedule)]),
  ];
}

/** A line for each way in which it lets in more or less, and when it opens before and after. */
function changeLines(
  { state, before, after, gains }: BroaderAccessQuestion,
  losses: readonly AccessGain[],
  context: RenderContext,
): readonly string[] {
  const [old, next] = [before, after].map((schedule) => inWords(schedule, state, context));
  return [
    ...gains.map((gain) => (losses.includes(gain) ? `± ${l10n.t(otherWords[gain])}` : `+ ${l10n.t(gainWords[gain])}`)),
    ...losses.filter((loss) => !gains.includes(loss)).map((loss) => `− ${l10n.t(lossWords[loss])}`),
    ...(old === next ? [] : ['', l10n.t('Before: {0}', old ?? ''), l10n.t('After: {0}', next ?? '')]),
  ];
}

function inWords(schedule: Schedule, { device }: DeviceState, context: RenderContext): string {
  return scheduleInWords(schedule, timeZoneName(device.config?.timezoneId), context);
}
