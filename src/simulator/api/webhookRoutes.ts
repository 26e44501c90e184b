import { accepted, forbidden, json, notFound } from '../answers.ts';
import { fieldsOf, integerField } from './requestFields.ts';
import type { Call, Route } from './routes.ts';
import { apiKeyId, type Webhooks } from '../webhooks/webhooks.ts';

const ofAccount = ['account'];
const ofWebhooks = ['webhook.decentral'];
const ofKey = '/api/key/{apiKeyId}';

/** Who gets webhooks, and how they were taken. All of them belong to the account's only API key. */
export const webhookRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/decentralWebhook',
    scopes: ofWebhooks,
    answer: ({ home }) => json(home.webhooks.registered),
  },
  { method: 'PUT', path: '/api/decentralWebhook', scopes: ofWebhooks, answer: register },
  { method: 'DELETE', path: '/api/decentralWebhook/{id}', scopes: ofWebhooks, answer: unregister },
  { method: 'GET', path: '/api/key', scopes: ofAccount, answer: listKeys },
  { method: 'GET', path: `${ofKey}/webhook/logs`, scopes: ofAccount, answer: listDeliveries },
  { method: 'POST', path: `${ofKey}/advanced/reactivate`, scopes: ofAccount, answer: reactivate },
];

function register({ home, body }: Call): Response {
  const { webhookUrl, webhookFeatures } = fieldsOf(body);
  return json(home.webhooks.register(webhookUrl, webhookFeatures));
}

function unregister({ home, params }: Call): Response {
  const found = home.webhooks.registered.find(({ id }) => String(id) === params['id']);
  if (found === undefined) throw forbidden();
  home.webhooks.unregister(found.id);
  return accepted();
}

function listKeys({ home: { account } }: Call): Response {
  const { accountId, creationDate } = account;
  const key = { apiKeyId, accountId, description: 'Simulated API tokens', redirectUris: [] };
  return json([{ ...key, creationDate }]);
}

/** @throws {Refusal} 404 for another key */
function webhooksOf({ home: { webhooks }, params }: Call): Webhooks {
  if (params['apiKeyId'] !== String(apiKeyId)) throw notFound();
  return webhooks;
}

function listDeliveries(call: Call): Response {
  return json(webhooksOf(call).logs(integerField(call.query, 'limit'), call.query['id']));
}

function reactivate(call: Call): Response {
  webhooksOf(call).reactivate();
  return accepted();
}
