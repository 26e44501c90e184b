import assert from 'node:assert/strict';
import { routes, simulatedApi } from '../../src/simulator/api.ts';
import type { SimulatedHome } from '../../src/simulator/home.ts';
import { matchPath } from '../../src/simulator/routes.ts';
import { contradictions } from './contradictions.ts';
import type { Specification } from './spec.ts';

export interface Sent {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly token: string;
}

/** Sends requests to a simulated home and holds them and their answers against the specification. */
export class Contract {
  /** The contradictions that were met. */
  readonly met = new Set<string>();
  /** The operations that were tried with success, as `<method> <template>`. */
  readonly tried = new Set<string>();
  readonly #specification: Specification;
  readonly #api: (request: Request) => Promise<Response>;

  constructor(specification: Specification, home: SimulatedHome) {
    this.#specification = specification;
    this.#api = simulatedApi(home);
  }

  /** The JSON of the answer, which must have `status`; `undefined` for an empty one. */
  async send(status: number, { method, path, body, token }: Sent): Promise<unknown> {
    const url = new URL(path, 'https://api.nuki.io');
    const template = templateOf(method, url.pathname);
    const operation = this.#specification.operation(method, template);
    assert.ok(operation, `${method} ${template} is no operation of the specification`);
    for (const name of url.searchParams.keys()) {
      const isKnown = operation.parameters?.some((parameter) => parameter.in === 'query' && parameter.name === name);
      assert.ok(isKnown, `${method} ${template} has no query parameter ${name}`);
    }
    if (status < 400) this.#check(this.#specification.requestSchema(operation), body, `${method} ${template} request`);

    const headers = { authorization: `Bearer ${token}` };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await this.#api(new Request(url, { method, headers, ...content }));
    const text = await response.text();
    assert.equal(response.status, status, `${method} ${path}: ${text}`);
    if (operation.responses[status] === undefined) this.#tolerate([`${method} ${template} ${status}`]);
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    if (status < 400) {
      this.#check(this.#specification.answerSchema(operation, status), json, `${method} ${template} answer`);
      this.tried.add(`${method} ${template}`);
    }
    return json;
  }

  /** Holds a value against a schema by its name. */
  checkAgainst(schema: string, value: unknown): void {
    this.#check({ $ref: `#/components/schemas/${schema}` }, value, schema);
  }

  #check(schema: Parameters<Specification['violations']>[0] | undefined, value: unknown, at: string): void {
    if (schema === undefined) assert.equal(value, undefined, `${at} should be empty`);
    else this.#tolerate(this.#specification.violations(schema, value, at));
  }

  #tolerate(violations: readonly string[]): void {
    for (const violation of violations) this.met.add(violation);
    const serious = violations.filter((violation) => contradictions[violation] === undefined);
    assert.deepEqual([...new Set(serious)], []);
  }
}

function templateOf(method: string, path: string): string {
  const route = routes.find(
    (candidate) => candidate.method === method && matchPath(candidate.path, path) !== undefined,
  );
  return route?.path ?? path;
}
