import type { Understood } from './http/schema.ts';
import type { integrationSchema } from './http/schemas.ts';

/** Something that has access to an account: a program, a phone or an API token. Every field may be missing. */
export type Integration = Readonly<Understood<typeof integrationSchema>>;

/** What a revocation takes away: one API token, or everything of a client, which may have several tokens. */
export type Revocation =
  | { readonly kind: 'token'; readonly tokenId: string }
  | { readonly kind: 'client'; readonly clientId: string };

/** The ids that a revocation may name: the API takes whole numbers. */
export function isUsableRevocationId(id: string): boolean {
  return /^[1-9]\d{0,14}$/.test(id);
}

/** How to revoke this and as little else as can be; `undefined` where only Nuki Web can. What has a token of its own never goes by its client. */
export function revocationOf({ tokenId, clientId }: Integration): Revocation | undefined {
  if (tokenId !== undefined) return isUsableRevocationId(tokenId) ? { kind: 'token', tokenId } : undefined;
  return clientId !== undefined && isUsableRevocationId(clientId) ? { kind: 'client', clientId } : undefined;
}

/** Whether a revocation takes this away. */
export function isRevokedBy(integration: Integration, revocation: Revocation): boolean {
  return revocation.kind === 'token'
    ? integration.tokenId === revocation.tokenId
    : integration.clientId === revocation.clientId;
}
