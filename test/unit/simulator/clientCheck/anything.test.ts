import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../../src/base/locale.ts';
import { checkClient, reportOf } from '../../../../src/simulator/clientCheck/check.ts';
import { frontDoor, garage } from '../../../../src/simulator/demo/demoDevices.ts';
import type { Exchange } from '../../../../src/simulator/journal/exchange.ts';
import { routes } from '../../../../src/simulator/api/api.ts';
import { otherToken, PlayedClient } from './playedClient.ts';

const ids = [String(frontDoor), String(garage), '1A2B3C4D', '-1', '1e999', '%20', '..'];
const fields = [
  'name type code id enabled remoteAllowed accountUserId smartlockIds action',
  'allowedFromDate allowedUntilDate allowedWeekDays allowedFromTime allowedUntilTime',
].flatMap((names) => names.split(' '));
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(0, 13, 1440, '0', '2026-03-01T10:00:00Z', null),
  fc.integer(),
  fc.constantFrom({ toString: 1, valueOf: 1 }, [{ toString: 1, valueOf: 1 }]),
);
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...fields), anything),
  fc.array(fc.dictionary(fc.constantFrom(...fields), anything), { maxLength: 3 }),
  anything,
);
const query = fc.constantFrom(
  '',
  '?',
  '?limit=100',
  '?limit=x&id=%',
  '?page=0&size=1',
  '?page=-1',
  '?token=&=',
  '?fromDate=1',
);
const request = fc.record({
  route: fc.constantFrom(...routes),
  id: fc.constantFrom(...ids),
  query,
  body,
  isOther: fc.boolean(),
  pause: fc.constantFrom(0, 1, 500, 40_000),
});

describe('the client check', () => {
  it('says something of whatever was sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 12 }), async (requests) => {
        const client = new PlayedClient();
        for (const { route, id, query: sent, body: content, isOther, pause } of requests) {
          const path = route.path.replaceAll(/\{[^}]+\}/g, id) + sent;
          const carried = route.method === 'GET' ? undefined : content;
          await client.send(route.method, path, carried, isOther ? otherToken : client.token);
          await client.sleep(pause);
        }
        const result = client.check();
        assert.deepEqual(client.check(), result);
        assert.ok(reportOf([result], inEnglish).length > 0);
        for (const { exchanges } of result.findings) {
          assert.deepEqual(
            exchanges,
            [...new Set(exchanges)].toSorted((a, b) => a - b),
          );
          assert.ok(exchanges.every((number) => number >= 1 && number <= requests.length));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes exchanges of any form', () => {
    const exchange = fc.record(
      {
        at: fc.oneof(fc.nat({ max: 1e6 }), fc.constantFrom(NaN, Infinity, -1)),
        method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', ''),
        path: fc.oneof(
          fc.string(),
          fc.constantFrom('/smartlock', '/smartlock/', '/smartlock/1/auth/', '?', '/smartlock/log?id'),
        ),
        operation: fc.constantFrom(...routes.map(({ method, path }) => `${method} ${path}`)),
        client: fc.constantFrom('a', 'b'),
        body,
        end: fc.constantFrom('answered', 'lost', 'aborted'),
        endedAt: fc.nat({ max: 1e6 }),
        status: fc.constantFrom(0, 200, 204, 423, 429, 500, 503),
        retryAfter: fc.nat({ max: 100 }),
        answer: anything,
      },
      { requiredKeys: ['at', 'method', 'path'] },
    );
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 30 }), (list) => {
        const exchanges: readonly Exchange[] = list.map((each, index) => ({ ...each, number: index + 1 }));
        reportOf([checkClient(exchanges)], inEnglish);
      }),
    );
  });

  it('takes time in proportion to the number of exchanges', async () => {
    const client = new PlayedClient();
    const auth = `/smartlock/${frontDoor}/auth`;
    const code = { name: 'Baker', type: 13, code: 333_444, remoteAllowed: false, allowedWeekDays: 3 };
    client.test.simulation.home.fault({ method: 'PUT', times: 3, answer: { status: 429 } });
    for (let turn = 0; turn < 20; turn += 1) {
      await client.send('GET', '/smartlock');
      await client.send('GET', `/smartlock/${frontDoor}/log?limit=100`);
      await client.send('PUT', auth, code);
      await client.send('GET', auth);
      await client.send('POST', `/smartlock/${frontDoor}/action`, { action: 1 + (turn % 2) });
    }
    const { all } = client.test.simulation.exchanges;
    const last = all.at(-1)?.at ?? 0;
    const length = last - (all[0]?.at ?? 0) + 20;
    const repeated = (count: number): readonly Exchange[] =>
      Array.from({ length: count }, (_, turn) =>
        all.map((each) => ({
          ...each,
          number: each.number + turn * all.length,
          at: each.at + turn * length,
          endedAt: (each.endedAt ?? each.at) + turn * length,
        })),
      ).flat();
    const timeOf = (exchanges: readonly Exchange[]): number => {
      const times = Array.from({ length: 5 }, () => {
        const began = performance.now();
        checkClient(exchanges);
        return performance.now() - began;
      });
      return Math.min(...times);
    };
    const [few, many] = [repeated(10), repeated(100)];
    assert.equal(many.length, 10_000);
    const ratio = timeOf(many) / timeOf(few);
    assert.ok(ratio < 30, `${ratio}`);
  });
});
