import { accepted, badParameter, json, notFound } from '../answers.ts';
import { integerField } from './requestFields.ts';
import type { Call, Route } from './routes.ts';

const scopes = ['account'];

/** What has access to the account: its API tokens, which all belong to one API key. */
export const integrationRoutes: readonly Route[] = [
  { method: 'GET', path: '/account/integration', scopes, answer: list },
  { method: 'DELETE', path: '/account/integration', scopes, answer: revoke },
];

/** No token is in it: it was shown once, when it was made. */
function list({ home }: Call): Response {
  return json(
    home.tokens.held.map(({ tokenId, ...token }, index) => ({
      version: 'HYDRA',
      vendorKey: 'API_TOKEN',
      subAccount: false,
      name: 'API token',
      description: `Token ${index + 1}`,
      ...token,
      warning: false,
      tokenId: String(tokenId),
      clientId: String(home.webhooks.apiKeyId),
      sortOrder: 0,
      device: false,
    })),
  );
}

/** Revokes one token, or all of the API key where none is named. */
function revoke({ home, query }: Call): Response {
  const key = integerField(query, 'apiKeyId');
  const tokenId = integerField(query, 'tokenId');
  if (key === undefined && tokenId === undefined) throw badParameter('apiKeyId', null);
  if (key !== undefined && key !== home.webhooks.apiKeyId) throw notFound();
  if (tokenId === undefined) home.tokens.revokeAll();
  else if (!home.tokens.revokeId(tokenId)) throw notFound();
  return accepted();
}
