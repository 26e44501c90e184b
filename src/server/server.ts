import { createServer, type RequestListener, type Server } from 'node:http';
import { answerRequest, type Handler } from './answerRequest.ts';
import { answerClientError } from './clientError.ts';

/** The port that is tried first where the user names none. */
export const usualPort = 8123;

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether a free port will do where `port` cannot be had. */
  readonly orAnother: boolean;
  /** Whether web pages of any origin are answered; without, they get 403. */
  readonly cors: boolean;
  readonly handle: Handler;
  /** How long a client may take to send a request, in ms; 20,000 by default. */
  readonly requestTimeout?: number;
}

export interface HttpServer {
  readonly port: number;
  /** Without a slash at the end. */
  readonly url: string;
  /** Ends every connection at once, whatever is under way on it. */
  close(): Promise<void>;
}

/** The port that was asked for cannot be had: another program has it, or the system keeps it for itself. */
export class PortError extends Error {
  readonly kind: 'taken' | 'reserved';
  readonly port: number;

  constructor(kind: PortError['kind'], port: number) {
    super(`Port ${port} is ${kind === 'taken' ? 'in use by another program' : 'reserved by the system'}.`);
    this.kind = kind;
    this.port = port;
  }
}

/** What only this computer can reach. A client may take `localhost` for the second, and waits for seconds where it is not there. */
const addresses = ['127.0.0.1', '::1'] as const;

/**
 * Answers the HTTP requests of programs on this computer with `handle`.
 * @throws {PortError} where the port cannot be had
 */
export async function listen(options: ListenOptions): Promise<HttpServer> {
  try {
    return await listenOn(options.port, options);
  } catch (error) {
    const kind = portProblem(error);
    if (kind === undefined) throw error;
    if (options.port !== 0 && !options.orAnother) throw new PortError(kind, options.port);
    return await listenOn(0, options);
  }
}

async function listenOn(wanted: number, { cors, handle, requestTimeout = 20_000 }: ListenOptions): Promise<HttpServer> {
  let port = wanted;
  const answer: RequestListener = (incoming, outgoing) =>
    void answerRequest(incoming, outgoing, { port, cors, handle });
  const times = {
    requestTimeout,
    headersTimeout: requestTimeout,
    connectionsCheckingInterval: Math.min(1000, requestTimeout / 4),
  };
  const servers: Server[] = [];
  const close = async (): Promise<void> => void (await Promise.all(servers.map(closeServer)));
  try {
    for (const address of addresses) {
      const server = createServer(times).on('request', answer).on('checkExpectation', answer);
      server.on('clientError', answerClientError);
      if (!(await isListening(server, port, address))) continue;
      servers.push(server);
      const found = server.address();
      if (typeof found === 'object' && found !== null) port = found.port;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { port, url: `http://127.0.0.1:${port}`, close };
}

/** @returns whether this computer has the address, which all have but some the one of IPv6 */
function isListening(server: Server, port: number, address: (typeof addresses)[number]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.on('error', (error) => (address === '::1' && isMissing(error) ? resolve(false) : reject(error)));
    server.listen({ port, host: address, exclusive: true }, () => resolve(true));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function isMissing(error: unknown): boolean {
  return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error));
}

function portProblem(error: unknown): PortError['kind'] | undefined {
  const kinds: Readonly<Record<string, PortError['kind']>> = { EADDRINUSE: 'taken', EACCES: 'reserved' };
  return kinds[codeOf(error)];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
