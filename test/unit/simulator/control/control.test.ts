import assert from 'node:assert/strict';
import { controlRoutes } from '../../../../src/simulator/control/control.ts';
import { deeds } from '../../../../src/simulator/control/deeds.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestSimulation } from '../testSimulation.ts';

/** The sentence of an error answer, after its status. */
async function errorOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  return `${response.status} ${await response.text()}`;
}

describe('The routes of the simulation itself', () => {
  it('need no token, and say that they are simulated', async () => {
    const test = new TestSimulation();
    const answer = await test.send('GET', '/_sim/time', undefined, 'unknown');
    assert.deepEqual([answer.status, answer.headers.get('x-simulated')], [200, 'keyturner']);
  });

  it('are no part of the journal', async () => {
    const test = new TestSimulation();
    await test.send('GET', '/_sim/time');
    assert.deepEqual(test.simulation.exchanges.all, []);
  });

  for (const [what, body] of [
    ['a list', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['a field', `{"action":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ] as const) {
    it(`show a request whose body is nested without end: ${what}`, async () => {
      const test = new TestSimulation();
      assert.equal((await test.send('POST', `/smartlock/${frontDoor}/action`, body)).status, 400);
      const journal = JSON.stringify(await test.json('GET', '/_sim/journal'));
      assert.ok(journal.includes('"status":400') && journal.includes('[[[['));
    });
  }

  it('list themselves, each with what it does', async () => {
    const test = new TestSimulation();
    const listed = JSON.stringify(await test.json('GET', '/_sim'));
    for (const { path, does } of controlRoutes) {
      assert.ok(listed.includes(JSON.stringify(path)) && listed.includes(JSON.stringify(does)), path);
    }
  });

  it('have examples that do something in the demo home', async () => {
    const faults = controlRoutes.find(({ method, path }) => method === 'POST' && path === '/_sim/faults');
    const example = /\{.*?\}/.exec(faults?.does ?? '')?.[0];
    assert.equal((await new TestSimulation().send('POST', '/_sim/faults', example)).status, 200);
    const typed = await new TestSimulation().json('POST', `/_sim/devices/${frontDoor}`, deeds['typeCode']?.example);
    assert.match(JSON.stringify(typed), /"opened":true/);
  });

  it('say what is wrong with a request, as JSON', async () => {
    const test = new TestSimulation();
    const cases: readonly (readonly [method: string, path: string, body: unknown, error: RegExp])[] = [
      [
        'GET',
        '/_sim/nothing',
        undefined,
        /^404 \{"error":"There is no \/_sim\/nothing\. GET \/_sim lists what there is\."\}$/,
      ],
      ['GET', '/_sim/devices/%E0%A4%A', undefined, /^404 /],
      ['DELETE', '/_sim/time', undefined, /^405 .*takes GET and POST/],
      ['POST', '/_sim/time', '{', /^400 .*no JSON/],
      ['POST', '/_sim/time', undefined, /^400 .*Send a JSON object with \\"set\\", \\"advance\\", or \\"speed\\"/],
      ['POST', '/_sim/time', [1], /^400 .*Send a JSON object/],
      ['POST', '/_sim/time', { advanse: 1 }, /^400 .*There is no field \\"advanse\\" here\. It takes/],
      ['POST', '/_sim/time', { advance: -1 }, /^400 .*must be a number from 0/],
      ['POST', '/_sim/time', { set: '12:00' }, /^400 .*must be a time such as/],
      ['POST', '/_sim/time', { set: '2020-01-01T00:00:00Z' }, /^400 .*does not go back/],
      ['POST', '/_sim/time', { set: '2027-01-01T00:00:00Z', advance: 1 }, /^400 .*either/],
      ['POST', '/_sim/time', { advance: 9e15 }, /^400 .*1970 to 9999/],
      ['POST', '/_sim/time', { speed: 1e9 }, /^400 .*from 0 to 100000/],
      ['GET', '/_sim/journal?since=x', undefined, /^400 .*whole number/],
      ['GET', '/_sim/journal?from=1', undefined, /^400 .*no parameter \\"from\\" here\. It takes \\"since\\"/],
      ['GET', '/_sim/devices/12', undefined, /^404 .*no device \\"12\\"/],
    ];
    for (const [method, path, body, error] of cases) {
      assert.match(await errorOf(test.send(method, path, body)), error, `${method} ${path} ${JSON.stringify(body)}`);
    }
  });

  it('set, advance and stop the time', async () => {
    const test = new TestSimulation();
    const time = '2026-03-01T12:00:00.000Z';
    assert.deepEqual(await test.json('GET', '/_sim/time'), { time, ms: Date.parse(time), speed: 1 });
    const later = '2026-03-01T13:00:00.000Z';
    assert.deepEqual(await test.json('POST', '/_sim/time', { set: '2026-03-01T14:00:00+01:00', speed: 0 }), {
      time: later,
      ms: Date.parse(later),
      speed: 0,
    });
    await test.computer.advance(1000);
    await test.send('POST', `/smartlock/${frontDoor}/action`, { action: 1 });
    await test.send('POST', '/_sim/time', { advance: 30_000 });
    assert.equal(test.simulation.home.door(frontDoor).state, 3);
    const { headers } = await test.send('GET', '/account');
    assert.equal(headers.get('date'), 'Sun, 01 Mar 2026 13:00:30 GMT');
  });

  it('show the journal from a number on, without secrets, and how writes came out', async () => {
    const test = new TestSimulation();
    const code = { name: 'Cleaner', type: 13, code: 778899, remoteAllowed: false };
    await test.send('GET', '/smartlock');
    await test.send('PUT', `/smartlock/${frontDoor}/auth`, code);
    await test.computer.advance(30_000);
    const journal = await test.json('GET', '/_sim/journal?since=1');
    const text = JSON.stringify(journal);
    assert.match(text, /"number":2.*"name":"Cleaner".*"outcomes":\[\{"exchange":2,.*"kind":"stored"/);
    assert.doesNotMatch(text, /778899|"number":1,/);
  });

  it('begin anew', async () => {
    const test = new TestSimulation({ speed: 0 });
    await test.send('GET', '/smartlock');
    await test.send('POST', '/_sim/time', { advance: 1000 });
    const time = '2026-03-01T12:00:00.000Z';
    assert.deepEqual(await test.json('POST', '/_sim/reset'), { time, ms: Date.parse(time), speed: 0 });
    assert.deepEqual(await test.json('GET', '/_sim/journal'), { exchanges: [], outcomes: [] });
  });
});
