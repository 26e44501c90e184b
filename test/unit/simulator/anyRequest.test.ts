import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { routes } from '../../../src/simulator/api/api.ts';
import { resourceAt, resourcesOfNuki } from '../../../src/simulator/api/operations.ts';
import { served } from '../../../src/simulator/conditions.ts';
import { demoToken } from '../../../src/simulator/demo/demo.ts';
import { cellar, frontDoor, intercom, parcelBox, terrace } from '../../../src/simulator/demo/demoDevices.ts';
import { contradictions } from '../../contract/contradictions.ts';
import { violationsOf } from '../../contract/contract.ts';
import { Specification } from '../../contract/specification.ts';
import facts from '../../fixtures/nuki-api.json' with { type: 'json' };
import { TestSimulator, unknownToken } from './testSimulator.ts';

// Requests of all kinds, right and wrong in one place or everywhere: each gets an answer, none of which is 500, and none is thrown.
// `KEYTURNER_REQUESTS=…` sends more of them, `KEYTURNER_SEED=…` others.

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_126);
const requestCount = Math.max(10_000, Number(process.env['KEYTURNER_REQUESTS'] ?? 0));
const perHome = 100;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

interface Drawn extends Asked {
  readonly token: string;
  /** How much time passes after it, in ms. */
  readonly pause: number;
}

const foreignDevice = 17_179_869_185;
const firstUser = 1_000_101;
const methods = ['GET', 'PUT', 'POST', 'DELETE'] as const;
const fieldNames = [...new Set(Object.values(facts.schemas).flatMap((fields) => Object.keys(fields)))];
const queryNames = [
  ...new Set(
    Object.values(facts.operations).flatMap(({ parameters }) =>
      Object.entries(parameters).flatMap(([name, parameter]) => (parameter.in === 'query' ? [name] : [])),
    ),
  ),
];

const oddTexts: readonly string[] = [
  '',
  '%',
  '%E0%A4%A',
  '%00',
  '..',
  '__proto__',
  'constructor',
  '1e3',
  '-1',
  '0x1',
  '99999999999999999999999999',
  'null',
  '\u202E',
  '\uD800',
  'x'.repeat(5_000),
];
const oddText = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ unit: 'binary', maxLength: 20 }));
const nested = '['.repeat(20_000) + ']'.repeat(20_000);
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 1e300, 2 ** 31, 2 ** 53, [], {}, [null], [[]], { id: 7 }),
  oddText,
  fc.integer(),
  fc.double(),
  fc.date().map((date) => (Number.isNaN(date.getTime()) ? 'NaN' : date.toISOString())),
  fc.jsonValue({ maxDepth: 3 }),
);

const limits = {
  allowedFromDate: '2026-12-01T10:00:00.000Z',
  allowedUntilDate: '2026-12-24T10:00:00Z',
  allowedWeekDays: 124,
  allowedFromTime: 540,
  allowedUntilTime: 1020,
};

/** Codes that a keypad may have, each drawn seldom. */
const code = fc.integer({ min: 333_111, max: 333_999 });

const newCode = code.map((value) => ({ name: 'Baker', remoteAllowed: false, type: 13, code: value, ...limits }));
const changedCode = code.map((value) => ({ name: 'Baker', enabled: false, code: value }));
const longName = newCode.map((body) => ({ ...body, name: 'PIN for guest99@example.com' }));
const appOnMany = fc.record({
  name: fc.constant('Dora'),
  remoteAllowed: fc.boolean(),
  accountUserId: fc.integer({ min: firstUser, max: firstUser + 5 }),
  smartlockIds: fc.subarray([frontDoor, cellar, intercom, parcelBox, terrace, foreignDevice], { minLength: 1 }),
});
const action = fc.record({ action: fc.integer({ min: 0, max: 7 }), option: fc.integer({ min: 0, max: 7 }) });
const person = fc.record({
  email: fc.integer({ max: 9, min: 0 }).map((number) => `person${number}@example.com`),
  name: fc.constant('Eva'),
  language: fc.constantFrom('en', 'de'),
  password: fc.constant('long enough'),
  rights: fc.integer({ min: 0, max: 31 }),
});
const settings = fc.constantFrom(
  ...new TestSimulator().home
    .devices()
    .flatMap(({ cloud: { listed } }) => [
      { ...listed.config },
      { ...listed.advancedConfig },
      { ...listed.openerAdvancedConfig },
      { ...listed.smartdoorAdvancedConfig },
    ]),
);

