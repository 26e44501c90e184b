import assert from 'node:assert/strict';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestSimulation } from '../testSimulation.ts';

const deliveries = '/_sim/deliveries';

/** A simulation whose webhooks go to a receiver that remembers them. */
function receivingSimulation() {
  const received: string[] = [];
  const test = new TestSimulation({
    webhook: { url: 'https://example.com/hook', secret: 'a-secret-of-webhooks' },
    send: async (_url, { body }) => {
      received.push(typeof body === 'string' ? body : '');
      return new Response('thanks');
    },
  });
  /** Resolves when so many have arrived: signatures are computed outside of the simulated time. */
  const arrival = async (count: number): Promise<void> => {
    while (received.length < count) await test.computer.advance(10);
  };
  return { test, received, arrival };
}

describe('The deliveries of a simulation', () => {
  it('leave when they are due while no one asks, and are listed with their answers', async () => {
    const { test, received, arrival } = receivingSimulation();
    await test.send('POST', `/smartlock/${frontDoor}/action`, { action: 1 });
    await test.computer.advance(30_000);
    await arrival(3);
    assert.match(received.join('\n'), /DEVICE_STATUS[^]*DEVICE_LOGS/);
    const listed = JSON.stringify(await test.json('GET', deliveries));
    assert.match(
      listed,
      /"number":1,.*"url":"https:\/\/example\.com\/hook","about":"DEVICE_STATUS".*"status":200,"answer":"thanks"/,
    );
    assert.doesNotMatch(listed, /a-secret-of-webhooks/);
  });

  it('are sent again by their number', async () => {
    const { test, received, arrival } = receivingSimulation();
    await test.send('POST', `/_sim/devices/${frontDoor}`, { online: false });
    await arrival(1);
    assert.match(JSON.stringify(await test.json('POST', deliveries, { replay: 1 })), /"replayOf":1/);
    await arrival(2);
    assert.equal(received[1], received[0]);
  });

  it('say which number there is not', async () => {
    const { test } = receivingSimulation();
    const answer = await test.send('POST', deliveries, { replay: 5 });
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /There is no delivery 5 /);
    assert.equal((await test.send('POST', deliveries, { replay: 'all' })).status, 400);
    assert.equal((await test.send('GET', `${deliveries}?since=1`)).status, 400);
  });
});
