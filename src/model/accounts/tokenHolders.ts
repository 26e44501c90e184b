import type { NukiClient } from '../../nuki/http/client.ts';
import type { Integration } from '../../nuki/integration.ts';
import { permissionNames, permissions, unusedScopes } from '../../nuki/permissions.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { tryPermissions, type TokenReport } from './tokenPermissions.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';

/** What should be done something about. `since`: how long it was not used, in ms, or there was it without a use. */
export type TokenMark =
  | { readonly kind: 'stale'; readonly since: number; readonly wasUsed: boolean }
  | { readonly kind: 'broad'; readonly scopes: readonly string[] }
  | { readonly kind: 'legacy' };

export interface TokenHolder {
  readonly integration: Integration;
  /** Whether it is the token that Keyturner itself uses: only what fits nothing else is `own`. */
  readonly ownership: 'own' | 'maybe' | 'other';
  readonly marks: readonly TokenMark[];
}

export interface TokenHolders {
  readonly holders: readonly TokenHolder[];
  /** How many others Nuki lists that could not be understood. */
  readonly unreadable: number;
}

/** After so many milliseconds without a use, something counts as not needed. */
const staleAfter = 90 * dayLength;

/**
 * Reads what has access to an account and tries which of it is the token of `client`: Keyturner's own come first, then what is marked.
 * `now`: ms since 1970. @throws {NukiError} where the list cannot be read
 */
export async function readTokenHolders(client: NukiClient, accountId: string, now: number): Promise<TokenHolders> {
  const { items, unreadable } = await client.integrations({ lane: 'follow' });
  const report = await tryPermissions(client);
  const keys = new Set(items.flatMap(({ tokenId, clientId }) => (tokenId === undefined ? [] : [clientId])));
  const candidates = items.filter((each) => mayBeToken(each, keys) && mayBeOwn(each, report, accountId));
  const [first, ...others] = candidates;
  const isSure =
    report.kind === 'known' && unreadable.length === 0 && first?.tokenId !== undefined && others.length === 0;
  const holders = items.map((integration): TokenHolder => {
    const ownership = !candidates.includes(integration) ? 'other' : isSure ? 'own' : 'maybe';
    return { integration, ownership, marks: marksOf(integration, ownership, now) };
  });
  return { holders: holders.toSorted((one, other) => rank(one) - rank(other)), unreadable: unreadable.length };
}

function rank({ ownership, marks }: TokenHolder): number {
  if (ownership !== 'other') return 0;
  return marks.length > 0 ? 1 : 2;
}

/** Whether it is an API token, or may be one whose id is not told. `keys`: the clients of those that are. */
function mayBeToken({ tokenId, clientId, device }: Integration, keys: ReadonlySet<string | undefined>): boolean {
  return tokenId !== undefined || (device !== true && (clientId === undefined || keys.has(clientId)));
}

/**
 * Whether Keyturner may use this token: one of this account whose scopes are those that were tried. Dates prove nothing:
 * two programs may be used at the same time.
 */
function mayBeOwn({ scopes, subAccountId }: Integration, report: TokenReport, accountId: string): boolean {
  if (subAccountId !== undefined && String(subAccountId) !== accountId) return false;
  if (scopes === undefined || report.kind !== 'known') return true;
  return permissionNames.every((name) => {
    const grant = report.grants.get(name);
    const hasScope = permissions[name].scopes.some((scope) => scopes.includes(scope));
    // What a sub-account is refused may be missing to the account, and not to the token.
    return grant === 'granted' ? hasScope : grant !== 'missing' || report.rights !== undefined || !hasScope;
  });
}

function marksOf(
  { version, warning, scopes = [], createdAt, lastActiveAt }: Integration,
  ownership: TokenHolder['ownership'],
  now: number,
): readonly TokenMark[] {
  const used = instantOf(lastActiveAt);
  const since = now - (used ?? (lastActiveAt === undefined ? instantOf(createdAt) : undefined) ?? now);
  const unused = ownership === 'own' ? unusedScopes(scopes) : [];
  return [
    ...(since >= staleAfter ? [{ kind: 'stale', since, wasUsed: used !== undefined } as const] : []),
    ...(unused.length > 0 ? [{ kind: 'broad', scopes: unused } as const] : []),
    ...(warning === true || version === 'LEGACY' ? [{ kind: 'legacy' } as const] : []),
  ];
}
