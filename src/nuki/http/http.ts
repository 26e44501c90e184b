import ky, { isHTTPError, isTimeoutError, type Options } from 'ky';
import type { Clock } from '../../base/clock.ts';
import { yieldToEventLoop } from '../../base/eventLoop.ts';
import { abortAfter } from './abortAfter.ts';
import { NukiError, type Reason } from './errors.ts';
import { origin } from './paths.ts';
import { Pause } from './pause.ts';
import type { ReadLimits } from './rateLimiter.ts';
import { retryAtOf } from './retryAfter.ts';
import { recordRequests, withoutIds, type RequestLogEntry } from './requestLog.ts';

const megabyte = 2 ** 20;
/** Statuses that only something in between gives: a proxy, and a sign-in page. RFC 9110, 15.5.8; RFC 6585, 6. */
const proxyAuthenticationRequired = 407;
const networkAuthenticationRequired = 511;

const largestAnswer = 64 * megabyte;

/** The longest wait, in milliseconds, that anything between here and Nuki may ask for: no one could unlock meanwhile. */
const longestWaitForOthers = 15 * 60_000;

/** What requests depend on. */
export interface HttpServices {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Receives the last requests. */
  readonly requestLog?: RequestLogEntry[];
  /** Receives a line about each request that has failed, all attempts together, without ids, secrets or texts of others. */
  readonly logFailure?: (line: string) => void;
  /** Aborted when the extension ends, which ends all reads. */
  readonly closed?: AbortSignal;
  /** Whether the network stack below `fetch` may send a request twice by itself. */
  readonly mayRepeat?: () => boolean;
  /** When reads may go, where it is not a cloud that is asked; a limit for each lane of each client by default. */
  readonly readLimits?: ReadLimits;
}

/** How long an attempt may take, headers and body together, in milliseconds. */
export interface Deadlines {
  readonly read: number;
  readonly write: number;
}

const usualDeadlines: Deadlines = { read: 15_000, write: 20_000 };

/** Answers are neither taken from a store nor kept in one. Node's types lack this option of `fetch`. */
const notStored = { cache: 'no-store' } as const;

export type Query = Readonly<Record<string, string | number | undefined>>;

interface ReadOptions {
  readonly query?: Query;
  readonly signal?: AbortSignal | undefined;
}

/** JSON over HTTP with the method policy of this project: a read is tried up to three times, a write exactly once. */
export interface Http {
  /** What `understand` makes of the answer. @throws {NukiError} */
  read<T>(path: string, understand: (json: unknown) => T | Promise<T>, options?: ReadOptions): Promise<T>;
  /**
   * Resolves when the API has accepted the request, which says nothing about its effect. It is not sent after `expiresAt`, in milliseconds
   * since 1970. @throws {NukiError}
   */
  write(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    expiresAt?: number,
    query?: Query,
  ): Promise<void>;
}

