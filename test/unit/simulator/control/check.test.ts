import assert from 'node:assert/strict';
import { ruleIds, rules, type RuleId } from '../../../../src/simulator/clientCheck/rules.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestSimulation } from '../testSimulation.ts';

const action = `/smartlock/${frontDoor}/action`;
const nowhere = (): Promise<Response> => Promise.resolve(new Response());

describe('The check of a simulation', () => {
  it('is read like everything else, and is no request of a client itself', async () => {
    const test = new TestSimulation();
    const seen: readonly RuleId[] = ['unread-write', 'wrong-device-id', 'token-in-address'];
    const unseen = ruleIds.filter((id) => !seen.includes(id));
    await test.send('POST', action, { action: 1 });
    for (const _ of [1, 2]) {
      assert.deepEqual(await test.json('GET', '/_sim/check'), {
        findings: [
          {
            rule: 'unread-write',
            title: '204 mistaken for done',
            exchanges: [1],
            meaning:
              '204 means that Nuki has accepted the request, not that the lock has carried it out. Nothing was read afterwards.',
            advice: "Read the device's log or the authorizations until they show it, or register a webhook.",
          },
        ],
        seen,
        unseen,
        report: [
          '204 mistaken for done: request 1',
          '  204 means that Nuki has accepted the request, not that the lock has carried it out. Nothing was read afterwards.',
          "  Read the device's log or the authorizations until they show it, or register a webhook.",
          `No finding is no praise: 3 of ${ruleIds.length} rules could have been broken in this run.`,
          `Not these: ${unseen.map((id) => rules[id].title).join('; ')}.`,
        ],
      });
    }
  });

  it('asks no one to read whom webhooks tell', async () => {
    const told = new TestSimulation({ webhook: { url: 'https://example.com/hook', secret: 's' }, send: nowhere });
    await told.send('POST', action, { action: 1 });
    assert.deepEqual(told.simulation.check().findings, []);
    const registered = new TestSimulation({ send: nowhere });
    const webhook = { webhookUrl: 'http://127.0.0.1:9/hook', webhookFeatures: ['DEVICE_LOGS'] };
    assert.equal((await registered.send('PUT', '/api/decentralWebhook', webhook)).status, 200);
    await registered.send('POST', action, { action: 1 });
    assert.deepEqual(registered.simulation.check().findings, []);
  });

  it('begins anew with the simulation', async () => {
    const test = new TestSimulation();
    await test.send('POST', action, { action: 1 });
    test.simulation.reset();
    assert.deepEqual(test.simulation.check(), { findings: [], seen: [] });
  });
});
