import type { Translate } from '../../base/locale.ts';
import { safeText } from '../../base/safeText.ts';
import { fieldOf } from '../jsonFields.ts';
import type { Exchange } from './exchange.ts';

/** What a status means, where nothing more is known. */
const statusMeanings: Readonly<Record<number, string>> = {
  400: 'invalid request',
  402: 'Nuki subscription needed',
  403: 'no access',
  404: 'not found',
  405: 'method not allowed',
  409: 'conflict',
  422: "can't be processed",
  423: 'busy',
  429: 'too many requests',
  501: 'not simulated',
};

/** Why a request got no success, in words; `undefined` where it did, or is still under way. */
export function refusalText(exchange: Exchange, t: Translate): string | undefined {
  const { end, status } = exchange;
  if (end === 'lost') return t('connection lost before the answer');
  if (end === 'aborted') return t('the client gave up');
  if (status === undefined || status < 400) return undefined;
  if (status === 401) return unauthorizedText(exchange, t);
  const parameter = parameterIn(exchange);
  if (status === 409 && parameter === 'code') return t('code in use');
  if (status === 409 && parameter === 'accountUserId') return t('person already has access');
  if (status === 400 && parameter !== undefined) return t('invalid {0}', safeText(parameter));
  if (status === 422 && hasLongName(exchange)) return t('name over 20 bytes');
  return t(statusMeanings[status] ?? (status >= 500 ? 'server error' : 'refused'));
}

/** The API itself tells no one which of these it is. */
function unauthorizedText({ client, missingScopes, fault }: Exchange, t: Translate): string {
  if (client === undefined) return t('no token');
  if (missingScopes !== undefined) return t('missing scope {0}', missingScopes.join(' / '));
  return fault === 'scope-missing' ? t('missing scope') : t('invalid token');
}

/** The parameter that the answer complains of. */
function parameterIn({ answer }: Exchange): string | undefined {
  const detail = fieldOf(answer, 'detailMessage');
  return typeof detail === 'string' ? /parameter '(\w+)'/.exec(detail)?.[1] : undefined;
}

function hasLongName({ body }: Exchange): boolean {
  const name = fieldOf(body, 'name');
  return typeof name === 'string' && new TextEncoder().encode(name).length > 20;
}