/** Bodies with which some operation may succeed. */
const rightBody: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  newCode,
  changedCode,
  appOnMany,
  action,
  person,
  settings,
  fc.record({ name: fc.constantFrom('Door', 'Gate'), favorite: fc.boolean() }),
  fc.constant({ adminPin: 1234 }),
  fc.constant({ batteryWarningPerMailEnabled: true, dismissedLiftUpHandleWarning: [1] }),
  fc.constant({ web: { deviceViewType: 'LIST', annotations: { 'a/b': 1 } } }),
  fc.constant({ os: 2, pushId: 'http://127.0.0.1:9/', settings: [{ triggerEvents: ['lock'] }] }),
  fc.constant({ webhookUrl: 'http://127.0.0.1:9/', webhookFeatures: ['DEVICE_STATUS'] }),
);

/** The same with one field that is odd or missing. */
const almostRight = fc
  .tuple(rightBody, fc.nat(), oddValue, fc.boolean())
  .map(([body, index, value, isGone]): unknown => {
    const [name = 'name'] = Object.keys(body).slice(index % Math.max(1, Object.keys(body).length));
    return { ...body, [name]: isGone ? undefined : value };
  });

const bodies: fc.Arbitrary<string | undefined> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: rightBody.map((body) => JSON.stringify(body)) },
  { weight: 4, arbitrary: almostRight.map((body) => JSON.stringify(body)) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...fieldNames), oddValue).map((body) => JSON.stringify(body)) },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(rightBody, oddValue), { maxLength: 3 }).map((body) => JSON.stringify(body)),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      oddText,
      fc.json(),
      fc.constantFrom(nested, `{"action":${nested}}`, `{"name":${nested}}`, '{"__proto__":{"a":1},"name":"x"}'),
    ),
  },
);

/** `ids`: of authorizations that are there at first. */
function drawnRequests(ids: readonly string[]): fc.Arbitrary<Drawn> {
  const part = (name: string): fc.Arbitrary<string> => {
    const right: Readonly<Record<string, readonly (string | number)[]>> = {
      smartlockId: [frontDoor, cellar, intercom, parcelBox, terrace, foreignDevice],
      accountUserId: [firstUser, firstUser + 1, firstUser + 2, firstUser + 3, firstUser + 4],
      id: ids,
      accountId: [1_989_075_865, 1_989_075_866],
    };
    const known = right[name] ?? [1_010_101];
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...known).map(String) },
      { weight: 1, arbitrary: oddText.map(encodedPart) },
    );
  };
  const pathOf = (template: string): fc.Arbitrary<string> =>
    fc
      .tuple(...template.split('/').map((name) => (name.startsWith('{') ? part(name.slice(1, -1)) : fc.constant(name))))
      .map((parts) => parts.join('/'));
  const odd = fc.array(oddText.map(encodedPart), { maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  const ofRoute = fc
    .constantFrom(...routes)
    .chain(({ method, path }) => fc.record({ method: fc.constant<string>(method), path: pathOf(path) }));
  const ofResource = fc.constantFrom(...resourcesOfNuki).chain(({ template }) =>
    fc.record({
      method: fc.constantFrom(...methods, 'PATCH', 'HEAD', 'OPTIONS', 'ODD'),
      path: fc.oneof({ weight: 9, arbitrary: pathOf(template) }, { weight: 1, arbitrary: odd }),
    }),
  );
  const value = fc.oneof(
    fc.constantFrom('0', '1', '13', '50', '2026-11-23T12:00:00Z', '1700000000', String(firstUser)),
    oddText,
  );
  const queries = fc
    .oneof(fc.constant([]), fc.array(fc.tuple(fc.constantFrom(...queryNames, 'odd'), value), { maxLength: 3 }))
    .map((parameters) => parameters.map(([name, text]) => `${name}=${encodedPart(text)}`).join('&'));
  // Writes to what other requests write to, with bodies that fit.
  const writes = [
    ['PUT', '/smartlock/{smartlockId}/auth', fc.oneof(newCode, longName)],
    ['PUT', '/smartlock/auth', appOnMany],
    ['POST', '/smartlock/{smartlockId}/auth/{id}', changedCode],
    ['POST', '/smartlock/{smartlockId}/action', action],
    ['POST', '/smartlock/{smartlockId}/config', settings],
    ['PUT', '/account/user', person],
    ['PUT', '/account/sub', person],
  ] as const;
  const fitting = fc
    .constantFrom(...writes)
    .chain(([method, template, right]) =>
      fc.tuple(pathOf(template), right).map(([path, body]): Asked => ({ method, path, body: JSON.stringify(body) })),
    );
  const any = fc
    .tuple(fc.oneof({ weight: 3, arbitrary: ofRoute }, { weight: 1, arbitrary: ofResource }), queries, bodies)
    .map(([{ method, path }, query, body]): Asked => ({
      method,
      path: query === '' ? path : `${path}?${query}`,
      body: method === 'GET' || method === 'HEAD' ? undefined : body,
    }));
  return fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: any }, { weight: 1, arbitrary: fitting }),
      fc.oneof({ weight: 30, arbitrary: fc.constant(demoToken) }, { weight: 1, arbitrary: fc.constant(unknownToken) }),
      fc.oneof(fc.constant(0), fc.nat({ max: 20_000 })),
    )
    .map(([asked, token, pause]) => ({ ...asked, token, pause }));
}

