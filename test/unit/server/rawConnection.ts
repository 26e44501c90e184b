import { connect, type Socket } from 'node:net';

/** What a server has sent on a connection of which a test writes every byte. */
export interface Sent {
  readonly text: string;
  /** The status of each answer, in turn. */
  readonly statuses: readonly number[];
}

export interface RawConnection {
  readonly socket: Socket;
  /** What the server sends until it ends the connection. */
  readonly ended: Promise<Sent>;
  /** Resolves as soon as what the server has sent fits. */
  sees(pattern: RegExp): Promise<void>;
}

/** Writes `bytes` on a connection of its own; the server's end is not this end. */
export function send(port: number, bytes: string | Uint8Array, host = '127.0.0.1'): RawConnection {
  const socket = connect({ port, host });
  let text = '';
  socket.setEncoding('latin1').on('data', (more: string) => (text += more));
  socket.on('error', () => undefined); // a connection that breaks ends, too
  socket.write(bytes);
  return {
    socket,
    ended: new Promise((resolve) => {
      socket.on('close', () => resolve({ text, statuses: statusesIn(text) }));
    }),
    sees: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => (pattern.test(text) ? resolve() : undefined);
        socket.on('data', look);
        socket.on('close', () => reject(new Error(`${pattern} was not in: ${text}`)));
        look();
      }),
  };
}

/** A request in bytes, after which the connection ends. */
export function lastRequest(line: string, headers: readonly string[] = [], body = ''): string {
  return [line, ...headers, 'Connection: close', '', body].join('\r\n');
}

function statusesIn(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)).filter((s) => s !== 100);
}
