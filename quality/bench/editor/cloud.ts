// What the extension and its rivals ask, and the wire to the probes in the extension hosts.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { authorizationsOf, logEntries } from '../people.ts';
import { within } from '../within.ts';

/** What a probe is asked to do in its extension host. */
export type Task =
  | { readonly do: 'activate'; readonly id: string }
  | { readonly do: 'heap' }
  | { readonly do: 'run'; readonly command: string; readonly args?: readonly unknown[] }
  | { readonly do: 'told' }
  | { readonly do: 'rows'; readonly devices: number };

/** The longest that a task may take, in seconds. */
const longestTask = 60;

/** An extension host, by its probe. */
export class Host {
  readonly id: number;
  readonly #tasks: Task[] = [];
  readonly #answers: ((answer: unknown) => void)[] = [];
  #idle: ServerResponse | undefined;

  /** `id`: of its process. */
  constructor(id: number) {
    this.id = id;
  }

  async do(task: Task): Promise<unknown> {
    this.#tasks.push(task);
    this.#giveTask();
    const answered = new Promise<unknown>((resolve) => this.#answers.push(resolve));
    const answer = await within(longestTask, `The task ${JSON.stringify(task)}`, answered);
    if (typeof answer === 'object' && answer !== null && 'error' in answer) throw new Error(String(answer.error));
    return answer;
  }

  ready(outgoing: ServerResponse): void {
    this.#idle = outgoing;
    this.#giveTask();
  }

  answered(answer: unknown): void {
    this.#answers.shift()?.(answer);
  }

  /** Ends its process, which VS Code may keep for hours. Its window is gone before, or would start another one. */
  end(): void {
    try {
      process.kill(this.id, 'SIGKILL');
    } catch {
      // VS Code has ended it.
    }
  }

  #giveTask(): void {
    if (!this.#idle || this.#tasks.length === 0) return;
    this.#idle.end(JSON.stringify({ task: this.#tasks.shift() }));
    this.#idle = undefined;
  }
}

export class Cloud {
  /** Of `GET /smartlock`, as JSON. */
  devices = '[]';
  #authorizationsPerDevice = 0;
  #latency = 0;
  /** Rows ready made, as JSON, for the twin. */
  rows = '[]';
  readonly #server: Server;
  readonly #hosts = new Map<number, Host>();
  readonly #arrivals: ((host: Host) => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Cloud> {
    const server = createServer();
    const cloud = new Cloud(server);
    server.on('request', (incoming, outgoing) => void cloud.#answer(incoming, outgoing));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return cloud;
  }

  /** All that it answers from now on, whatever the bench before has set. `latency`: of each answer, in milliseconds. */
  set(devices: readonly unknown[], { authorizationsPerDevice = 0, latency = 0 } = {}): void {
    this.devices = JSON.stringify(devices);
    this.#authorizationsPerDevice = authorizationsPerDevice;
    this.#latency = latency;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The bench listens on no port.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The extension host that starts next. */
  async nextHost(): Promise<Host> {
    return await within(
      longestTask,
      'Starting an extension host',
      new Promise((resolve) => this.#arrivals.push(resolve)),
    );
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname } = new URL(incoming.url ?? '/', 'http://bench');
    const [, what, process] = pathname.split('/');
    if (what === 'task') return this.#hostOf(Number(process)).ready(outgoing);
    if (what === 'answer') {
      this.#hostOf(Number(process)).answered(JSON.parse(await text(incoming)));
      outgoing.end();
      return;
    }
    if (what === 'rows') return void outgoing.end(this.rows);
    // Of several accounts the devices are the first one's.
    const isOther = /-[89]$/.test(incoming.headers.authorization ?? '');
    const answer = isOther ? '[]' : this.#answerTo(pathname);
    outgoing.setHeader('content-type', 'application/json');
    setTimeout(() => outgoing.end(answer), this.#latency);
  }

  #hostOf(id: number): Host {
    const known = this.#hosts.get(id);
    if (known) return known;
    const host = new Host(id);
    this.#hosts.set(id, host);
    this.#arrivals.shift()?.(host);
    return host;
  }

  #answerTo(pathname: string): string {
    if (pathname === '/smartlock') return this.devices;
    if (pathname === '/smartlock/log') return JSON.stringify(logEntries(50, 20, 0));
    if (pathname === '/smartlock/auth/paged') return this.#allAuthorizations();
    const [, device] = /^\/smartlock\/(\d+)\/auth$/.exec(pathname) ?? [];
    return device === undefined ? '[]' : JSON.stringify(this.#authorizationsOf(Number(device)));
  }

  #authorizationsOf(smartlockId: number): readonly object[] {
    return authorizationsOf(smartlockId, this.#authorizationsPerDevice);
  }

  /** As the only page. */
  #allAuthorizations(): string {
    const devices = v.parse(v.array(v.object({ smartlockId: v.number() })), JSON.parse(this.devices));
    const results = devices.flatMap(({ smartlockId }) => this.#authorizationsOf(smartlockId));
    return JSON.stringify({ results, pagination: { totalItems: results.length, totalPages: 1 } });
  }
}
