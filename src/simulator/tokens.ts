import { isSameSecret } from '../base/sameSecret.ts';

/** A token and its scopes; without `scopes` it has all. */
export interface SimulatedToken {
  readonly token: string;
  readonly scopes?: readonly string[];
  /** What its owner wrote of it; `Token 1` and so on by default. */
  readonly description?: string;
  /** As the cloud writes it; when the home began by default. */
  readonly createdAt?: string;
}

/** A token as an account shows what has access to it. */
export interface HeldToken {
  readonly tokenId: number;
  readonly description: string;
  readonly scopes: readonly string[];
  /** Dates as the cloud writes them; without a last one where it was never used. */
  readonly createdAt: string;
  readonly lastActiveAt?: string;
}

interface Kept extends HeldToken {
  readonly token: string;
}

/** Every scope of Nuki's OpenAPI, the one that it does not declare last. */
export const allScopes: readonly string[] = [
  'account',
  'notification',
  'smartlock',
  'smartlock.readOnly',
  'smartlock.action',
  'smartlock.auth',
  'smartlock.config',
  'smartlock.log',
  'smartlock.create',
  'webhook.decentral',
];

const firstTokenId = 40_001;

/** The token that a request bears; empty where it bears none. */
export function tokenOf({ headers }: Request): string {
  return /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
}

/** The API tokens of an account. */
export class Tokens {
  #kept: readonly Kept[];

  /** `began`: when the home did. */
  constructor(tokens: readonly SimulatedToken[], began: string) {
    this.#kept = tokens.map((token, index) => ({
      scopes: allScopes,
      description: `Token ${index + 1}`,
      createdAt: began,
      ...token,
      tokenId: firstTokenId + index,
    }));
  }

  /** Without the tokens themselves. */
  get held(): readonly HeldToken[] {
    return this.#kept.map((kept) => {
      const { token: _, ...held } = kept;
      return held;
    });
  }

  /** Whether a token is valid and has one of `scopes`; without `scopes` any will do. */
  allows(token: string, scopes?: readonly string[]): boolean {
    const granted = this.#find(token)?.scopes;
    return granted !== undefined && (scopes === undefined || scopes.some((scope) => granted.includes(scope)));
  }

  /** A request with this token was let in. `date`: as the cloud writes it. */
  use(token: string, date: string): void {
    const used = this.#find(token);
    this.#kept = this.#kept.map((kept) => (kept === used ? { ...kept, lastActiveAt: date } : kept));
  }

  revoke(token: string): void {
    const revoked = this.#find(token);
    this.#kept = this.#kept.filter((kept) => kept !== revoked);
  }

  /** Revokes the one with this id. @returns whether there was one */
  revokeId(tokenId: number): boolean {
    const kept = this.#kept.filter((other) => other.tokenId !== tokenId);
    const isRevoked = kept.length < this.#kept.length;
    this.#kept = kept;
    return isRevoked;
  }

  /** @returns whether there was one */
  revokeAll(): boolean {
    const isRevoked = this.#kept.length > 0;
    this.#kept = [];
    return isRevoked;
  }

  /** Each is compared to its end, so that no time tells how much of one was right. */
  #find(token: string): Kept | undefined {
    return this.#kept.filter((kept) => isSameSecret(token, kept.token))[0];
  }
}
