import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { routes } from '../../../../src/simulator/api/api.ts';
import { cellar, frontDoor, intercom, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { setFault } from '../../../../src/simulator/faults/namedFaults.ts';
import { exchangeText, hasWords, outcomeText } from '../../../../src/simulator/journal/exchangeText.ts';
import { Names } from '../../../../src/simulator/journal/names.ts';
import { clientToken, TestSimulation } from '../testSimulation.ts';

const auth = `/smartlock/${frontDoor}/auth`;
const action = `/smartlock/${frontDoor}/action`;
const code = { name: 'Cleaner', type: 13, code: 778899, remoteAllowed: false };

/** A simulation that says in words what is asked of it and what came of it, an entry each. */
class SpeakingSimulation extends TestSimulation {
  readonly said: string[] = [];

  constructor(options: ConstructorParameters<typeof TestSimulation>[0] = {}) {
    super(options);
    const { simulation, said } = this;
    const names = new Names(() => simulation.home);
    simulation.exchanges.onDidEnd((exchange) => said.push(exchangeText(exchange, names, inEnglish)));
    simulation.onDidComeOut((outcome) => {
      const exchange = simulation.exchanges.numbered(outcome.exchange);
      said.push(outcomeText(outcome, exchange, names, inEnglish).replace(/\d+\.\d s/, 'N s'));
    });
  }

  /** What is said of one request. */
  async ask(method: string, path: string, body?: unknown, token?: string): Promise<string | undefined> {
    await this.send(method, path, body, token).catch(() => undefined);
    return this.said.at(-1);
  }

  pathOf(name: string): string {
    const found = this.simulation.home.authorizationsOnLock(frontDoor).find((entry) => entry.name === name);
    return `${auth}/${found?.id}`;
  }
}

describe('A request in words', () => {
  it('is there for every operation that the API has', () => {
    const operations = routes.map(({ method, path }) => `${method} ${path}`);
    assert.ok(operations.length > 20);
    assert.deepEqual(
      operations.filter((operation) => !hasWords(operation)),
      [],
    );
  });

  it('calls a device by its id where nothing of its name can be shown', async () => {
    const test = new SpeakingSimulation();
    await test.send('POST', `/smartlock/${cellar}`, { name: '\u200B' });
    assert.equal(await test.ask('GET', `/smartlock/${cellar}`), `read ${cellar}`);
  });

  it('says what was found', async () => {
    const test = new SpeakingSimulation();
    assert.equal(await test.ask('GET', '/smartlock'), '7 devices');
    assert.equal(await test.ask('GET', `/smartlock/${frontDoor}`), 'read Front Door');
    assert.equal(await test.ask('GET', auth), '14 authorizations of Front Door');
    assert.equal(await test.ask('GET', '/smartlock/auth/paged?size=5'), '5 authorizations');
    assert.equal(await test.ask('GET', `/smartlock/${frontDoor}/log?limit=1`), '1 log entry of Front Door');
    assert.equal(await test.ask('GET', `/smartlock/${frontDoor}/log?limit=2`), '2 log entries of Front Door');
    assert.equal(await test.ask('GET', '/smartlock/log?limit=30'), '30 log entries');
    assert.equal(await test.ask('GET', '/smartlock/log?limit=1'), '1 log entry');
    assert.equal(await test.ask('GET', '/smartlock?type=2'), '1 device');
    assert.equal(await test.ask('GET', '/smartlock/auth/paged?size=1'), '1 authorization');
    assert.equal(await test.ask('GET', `${auth}?types=2`), '1 authorization of Front Door');
    assert.equal(await test.ask('GET', '/account'), 'read the account');
  });

  it('names the action, whatever its form', async () => {
    const test = new SpeakingSimulation();
    assert.equal(await test.ask('POST', action, { action: 3 }), 'unlatch Front Door');
    await test.computer.advance(30_000);
    assert.equal(await test.ask('POST', `${action}/lock`), 'lock Front Door');
    await test.computer.advance(30_000);
    assert.equal(await test.ask('POST', action, { action: '1' }), 'unlock Front Door');
    assert.equal(await test.ask('POST', `/smartlock/${intercom}/action`, { action: 3 }), 'open the door with Intercom');
    assert.equal(await test.ask('POST', `/smartlock/${cellar}/sync`), 'wake and refresh Cellar');
  });

  it('names what is written', async () => {
    const test = new SpeakingSimulation();
    assert.equal(await test.ask('PUT', auth, code), 'create code "Cleaner" on Front Door');
    assert.equal(
      await test.ask('PUT', '/smartlock/auth', { ...code, code: 778898, smartlockIds: [frontDoor] }),
      'create code "Cleaner" on Front Door',
    );
    assert.equal(await test.ask('POST', test.pathOf('Family'), { name: 'Kin' }), 'change "Kin" on Front Door');
    assert.equal(await test.ask('DELETE', test.pathOf('Plumber')), 'delete "Plumber" from Front Door');
    const ids = ['Guest Emil', 'Guest Fritz'].map((name) => test.pathOf(name).split('/').at(-1));
    assert.equal(await test.ask('DELETE', '/smartlock/auth', ids), 'delete 2 authorizations');
    assert.equal(
      await test.ask('PUT', '/account/user', { name: 'Emma', email: 'emma@example.com' }),
      'create user "Emma"',
    );
  });

  it('says why it was refused', async () => {
    const test = new SpeakingSimulation({
      tokens: [{ token: clientToken }, { token: 'reading-only-token', scopes: ['smartlock.readOnly'] }],
    });
    const says = async (expected: string, ...request: Parameters<SpeakingSimulation['ask']>): Promise<void> =>
      assert.equal(await test.ask(...request), expected);
    const reader = 'reading-only-token';
    await says('unlock Front Door: missing scope smartlock.action', 'POST', action, { action: 1 }, reader);
    await says(
      'change Front Door: missing scope smartlock',
      'POST',
      `/smartlock/${frontDoor}`,
      { name: 'Door' },
      reader,
    );
    await says('list users: missing scope account / smartlock.auth', 'GET', '/account/user', undefined, reader);
    await says('unlock Front Door: invalid token', 'POST', action, { action: 1 }, 'a-token-of-no-one');
    await says('run an action on Front Door: invalid action', 'POST', action, { action: 7 });
    await says('create code "Cleaner" on Front Door: invalid code', 'PUT', auth, { ...code, code: 123456 });
    await says('create code "A name of many more bytes" on Front Door: name over 20 bytes', 'PUT', auth, {
      ...code,
      name: 'A name of many more bytes',
    });
    const family = test.simulation.home.authorizationsOnLock(frontDoor).find(({ name }) => name === 'Family');
    await says('create code "Cleaner" on Front Door: code in use', 'PUT', auth, { ...code, code: family?.code });
    await says('create an authorization on Front Door: invalid name', 'PUT', auth, { ...code, name: undefined });
    await says('read 12345: not found', 'GET', '/smartlock/12345');
    await says('read frontdoor: not found', 'GET', '/smartlock/frontdoor');
    await says('not found', 'GET', '/door');
    await says('lock Front Door', 'POST', action, { action: 2 });
    await says('unlock Front Door: busy', 'POST', action, { action: 1 });
    setFault(test.simulation.home, 'scope-missing', { times: 1 });
    await says('read the account: missing scope', 'GET', '/account');
    test.simulation.home.fault({ loseAnswer: true });
    await says('list devices: connection lost before the answer', 'GET', '/smartlock');
    test.simulation.home.fault({ answer: { status: 429 } });
    await says('list devices: too many requests', 'GET', '/smartlock');
    test.simulation.home.fault({ answer: { status: 502, body: '<html>' } });
    await says('list devices: server error', 'GET', '/smartlock');
    setFault(test.simulation.home, 'token-dies', { times: 1 });
    await says('list devices: invalid token', 'GET', '/smartlock');
  });

  it('shows foreign names safely', async () => {
    const test = new SpeakingSimulation();
    const said = await test.ask('PUT', auth, { ...code, name: '\u001b[31mred\u202e\n'.repeat(200) });
    assert.match(said ?? '', /^create code "\[31mred/);
    // oxlint-disable-next-line no-control-regex -- it looks for them
    assert.doesNotMatch(said ?? '', /[\u0000-\u001f\u202e]/);
    assert.ok((said ?? '').length < 150, said);
  });
});

describe('What came of an accepted write, in words', () => {
  it('says how an action ended', async () => {
    const test = new SpeakingSimulation();
    await test.ask('POST', action, { action: 3 });
    await test.computer.advance(30_000);
    test.simulation.home.fault({ completion: 1 });
    await test.ask('POST', action, { action: 2 });
    await test.computer.advance(30_000);
    test.simulation.home.fault({ never: true });
    await test.ask('POST', action, { action: 1 });
    await test.computer.advance(30_000);
    assert.deepEqual(test.said, [
      'unlatch Front Door',
      'unlatch Front Door: done in N s',
      'lock Front Door',
      'lock Front Door: motor blocked after N s',
      'unlock Front Door',
      'unlock Front Door: never carried out',
    ]);
  });

  it('says what became of an authorization, also of one that is gone', async () => {
    const test = new SpeakingSimulation();
    await test.ask('PUT', auth, code);
    await test.computer.advance(30_000);
    await test.ask('DELETE', test.pathOf('Cleaner'));
    await test.computer.advance(30_000);
    await test.ask('PUT', auth, { name: 'Clara', type: 0, accountUserId: 1_000_103, remoteAllowed: true });
    assert.deepEqual(test.said, [
      'create code "Cleaner" on Front Door',
      'create code "Cleaner" on Front Door: saved on the keypad after N s',
      'delete "Cleaner" from Front Door',
      'delete "Cleaner" from Front Door: removed after N s',
      'create "Clara" on Front Door: person already has access',
    ]);
  });

  it('calls each change by the name that it was sent with, also where another one was under way', async () => {
    const test = new SpeakingSimulation();
    const path = test.pathOf('Family');
    const body = { code: 445_566, remoteAllowed: false };
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) await test.ask('POST', path, { ...body, name });
    await test.computer.advance(30_000);
    assert.deepEqual(test.said.slice(0, 5), [
      'change "One" on Front Door',
      'change "Two" on Front Door',
      'change "Three" on Front Door',
      'change "Four" on Front Door',
      'change "Five" on Front Door: busy',
    ]);
    assert.deepEqual(test.said.slice(5), [
      'change "One" on Front Door: lost, as another change was under way',
      'change "Two" on Front Door: lost, as another change was under way',
      'change "Four" on Front Door: lost, as another change was under way',
      'change "Three" on Front Door: saved on the keypad after N s',
    ]);
  });

  it('names the device where the request is for several', async () => {
    const test = new SpeakingSimulation();
    await test.ask('PUT', '/smartlock/auth', { ...code, smartlockIds: [frontDoor, terrace] });
    await test.computer.advance(30_000);
    assert.deepEqual(
      new Set(test.said),
      new Set([
        'create code "Cleaner" on 2 devices',
        'create code "Cleaner" on 2 devices: Front Door, saved on the keypad after N s',
        'create code "Cleaner" on 2 devices: Terrace, saved on the keypad after N s',
      ]),
    );
  });
});
