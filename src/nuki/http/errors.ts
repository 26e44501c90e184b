/**
 * Why a call to the Web API failed. `accountRemoved`: the user has removed the account, perhaps in another window, and nothing was sent.
 * `tokenMissing`: no token is stored. `unauthorized`: the API's answer to a dead token and to a missing
 * permission alike; other requests tell which of the two it was (`tokenRefused`, `permissionMissing`). `intercepted`: something else than Nuki has
 * answered, such as a proxy, a filter or a network sign-in page. `queueFull`, `expired` and
 * `mayRepeat`: nothing was sent, because too many reads of our own were waiting, because the user's wish had grown too old, or because the
 * network stack might have sent it twice. `outdated`: only copies have answered that are older than what is known, so nothing was sent.
 */
export type Reason =
  | 'accountRemoved'
  | 'tokenMissing'
  | 'unauthorized'
  | 'tokenRefused'
  | 'permissionMissing'
  | 'network'
  | 'certificate'
  | 'timeout'
  | 'redirected'
  | 'intercepted'
  | 'unexpectedAnswer'
  | 'rejected'
  | 'notFound'
  | 'notAllowed'
  | 'conflict'
  | 'busy'
  | 'rateLimited'
  | 'subscription'
  | 'server'
  | 'unsupportedId'
  | 'queueFull'
  | 'expired'
  | 'mayRepeat'
  | 'outdated'
  | 'cancelled';

interface Details {
  /** The HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** Milliseconds since 1970 from which on the API may be asked again; with `rateLimited`, and always there. */
  readonly retryAt?: number | undefined;
  /** The path of the field that was not understood, such as `3.smartlockId`; never a value. */
  readonly path?: string | undefined;
  /** What the network says of the cause: codes such as `ENOTFOUND`, and the hosts that they are about; never a text. */
  readonly signs?: readonly string[];
}

/** The only error that src/nuki throws. Its message is our own and holds no text of the API, no value and no token. */
export class NukiError extends Error {
  override readonly name = 'NukiError';
  readonly reason: Reason;
  readonly status: number | undefined;
  readonly retryAt: number | undefined;
  readonly path: string | undefined;
  readonly signs: readonly string[];

  constructor(reason: Reason, { status, retryAt, path, signs = [] }: Details = {}) {
    super([reason, status, path].filter((part) => part !== undefined).join(' '));
    this.reason = reason;
    this.status = status;
    this.retryAt = retryAt;
    this.path = path;
    this.signs = signs;
  }
}

/** Whether the API may have carried out a write that ended in `error`; not so after a clear refusal of its own. */
export function outcomeIsUnknown(error: NukiError): boolean {
  if (error.status !== undefined && error.status >= 500) return true;
  return ['network', 'timeout', 'server', 'unexpectedAnswer', 'redirected', 'intercepted', 'cancelled'].includes(
    error.reason,
  );
}

/** For a read whose failure the next one makes good. @throws what is no failure of the API */
export function ignoreNukiError(error: unknown): void {
  if (!(error instanceof NukiError)) throw error;
}
