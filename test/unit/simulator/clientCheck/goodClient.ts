import * as v from 'valibot';
import type { World } from './playedClient.ts';

const listSchema = v.array(v.looseObject({ id: v.string(), updateDate: v.nullish(v.string()) }));
const devicesSchema = v.array(v.looseObject({ smartlockId: v.number(), operationId: v.optional(v.unknown()) }));

/** The longest that the outcome of an action, or of a change to an authorization, is waited for, in ms. */
const longest = { action: 30_000, change: 240_000 };

/** What the program throws when the API does not answer it. */
export class GaveUp extends Error {}

/** A program that opens a door, keeps a guest's code and copies the log with all the care that Nuki's Web API asks for. */
export class CarefulClient {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async run(code: number): Promise<void> {
    const devices = v.parse(devicesSchema, await this.#read('/smartlock'));
    const [lock] = devices.map(({ smartlockId }) => smartlockId);
    if (lock === undefined) return;
    await this.#act(lock, 3);
    await this.#act(lock, 2);
    const auth = `/smartlock/${lock}/auth`;
    const now = new Date(Date.parse('2026-03-01T12:00:00Z')).toISOString();
    const limits = {
      allowedFromDate: now,
      allowedUntilDate: '2026-03-05T10:00:00.000Z',
      allowedWeekDays: 127,
      allowedFromTime: 0,
      allowedUntilTime: 0,
    };
    const request = { name: 'Miller', type: 13, code, remoteAllowed: false, ...limits };
    if (!(await this.#write('PUT', auth, request))) return;
    const made = await this.#seen(auth, (entry) => entry['code'] === code && Boolean(entry.updateDate));
    if (made === undefined) return;
    const whole = v.parse(v.looseObject({}), await this.#read(`${auth}/${made.id}`));
    await this.#write('POST', `${auth}/${made.id}`, { ...whole, enabled: false });
    await this.#seen(auth, (entry) => entry.id === made.id && entry['enabled'] === false);
    await this.#write('DELETE', `${auth}/${made.id}`);
    await this.#seen(auth, (entry) => entry.id === made.id, false);
    await this.#readLog(lock);
    for (let minute = 0; minute < 5; minute += 1) {
      await this.#world.sleep(60_000);
      await this.#read('/smartlock');
    }
  }

  /** Asks once, and looks for the new entry of the log. */
  async #act(lock: number, action: number): Promise<void> {
    const log = `/smartlock/${lock}/log?limit=10`;
    const before = new Set(v.parse(listSchema, await this.#read(log)).map(({ id }) => id));
    await this.#write('POST', `/smartlock/${lock}/action`, { action });
    for (let waited = 0; waited < longest.action; waited += 1_500) {
      await this.#world.sleep(1_500);
      const entries = v.parse(listSchema, await this.#read(log));
      if (entries.some((entry) => !before.has(entry.id) && entry['action'] === action)) return;
      await this.#read(`/smartlock/${lock}`);
    }
  }

  /** The authorization that `isMeant`, once it is listed, or, with `isThere` false, when it is not any more. */
  async #seen(
    auth: string,
    isMeant: (entry: v.InferOutput<typeof listSchema>[number]) => boolean,
    isThere = true,
  ): Promise<v.InferOutput<typeof listSchema>[number] | undefined> {
    for (let waited = 0; waited < longest.change; waited += 5_000) {
      await this.#world.sleep(5_000);
      const found = v.parse(listSchema, await this.#read(auth)).find(isMeant);
      if ((found !== undefined) === isThere) return found;
    }
    return undefined;
  }

  /** The whole log, page by page to the empty one. */
  async #readLog(lock: number): Promise<number> {
    const until = encodeURIComponent('2026-03-01T13:00:00Z');
    let count = 0;
    for (let after = ''; ;) {
      const page = v.parse(listSchema, await this.#read(`/smartlock/${lock}/log?limit=100&toDate=${until}${after}`));
      count += page.length;
      const last = page.at(-1);
      if (last === undefined) return count;
      after = `&id=${last.id}`;
    }
  }

  /** Reads again after a failure, never before the API wants to be asked again. @throws {GaveUp} */
  async #read(path: string): Promise<unknown> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await this.#fetch('GET', path).catch(() => undefined);
      const json: unknown = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
      if (json !== undefined) return json;
      const seconds = Number(answer?.headers.get('retry-after') ?? 60);
      await this.#world.sleep(seconds * 1_000);
    }
    throw new GaveUp(path);
  }

  /** Sends once. @returns whether the API may have accepted it */
  async #write(method: string, path: string, body?: object): Promise<boolean> {
    for (;;) {
      const answer = await this.#fetch(method, path, body).catch(() => undefined);
      if (answer?.status !== 423 && answer?.status !== 429) return answer === undefined || answer.ok;
      await this.#world.sleep(Number(answer.headers.get('retry-after') ?? 60) * 1_000);
    }
  }

  #fetch(method: string, path: string, body?: object): Promise<Response> {
    return this.#world.fetch(`https://api.nuki.io${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#world.token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}
