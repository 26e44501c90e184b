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
  timeout: 'no response',
  redirected: 'redirected',
  intercepted: 'response not from Nuki',
  unexpectedAnswer: 'unexpected response',
  rejected: 'request rejected',
  notFound: 'no longer available',
  notAllowed: 'not allowed',
  conflict: 'conflict',
  busy: 'busy',
  rateLimited: 'too many requests',
  subscription: 'Nuki subscription needed',
  server: 'Nuki server problem',
  unsupportedId: 'unsupported id',
  queueFull: 'too many requests',
  expired: 'too late',
  mayRepeat: 'only read',
  outdated: 'outdated data',
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
    return t('waiting until {0}', minute(error.retryAt, locale));
  }
  if (error.reason === 'network' && account?.refreshedAt !== undefined) {
    return t('offline · data from {0}', minute(account.refreshedAt, locale));
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
    subject.refreshedAt === undefined ? '' : ` ${t('Showing data from {0}.', minute(subject.refreshedAt, locale))}`;
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
  tokenMissing: 'The token of "{0}" isn\'t stored on this computer. Enter it again to sign in.',
  unauthorized: 'Nuki rejected the token of "{0}". It may have been revoked, or the account\'s password has changed.',
  tokenRefused: 'Nuki rejected the token of "{0}". It may have been revoked, or the account\'s password has changed.',
  permissionMissing: 'The token of "{0}" doesn\'t have the permission for this. Create one that does in Nuki Web.',
  network: "Can't reach Nuki.",
  certificate: "The connection to Nuki isn't trusted because of a certificate problem.",
  timeout: "Nuki didn't respond in time.",
  redirected: "The Nuki API responded with a redirect, which Keyturner doesn't follow.",
  intercepted:
    "Something between this computer and Nuki responded instead (HTTP {2}): a proxy, a company filter, a network's sign-in page, or a failing gateway at Nuki.",
  unexpectedAnswer: 'Unexpected response from Nuki. Check whether this network requires you to sign in.',
  rejected: '{1}: Nuki rejected the request (HTTP {2}). Nothing was done.',
  notFound: '{1} is no longer in this account.',
  notAllowed: "{1} doesn't allow this action.",
  conflict: '{1}: this conflicts with what Nuki already has. Nothing was done.',
  busy: '{1} is busy with another operation. Nothing was done.',
  rateLimited: 'Too many requests. Nuki asked to wait until {2}.',
  subscription: 'This requires a Nuki subscription.',
  server: "Nuki's servers have a problem (HTTP {2}).",
  unsupportedId: "{1} has an ID that isn't supported. Nothing was sent.",
  queueFull: 'Too many requests were waiting in this window. Nothing was sent.',
  expired: "{1} couldn't be asked within 20 seconds. Nothing was sent.",
  outdated: '{1}: Nuki returned only outdated data. Nothing was sent. Try again in a minute.',
  mayRepeat: 'The http.electronFetch setting is on and can send a request twice. Turn it off. Nothing was sent.',
  cancelled: 'The request was cancelled.',
};
