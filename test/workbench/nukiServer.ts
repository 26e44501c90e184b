// A simulated Nuki home behind node:http: what the extension's fetch is led to instead of api.nuki.io.
import { createServer, type IncomingMessage } from 'node:http';
import { simulatedApi } from '../../src/simulator/api/api.ts';
import { demoHomeOptions } from '../../src/simulator/demo/demo.ts';
import { SimulatedHome, type HomeOptions, type SimulatedToken } from '../../src/simulator/home.ts';
import { fastClock } from './clock.ts';
import { KeyringServer } from './sharedKeyring.ts';

/** Two tokens that may do everything, two that lack a permission, and one that was never given out. */
export const goodToken = 'good-token-0123456789abcdef';
export const anotherGoodToken = 'another-good-token-0123456789';
export const listOnlyToken = 'list-only-token-0123456789';
export const noAuthorizationsToken = 'no-authorizations-token-0123';
export const deadToken = 'dead-token-0123456789abcdef';

const tokens: readonly SimulatedToken[] = [
  { token: goodToken },
  { token: anotherGoodToken },
  { token: listOnlyToken, scopes: ['smartlock.readOnly'] },
  { token: noAuthorizationsToken, scopes: ['account', 'smartlock', 'smartlock.readOnly'] },
];

export interface NukiServer {
  /** The truth behind the API. */
  readonly home: SimulatedHome;
  /** Every POST that asked a device to act. */
  actions(): readonly string[];
  /** The process of the extension host that asked last. */
  extensionHost(): number;
  close(): Promise<void>;
}

/** The extension hosts of homes that were closed: they may outlive their windows, and would ask the next home on the same port. */
const formerHosts = new Set<string>();

/** Listens on `port` of 127.0.0.1; the same home as the demo's, but for `changes`, with tokens of its own. */
export async function startNuki(port: number, changes: Partial<HomeOptions> = {}): Promise<NukiServer> {
  const home = new SimulatedHome({ ...demoHomeOptions(fastClock, 11), tokens, ...changes });
  const api = simulatedApi(home);
  const keyring = new KeyringServer();
  const hosts = new Set<string>();
  let extensionHost = 0;
  const server = createServer((incoming, outgoing) => {
    const host = String(incoming.headers['x-extension-host']);
    const answer = async (): Promise<void> => {
      if (formerHosts.has(host)) return void incoming.socket.destroy();
      if (await keyring.answers(incoming, outgoing)) return;
      extensionHost = Number(host);
      if (extensionHost > 0) hosts.add(host);
      const response = await api(await requestOf(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    };
    answer().catch(() => incoming.socket.destroy()); // a fault of the home that breaks the connection
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    home,
    actions: () =>
      home.exchanges.all
        .filter(({ method, path }) => method === 'POST' && /\/action(\/|$)/.test(path))
        .map(({ path, body }) => `${path} ${JSON.stringify(body)}`),
    extensionHost: () => extensionHost,
    close: () =>
      new Promise((resolve) => {
        for (const host of hosts) formerHosts.add(host);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string' && name !== 'host' && name !== 'connection') headers.set(name, value);
  }
  const method = incoming.method ?? 'GET';
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  return new Request(`https://api.nuki.io${incoming.url ?? '/'}`, { method, headers, ...body });
}
