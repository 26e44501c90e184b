import type { NukiError, Reason } from '../../nuki/http/errors.ts';
import type { Locale } from '../../base/locale.ts';
import type { AccountState } from '../../model/snapshots.ts';
import type { RenderContext } from './renderContext.ts';
import { clockMinute, moment } from './timeText.ts';

/** A language, and the time by this computer's clock: a time of another day is said with its day. */
type TimedLocale = Locale & Pick<RenderContext, 'ownNow'>;

/** In a word or two, for a row. */
const labels: Readonly<Record<Reason, string>> = {
  accountRemoved: 'account removed',
  tokenMissing: 'sign in again',
  unauthorized: 'sign in again',
  tokenRefused: 'sign in again',
  permissionMissing: 'permission missing',
  network: 'offline',
  certificate: 'certificate problem',
  timeout: 'no answer in time',
  redirected: 'redirected: refused',
  intercepted: "not Nuki's answer",
  unexpectedAnswer: 'unexpected answer',
  rejected: 'request rejected',
  notFound: 'no longer available',
  notAllowed: 'not allowed',
  conflict: 'conflict',
  busy: 'busy',
  rateLimited: 'asked to wait',
  subscription: 'Nuki subscription needed',
  server: 'Nuki has a problem',
  unsupportedId: 'unsupported id',
  queueFull: 'too many requests',
  expired: 'too late',
  mayRepeat: 'only read',
  outdated: 'older copy',
  cancelled: 'cancelled',
};

/** The names of what a failure is about. */
export interface SubjectNames {
  /** The account's name, fit to be shown. */
  readonly account: string;
  /** The device's name, fit to be shown, where it was about one. */
  readonly device?: string | undefined;
  /** When what is still shown was read, in milliseconds since 1970. */
  readonly refreshedAt?: number | undefined;
  /** For an action that was not carried out: the device could not be read beforehand, or the API has refused it. */
  readonly undone?: 'unread' | 'refused' | undefined;
}

/** A failure in a word or two, for a row: `offline, known at 14:02`. */
export function errorLabel(error: NukiError, account: AccountState | undefined, locale: TimedLocale): string {
  const { t } = locale;
  if (error.reason === 'rateLimited' && error.retryAt !== undefined) {
    return t('asked to wait until {0}', minute(error.retryAt, locale));
  }
  if (error.reason === 'network' && account?.refreshedAt !== undefined) {
    return t('offline, known at {0}', minute(account.refreshedAt, locale));
  }
  return t(labels[error.reason]);
}

/** Whether only a new token helps. */
export function needsToken({ reason }: NukiError): boolean {
  return ['tokenMissing', 'tokenRefused', 'unauthorized', 'permissionMissing'].includes(reason);
}

/** A failure in a sentence that says what happened and what it means. */
export function describeError(error: NukiError, subject: SubjectNames, locale: TimedLocale): string {
  const { t } = locale;
  const sentence = t(
    sentences[error.reason],
    subject.account,
    subject.device ?? subject.account,
    timeOrStatus(error, locale),
  );
  const stillShown =
    subject.refreshedAt === undefined
      ? ''
      : ` ${t('Showing what was known at {0}.', minute(subject.refreshedAt, locale))}`;
  const undone =
    subject.undone && !reasonsThatTellTheEffect.has(error.reason) ? ` ${t(undoneSentences[subject.undone])}` : '';
  return sentence + (reasonsThatKeepTheData.has(error.reason) ? stillShown : '') + undone;
}

const undoneSentences = { unread: 'Nothing was sent.', refused: 'Nothing was done.' } as const;

/** Their sentences say already that nothing was sent or done. */
const reasonsThatTellTheEffect: ReadonlySet<Reason> = new Set<Reason>([
  'accountRemoved',
  'rejected',
  'conflict',
  'busy',
  'unsupportedId',
  'queueFull',
  'expired',
  'mayRepeat',
  'outdated',
]);

function timeOrStatus({ retryAt, status }: NukiError, locale: TimedLocale): string {
  if (retryAt !== undefined) return minute(retryAt, locale);
  return status === undefined ? '' : String(status);
}

function minute(instant: number, locale: TimedLocale): string {
  return moment(instant, locale.ownNow, locale, clockMinute);
}

/** After these failures, what was read before is still shown. */
const reasonsThatKeepTheData: ReadonlySet<Reason> = new Set<Reason>([
  'network',
  'timeout',
  'server',
  'unexpectedAnswer',
  'certificate',
  'redirected',
  'intercepted',
  'rateLimited',
]);

/** {0}: the account, {1}: the device, or the account where it was about none, {2}: a time to wait for or an HTTP status. */
const sentences: Readonly<Record<Reason, string>> = {
  accountRemoved: 'The account was removed. Nothing was sent.',
  tokenMissing: 'The token of "{0}" is not stored here. Enter it again to sign in.',
  unauthorized: 'Nuki refused the token of "{0}". It may have been revoked, or the account\'s password was changed.',
  tokenRefused: 'Nuki refused the token of "{0}". It may have been revoked, or the account\'s password was changed.',
  permissionMissing: 'The token of "{0}" lacks a permission for this. Create one with that permission in Nuki Web.',
  network: 'Nuki could not be reached.',
  certificate: 'The connection to Nuki is not trusted: there is a problem with a certificate.',
  timeout: 'Nuki did not answer in time.',
  redirected: 'The address of the Nuki API answered with a redirect, which was refused.',
  intercepted:
    'Something on the way to Nuki has answered in its place (HTTP {2}): a proxy, a company filter, the sign-in page of a network, or a gateway of Nuki that has a problem.',
  unexpectedAnswer: 'Nuki gave an unexpected answer. A network sign-in page may be in between.',
  rejected: '{1}: Nuki rejected the request (HTTP {2}). Nothing was done.',
  notFound: '{1} is no longer available in this account.',
  notAllowed: '{1} does not allow this action.',
  conflict: '{1}: this conflicts with what Nuki already has. Nothing was done.',
  busy: '{1} is busy with another operation. Nothing was done.',
  rateLimited: 'Nuki asked to wait until {2}.',
  subscription: 'This needs a Nuki subscription.',
  server: 'Nuki has a problem of its own (HTTP {2}).',
  unsupportedId: '{1} has an id that is not supported. Nothing was sent.',
  queueFull: 'Too many requests of this window were waiting. Nothing was sent.',
  expired: 'More than 20 seconds had passed before {1} could be asked. Nothing was sent.',
  outdated: '{1}: Nuki answered with older copies only. Nothing was sent. Try again in a minute.',
  mayRepeat:
    'The setting http.electronFetch is on, with which one request can be sent twice. Turn it off. Nothing was sent.',
  cancelled: 'The request was cancelled.',
};
