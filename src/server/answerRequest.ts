import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers a request; where it rejects, the connection breaks without an answer. */
export type Handler = (request: Request) => Promise<Response>;

/** What the answers of a server depend on. */
export interface Site {
  readonly port: number;
  readonly cors: boolean;
  readonly handle: Handler;
}

/** Bytes. */
const bodyLimit = 1024 * 1024;

/** Answers one request; never rejects. */
export async function answerRequest(incoming: IncomingMessage, outgoing: ServerResponse, site: Site): Promise<void> {
  const left = new AbortController();
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) left.abort();
  });
  outgoing.on('error', () => undefined); // the client has gone: `close` tells it
  try {
    const body = await bodyOf(incoming);
    const response = refusal(incoming, body, site) ?? (await answerOf(incoming, body, site, left.signal));
    const bytes = Buffer.from(await response.arrayBuffer());
    if (outgoing.destroyed) return;
    for (const [name, value] of response.headers) outgoing.setHeader(name, value);
    if (site.cors) allowReading(outgoing);
    outgoing.statusCode = response.status;
    outgoing.end(bytes);
  } catch {
    incoming.socket.destroy();
  }
}

/** @returns `undefined` where the body is too long, which is read to its end nevertheless, so that the client reads the answer */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimit) chunks.push(chunk);
  }
  return length <= bodyLimit ? Buffer.concat(chunks) : undefined;
}

/** The answer to what is not for `handle`: what comes from elsewhere, or is too long. */
function refusal(incoming: IncomingMessage, body: Buffer<ArrayBuffer> | undefined, site: Site): Response | undefined {
  const { host = [], origin } = incoming.headersDistinct;
  const [, ...hostInUrl] = /^\w+:\/\/([^/?#]*)/.exec(incoming.url ?? '') ?? [];
  if (host.length !== 1 || ![...host, ...hostInUrl].every((name) => namesThisServer(name, site.port))) {
    return errorAnswer(403, `The Host header must name this server: 127.0.0.1:${site.port} or localhost:${site.port}.`);
  }
  if (origin !== undefined && !site.cors) {
    return errorAnswer(403, 'Web pages are answered only by a server that was started with --cors.');
  }
  if (body === undefined) return errorAnswer(413, 'The body of a request may have 1 MB.');
  return undefined;
}

/** Another name for this address would let a web page of that name read the answers (DNS rebinding). */
function namesThisServer(host: string, port: number): boolean {
  const name = host.toLowerCase();
  return ['127.0.0.1', 'localhost', '[::1]'].some((own) => name === `${own}:${port}` || (port === 80 && name === own));
}

async function answerOf(
  incoming: IncomingMessage,
  body: Buffer<ArrayBuffer> | undefined,
  { port, cors, handle }: Site,
  signal: AbortSignal,
): Promise<Response> {
  if (cors && isPreflight(incoming)) return preflightAnswer(incoming);
  const request = requestOf(incoming, body, port, signal);
  return request === undefined ? errorAnswer(400, 'This is no request that can be answered.') : await handle(request);
}

/** @returns `undefined` where the method or the address is none that a `Request` can have, such as TRACE or * */
function requestOf(
  incoming: IncomingMessage,
  body: Buffer<ArrayBuffer> | undefined,
  port: number,
  signal: AbortSignal,
): Request | undefined {
  const { method = '', url = '', rawHeaders } = incoming;
  try {
    const origin = `http://127.0.0.1:${port}`;
    // `new URL('//a/b', origin)` would take "a" for a host.
    const { pathname, search } = new URL(url.startsWith('/') ? origin + url : url);
    const headers = new Headers();
    for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
    const hasBody = body !== undefined && body.length > 0 && method !== 'GET' && method !== 'HEAD';
    return new Request(origin + pathname + search, { method, headers, signal, ...(hasBody && { body }) });
  } catch {
    return undefined;
  }
}

function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && 'access-control-request-method' in headers;
}

/** What a browser asks before it sends a request with a token. */
function preflightAnswer({ headers }: IncomingMessage): Response {
  return new Response(undefined, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '600',
      'x-simulated': 'keyturner',
    },
  });
}

function allowReading(outgoing: ServerResponse): void {
  outgoing.setHeader('access-control-allow-origin', '*');
  outgoing.setHeader('access-control-expose-headers', '*');
}

function errorAnswer(status: number, error: string): Response {
  return Response.json({ error }, { status, headers: { 'x-simulated': 'keyturner' } });
}
