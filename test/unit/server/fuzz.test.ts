import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { routes } from '../../../src/simulator/api/api.ts';
import { demoHomeOptions } from '../../../src/simulator/demo/demo.ts';
import { controlRoutes } from '../../../src/simulator/control/control.ts';
import { Simulation } from '../../../src/simulator/simulation.ts';
import { listen } from '../../../src/server/server.ts';
import { FakeClock } from '../fakeClock.ts';
import { anyRequest, type FuzzedRequest } from './anyRequest.ts';
import { lastRequest, send } from './rawConnection.ts';

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_126);
const requestCount = 12_000;
const token = 'a-token-of-the-fuzz';
/** Fields and queries that no answer has. */
const sentNames =
  'action option pin smartlockIds limit fromDate toDate page size types since time advance speed name times deed'.split(
    ' ',
  );

/** Every word of an object that is not empty, however deep. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...namesIn(inner)]);
}

describe('the server with a simulated home', function () {
  this.timeout(60_000);

  it(`survives ${requestCount} requests, most of them wrong, and answers none with 500 (KEYTURNER_SEED=${seed})`, async () => {
    const clock = new FakeClock();
    const simulation = new Simulation({ clock, seed, home: demoHomeOptions, tokens: [{ token }] });
    const defects: string[] = [];
    let handled = 0;
    const server = await listen({
      port: 0,
      orAnother: false,
      cors: false,
      handle: async (request) => {
        handled += 1;
        const { method, url, signal } = request;
        try {
          const response = await simulation.handle(request);
          if (response.status >= 500 && response.status !== 501) defects.push(`${response.status} to ${method} ${url}`);
          return response;
        } catch (error) {
          if (!signal.aborted) defects.push(`${String(error)} at ${method} ${url}`);
          throw error;
        }
      },
    });
    try {
      const devices = simulation.home.devices();
      const known = {
        token,
        routes: [...routes, ...controlRoutes],
        ids: devices.flatMap(({ id, store }) => [String(id), ...store.stored.slice(0, 2).map((stored) => stored.id)]),
        names: [...new Set([...namesIn(simulation.home.copy(0)), ...sentNames])],
      };
      const requests = fc.sample(anyRequest(server.port, known), { seed, numRuns: requestCount });
      const end = Buffer.from(lastRequest('GET /smartlock HTTP/1.1', [`Host: localhost:${server.port}`]));
      const statuses = new Map<number, number>();
      const connections = inConnections(requests);
      for (let at = 0; at < connections.length; at += 20) {
        const ended = connections.slice(at, at + 20).map(async (bytes) => {
          const connection = send(server.port, Buffer.concat([bytes, end]));
          connection.socket.end();
          for (const status of (await connection.ended).statuses) statuses.set(status, (statuses.get(status) ?? 0) + 1);
        });
        await Promise.all(ended);
      }
      assert.deepEqual(defects.slice(0, 5), []);
      assert.ok(handled > requestCount / 2, `${handled} reached the home`);
      for (const status of [200, 204, 400, 403, 404]) assert.ok(statuses.has(status), `no answer was ${status}`);
      assert.equal(statuses.get(500), undefined);
      assert.equal(
        (await fetch(`${server.url}/smartlock`, { headers: { authorization: `Bearer ${token}` } })).status,
        200,
      );
    } finally {
      await server.close();
      simulation.dispose();
    }
  });
});

/** The bytes of each connection: some requests, of which the last may be a broken one. */
function inConnections(requests: readonly FuzzedRequest[]): readonly Buffer[] {
  const connections: Buffer[][] = [[]];
  for (const { bytes, isWhole } of requests) {
    const current = connections.at(-1) ?? [];
    current.push(bytes);
    if (!isWhole || current.length === 20) connections.push([]);
  }
  return connections.map((parts) => Buffer.concat(parts));
}
