// Stands before the server of VS Code, in the place of code-server's own program, whose one needed duty it takes over: it
// keeps half of the key with which a window seals its secrets. Without it secrets last until the window is reloaded.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';

export interface ReverseProxy {
  readonly port: number;
  close(): void;
}

export interface ReverseProxyOptions {
  /** Where the server listens. */
  readonly server: number;
  /** 0: any free one. */
  readonly port: number;
  /** The file that holds the half key, made when missing. */
  readonly keyFile: string;
  /** The id of a view that a window shows when it opens for the first time. */
  readonly firstView: string | undefined;
}

export async function startReverseProxy({
  server,
  port,
  keyFile,
  firstView,
}: ReverseProxyOptions): Promise<ReverseProxy> {
  const key = await keepKey(keyFile);
  const sockets = new Set<Socket>();
  const proxy = createServer((incoming, outgoing) => {
    if (incoming.method === 'POST' && incoming.url?.startsWith('/mint-key')) outgoing.end(key);
    else forward(incoming, outgoing, server, firstView);
  });
  proxy.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  proxy.on('upgrade', (incoming, client: Socket, head: Buffer) => joinSockets(incoming, client, head, server));
  proxy.listen(port, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy listens on no port');
  return {
    port: address.port,
    close() {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function keepKey(file: string): Promise<Buffer> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, randomBytes(32), { flag: 'wx', mode: 0o600 }).catch(() => undefined); // it is there already
  return await readFile(file);
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, server: number, firstView?: string): void {
  const isPage = firstView !== undefined && /^\/(\?|$)/.test(incoming.url ?? '');
  const headers = { ...incoming.headers };
  if (isPage) delete headers['accept-encoding'];
  const { method, url: path } = incoming;
  const passed = request({ host: '127.0.0.1', port: server, method, path, headers }, (answer) => {
    if (isPage && answer.statusCode === 200) {
      void answerPage(answer, outgoing, firstView);
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.once('error', () => outgoing.destroy());
  outgoing.once('close', () => passed.destroy());
  incoming.pipe(passed);
}

/** Adds to the window's configuration, which stands as JSON in an attribute of the page, what to show first. */
async function answerPage(answer: IncomingMessage, outgoing: ServerResponse, view: string): Promise<void> {
  let html = '';
  for await (const text of answer.setEncoding('utf8')) html += String(text);
  const layout = JSON.stringify({ views: [{ id: view }] }).replaceAll('"', '&quot;');
  html = html.replace(
    'id="vscode-workbench-web-configuration" data-settings="{',
    (start) => `${start}&quot;defaultLayout&quot;:${layout},`,
  );
  const { 'content-length': _length, etag: _etag, ...headers } = answer.headers;
  outgoing.writeHead(200, headers).end(html);
}

/** A web socket: the same bytes both ways. */
function joinSockets(incoming: IncomingMessage, client: Socket, head: Buffer, server: number): void {
  const upstream = connect(server, '127.0.0.1', () => {
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
    }
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  });
  upstream.once('error', () => client.destroy());
  client.once('error', () => upstream.destroy());
  client.once('close', () => upstream.destroy());
  upstream.once('close', () => client.destroy());
}
