import { demoHomeOptions } from '../../../src/simulator/demo/demo.ts';
import { ownToken, Simulation, type SimulationOptions } from '../../../src/simulator/simulation.ts';
import { FakeClock } from '../fakeClock.ts';

export const clientToken = 'a-token-of-a-client';

/** A simulation of the demo home on a computer whose clock stands still, and ways to ask it. */
export class TestSimulation {
  readonly computer = new FakeClock();
  readonly simulation: Simulation;

  constructor(options: Partial<SimulationOptions> = {}) {
    const { computer: clock } = this;
    this.simulation = new Simulation({
      clock,
      seed: 1,
      time: Date.UTC(2026, 2, 1, 12),
      home: demoHomeOptions,
      tokens: [{ token: clientToken }],
      ...options,
    });
  }

  /** Sends a request as a client does. */
  send(method: string, path: string, body?: unknown, token = clientToken): Promise<Response> {
    return this.simulation.handle(requestOf(method, path, body, token));
  }

  /** Sends a request as the editor's own account does. */
  sendOwn(method: string, path: string, body?: unknown, token: string = ownToken): Promise<Response> {
    return this.simulation.own(requestOf(method, path, body, token));
  }

  async json(method: string, path: string, body?: unknown): Promise<unknown> {
    return await (await this.send(method, path, body)).json();
  }
}

function requestOf(method: string, path: string, body: unknown, token: string): Request {
  return new Request(`http://127.0.0.1:8123${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
