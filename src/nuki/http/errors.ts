/**
 * Why a call to the Web API did not succeed. `tokenMissing`: there is no token to call it with. `unauthorized` is what the API says of a dead token and of a missing permission alike;
 * whoever knows what else the token can do tells them apart (`tokenRefused`, `permissionMissing`).
 */
export type Reason =
  | 'tokenMissing'
  | 'unauthorized'
  | 'tokenRefused'
  | 'permissionMissing'
  | 'network'
  | 'certificate'
  | 'timeout'
  | 'redirected'
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
  | 'cancelled';

interface Details {
  /** The HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** Milliseconds since 1970 from which on the API may be asked again; with `rateLimited` only. */
  readonly retryAt?: number | undefined;
  /** What was not understood, as a path such as `3.smartlockId`; never a value. */
  readonly path?: string | undefined;
}

/** The one error of this room. Its message is ours alone: no text of the API, no value and no token ever stands in it. */
export class NukiError extends Error {
  override readonly name = 'NukiError';
  readonly reason: Reason;
  readonly status: number | undefined;
  readonly retryAt: number | undefined;
  readonly path: string | undefined;

  constructor(reason: Reason, { status, retryAt, path }: Details = {}) {
    super([reason, status, path].filter((part) => part !== undefined).join(' '));
    this.reason = reason;
    this.status = status;
    this.retryAt = retryAt;
    this.path = path;
  }
}

/** Whether the API may have carried out a write that ended in `error`: everything but its own clear refusal. */
export function outcomeIsUnknown(error: NukiError): boolean {
  if (error.status !== undefined && error.status >= 500) return true;
  return ['network', 'timeout', 'server', 'unexpectedAnswer', 'redirected', 'cancelled'].includes(error.reason);
}
