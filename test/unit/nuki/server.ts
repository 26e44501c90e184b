import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { HttpServices } from '../../../src/nuki/http/http.ts';
import { systemClock } from '../../../src/base/clock.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: IncomingMessage, attempt: number) => void;

/** An answer with a status, a body and headers. */
export function answer(status: number, body = '', headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end([204, 304].includes(status) ? undefined : body);
  };
}

/** A server on this machine, and a `fetch` that asks it whatever is asked of the Web API. */
export class TestServer implements AsyncDisposable {
  /** Every request that has arrived whole. */
  readonly seen: Seen[] = [];
  /** Every URL that `fetch` was asked for, before it was turned to this server. */
  readonly asked: string[] = [];
  readonly #server;

  private constructor(answers: Answer) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.seen.push({
          method: request.method ?? '',
          path: request.url ?? '',
          authorization: request.headers.authorization,
          body: Buffer.concat(chunks).toString(),
        });
        answers(response, request, this.seen.length);
      });
    });
  }

  static async start(answers: Answer): Promise<TestServer> {
    const server = new TestServer(answers);
    await new Promise<void>((resolve) => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The world as the client knows it: its requests end here, and its retries do not wait. */
  get services(): HttpServices {
    return { fetch: this.#fetch, clock: systemClock, random: () => 0 };
  }

  readonly #fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    this.asked.push(request.url);
    const body = request.body === null ? undefined : await request.text();
    const { cache } = request; // an option that Node's types lack
    const notStored = { cache };
    return fetch(request.url.replace('https://api.nuki.io', this.url), {
      method: request.method,
      headers: request.headers,
      redirect: request.redirect,
      credentials: request.credentials,
      ...notStored,
      signal: request.signal,
      ...(body !== undefined && { body }),
    });
  };

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}
