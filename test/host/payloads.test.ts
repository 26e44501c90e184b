import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { ThemeIcon, type TreeItem } from 'vscode';
import type { Store } from '../../src/model/store.ts';
import type { NukiClient } from '../../src/nuki/http/client.ts';
import { NukiError } from '../../src/nuki/http/errors.ts';
import { simulatedApi } from '../../src/simulator/api/api.ts';
import { demoHome, demoToken } from '../../src/simulator/demo/demo.ts';
import { frontDoor, garage, guestHouse, terrace } from '../../src/simulator/demo/demoDevices.ts';
import { anyWrongs, hows, singleWrongs, withWrongs, type Wrong } from '../contract/payloads.ts';
import { Specification, type Place } from '../contract/specification.ts';
import kept from '../fixtures/payloads.json' with { type: 'json' };
import { FakeClock } from '../unit/fakeClock.ts';
import { allBelow, hoverText, treeOfFetch } from './testTree.ts';

// Responses with something wrong in them, through the client, the store and the rows of the tree. `KEYTURNER_SEED=…` draws the same again.
// What fails is shrunk and printed; put into test/fixtures/payloads.json it is tried first from then on.

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_123);
const drawnCount = 3_000;

type Element = Record<string, unknown>;

interface Endpoint {
  readonly path: string;
  /** The schema of an element of its response in the OpenAPI. */
  readonly schema: string;
  /** The whole response of which the elements are a part. */
  readonly response?: (elements: readonly unknown[]) => unknown;
  readonly read: (store: Store, client: NukiClient) => Promise<unknown>;
  /** The group below the front door in which each element has a row. */
  readonly group?: 'authorizations' | 'activity';
}

const endpoints = {
  devices: { path: '/smartlock', schema: 'Smartlock', read: (store) => store.refresh('7') },
  device: {
    path: `/smartlock/${frontDoor}`,
    schema: 'Smartlock',
    response: ([only]) => only,
    read: (store) => store.readDevice({ accountId: '7', smartlockId: frontDoor }),
  },
  authorizations: {
    path: `/smartlock/${frontDoor}/auth`,
    schema: 'SmartlockAuth',
    read: (store) => store.readAuthorizations({ accountId: '7', smartlockId: frontDoor }),
    group: 'authorizations',
  },
  'authorizations of the account': {
    path: '/smartlock/auth/paged',
    schema: 'SmartlockAuth',
    response: (results) => ({ results, pagination: { totalPages: 1, totalItems: results.length } }),
    read: (store) => store.readAllAuthorizations('7'),
    group: 'authorizations',
  },
  log: {
    path: `/smartlock/${frontDoor}/log`,
    schema: 'SmartlockLog',
    read: (store) => store.readActivity({ accountId: '7', smartlockId: frontDoor }),
    group: 'activity',
  },
  people: { path: '/account/user', schema: 'AccountUser', read: (_, client) => client.people() },
  account: { path: '/account', schema: 'MyAccount', response: ([only]) => only, read: (_, client) => client.account() },
} satisfies Record<string, Endpoint>;

type EndpointName = keyof typeof endpoints;
const names = Object.keys(endpoints).filter((name): name is EndpointName => name in endpoints);

interface Payload {
  readonly name: EndpointName;
  readonly wrongs: readonly Wrong[];
}

const keptSchema = v.array(
  v.object({
    name: v.picklist(names),
    wrongs: v.array(
      v.object({
        path: v.array(v.union([v.string(), v.literal(0)])),
        how: v.picklist(hows),
        way: v.number(),
      }),
    ),
  }),
);

/** Device types whose state 1 means locked. Nuki's OpenAPI, "Smartlock.type". */
const locks = [0, 1, 3, 4, 5] as const;

const accountRow = 'account/7';
const rowOf = (smartlockId: unknown): string => `${accountRow}/device/${String(smartlockId)}`;
const look = ({ label, description, iconPath, contextValue }: TreeItem) => ({
  label,
  description,
  contextValue,
  icon: iconPath instanceof ThemeIcon ? iconPath.id : undefined,
});

class Fuzz {
  readonly #specification = new Specification();
  readonly #places = new Map<string, readonly Place[]>();
  /** The responses of the demo home, as lists; the first element of each gets something wrong. */
  readonly #elements: Readonly<Record<EndpointName, readonly Element[]>>;
  tried = 0;

  private constructor(elements: Readonly<Record<EndpointName, readonly Element[]>>) {
    this.#elements = elements;
  }

  static async open(): Promise<Fuzz> {
    const api = simulatedApi(demoHome(new FakeClock(), 7));
    const headers = { authorization: `Bearer ${demoToken}` };
    const ask = async (path: string): Promise<readonly Element[]> => {
      const answer: unknown = await (await api(new Request(`https://api.nuki.io${path}`, { headers }))).json();
      return v.parse(v.array(v.record(v.string(), v.unknown())), Array.isArray(answer) ? answer : [answer]);
    };
    const devices = (await ask('/smartlock')).filter(({ smartlockId }) =>
      [frontDoor, garage, guestHouse, terrace].includes(Number(smartlockId)),
    );
    const front = devices.filter(({ smartlockId }) => smartlockId === frontDoor);
    const authorizations = (await ask(`/smartlock/${frontDoor}/auth`)).slice(0, 4);
    return new Fuzz({
      devices: [...front, ...devices.filter((device) => !front.includes(device))],
      device: front,
      authorizations,
      'authorizations of the account': authorizations,
      log: (await ask(`/smartlock/${frontDoor}/log`)).slice(0, 4),
      people: (await ask('/account/user')).slice(0, 4),
      account: await ask('/account'),
    });
  }

