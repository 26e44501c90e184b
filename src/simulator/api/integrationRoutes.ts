import { accepted, badParameter, json, notFound } from '../answers.ts';
import { integerField } from './requestFields.ts';
import { apiTokenVendor, makeIntegrations } from '../integrations.ts';
import { apiKeyId } from '../webhooks/webhooks.ts';
import type { IntegrationJson } from '../wire.ts';
import type { Call, Route } from './routes.ts';

const scopes = ['account'];

/** What has access to the account: its API tokens, which all belong to one API key, and the programs and devices of the home. */
export const integrationRoutes: readonly Route[] = [
  { method: 'GET', path: '/account/integration', scopes, answer: list },
  { method: 'DELETE', path: '/account/integration', scopes, answer: revoke },
];

/** No token is in it: it was shown once, when it was made. */
function list({ home }: Call): Response {
  const ofTokens = home.tokens.held.flatMap(({ tokenId, ...held }) =>
    makeIntegrations([{ name: 'API token', vendorKey: apiTokenVendor, ...held }]).map((made) => ({
      ...made,
      tokenId: String(tokenId),
    })),
  );
  return json([...ofTokens, ...home.integrations]);
}

/** Revokes one token, or all of an API key where no token is named. The `clientId` of a program is taken as its API key. */
function revoke({ home, query }: Call): Response {
  const key = integerField(query, 'apiKeyId');
  const tokenId = integerField(query, 'tokenId');
  if (key === undefined && tokenId === undefined) throw badParameter('apiKeyId', null);
  const isMeant = (other: IntegrationJson): boolean =>
    (key === undefined || other.clientId === String(key)) &&
    (tokenId === undefined || other.tokenId === String(tokenId));
  const others = home.integrations.filter((other) => !isMeant(other));
  const isOfTokens = key === undefined || key === apiKeyId;
  const isRevoked = isOfTokens && (tokenId === undefined ? home.tokens.revokeAll() : home.tokens.revokeId(tokenId));
  if (!isRevoked && others.length === home.integrations.length) throw notFound();
  home.integrations = others;
  return accepted();
}
