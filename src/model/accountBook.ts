import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/event.ts';
import type { Memento } from './memento.ts';
import { NukiError } from '../nuki/http/errors.ts';
import type { NukiClient } from '../nuki/http/client.ts';

/** Where tokens are kept; VS Code's SecretStorage is one. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** In milliseconds. A keyring that the user does not unlock never answers. */
const secretsTimeoutMs = 10_000;

/** The same secrets; an operation that takes longer than {@link secretsTimeoutMs} fails. */
export function withTimeout(secrets: Secrets, clock: Clock): Secrets {
  const within = async <T>(answer: PromiseLike<T>): Promise<T> => {
    const over = new AbortController();
    const late = clock.wait(secretsTimeoutMs, over.signal).then((): never => {
      throw new Error('The secret storage does not answer.');
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      over.abort();
    }
  };
  return {
    get: (key) => within(secrets.get(key)),
    store: (key, value) => within(secrets.store(key, value)),
    delete: (key) => within(secrets.delete(key)),
  };
}

/** What is remembered of an account besides its token. */
export interface AccountEntry {
  /** The API's account id, as text. */
  readonly id: string;
  readonly label: string;
}

/** An account as the store sees it: the demo home is one too. */
export interface AccountSource extends AccountEntry {
  readonly demo: boolean;
  /** @throws {NukiError} `tokenMissing` */
  client(): Promise<NukiClient>;
}

const indexKey = 'nuki.accounts';
const tokenKeyPrefix = 'nuki.token.';

/**
 * The token in what was pasted: spaces and line breaks around it and a leading `Bearer` are dropped.
 * @returns `undefined` when what remains cannot be a token
 */
export function tokenIn(pasted: string): string | undefined {
  const token = pasted.trim().replace(/^Bearer\s+/i, '');
  return /^[A-Za-z0-9._-]{20,512}$/.test(token) ? token : undefined;
}

/** Whose token it is. */
export interface TokenOwner {
  readonly id: string;
  readonly name: string | undefined;
}

/**
 * Tries a token before it is kept.
 * @throws {NukiError} `tokenRefused` when nothing answers to it, `permissionMissing` when it works but may not read the account
 */
export async function ownerOf(client: NukiClient): Promise<TokenOwner> {
  try {
    const { accountId, name } = await client.account();
    return { id: String(accountId), name: name?.trim() || undefined };
  } catch (error) {
    if (!(error instanceof NukiError) || error.reason !== 'unauthorized') throw error;
    throw await reasonFor401(() => client.smartlocks());
  }
}

/** Tells a dead token from a missing permission, which the API answers with the same 401: does `probe` work? */
export async function reasonFor401(probe: () => Promise<unknown>): Promise<NukiError> {
  try {
    await probe();
    return new NukiError('permissionMissing', { status: 401 });
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    return error.reason === 'unauthorized' ? new NukiError('tokenRefused', { status: 401 }) : error;
  }
}

/** The accounts that the user has added: tokens in `secrets`, one key each; ids and labels in `memento`. */
export class AccountBook {
  readonly #secrets: Secrets;
  readonly #memento: Memento;
  readonly #createClient: (token: string) => Promise<NukiClient>;
  readonly #clients = new Map<string, Promise<NukiClient>>();
  readonly #sources = new Map<string, AccountSource>();
  readonly #tokens = new Set<string>();
  readonly #clientsByToken = new Map<string, Promise<NukiClient>>();
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(secrets: Secrets, memento: Memento, createClient: (token: string) => Promise<NukiClient>) {
    this.#secrets = secrets;
    this.#memento = memento;
    this.#createClient = createClient;
  }

  get entries(): readonly AccountEntry[] {
    const kept = this.#memento.get(indexKey);
    return Array.isArray(kept) ? kept.filter(isAccountEntry) : [];
  }

  /** A source stays the same object until its token or label changes. */
  sources(): readonly AccountSource[] {
    return this.entries.map((entry) => {
      const known = this.#sources.get(entry.id);
      if (known?.label === entry.label) return known;
      const source = { ...entry, demo: false, client: () => this.#clientOf(entry.id) };
      this.#sources.set(entry.id, source);
      return source;
    });
  }

  /** Every token that was in use since the start, so that the log can leave it out. */
  get tokens(): readonly string[] {
    return [...this.#tokens];
  }

  /** The client for a token, kept or not: the same one each time, for it knows when Nuki has asked to wait. */
  clientFor(token: string): Promise<NukiClient> {
    this.#tokens.add(token);
    const known = this.#clientsByToken.get(token);
    if (known) return known;
    const client = this.#createClient(token);
    this.#clientsByToken.set(token, client);
    client.catch(() => this.#clientsByToken.delete(token));
    return client;
  }

  /**
   * Keeps a token and reads it back.
   * @returns whether the storage really holds it; where it does not, the account works until the window is closed
   */
  async keep(entry: AccountEntry, token: string): Promise<boolean> {
    const kept = await this.#storeToken(tokenKeyPrefix + entry.id, token);
    const client = await this.clientFor(token);
    this.#clients.set(entry.id, Promise.resolve(client));
    this.#sources.delete(entry.id);
    const isNew = this.entries.every(({ id }) => id !== entry.id);
    await this.#write(
      isNew ? [...this.entries, entry] : this.entries.map((old) => (old.id === entry.id ? entry : old)),
    );
    return kept;
  }

  async rename(id: string, label: string): Promise<void> {
    await this.#write(this.entries.map((entry) => (entry.id === id ? { id, label } : entry)));
  }

  /** Forgets an account: token, client and entry. The token itself stays valid at Nuki until it is revoked there. */
  async remove(id: string): Promise<void> {
    this.#forget(id);
    await this.#secrets.delete(tokenKeyPrefix + id);
    await this.#write(this.entries.filter((entry) => entry.id !== id));
  }

  /** To be called when another window has changed the secret under `key`: drops the client of the old token, and writes nothing. */
  secretChanged(key: string): void {
    if (!key.startsWith(tokenKeyPrefix)) return;
    this.#forget(key.slice(tokenKeyPrefix.length));
    this.#changed.fire();
  }

  #forget(id: string): void {
    this.#clients.delete(id);
    this.#sources.delete(id);
  }

  /** One client for all who ask at the same time: each client has a rate limit of its own. */
  #clientOf(id: string): Promise<NukiClient> {
    const known = this.#clients.get(id);
    if (known) return known;
    const client = this.#makeClient(id);
    this.#clients.set(id, client);
    client.catch(() => this.#clients.get(id) === client && this.#clients.delete(id));
    return client;
  }

  async #makeClient(id: string): Promise<NukiClient> {
    const token = await Promise.resolve(this.#secrets.get(tokenKeyPrefix + id)).catch(() => undefined);
    if (token === undefined || tokenIn(token) !== token) throw new NukiError('tokenMissing');
    return await this.clientFor(token);
  }

  async #storeToken(key: string, token: string): Promise<boolean> {
    try {
      await this.#secrets.store(key, token);
      return (await this.#secrets.get(key)) === token;
    } catch {
      return false;
    }
  }

  async #write(entries: readonly AccountEntry[]): Promise<void> {
    await this.#memento.update(indexKey, entries);
    this.#changed.fire();
  }
}

function isAccountEntry(value: unknown): value is AccountEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'label' in value &&
    typeof value.label === 'string'
  );
}
