import { activitySchema, authorizationSchema, smartlockSchema } from '../../../src/nuki/http/schemas.ts';
import * as v from 'valibot';
import { type ActivityEntry } from '../../../src/nuki/activityLog.ts';
import { type Authorization } from '../../../src/nuki/authorization/authorization.ts';
import { decode, decodeList } from '../../../src/nuki/http/decode.ts';
import { isBusy, type Smartlock } from '../../../src/nuki/smartlock.ts';
import { simulatedApi } from '../../../src/simulator/api/api.ts';
import { demoHomeOptions, demoToken } from '../../../src/simulator/demo/demo.ts';
import { SimulatedHome, type HomeOptions } from '../../../src/simulator/home.ts';
import { FakeClock } from '../fakeClock.ts';

/** A token of the right shape that the simulator does not know. */
export const unknownToken = 'a-token-that-is-unknown-here';

/** The demo home on a fake clock, changed by `changes`, and ways to ask it. */
export class TestSimulator {
  readonly clock = new FakeClock();
  readonly home: SimulatedHome;
  readonly api: (request: Request) => Promise<Response>;

  constructor(changes: Partial<HomeOptions> = {}, seed = 1) {
    this.home = new SimulatedHome({ ...demoHomeOptions(this.clock, seed), ...changes });
    this.api = simulatedApi(this.home);
  }

  send(
    method: string,
    path: string,
    body?: unknown,
    options: { token?: string; signal?: AbortSignal } = {},
  ): Promise<Response> {
    const { token = demoToken, signal } = options;
    const request = new Request(new URL(path, 'https://api.nuki.io'), {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    return this.api(request);
  }

  /** The status of the answer alone. */
  async status(method: string, path: string, body?: unknown, token?: string): Promise<number> {
    return (await this.send(method, path, body, token === undefined ? {} : { token })).status;
  }

  async json(path: string): Promise<unknown> {
    return (await this.send('GET', path)).json();
  }

  act(smartlockId: number, action: number): Promise<number> {
    return this.status('POST', `/smartlock/${smartlockId}/action`, { action });
  }

  async device(smartlockId: number): Promise<Smartlock> {
    return decode(smartlockSchema, await this.json(`/smartlock/${smartlockId}`));
  }

  /** Entries of a log, newest first. `query` begins with `?`. */
  async log(smartlockId: number, query = ''): Promise<readonly ActivityEntry[]> {
    return (await decodeList(activitySchema, await this.json(`/smartlock/${smartlockId}/log${query}`), 'id')).items;
  }

  /** The authorizations that the API lists. */
  async authorizations(smartlockId: number): Promise<readonly Authorization[]> {
    return (await decodeList(authorizationSchema, await this.json(`/smartlock/${smartlockId}/auth`), 'id')).items;
  }

  /** The path of the authorization with this name. */
  async pathOf(smartlockId: number, name: string): Promise<string> {
    const found = (await this.authorizations(smartlockId)).find((entry) => entry.name === name);
    return `/smartlock/${smartlockId}/auth/${found?.id}`;
  }

  /** The `detailMessage` of an error answer; `undefined` for a body without one. */
  async detailMessage(answer: Promise<Response>): Promise<string | undefined> {
    const error = v.object({ detailMessage: v.optional(v.string()), stackTrace: v.tuple([]) });
    return v.parse(error, await (await answer).json()).detailMessage;
  }

  /** Whether the API shows the device as working on an operation. */
  async isBusy(smartlockId: number): Promise<boolean> {
    return isBusy(await this.device(smartlockId));
  }

  /** Every state that the true device and the API's copy of it have in `seconds`, without repetitions. */
  async watch(smartlockId: number, seconds: number): Promise<{ readonly door: number[]; readonly shown: number[] }> {
    const door: number[] = [];
    const shown: number[] = [];
    for (let passed = 0; passed <= seconds; passed += 0.25) {
      const { state } = this.home.door(smartlockId);
      if (door.at(-1) !== state) door.push(state);
      const seen = (await this.device(smartlockId)).state?.state;
      if (seen !== undefined && shown.at(-1) !== seen) shown.push(seen);
      await this.clock.advance(250);
    }
    return { door, shown };
  }
}

/** The demo home, whose locks never tell what they have: none of their authorizations has a date of an update. */
export function neverTelling(): TestSimulator {
  const devices = demoHomeOptions(new FakeClock(), 1).devices.map((device) => ({
    ...device,
    authorizations: (device.authorizations ?? []).map((entry) => {
      const undated = { ...entry };
      delete undated.updateDate;
      return undated;
    }),
  }));
  const simulator = new TestSimulator({ devices });
  simulator.home.fault({
    method: 'GET',
    path: /auth/,
    times: 999,
    change: async (answer) =>
      new Response((await answer.text()).replaceAll(/,"updateDate":"[^"]*"/g, ''), { headers: answer.headers }),
  });
  return simulator;
}
