import { isListedTwice, type PendingChange } from '../../../../model/authorizations/pendingChanges.ts';
import type { Locale, Translate } from '../../../../base/locale.ts';
import type { Progress, ProgressRow, ProgressState } from '../../../protocol/form.ts';
import type { SentAuthorization } from './sentAuthorization.ts';

/** How far a device is with what was sent: `undefined` where its list shows it done. */
interface DeviceProgress {
  readonly name: string;
  readonly pending: PendingChange | undefined;
}

/** What was sent and how far it is. `others`: what belongs to it, `undefined` where that is not sent yet; `copied`: what has just been copied; `textOf` says how far a pending change is. */
export function progressOf(
  sent: SentAuthorization,
  others: readonly (SentAuthorization | undefined)[],
  devices: readonly DeviceProgress[],
  copied: string | undefined,
  textOf: (pending: PendingChange) => string,
  locale: Locale,
): Progress {
  const { t, language } = locale;
  const rows = devices.map(({ name, pending }): ProgressRow => ({
    device: name,
    state: stateOf(pending),
    words: pending ? textOf(pending) : t('saved on the lock'),
  }));
  const pending = devices.map((device) => device.pending).filter((change) => change !== undefined);
  const state = states.find((each) => rows.some((row) => row.state === each)) ?? 'done';
  return {
    heading: headingOf(sent, state, rows.length, t),
    facts: [...sent.facts, ...others.map((other) => ({ field: t('Belongs to it'), value: otherInWords(other, t) }))],
    rows,
    note: state === 'working' ? noteWhileFollowed(pending, t) : noteAtTheEnd(pending, t),
    canCheck: rows.some((row) => row.state === 'open' || row.state === 'failed'),
    hasCode: sent.access?.code !== undefined,
    hasMessage: sent.access !== undefined,
    messageLanguage: language.startsWith('de') ? 'de' : 'en',
    copied: copied === undefined ? '' : [copied, openSentence(devices, locale)].filter(Boolean).join(' '),
    canCreateAnother: sent.isNew,
  };
}

function otherInWords(other: SentAuthorization | undefined, t: Translate): string {
  if (!other) return t('The other form is not sent yet, and not in the message.');
  return [other.name, ...other.facts.map(({ value }) => value)].join(' · ');
}

/** Names the devices where what was copied may not open the door yet. */
function openSentence(devices: readonly DeviceProgress[], { t, language }: Locale): string {
  const open = devices.filter(({ pending }) => pending).map(({ name }) => name);
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(open);
  return open.length === 0 ? '' : t('Not yet confirmed: {0}. The door may not open until it is.', list);
}

function headingOf({ isNew, name }: SentAuthorization, state: ProgressState, devices: number, t: Translate): string {
  if (state !== 'done' || devices < 2) return t(isNew ? creationHeadings[state] : editHeadings[state], name);
  return t('{0} is saved on all {1} devices', name, devices);
}

/** The first one that a device is in stands for all of them. */
const states: readonly ProgressState[] = ['working', 'failed', 'open', 'done'];

const creationHeadings: Readonly<Record<ProgressState, string>> = {
  working: '{0} was sent',
  failed: '{0} is listed more than once',
  open: '{0} is not confirmed',
  done: '{0} is saved on the lock',
};

const editHeadings: Readonly<Record<ProgressState, string>> = {
  ...creationHeadings,
  working: 'The changes to {0} were sent',
  open: 'The changes to {0} are not confirmed',
  done: 'The changes to {0} are saved on the lock',
};

function stateOf(pending: PendingChange | undefined): ProgressState {
  if (!pending) return 'done';
  if (isListedTwice(pending)) return 'failed';
  return pending.givenUp ? 'open' : 'working';
}

const isUnknown = ({ answer }: PendingChange): boolean => answer !== 'taken';

function noteWhileFollowed(pending: readonly PendingChange[], t: Translate): string {
  return pending.some(isUnknown)
    ? t(
        "It is not known whether Nuki has accepted it. Keyturner is checking and won't send it again. You can close this page.",
      )
    : t('Nuki has accepted it. The lock usually gets it within seconds, sometimes minutes. You can close this page.');
}

function noteAtTheEnd(pending: readonly PendingChange[], t: Translate): string {
  if (pending.length === 0) return '';
  if (pending.some(isUnknown)) {
    return t("Keyturner won't send it again. Nuki may have it: refresh before you send it a second time.");
  }
  const isListed = pending.every((change) => change.kind !== 'delete' && change.listed !== 'no');
  return isListed
    ? t('Nuki lists it, which does not prove that it opens the door. "Wake and Refresh" may help.')
    : t("Keyturner won't send it again. What is missing may still arrive.");
}
