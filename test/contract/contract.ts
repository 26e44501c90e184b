import assert from 'node:assert/strict';
import { simulatedApi } from '../../src/simulator/api/api.ts';
import type { SimulatedHome } from '../../src/simulator/home.ts';
import { resourceAt } from '../../src/simulator/api/operations.ts';
import { contradictions } from './contradictions.ts';
import type { Schema } from './facts.ts';
import type { Specification } from './specification.ts';

export interface SentRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly token: string;
}

/** What is wrong with the answer to an operation, whether `contradictions` lists it or not. */
export function violationsOf(
  specification: Specification,
  operation: string,
  status: number,
  json: unknown,
): readonly string[] {
  const [method = '', template = ''] = operation.split(' ');
  const documented = specification.operation(method, template)?.responses[status];
  // What the simulation lacks is no answer of Nuki's.
  if (documented === undefined) return status === 501 ? [] : [`${operation} ${status}`];
  if (status >= 400) return [];
  if (documented.schema === undefined) return json === undefined ? [] : [`${operation} response should be empty`];
  return specification.violations(documented.schema, json, `${operation} response`);
}

/** Sends requests to a simulated home, and checks them and their responses against the specification. */
export class Contract {
  /** Every violation that was met, whether `contradictions` lists it or not. */
  readonly met: Set<string>;
  /** The operations that have succeeded at least once, as `<method> <path template>`. */
  readonly tried = new Set<string>();
  readonly #specification: Specification;
  readonly #api: (request: Request) => Promise<Response>;

  constructor(specification: Specification, home: SimulatedHome, met = new Set<string>()) {
    this.met = met;
    this.#specification = specification;
    this.#api = simulatedApi(home);
  }

  /** The same contract with another home; what it meets counts here too. */
  of(home: SimulatedHome): Contract {
    return new Contract(this.#specification, home, this.met);
  }

  /** The JSON of the response, which must have `status`; `undefined` for an empty one. */
  async send(status: number, { method, path, body, token }: SentRequest): Promise<unknown> {
    const url = new URL(path, 'https://api.nuki.io');
    const template = resourceAt(url.pathname)?.template ?? url.pathname;
    const operation = this.#specification.operation(method, template);
    assert.ok(operation, `${method} ${template} is no operation of the specification`);
    for (const name of url.searchParams.keys()) {
      assert.equal(operation.parameters[name]?.in, 'query', `${method} ${template} has no query parameter ${name}`);
    }
    if (status < 400) this.#check(operation.body, body, `${method} ${template} request`);

    const headers = { authorization: `Bearer ${token}` };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await this.#api(new Request(url, { method, headers, ...content }));
    const text = await response.text();
    assert.equal(response.status, status, `${method} ${path}: ${text}`);
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    this.#tolerate(violationsOf(this.#specification, `${method} ${template}`, status, json));
    if (status < 400) this.tried.add(`${method} ${template}`);
    return json;
  }

  /** Checks a value against a schema by its name. */
  checkAgainst(schema: string, value: unknown): void {
    this.#check({ $ref: schema }, value, schema);
  }

  #check(schema: Schema | undefined, value: unknown, at: string): void {
    if (schema === undefined) assert.equal(value, undefined, `${at} should be empty`);
    else this.#tolerate(this.#specification.violations(schema, value, at));
  }

  #tolerate(violations: readonly string[]): void {
    for (const violation of violations) this.met.add(violation);
    const serious = violations.filter((violation) => contradictions[violation] === undefined);
    assert.deepEqual([...new Set(serious)], []);
  }
}
