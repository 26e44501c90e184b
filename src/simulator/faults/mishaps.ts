import type { Conditions } from '../conditions.ts';
import type { Fault } from './faults.ts';
import { pick, type Random } from '../random.ts';

/** HTML of something between the client and Nuki: a company's filter, a hotel's page, a proxy, a gateway. */
const foreignPages: readonly (readonly [status: number, title: string])[] = [
  [200, 'Welcome to the Hotel Wi-Fi'],
  [403, 'Web Page Blocked'],
  [502, '502 Bad Gateway'],
  [511, 'Network Authentication Required'],
];

/** What comes between a request and its answer, and Nuki's own refusals because of too many requests. */
export class Mishaps {
  readonly #conditions: Conditions;
  readonly #random: Random;
  /** When authorizations were created, ms since 1970; those of the last minute. */
  #creations: readonly number[] = [];

  constructor(conditions: Conditions, random: Random) {
    this.#conditions = conditions;
    this.#random = random;
  }

  /** What happens to a request at `now`, ms since 1970; `undefined` where nothing does. */
  draw(method: string, path: string, now: number): Fault | undefined {
    const { foreignPages: share, tooManyRequests, unpaid } = this.#conditions;
    const isPaid = (method === 'PUT' && path.includes('/auth')) || (method === 'POST' && path.includes('/action'));
    if (unpaid && isPaid) return { answer: { status: 402 } };
    if (method === 'PUT' && path.includes('/auth') && this.#isOneTooMany(now)) {
      // 96 creations at once ended so for a gym, without a word of when to come again.
      return { answer: { status: 429, body: { stackTrace: [], suppressedExceptions: [] } } };
    }
    if (share === 0 && tooManyRequests === 0) return undefined;
    const luck = this.#random.next();
    if (luck < share) return this.#foreignPage(method);
    if (luck > share + tooManyRequests) return undefined;
    const status = this.#random.next() < 0.5 ? 429 : 503;
    return { answer: { status, headers: { 'retry-after': String(1 + Math.floor(this.#random.next() * 20)) } } };
  }

  #isOneTooMany(now: number): boolean {
    const { creationsPerMinute } = this.#conditions;
    if (creationsPerMinute === Infinity) return false;
    this.#creations = [...this.#creations.filter((at) => at > now - 60_000), now];
    return this.#creations.length > creationsPerMinute;
  }

  /** A page instead of the answer. Whether the request has passed on to Nuki, no one can tell. */
  #foreignPage(method: string): Fault {
    const [status, title] = pick(this.#random, foreignPages);
    const body = `<html><head><title>${title}</title></head><body>${title}</body></html>`;
    const headers = { 'content-type': 'text/html' };
    if (method !== 'GET' && this.#random.next() < 0.5) return { change: () => new Response(body, { status, headers }) };
    return { answer: { status, body, headers } };
  }
}
