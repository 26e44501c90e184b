import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/event.ts';
import { isSameSecret } from '../../base/sameSecret.ts';
import type { SharedRecords } from '../sharedRecords.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import type { NukiClient } from '../../nuki/http/client.ts';

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

/** An account as the store sees it: a simulated home is one too. */
export interface AccountSource extends AccountEntry {
  /** Whether it is a home of this window alone, without a real door. */
  readonly simulated: boolean;
  /** @throws {NukiError} `tokenMissing`, or `accountRemoved` where any window has removed it */
  client(): Promise<NukiClient>;
}

const recordPrefix = 'account/';
const tokenKeyPrefix = 'nuki.token.';

/** The key of the record of an account. */
export function accountKey(id: string): string {
  return recordPrefix + id;
}

/** What the record of an account holds. */
export interface AccountRecord {
  readonly label: string;
  /** Its place among the accounts, which are shown in the order in which they were added. */
  readonly place: number;
}

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
 * Tries a token before it is kept; `signal` ends that.
 * @throws {NukiError} `tokenRefused` when nothing answers to it, `permissionMissing` when it works but may not read the account
 */
export async function ownerOf(client: NukiClient, signal?: AbortSignal): Promise<TokenOwner> {
  try {
    const { accountId, name } = await client.account({ signal });
    return { id: String(accountId), name: name?.trim() || undefined };
  } catch (error) {
    if (!(error instanceof NukiError) || error.reason !== 'unauthorized') throw error;
    throw await reasonFor401(() => client.smartlocks({ signal }));
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

/** The accounts that the user has added: tokens in `secrets`, one key each; ids and labels in `records`, which all windows share. */
export class AccountBook {
  readonly #secrets: Secrets;
  readonly #records: SharedRecords;
  readonly #createClient: (token: string) => Promise<NukiClient>;
  readonly #clients = new Map<string, Promise<NukiClient>>();
  readonly #sources = new Map<string, AccountSource>();
  readonly #tokens = new Set<string>();
  readonly #clientsByToken = new Map<string, Promise<NukiClient>>();
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  /** The entries that the listeners know of, as JSON. */
  #told: string;

  constructor(secrets: Secrets, records: SharedRecords, createClient: (token: string) => Promise<NukiClient>) {
    this.#secrets = secrets;
    this.#records = records;
    this.#createClient = createClient;
    this.#told = JSON.stringify(this.entries);
    records.onDidChange(() => this.#followOtherWindows());
  }

  get entries(): readonly AccountEntry[] {
    return accountsIn(this.#records).map(({ id, label }) => ({ id, label }));
  }

  /** A source stays the same object until its token or label changes. */
  sources(): readonly AccountSource[] {
    return this.entries.map((entry) => {
      const known = this.#sources.get(entry.id);
      if (known?.label === entry.label) return known;
      const source = { ...entry, simulated: false, client: () => this.#clientOf(entry.id) };
      this.#sources.set(entry.id, source);
      return source;
    });
  }

  /** Every token that was in use since the start, so that the log can leave it out. */
  get tokens(): readonly string[] {
    return [...this.#tokens];
  }

  /** Whether one of `words` is the token of an account here, or was tried as one since the start. A storage that does not answer knows none. */
  async hasOneOf(words: ReadonlySet<string>): Promise<boolean> {
    const stored = await Promise.all(this.entries.map(({ id }) => this.#storedToken(id)));
    const own = [...this.#tokens, ...stored].flatMap((token) => token ?? []);
    return [...words].filter((word) => own.filter((token) => isSameSecret(token, word)).length > 0).length > 0;
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
   * @throws {NukiError} `accountRemoved` where another window has removed the account meanwhile
   */
  async keep({ id, label }: AccountEntry, token: string): Promise<boolean> {
    const client = await this.clientFor(token);
    this.#forget(id);
    this.#clients.set(id, Promise.resolve(client));
    this.#write(id, label); // before the token: one without its account would stay for ever
    const kept = await this.#storeToken(tokenKeyPrefix + id, token);
    if (!this.#records.has(accountKey(id))) {
      await this.#secrets.delete(tokenKeyPrefix + id);
      throw this.#removedElsewhere();
    }
    this.#tell();
    return kept;
  }

  /** @throws {NukiError} `accountRemoved` where another window has removed the account meanwhile */
  rename(id: string, label: string): void {
    if (!this.#records.has(accountKey(id))) throw this.#removedElsewhere();
    this.#write(id, label);
    this.#tell();
  }

  /** Forgets an account: token, client and entry. The token itself stays valid at Nuki until it is revoked there. */
  async remove(id: string): Promise<void> {
    await this.#secrets.delete(tokenKeyPrefix + id); // before the entry, by which the user can try again
    this.#records.delete(accountKey(id));
    this.#forget(id);
    this.#tell();
    // Another window may have stored a token between the two.
    if (!this.#records.has(accountKey(id))) await this.#secrets.delete(tokenKeyPrefix + id);
  }

  /** To be called when another window has changed the secret under `key`: drops the client of the old token, and writes nothing. */
  secretChanged(key: string): void {
    if (!key.startsWith(tokenKeyPrefix)) return;
    this.#forget(key.slice(tokenKeyPrefix.length));
    this.#tell();
  }

  #followOtherWindows(): void {
    const { entries } = this;
    if (JSON.stringify(entries) === this.#told) return;
    const ids = new Set(entries.map(({ id }) => id));
    for (const id of this.#sources.keys()) if (!ids.has(id)) this.#forget(id);
    this.#tell();
  }

  #tell(): void {
    this.#told = JSON.stringify(this.entries);
    this.#changed.fire();
  }

  #removedElsewhere(): NukiError {
    this.#records.reload();
    return new NukiError('accountRemoved');
  }

  #forget(id: string): void {
    this.#clients.delete(id);
    this.#sources.delete(id);
  }

  /** One client for all who ask at the same time: each client has a rate limit of its own. */
  async #clientOf(id: string): Promise<NukiClient> {
    if (!this.#records.has(accountKey(id))) throw this.#removedElsewhere();
    return await this.#knownClient(id);
  }

  #knownClient(id: string): Promise<NukiClient> {
    const known = this.#clients.get(id);
    if (known) return known;
    const client = this.#makeClient(id);
    this.#clients.set(id, client);
    client.catch(() => this.#clients.get(id) === client && this.#clients.delete(id));
    return client;
  }

  async #makeClient(id: string): Promise<NukiClient> {
    const token = await this.#storedToken(id);
    if (token === undefined || tokenIn(token) !== token) throw new NukiError('tokenMissing');
    return await this.clientFor(token);
  }

  #storedToken(id: string): Promise<string | undefined> {
    return Promise.resolve(this.#secrets.get(tokenKeyPrefix + id)).catch(() => undefined);
  }

  async #storeToken(key: string, token: string): Promise<boolean> {
    try {
      await this.#secrets.store(key, token);
      return (await this.#secrets.get(key)) === token;
    } catch {
      return false;
    }
  }

  #write(id: string, label: string): void {
    const all = accountsIn(this.#records);
    const place = all.find((known) => known.id === id)?.place ?? Math.max(0, ...all.map((other) => other.place)) + 1;
    this.#records.write(accountKey(id), { label, place } satisfies AccountRecord);
  }
}

function accountsIn(records: SharedRecords): readonly (AccountEntry & AccountRecord)[] {
  return [...records.read()]
    .flatMap(([key, value]) =>
      key.startsWith(recordPrefix) && isAccountRecord(value)
        ? [{ id: key.slice(recordPrefix.length), label: value.label, place: value.place }]
        : [],
    )
    .toSorted((one, other) => one.place - other.place || one.id.localeCompare(other.id));
}

function isAccountRecord(value: unknown): value is AccountRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'label' in value &&
    typeof value.label === 'string' &&
    'place' in value &&
    typeof value.place === 'number'
  );
}
