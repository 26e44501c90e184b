import type { Conditions } from '../conditions.ts';
import { tooManyRequests } from '../answers.ts';
import { htmlPage, responseOf, type Fault } from './faults.ts';
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
    const { foreignPages: pages, tooManyRequests: refusals, unpaid } = this.#conditions;
    const isPaid = (method === 'PUT' && path.includes('/auth')) || (method === 'POST' && path.includes('/action'));
    if (unpaid && isPaid) return { answer: { status: 402 } };
    if (method === 'PUT' && path.includes('/auth') && this.#isOneTooMany(now)) {
      return { answer: tooManyRequests() }; // as 96 creations at once ended for a gym
    }
    if (pages === 0 && refusals === 0) return undefined;
    const luck = this.#random.next();
    if (luck < pages) return this.#foreignPage(method);
    if (luck > pages + refusals) return undefined;
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
    const page = htmlPage(status, title);
    const isAfterAll = method !== 'GET' && this.#random.next() < 0.5;
    return isAfterAll ? { change: () => responseOf(page) } : { answer: page };
  }
}