/** As a part of an address: encoded, but for what is odd in its encoding. */
function encodedPart(text: string): string {
  return text.startsWith('%') ? text : encodeURIComponent(text.toWellFormed());
}

const answers = new Set([200, 204, 400, 401, 403, 404, 405, 409, 422, 423, 501]);

describe('The simulated API', () => {
  it(`answers each of ${requestCount} requests of all kinds, and never with 500`, async function () {
    this.timeout(120_000);
    const ids = new TestSimulator().home.authorizationsOnLock(frontDoor).map(({ id }) => id);
    const specification = new Specification();
    const counts = new Map<number, number>();
    /** What is no answer of Nuki's OpenAPI, with an example. */
    const violations = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(fc.array(drawnRequests(ids), { minLength: perHome, maxLength: perHome }), async (requests) => {
        const simulator = new TestSimulator({ conditions: served, foreignDevices: [foreignDevice] });
        for (const { method, path, body, token, pause } of requests) {
          // What revokes the only token is tried elsewhere.
          const isRevoking = method === 'DELETE' && path.startsWith('/account/integration');
          if (isRevoking || (method === 'POST' && /^\/account(\?|$)/.test(path))) continue;
          const answer = await simulator.send(method, `https://api.nuki.io${path}`, body, { token });
          const text = await answer.text();
          const what = `${method} ${path} ${body}: ${answer.status} ${text}`;
          assert.ok(answers.has(answer.status), what);
          const json: unknown = text === '' ? undefined : JSON.parse(text);
          const { template, methods: known = [] } = resourceAt(new URL(`https://api.nuki.io${path}`).pathname) ?? {};
          if (template !== undefined && known.includes(method)) {
            for (const violation of violationsOf(specification, `${method} ${template}`, answer.status, json)) {
              violations.set(violation, what);
            }
          }
          counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
          await simulator.clock.advance(pause);
        }
        // The home goes on as before.
        await simulator.clock.advance(60_000);
        assert.equal(await simulator.status('GET', '/smartlock'), 200);
      }),
      { numRuns: Math.ceil((requestCount * 1.1) / perHome), seed, endOnFailure: true },
    );
    const sum = [...counts.values()].reduce((total, count) => total + count, 0);
    assert.ok(sum >= requestCount, `${sum} requests`);
    // A token without permission is refused everywhere, whatever the specification lists.
    const serious = [...violations].filter(([name]) => contradictions[name] === undefined && !name.endsWith(' 401'));
    assert.deepEqual(serious, []);
    for (const status of answers) assert.ok((counts.get(status) ?? 0) > 0, `no answer was ${status}`);
    const succeeded = (counts.get(200) ?? 0) + (counts.get(204) ?? 0);
    assert.ok(succeeded > sum / 10, `${succeeded} of ${sum} succeeded`);
    console.log(`    ${JSON.stringify(Object.fromEntries(counts))}`);
  });
});