/** Asks nothing during `pause`, which begins when the API asks to wait. */
export function createHttp(
  token: string,
  services: HttpServices,
  deadlines = usualDeadlines,
  pause = new Pause(services.clock),
): Http {
  const fetch = services.requestLog
    ? recordRequests(services.fetch, services.clock, services.requestLog)
    : services.fetch;
  const api = ky.create({
    baseUrl: origin,
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    // A redirect arrives as a status. VS Code leaves such requests to Node's network stack, whatever `http.electronFetch` says: Chromium's
    // sends a request again, a POST too, when a connection that was used before ends without an answer.
    redirect: 'manual',
    credentials: 'omit',
    ...notStored,
    retry: 0,
  });
  const readOptions: Options = {
    timeout: deadlines.read,
    retry: {
      limit: 2,
      methods: ['get'],
      shouldRetry: ({ error }) => isTransient(error),
      delay: (attempt) => services.random() * Math.min(8_000, 500 * 2 ** attempt),
    },
  };
  const send = async (path: string, options: Options, signal?: AbortSignal): Promise<Answer> => {
    const url = new URL(path, origin);
    if (url.origin !== origin || url.pathname !== path) throw new NukiError('unsupportedId');
    const bodies: string[] = [];
    const fetchWhole: typeof fetch = async (input, init) => {
      pause.throwIfActive(); // also between two attempts, when another answer has asked to wait
      const { status, headers, body } = await wholeAnswer(await fetch(input, init), services.clock);
      bodies.push(body);
      return new Response(undefined, { status, headers }); // ky needs no more, and would copy the body
    };
    try {
      const { status } = await api(url, { ...options, fetch: fetchWhole });
      return { status, body: bodies.at(-1) ?? '' };
    } catch (error) {
      if (signal?.aborted) throw new NukiError('cancelled');
      const failure = toNukiError(error, services.clock);
      if (failure.retryAt !== undefined) pause.begin(failure.retryAt);
      throw failure;
    }
  };
  const logged = async <T>(method: string, path: string, ask: () => Promise<T>): Promise<T> => {
    const began = services.clock.now();
    try {
      return await ask();
    } catch (error) {
      if (error instanceof NukiError && wasAsked(error)) {
        services.logFailure?.(failureLine(method, path, error, services.clock.now() - began));
      }
      throw error;
    }
  };
  return {
    read: (path, understand, { query, signal } = {}) =>
      logged('GET', path, async () => {
        const options = { ...readOptions, ...(query && { searchParams: query }), ...(signal && { signal }) };
        const { status, body } = await send(path, { method: 'get', ...options }, signal);
        if (status !== 200) throw new NukiError('unexpectedAnswer', { status });
        await yieldToEventLoop(); // reading a body of megabytes takes long, and parsing it as long again
        return await understand(parseJson(body));
      }),
    write: (method, path, body, expiresAt = Infinity, query) =>
      logged(method, path, async () => {
        if (services.mayRepeat?.()) throw new NukiError('mayRepeat');
        const timeout = Math.min(deadlines.write, expiresAt - services.clock.now());
        if (timeout <= 0) throw new NukiError('expired');
        const { signal, stop } = abortAfter(timeout, services.clock);
        const options = {
          timeout,
          retry: 0,
          signal,
          ...(body !== undefined && { json: body }),
          ...(query && { searchParams: query }),
        };
        try {
          await send(path, { method, ...options });
        } catch (error) {
          throw signal.aborted ? new NukiError('timeout') : error;
        } finally {
          stop();
        }
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Reads the body, so that one deadline and one retry policy cover it too. @throws {NukiError} for an answer that is not Nuki's */
async function wholeAnswer(response: Response, clock: Clock): Promise<Answer & Pick<Response, 'headers'>> {
  if (response.type === 'opaqueredirect') throw new NukiError('redirected');
  const { status, headers } = response;
  const body = response.body ? await readText(response.body as AsyncIterable<Uint8Array>, status) : '';
  const start = body.slice(0, 1_024);
  if (isRedirect(status) || isFromNuki(status, headers.get('content-type'), start)) return { status, headers, body };
  if (mustWait(response)) throw waitError(response, clock, longestWaitForOthers);
  throw new NukiError('intercepted', { status });
}

function waitError(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  clock: Clock,
  longest = Infinity,
): NukiError {
  const now = clock.now();
  const retryAt = retryAtOf(headers.get('retry-after'), now, headers.get('date'));
  return new NukiError('rateLimited', { status, retryAt: Math.min(retryAt, now + longest) });
}

async function readText(body: AsyncIterable<Uint8Array>, status: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > largestAnswer) throw new NukiError('unexpectedAnswer', { status, path: 'size' });
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return new TextDecoder().decode(whole);
}

/**
 * Whether Nuki itself may have given an answer, whose body begins with `start`: Nuki writes JSON or nothing.
 */
function isFromNuki(status: number, contentType: string | null, start: string): boolean {
  if (status === proxyAuthenticationRequired || status === networkAuthenticationRequired) return false;
  const text = start.trimStart();
  if (text === '' || /^[[{]/.test(text)) return true;
  return !text.startsWith('<') && contentType?.includes('json') === true;
}

/** So many digits that an integer may not be safe. Digit by digit, V8 finds them eight times as fast as by their number. */
const manyDigits = new RegExp(String.raw`\d`.repeat(16));

/** @throws {NukiError} `unexpectedAnswer` for what is no JSON */
function parseJson(body: string): unknown {
  try {
    return manyDigits.test(body) ? JSON.parse(body, keepUnsafeInteger) : JSON.parse(body);
  } catch {
    throw new NukiError('unexpectedAnswer', { path: 'json' });
  }
}

/** Keeps an integer that JavaScript cannot hold as the text that the API sent: rounded, it could be the id of another device. */
function keepUnsafeInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  const rounded = Number.isInteger(value) && !Number.isSafeInteger(value);
  return rounded ? context?.source : value;
}

/** Whether to try a read again: the failure is likely to pass, and the API did not ask to wait. */
function isTransient(error: Error): boolean {
  if (error instanceof NukiError) return error.reason === 'intercepted' && isTransientStatus(error.status ?? 0);
  if (!isHTTPError(error)) return isTimeoutError(error) || reasonOfFailure(error) === 'network';
  const { status, headers } = error.response;
  return !headers.has('retry-after') && isTransientStatus(status);
}

function isTransientStatus(status: number): boolean {
  return (
    status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== networkAuthenticationRequired)
  );
}

function mustWait({ status, headers }: Response): boolean {
  return status === 429 || (status === 503 && headers.has('retry-after'));
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

const reasonByStatus: Readonly<Record<number, Reason>> = {
  401: 'unauthorized',
  402: 'subscription',
  403: 'permissionMissing',
  404: 'notFound',
  405: 'notAllowed',
  408: 'timeout',
  409: 'conflict',
  410: 'notFound',
  423: 'busy',
  425: 'timeout',
  426: 'subscription',
};

function reasonOfStatus(status: number): Reason {
  if (status >= 500) return 'server';
  if (isRedirect(status)) return status === 304 ? 'unexpectedAnswer' : 'redirected';
  return reasonByStatus[status] ?? 'rejected';
}

function toNukiError(error: unknown, clock: Clock): NukiError {
  if (error instanceof NukiError) return error;
  if (isHTTPError(error)) {
    const { response } = error;
    const { status } = response;
    return mustWait(response) ? waitError(response, clock) : new NukiError(reasonOfStatus(status), { status });
  }
  if (isTimeoutError(error)) return new NukiError('timeout');
  return new NukiError(reasonOfFailure(error), { signs: signsOf(error) });
}

/** Failures without a request, or with one that was given up. */
const notAsked: ReadonlySet<Reason> = new Set<Reason>(['cancelled', 'expired', 'mayRepeat', 'unsupportedId']);

/** Whether a failure is one of a request: during a pause none is sent. */
function wasAsked({ reason, status }: NukiError): boolean {
  return !notAsked.has(reason) && (reason !== 'rateLimited' || status !== undefined);
}

/** Such as `GET /smartlock/… failed: network, ENOTFOUND api.nuki.io, 2140 ms`. */
function failureLine(method: string, path: string, { message, signs }: NukiError, ms: number): string {
  const { host } = new URL(origin);
  const told = signs.some(isHost) ? signs : [...signs, host];
  return `${method} ${withoutIds(path)} failed: ${message}, ${told.join(' ')}, ${Math.round(ms)} ms`;
}

/** The codes and hosts in the chain of causes, where they are plainly that. */
function signsOf(error: unknown): readonly string[] {
  const signs: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const [code, host] = [textOf(cause, 'code'), textOf(cause, 'hostname') || textOf(cause, 'address')];
    if (isCode(code)) signs.push(code);
    if (isHost(host)) signs.push(host);
  }
  return signs;
}

function isCode(text: string): boolean {
  return /^[A-Z][A-Z\d_]{2,40}$/.test(text);
}

function isHost(text: string): boolean {
  return /^[\w.:-]{1,100}$/.test(text) && !isCode(text);
}

function textOf(error: Error, field: string): string {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
}

/** Why there was no answer, by the chain of causes that fetch leaves. Its texts can hold the token and go no further. */
function reasonOfFailure(error: unknown): Reason {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const text = `${cause.message} ${'code' in cause ? String(cause.code) : ''}`;
    if (/unexpected redirect|ERR_UNSAFE_REDIRECT/i.test(text)) return 'redirected';
    if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_SSL|ERR_TLS/.test(text)) return 'certificate';
  }
  return 'network';
}
