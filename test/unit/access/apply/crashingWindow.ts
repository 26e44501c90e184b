import { AuthorizationWriter } from '../../../../src/model/authorizations/authorizationWriter.ts';
import { Store } from '../../../../src/model/store.ts';
import { createClient } from '../../../../src/nuki/http/client.ts';
import { simulatedApi } from '../../../../src/simulator/api/api.ts';
import type { SimulatedHome } from '../../../../src/simulator/home.ts';
import { sourceOf } from '../../model/fakes.ts';
import type { SteppedTime } from '../../model/steppedTime.ts';

export const token = 'a-token-of-the-simulated-home';

interface Crash {
  /** At which of the moments the window crashes, and whether those after reads are among them. */
  readonly pointsLeft: number;
  readonly isAfterReads: boolean;
  readonly onCrash: (when: string) => void;
}

/** A window: what it holds is gone when it crashes. */
export class CrashingWindow {
  readonly store: Store;
  readonly writer: AuthorizationWriter;
  /** Resolves when it crashes. */
  readonly end = Promise.withResolvers<void>();
  isDead = false;
  /** How many calls of its client run. */
  running = 0;
  readonly #crash: Crash;
  #pointsLeft: number;

  constructor(
    home: SimulatedHome,
    time: SteppedTime,
    crash: Crash,
    {
      neverTells,
      onRequest,
    }: {
      /** Whether locks never tell what they have taken. */
      readonly neverTells: boolean;
      readonly onRequest: (method: string, path: string, body: string) => void;
    },
  ) {
    this.#crash = crash;
    this.#pointsLeft = crash.pointsLeft;
    const api = simulatedApi(home);
    const client = createClient(token, {
      clock: time.clock(true),
      random: () => 0,
      fetch: async (input, init) => {
        if (this.isDead) throw new Error('the window has crashed');
        const request = new Request(input, init);
        onRequest(
          request.method,
          new URL(request.url).pathname,
          request.method === 'GET' ? '' : await request.clone().text(),
        );
        const answer = await api(request);
        this.point(`after ${request.method}`);
        if (this.isDead) throw new Error('the window has crashed');
        if (!neverTells || request.method !== 'GET') return answer;
        return new Response((await answer.text()).replaceAll(/,"updateDate":("[^"]*"|null)/g, ''), answer);
      },
    });
    const counted = new Proxy(client, {
      get: (target, name: keyof typeof client) => {
        const call: unknown = target[name];
        if (typeof call !== 'function') return call;
        return async (...args: unknown[]): Promise<unknown> => {
          this.running += 1;
          return await Promise.resolve(Reflect.apply(call, target, args)).finally(() => (this.running -= 1));
        };
      },
    });
    this.store = new Store(time.clock(false));
    this.store.setSources([sourceOf(counted)]);
    this.writer = new AuthorizationWriter(this.store, time.clock(false), () => Promise.resolve(false));
  }

  /** A moment at which the window may crash. */
  point(what: string): void {
    if (this.isDead || (what === 'after GET' && !this.#crash.isAfterReads)) return;
    this.#pointsLeft -= 1;
    if (this.#pointsLeft !== 0) return;
    this.isDead = true;
    this.writer.dispose();
    this.end.resolve();
    this.#crash.onCrash(what);
  }
}
