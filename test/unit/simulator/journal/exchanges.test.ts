import assert from 'node:assert/strict';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import type { Exchange } from '../../../../src/simulator/journal/exchange.ts';
import { Exchanges } from '../../../../src/simulator/journal/exchanges.ts';
import { withoutItsSecrets } from '../../../../src/simulator/journal/withoutItsSecrets.ts';
import { TestSimulator } from '../testSimulator.ts';

const memory = { exchanges: 100, bodies: 1000, answers: 1000 };
const get = { at: 0, method: 'GET', path: '/smartlock' };
const numbersOf = (exchanges: Exchanges): readonly number[] => exchanges.all.map(({ number }) => number);

describe('The exchanges of a simulated home', () => {
  it('have all that was asked and answered', async () => {
    const exchanges = new Exchanges(1, memory);
    const simulator = new TestSimulator({ exchanges });
    await simulator.act(frontDoor, 1);
    await simulator.act(frontDoor, 9);
    const [accepted, refused] = exchanges.all;
    const at = simulator.clock.now();
    assert.deepEqual(accepted, {
      number: 1,
      at,
      method: 'POST',
      path: `/smartlock/${frontDoor}/action`,
      operation: 'POST /smartlock/{smartlockId}/action',
      client: exchanges.clientOf(demoToken),
      body: { action: 1 },
      endedAt: at,
      status: 204,
      end: 'answered',
    });
    assert.equal(refused?.status, 400);
    assert.match(JSON.stringify(refused?.answer), /parameter 'action' is not valid/);
  });

  it('tell of each request when it comes and when it ends', async () => {
    const simulator = new TestSimulator();
    const told: string[] = [];
    const { exchanges } = simulator.home;
    exchanges.onDidBegin(({ number, end }) => told.push(`${number} begins ${end}`));
    exchanges.onDidEnd(({ number, end }) => told.push(`${number} ends ${end}`));
    simulator.home.fault({ wait: 1000 });
    const slow = simulator.send('GET', '/smartlock');
    const quick = simulator.send('GET', '/account');
    await quick;
    await simulator.clock.advance(1000);
    await slow;
    assert.deepEqual(told, ['1 begins undefined', '2 begins undefined', '2 ends answered', '1 ends answered']);
  });

  it('name the fault that a request met, and tell a lost answer from a client that went away', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ name: 'lost-answer', loseAnswer: true });
    await assert.rejects(simulator.send('GET', '/smartlock'));
    simulator.home.fault({ name: 'slow', wait: 1000 });
    const controller = new AbortController();
    const aborted = simulator.send('GET', '/smartlock', undefined, { signal: controller.signal });
    await simulator.clock.advance(500);
    controller.abort();
    await assert.rejects(aborted);
    assert.deepEqual(
      simulator.home.exchanges.all.map(({ fault, end }) => [fault, end]),
      [
        ['lost-answer', 'lost'],
        ['slow', 'aborted'],
      ],
    );
  });

  it('have the seconds that an answer asks to wait', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ answer: { status: 429, headers: { 'retry-after': '7' } } });
    await simulator.send('GET', '/smartlock');
    assert.equal(simulator.home.exchanges.all[0]?.retryAfter, 7);
  });

  it('lose the oldest when there are too many, and keep their numbers', () => {
    const exchanges = new Exchanges(1, { ...memory, exchanges: 3 });
    for (let count = 0; count < 5; count += 1) exchanges.begin(get);
    assert.deepEqual(numbersOf(exchanges), [3, 4, 5]);
    assert.deepEqual(
      [2, 3, 5, 6].map((number) => exchanges.numbered(number)?.number),
      [undefined, 3, 5, undefined],
    );
  });

  it('lose the oldest when the requests are too large', () => {
    const exchanges = new Exchanges(1, memory);
    for (let count = 0; count < 5; count += 1) exchanges.begin({ ...get, body: 'x', size: 400 });
    assert.deepEqual(numbersOf(exchanges), [4, 5]);
  });

  it('lose the oldest answers alone when the answers are too large', () => {
    const exchanges = new Exchanges(1, memory);
    for (let count = 0; count < 5; count += 1) {
      exchanges.begin(get).end({ end: 'answered', status: 200, answer: [count], size: 400 });
    }
    assert.deepEqual(
      exchanges.all.map(({ answer }) => answer),
      [undefined, undefined, undefined, [3], [4]],
    );
  });

  it('begin at 1 when they are cleared, and what was under way then is told to no one', () => {
    const exchanges = new Exchanges(1, memory);
    const { end } = exchanges.begin(get);
    exchanges.clear();
    exchanges.begin({ ...get, path: '/account' });
    exchanges.onDidEnd(() => assert.fail('told of an exchange of before'));
    end({ end: 'answered', status: 200 });
    assert.deepEqual(exchanges.all, [{ number: 1, at: 0, method: 'GET', path: '/account' }]);
  });

  it('tell clients apart without their tokens; the same seed calls a token the same', () => {
    const [one, other] = [new Exchanges(1), new Exchanges(2)];
    assert.match(one.clientOf('a token'), /^[0-9a-f]{8}$/);
    assert.equal(one.clientOf('a token'), new Exchanges(1).clientOf('a token'));
    assert.notEqual(one.clientOf('a token'), one.clientOf('a tokem'));
    assert.notEqual(one.clientOf('a token'), other.clientOf('a token'));
  });

  it('leave the program without a code or a token, wherever it stood', () => {
    const secrets = ['445566', 'a-secret-token', '771122'];
    const exchange: Exchange = {
      ...get,
      number: 1,
      path: '/smartlock?token=a-secret-token&limit=5&access_token=a-secret-token&code=445566&api_key=a-secret-token',
      body: { name: 'Cleaner', code: 445566, list: [{ code: 771122, secret: 'a-secret-token' }] },
      answer: '{"code": 445566, "token":"a-secret-token", "name": "Clea',
      known: { timezoneIds: [37] },
    };
    const text = JSON.stringify(withoutItsSecrets(exchange));
    for (const secret of secrets) assert.ok(!text.includes(secret), text);
    assert.match(text, /limit=5/);
    assert.match(text, /Cleaner/);
    assert.doesNotMatch(text, /known/);
    assert.deepEqual(withoutItsSecrets({ ...get, number: 1 }), { ...get, number: 1 });
  });

  it('leave it without a code that was refused, and with the status that an error names', async () => {
    const simulator = new TestSimulator({ exchanges: new Exchanges(1, memory) });
    const code = { name: 'Cleaner', type: 13, code: 120_345, remoteAllowed: false };
    await simulator.send('PUT', `/smartlock/${frontDoor}/auth`, code);
    await simulator.send('GET', '/smartlock/5');
    const [refused, missing] = simulator.home.exchanges.all.map((exchange) =>
      JSON.stringify(withoutItsSecrets(exchange)),
    );
    assert.match(refused ?? '', /'\*{6}' for parameter 'code' is not valid/);
    assert.doesNotMatch(refused ?? '', /120345/);
    assert.match(missing ?? '', /"code":404/);
  });

  const token = '9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a3928';
  for (const secret of [token, '445566', 445_566]) {
    const text = String(secret);
    for (const [where, part] of [
      ['a field of another name', { body: { type: secret, remoteAllowed: text } }],
      ['a list of codes', { body: { code: [secret], codes: [[secret]], token: { value: secret } } }],
      ['fields of other spellings', { body: { Code: secret, CODE: secret, keypad_code: secret, api_key: secret } }],
      ['the name of a field', { body: { [text]: 1 } }],
      ['a name', { body: { name: `Cleaner ${text}`, list: [{ deep: [secret] }] } }],
      ['a header that is sent as a field', { body: { authorization: `Bearer ${text}` } }],
      ['a form', { body: `name=x&keypad=${text}&api_key=${text}` }],
      ['JSON that is cut off', { body: `{"name":"x","code":["${text}` }],
      ['a body of its own', { body: secret }],
      [
        'the query under any name',
        { path: `/smartlock/17/log?limit=${text}&c%6Fde=${text}&codes%5B%5D=${text}&q=${text}` },
      ],
      ['the path', { path: `/smartlock/${text}/auth/${text}` }],
      ['the address of a webhook', { body: { webhookUrl: `http://127.0.0.1:1/${text}?token=${text}` } }],
      ['an answer', { answer: { detailMessage: `'${text}' for parameter 'type' is not valid` } }],
    ] as const) {
      it(`leave the program without the ${typeof secret} ${text.slice(0, 6)} in ${where}`, () => {
        const written = JSON.stringify(withoutItsSecrets({ ...get, number: 1, ...part }));
        assert.ok(!written.includes(text), written);
      });
    }
  }

  it('keep ids, dates, sizes and names', () => {
    const said: Partial<Exchange> = {
      path: '/account/user/445566?limit=50&fromDate=2026-03-01T12:00:00.123Z',
      body: {
        smartlockIds: [21_913_877_581, 123_456],
        accountUserId: 445_566,
        id: '65e1c9a4445566a1b2c3d4e5',
        name: "Anna's Front Door, 2nd floor (garden side)",
        allowedFromDate: '2026-03-01T12:00:00.000Z',
        timezoneId: 37,
        errorCode: '45',
      },
      answer: { code: 404, keypadPaired: true, adminPinState: 2 },
    };
    assert.deepEqual(withoutItsSecrets({ ...get, number: 1, ...said }), { ...get, number: 1, ...said });
  });
});
