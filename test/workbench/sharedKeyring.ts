// The keyring of a computer, in the memory of the test: all windows have one, as on a desktop. In a browser each window has its own copy.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { Event, SecretStorage, SecretStorageChangeEvent } from 'vscode';

const path = '/keyring/';

/** The keyring itself, asked over HTTP by {@link SharedSecrets}. */
export class KeyringServer {
  readonly #secrets = new Map<string, string>();
  readonly #changes: string[] = [];
  readonly #waiting = new Set<() => void>();

  /** Answers a request that is meant for it. @returns whether it was */
  async answers(incoming: IncomingMessage, outgoing: ServerResponse): Promise<boolean> {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith(path)) return false;
    outgoing.end(JSON.stringify(await this.#answer(incoming, url)));
    return true;
  }

  async #answer(incoming: IncomingMessage, { pathname, searchParams }: URL): Promise<unknown> {
    const since = searchParams.get('since');
    if (since !== null) return await this.#changesSince(Number(since));
    const key = pathname.slice(path.length);
    if (incoming.method === 'GET') return this.#secrets.get(key) ?? null;
    if (incoming.method === 'DELETE') this.#secrets.delete(key);
    else this.#secrets.set(key, await textOf(incoming));
    this.#changes.push(key);
    for (const look of this.#waiting) look();
    return null;
  }

  async #changesSince(since: number): Promise<readonly string[]> {
    while (this.#changes.length <= since) {
      await new Promise<void>((look) => this.#waiting.add(look));
      this.#waiting.clear();
    }
    return this.#changes.slice(since);
  }
}

/** The secrets of one window, and the event of those that any window has changed. */
export class SharedSecrets implements SecretStorage {
  readonly #address: string;

  constructor(port: string) {
    this.#address = `http://127.0.0.1:${port}${path}`;
  }

  readonly onDidChange: Event<SecretStorageChangeEvent> = (listener) => {
    const closed = new AbortController();
    void this.#follow(closed.signal, (key) => void listener({ key })).catch(() => undefined); // the server is closed
    return { dispose: () => closed.abort() };
  };

  async #follow(signal: AbortSignal, tell: (key: string) => void): Promise<void> {
    let seen = 0;
    while (!signal.aborted) {
      const response = await fetch(`${this.#address}?since=${seen}`, { signal });
      const changed = v.parse(v.array(v.string()), await response.json());
      seen += changed.length;
      for (const key of changed) tell(key);
    }
  }

  async get(key: string): Promise<string | undefined> {
    const response = await fetch(this.#address + key);
    return v.parse(v.nullable(v.string()), await response.json()) ?? undefined;
  }

  async store(key: string, value: string): Promise<void> {
    await fetch(this.#address + key, { method: 'PUT', body: value });
  }

  async delete(key: string): Promise<void> {
    await fetch(this.#address + key, { method: 'DELETE' });
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
}
