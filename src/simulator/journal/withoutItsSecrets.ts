import { redact } from '../../base/redact.ts';
import { hiddenSecret } from '../../nuki/http/maskSecrets.ts';
import { isFields } from '../jsonFields.ts';
import type { Exchange } from './exchange.ts';

/** An exchange as a journal shows it: codes, tokens and other secrets masked, wherever they stand, and nothing that only the check knows. */
export function withoutItsSecrets(exchange: Exchange): Exchange {
  const { known: _, ...shown } = exchange;
  const { path, body, answer } = shown;
  return {
    ...shown,
    path: maskedAddress(path),
    ...(body !== undefined && { body: masked(body) }),
    ...(answer !== undefined && { answer: masked(answer) }),
  };
}

/** The JSON that was sent or answered, or its text, without secrets. */
export function masked(content: unknown): unknown {
  if (typeof content === 'string') return maskedText(redact(content));
  const json = withoutSecrets(content, 'other');
  const code = isFields(content) ? content['code'] : undefined;
  const isStatus = typeof code === 'number' && code < 1000; // errors have one under this name
  return isStatus ? Object.assign({}, json, { code }) : json;
}

/** A path with its query, or a URL. */
export function maskedAddress(address: string): string {
  return maskedText(address.replace(secretInQuery, `$1${hiddenSecret}`));
}

/** A text without what may be a keypad code or a token. */
export function maskedText(text: string): string {
  if (!/[\d']/.test(text)) return text; // the most, and quickly
  return text
    .replace(refusedSecret, `'${hiddenSecret}'`)
    .replace(codeInText, hiddenSecret)
    .replace(tokenInText, hiddenSecret);
}

const secretInQuery =
  /([?&][\w%[\].-]*(?:token|secret|password|pin|key|code|authorization)s?(?:%5B\w*%5D|\[\w*\])?=)[^&#]*/gi;
const refusedSecret = /'[^']*'(?= for parameter '(?:code|\w*(?:pin|token|secret|password))')/gi;

/** Six digits from 1 to 9 that are part of no id, and are not the id of a person in an address. */
const codeInText = /(?<!\w|\/(?:user|sub)\/)[1-9]{6}(?!\w)/g;

/** Tokens of Nuki have 80 characters and are hexadecimal, ids have 24. */
const tokenInText = /(?<![\w.-])(?=[\w.-]*\d)[\w.-]{32,}/g;

const secretName = /(?:code|token|secret|password|pin|key|authorization)s?$/i;
const idName = /ids?$/i;

type Field = 'secret' | 'id' | 'other';

function fieldNamed(name: string): Field {
  if (secretName.test(name) && name !== 'errorCode') return 'secret';
  return idName.test(name) ? 'id' : 'other';
}

/** `field`: the one that holds it, or that holds the list or object which it is part of. */
function withoutSecrets(json: unknown, field: Field): unknown {
  if (Array.isArray(json)) return json.map((item) => withoutSecrets(item, field));
  if (isFields(json)) {
    const fields = Object.entries(json).map(([name, value]) => {
      return [maskedText(name), withoutSecrets(value, field === 'secret' ? field : fieldNamed(name))] as const;
    });
    return Object.fromEntries(fields);
  }
  if (typeof json !== 'string' && typeof json !== 'number') return json;
  if (field === 'secret') return hiddenSecret;
  if (field === 'id') return typeof json === 'string' ? json.replace(tokenInText, hiddenSecret) : json;
  if (typeof json === 'string') return maskedText(json);
  return maskedText(String(json)) === hiddenSecret ? hiddenSecret : json;
}
