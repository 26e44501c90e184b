import * as v from 'valibot';
import { checkClient, type CheckResult, type RuleId } from '../../../../src/simulator/clientCheck/check.ts';
import type { SimulationOptions } from '../../../../src/simulator/simulation.ts';
import { clientToken, TestSimulation } from '../testSimulation.ts';

/** What a program has to do with the outside: `fetch`, time, a token, and nothing else. */
export interface World {
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly token: string;
}

/** A second client's. */
export const otherToken = 'a-token-of-another-client';

/** How long a request and what a program does with its answer take, in ms. */
const usualTime = 20;
/** An answer that takes longer never comes, in ms. */
const longestAnswer = 60_000;

/** A program that is played against a simulation, where time passes only while it sleeps or waits for an answer. */
export class PlayedClient implements World {
  readonly test: TestSimulation;
  readonly token = clientToken;

  constructor(options: Partial<SimulationOptions> = {}) {
    this.test = new TestSimulation({ tokens: [{ token: clientToken }, { token: otherToken }], ...options });
  }

  readonly fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    const answer = this.test.simulation.handle(new Request(url, init));
    const end = { isThere: false };
    const settle = (): void => void (end.isThere = true);
    answer.then(settle, settle);
    for (let waited = 0; !end.isThere && waited < longestAnswer; waited += usualTime) await this.sleep(usualTime);
    if (!end.isThere) throw new Error('no answer');
    return await answer;
  };

  readonly sleep = (ms: number): Promise<void> => this.test.computer.advance(ms);

  /** Sends a request with the token. @returns its number */
  async send(method: string, path: string, body?: unknown, token = this.token): Promise<Response> {
    return await this.fetch(`https://api.nuki.io${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async get(path: string): Promise<unknown> {
    return await (await this.send('GET', path)).json();
  }

  /** The objects of a list. */
  async list(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return v.parse(v.array(v.record(v.string(), v.unknown())), await this.get(path));
  }

  check(options?: { readonly webhook: boolean }): CheckResult {
    return options ? checkClient(this.test.simulation.exchanges.all, options) : this.test.simulation.check();
  }

  /** The numbers of the requests that broke a rule; empty for none. */
  brokeBy(rule: RuleId): readonly number[] {
    return this.check().findings.find((finding) => finding.rule === rule)?.exchanges ?? [];
  }

  /** The rules that were broken. */
  get broken(): readonly RuleId[] {
    return this.check().findings.map(({ rule }) => rule);
  }
}