  placesOf(name: EndpointName): readonly Place[] {
    const { schema } = endpoints[name];
    const places = this.#places.get(schema) ?? this.#specification.placesIn(schema);
    this.#places.set(schema, places);
    return places;
  }

  /** The first element of a response with the wrongs in it, and the others. */
  #elementsOf({ name, wrongs }: Payload) {
    const [victim = {}, ...healthy] = this.#elements[name];
    return { broken: withWrongs(victim, wrongs, this.placesOf(name)), healthy };
  }

  /** @throws an AssertionError that says what a payload has done */
  async hold(payload: Payload): Promise<void> {
    this.tried += 1;
    const endpoint: Endpoint = endpoints[payload.name];
    const { broken, healthy } = this.#elementsOf(payload);
    const elements: readonly unknown[] = [...healthy.slice(0, 1), ...broken, ...healthy.slice(1)];
    const answers = new Map<string, unknown>([['/smartlock', this.#elements.devices]]);
    const fetch = async (input: string | URL | Request): Promise<Response> =>
      Response.json(answers.get(new URL(input instanceof Request ? input.url : input).pathname) ?? null);
    const { tree, store, client, clock } = treeOfFetch(fetch, new FakeClock());
    await store.refresh('7');
    const before = new Map((await tree.getChildren(accountRow)).map((id) => [id, look(tree.getTreeItem(id))]));

    answers.set(endpoint.path, endpoint.response ? endpoint.response(elements) : elements);
    await endpoint.read(store, client).catch((error: unknown) => assert.ok(error instanceof NukiError, String(error)));
    const rows = await tree.getChildren(accountRow);
    const below = endpoint.group ? await allBelow({ tree, store }, `${rowOf(frontDoor)}/${endpoint.group}`) : [];
    for (const id of [accountRow, ...rows, ...below])
      if (!before.has(id)) tree.resolveTreeItem(tree.getTreeItem(id), id);

    const whole: readonly Element[] = payload.name === 'devices' ? healthy : this.#elements.devices;
    for (const { smartlockId } of whole) {
      const id = rowOf(smartlockId);
      assert.ok(rows.includes(id), `lost: ${id}`);
      if (smartlockId !== frontDoor) assert.deepEqual(look(tree.getTreeItem(id)), before.get(id));
    }
    for (const { id } of endpoint.group ? healthy : []) {
      assert.ok(
        below.some((row) => row.endsWith(`/${String(id)}`)),
        `lost: ${String(id)}`,
      );
    }
    const said = [...(payload.name.startsWith('device') ? broken : []), ...whole];
    const shown = (id: string): TreeItem => {
      const item = tree.getTreeItem(id);
      return id === rowOf(frontDoor) ? tree.resolveTreeItem(item, id) : item;
    };
    for (const id of rows) {
      if (claimsLocked(shown(id))) {
        assert.ok(
          said.some((device) => isLocked(device) && rowOf(device.smartlockId) === id),
          `false "locked": ${id}`,
        );
      }
    }
    clock.jump(10 * 60_000);
    for (const id of rows) assert.ok(!claimsLocked(shown(id)), `stale: ${id}`);
    tree.dispose();
  }
}

const lockedSchema = v.object({
  smartlockId: v.number(),
  type: v.picklist(locks),
  serverState: v.literal(0),
  state: v.object({ state: v.literal(1) }),
});

function isLocked(device: unknown): device is v.InferOutput<typeof lockedSchema> {
  return v.is(lockedSchema, device);
}

function claimsLocked(item: TreeItem): boolean {
  const { icon, description } = look(item);
  const spoken = item.accessibilityInformation?.label ?? '';
  return (
    icon === 'nuki-locked' ||
    /(^| · )locked\b/.test(String(description)) ||
    /(^[^·]*, | · )locked\b/.test(spoken) ||
    (item.tooltip !== undefined && /^\$\([^)]+\) locked\b/m.test(hoverText(item.tooltip)))
  );
}

describe('a response of the API with anything wrong in it', function () {
  this.timeout(180_000);

  let fuzz: Fuzz;
  before(async () => void (fuzz = await Fuzz.open()));

  it('is harmless where it has done harm before', async () => {
    for (const payload of v.parse(keptSchema, kept)) await fuzz.hold(payload);
  });

  it('throws nothing, loses no device and says no false "locked", by each value of each schema alone', async () => {
    for (const name of names) {
      for (const wrong of singleWrongs(fuzz.placesOf(name))) {
        await fuzz.hold({ name, wrongs: [wrong] }).catch((error: unknown) => {
          throw new Error(`${JSON.stringify({ name, wrongs: [wrong] })}: ${String(error)}`);
        });
      }
    }
  });

  it('and by several at once', async () => {
    const payload = fc
      .constantFrom<EndpointName>('devices', 'devices', ...names)
      .chain((name) => anyWrongs(fuzz.placesOf(name)).map((wrongs): Payload => ({ name, wrongs })));
    await fc.assert(
      fc.asyncProperty(payload, (each) => fuzz.hold(each)),
      { seed, numRuns: drawnCount, includeErrorInReport: true },
    );
    assert.ok(fuzz.tried >= 5_000, `only ${fuzz.tried} payloads in ${hows.length} ways, KEYTURNER_SEED=${seed}`);
  });
});
