import { tokenIn } from '../model/accountBook.ts';
import type { Handler } from '../server/answerRequest.ts';

/** What a program is told that sends the token of a real account. In English, as everything that the API answers. */
export const ownTokenSentence =
  "This is the token of an account of yours. The simulated API takes only its own, so that a real token does not end up in a test's logs.";

/**
 * The same, but a request with the token of an account of the user gets 401, and nothing of it goes further. `token` is the one that the
 * API itself has given out; `onRefused` is told of each request that is refused.
 */
export function refuseOwnTokens(
  handle: Handler,
  token: string,
  isOwnToken: (token: string) => Promise<boolean>,
  onRefused: (request: Request) => void,
): Handler {
  return async (request) => {
    for (const each of tokensOf(request)) {
      if (each === token || !(await isOwnToken(each))) continue;
      onRefused(request);
      return Response.json({ error: ownTokenSentence }, { status: 401, headers: { 'x-simulated': 'keyturner' } });
    }
    return await handle(request);
  };
}

/** Whatever may be a token in the header, with or without `Bearer`, and in the query, where some clients send it by mistake. */
function tokensOf({ headers, url }: Request): ReadonlySet<string> {
  const words = headers.get('authorization')?.split(/[\s,]+/) ?? [];
  return new Set([...words, ...new URL(url).searchParams.values()].flatMap((word) => tokenIn(word) ?? []));
}
