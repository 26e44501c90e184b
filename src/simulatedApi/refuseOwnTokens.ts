import type { Handler } from '../server/answerRequest.ts';

/** What a program is told that sends the token of a real account. In English, as everything that the API answers. */
export const ownTokenSentence =
  "This is the token of an account of yours. The simulated API takes only its own, so that a real token does not end up in a test's logs.";

/**
 * The same, but a request with the token of an account of the user, wherever it stands, gets 401, and nothing of it goes further. `token` is
 * the one that the API itself has given out; `isOneOwn` says whether one of several texts is such a token; `onRefused` is told of each request
 * that is refused.
 */
export function refuseOwnTokens(
  handle: Handler,
  token: string,
  isOneOwn: (words: ReadonlySet<string>) => Promise<boolean>,
  onRefused: (request: Request) => void,
): Handler {
  return async (request) => {
    const words = await wordsOf(request);
    words.delete(token);
    if (words.size === 0 || !(await isOneOwn(words))) return await handle(request);
    onRefused(request);
    return Response.json({ error: ownTokenSentence }, { status: 401, headers: { 'x-simulated': 'keyturner' } });
  };
}

/** A path or a text without whatever may be a token. */
export function withoutTokens(text: string): string {
  return decoded(text).replace(tokenLike, '***');
}

/** What tokens are made of. */
const tokenLike = /[A-Za-z0-9._-]{20,512}/g;

/** Whatever may be a token in a request: in its headers, where some are in base64, in its address, and in its body. */
async function wordsOf(request: Request): Promise<Set<string>> {
  const { headers, url } = request;
  const basic = /^Basic\s+([\w+/=-]+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const body = request.body === null ? '' : await request.clone().text();
  const { pathname, search } = new URL(url);
  const texts = [
    ...headers.values(),
    basicText(basic),
    pathname,
    decoded(pathname),
    search,
    decoded(search),
    body,
    decoded(body),
  ];
  return new Set(texts.flatMap((text) => text.match(tokenLike) ?? []));
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-7][0-9a-f])+/gi, (escaped) => decodeURIComponent(escaped));
}

function basicText(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}
