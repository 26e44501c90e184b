import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../src/base/locale.ts';
import { routes } from '../../../src/simulator/api/api.ts';
import { controlRoutes } from '../../../src/simulator/control/control.ts';
import { deeds } from '../../../src/simulator/control/deeds.ts';
import { frontDoor, intercom } from '../../../src/simulator/demo/demoDevices.ts';
import { exchangeText, outcomeText } from '../../../src/simulator/journal/exchangeText.ts';
import { withoutItsSecrets } from '../../../src/simulator/journal/withoutItsSecrets.ts';
import { faultNames } from '../../../src/simulator/faults/namedFaults.ts';
import { Names } from '../../../src/simulator/journal/names.ts';
import { TestSimulation } from './testSimulation.ts';

const names = [
  ...'name type code id smartlockIds action option enabled remoteAllowed allowedFromDate allowedUntilDate'.split(' '),
  ...'allowedWeekDays allowedFromTime allowedUntilTime accountUserId email set advance speed times smartlockId'.split(
    ' ',
  ),
  ...'toString valueOf __proto__ constructor webhookUrl webhookFeatures replay critical blocked'.split(' '),
  ...Object.keys(deeds),
];
const values = fc.oneof(
  fc.constantFrom<unknown>(13, 0, 1, 778_899, frontDoor, 'lock', 'open', '2026-04-01T00:00:00Z', true, null, 'Cleaner'),
  fc.constantFrom<unknown>(...faultNames),
  fc.jsonValue({ maxDepth: 2 }),
);
const bodies = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 8 }).map((body) => JSON.stringify(body)),
  fc.array(fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 4 })).map((body) => JSON.stringify(body)),
  fc.constant('{"smartlockIds":[{"toString":1,"valueOf":1}],"name":{"toString":1,"valueOf":1}}'),
  fc.jsonValue().map((body) => JSON.stringify(body)),
  fc.string(),
  fc.constant(''),
);
const templates = [...routes, ...controlRoutes].map(({ path }) => path);
const params = fc.constantFrom(
  String(frontDoor),
  String(intercom),
  '5',
  '%E0%A4%A',
  '%00',
  '1A2B',
  '',
  'toString',
  '..',
);
const paths = fc
  .tuple(fc.constantFrom(...templates), params, fc.oneof(fc.constant(''), fc.webQueryParameters()))
  .map(([template, param, query]) => `${template.replaceAll(/\{\w+\}/g, param)}?${query}`);
const requests = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH'),
  path: fc.oneof({ arbitrary: paths, weight: 5 }, { arbitrary: fc.webPath().map((path) => `/${path}`), weight: 1 }),
  body: bodies,
});

describe('Whatever is asked of a simulation', () => {
  it('is answered, and never with 500; it has words, and can be written as JSON', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 8 }), async (all) => {
        const test = new TestSimulation({ speed: 0 });
        const { simulation } = test;
        const named = new Names(() => simulation.home);
        simulation.onDidComeOut((outcome) => {
          const exchange = simulation.exchanges.numbered(outcome.exchange);
          assert.ok(outcomeText(outcome, exchange, named, inEnglish).length > 0);
        });
        simulation.exchanges.onDidEnd((exchange) => {
          assert.equal(typeof exchangeText(exchange, named, inEnglish), 'string');
          assert.ok(JSON.stringify(withoutItsSecrets(exchange)).length > 0);
        });
        for (const { method, path, body } of all) {
          const isRead = method === 'GET';
          // What a fault does to a request is tried elsewhere.
          await test.send('DELETE', '/_sim/faults');
          const { status } = await test.send(method, path, isRead ? undefined : body);
          statuses.add(status);
          assert.ok(status < 500 || status === 501, `${method} ${path} ${body}: ${status}`);
          simulation.clock.advance(5000);
          simulation.home.timeline.catchUp();
        }
        simulation.dispose();
      }),
      { numRuns: 400 },
    );
    for (const status of [200, 204, 400, 404, 405]) assert.ok(statuses.has(status), `no ${status} among the answers`);
  });
});
