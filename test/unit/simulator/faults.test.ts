import assert from 'node:assert/strict';
import { frontDoor, intercom } from '../../../src/simulator/demoDevices.ts';
import { Play } from './play.ts';

const action = `/smartlock/${frontDoor}/action`;

describe('A fault of a simulated home', () => {
  it('answers the next matching requests in its own way, and no others', async () => {
    const play = new Play();
    play.home.fault({ method: 'GET', path: /^\/smartlock$/, times: 2, answer: { status: 502, body: '<html>' } });
    assert.equal(await play.status('GET', '/account'), 200);
    assert.equal(await (await play.send('GET', '/smartlock')).text(), '<html>');
    assert.equal(await play.status('GET', '/smartlock'), 502);
    assert.equal(await play.status('GET', '/smartlock'), 200);
  });

  it('sends headers and JSON', async () => {
    const play = new Play();
    play.home.fault({ answer: { status: 429, body: { error: 1 }, headers: { 'retry-after': '7' } } });
    const answer = await play.send('GET', '/account');
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7']);
    assert.deepEqual(await answer.json(), { error: 1 });
  });

  it('ends when it is cleared', async () => {
    const play = new Play();
    play.home.fault({ times: Infinity, answer: { status: 500 } });
    assert.equal(await play.status('GET', '/account'), 500);
    play.home.clearFaults();
    assert.equal(await play.status('GET', '/account'), 200);
  });

  it('lets a request hang until it is given up, and counts it without a status', async () => {
    const play = new Play();
    play.home.fault({ hang: true });
    const controller = new AbortController();
    const answer = play.send('POST', action, { action: 1 }, { signal: controller.signal });
    await play.clock.advance(60_000);
    controller.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.deepEqual(
      play.home.requests.map(({ status }) => status),
      [undefined],
    );
    assert.equal(play.home.door(frontDoor).state, 3);
  });

  it('loses the answer to what takes effect', async () => {
    const play = new Play();
    play.home.fault({ loseAnswer: true });
    await assert.rejects(play.send('POST', action, { action: 1 }), TypeError);
    await play.clock.advance(30_000);
    assert.equal(play.home.door(frontDoor).state, 3);
  });

  it('makes an answer late, and changes it on its way', async () => {
    const play = new Play();
    play.home.fault({ wait: 5000, change: (answer) => new Response(answer.body, { status: 206 }) });
    const started = play.clock.now();
    const answer = play.send('GET', '/account').then(({ status }) => [status, play.clock.now() - started]);
    await play.clock.advance(10_000);
    assert.deepEqual(await answer, [206, 5000]);
  });

  it('accepts an action and never carries it out', async () => {
    const play = new Play();
    play.home.fault({ never: true });
    assert.equal(await play.act(frontDoor, 1), 204);
    assert.equal(await play.isBusy(frontDoor), true);
    await play.clock.advance(60_000);
    assert.equal(await play.isBusy(frontDoor), false);
    assert.equal(play.home.door(frontDoor).state, 1);
    assert.notEqual((await play.log(frontDoor))[0]?.trigger, 4);
  });

  it('keeps a device busy for as long as it is told', async () => {
    const play = new Play();
    play.home.fault({ after: 60_000 });
    await play.act(frontDoor, 1);
    await play.clock.advance(59_000);
    assert.equal(await play.isBusy(frontDoor), true);
    await play.clock.advance(15_000);
    assert.equal(await play.isBusy(frontDoor), false);
  });

  it('blocks the motor', async () => {
    const play = new Play();
    play.home.fault({ completion: 1 });
    await play.act(frontDoor, 1);
    assert.deepEqual((await play.watch(frontDoor, 25)).shown, [1, 2, 254]);
    assert.equal((await play.log(frontDoor))[0]?.state, 1);
    await play.act(frontDoor, 1);
    await play.clock.advance(25_000);
    assert.equal(play.home.door(frontDoor).state, 3);
  });

  it('lets an action fail for any reason of the log, and the device go back', async () => {
    for (const completion of [2, 3, 4, 5, 6, 7, 8, 9, 10, 254, 255]) {
      const play = new Play();
      play.home.fault({ completion });
      await play.act(frontDoor, 1);
      assert.deepEqual((await play.watch(frontDoor, 25)).shown, [1, 2, 1], `${completion}`);
      assert.equal((await play.log(frontDoor))[0]?.state, completion);
    }
    const play = new Play();
    play.home.fault({ completion: 9 });
    await play.act(intercom, 2);
    await play.clock.advance(20_000);
    assert.equal(play.home.door(intercom).state, 3);
    await play.clock.advance(20 * 60_000);
    assert.equal(play.home.door(intercom).state, 1);
  });

  it('drops a change of an authorization', async () => {
    const play = new Play();
    const path = await play.pathOf(frontDoor, 'Family');
    play.home.fault({ method: 'POST', never: true });
    assert.equal(await play.status('POST', path, { name: 'Family!' }), 204);
    await play.clock.advance(30_000);
    assert.ok(play.home.authorizationsOnLock(frontDoor).some(({ name }) => name === 'Family'));
    assert.equal(await play.status('POST', path, { name: 'Family!' }), 204);
  });
});

describe('The latency of a simulated home', () => {
  it('is waited for on its clock, and ends with the request', async () => {
    const play = new Play({ latency: 100 });
    const started = play.clock.now();
    const answer = play.send('GET', '/account').then(() => play.clock.now() - started);
    await play.clock.advance(2000);
    const took = await answer;
    assert.ok(took >= 20 && took <= 2000, `${took}`);
    const controller = new AbortController();
    const given = play.send('GET', '/account', undefined, { signal: controller.signal });
    await play.clock.advance(0);
    controller.abort();
    await assert.rejects(given, { name: 'AbortError' });
    assert.equal(play.clock.waiting, 0);
  });

  it('does not start for a request that was given up before', async () => {
    const play = new Play();
    await assert.rejects(play.send('GET', '/account', undefined, { signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
    assert.equal(play.home.requests.length, 0);
  });
});
