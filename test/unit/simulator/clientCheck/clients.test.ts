import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { reportOf, type RuleId } from '../../../../src/simulator/clientCheck/check.ts';
import { ruleIds } from '../../../../src/simulator/clientCheck/rules.ts';
import { frontDoor, garage, guestHouse } from '../../../../src/simulator/demo/demoDevices.ts';
import { faultNames } from '../../../../src/simulator/faults/namedFaults.ts';
import { dashboard, doorbell, exporter, hotel, shifts } from './badClients.ts';
import { CarefulClient, GaveUp } from './goodClient.ts';
import { PlayedClient } from './playedClient.ts';

interface Play {
  readonly play: (client: PlayedClient) => Promise<unknown>;
  /** What the check says of it. */
  readonly broken: readonly RuleId[];
}

const badClients: Readonly<Record<string, Play>> = {
  hotel: {
    play: (client) => hotel(client, frontDoor),
    broken: ['unread-write', 'incomplete-limits', 'long-name', 'invalid-code', 'limited-later'],
  },
  dashboard: {
    play: (client) => dashboard(client, ['51A2B3C4D', '42F7E01A9', 'F0A1B2C3']),
    broken: ['status-too-often', 'devices-one-by-one', 'wrong-device-id'],
  },
  doorbell: {
    play: async (client) => {
      const { home } = client.test.simulation;
      home.fault({ method: 'POST', loseAnswer: true });
      await doorbell(client, frontDoor, 1);
      home.fault({ method: 'POST', answer: { status: 423 } });
      await doorbell(client, garage, 1);
      home.fault({ method: 'POST', times: 4, answer: { status: 429 } });
      await doorbell(client, guestHouse, 1);
      home.fault({ method: 'POST', answer: { status: 429, headers: { 'retry-after': '20' } } });
      await doorbell(client, frontDoor, 1);
    },
    broken: ['repeated-write', 'unread-write', 'retry-after', 'no-pause-after-429', 'write-to-busy'],
  },
  shifts: {
    play: (client) => shifts(client, frontDoor),
    broken: ['partial-replace', 'unread-write', 'write-to-busy', 'weekday-zero', 'over-midnight', 'hours-in-utc'],
  },
  exporter: {
    play: async (client) => {
      assert.equal(await exporter(client, frontDoor, new Date('2026-02-28T00:00:00Z')), 50);
    },
    broken: ['sync-loop', 'unix-time', 'short-page', 'token-in-address'],
  },
};

describe('a client written in a hurry', () => {
  for (const [name, { play, broken }] of Object.entries(badClients)) {
    it(`is told what it did: ${name}`, async () => {
      const client = new PlayedClient();
      await play(client);
      assert.deepEqual(client.broken, broken);
    });
  }

  it('is one of five that break every rule between them', () => {
    const all = new Set(Object.values(badClients).flatMap(({ broken }) => broken));
    assert.deepEqual(
      ruleIds.filter((rule) => !all.has(rule)),
      [],
    );
  });
});

describe('a careful client', () => {
  for (const fault of [undefined, ...faultNames]) {
    it(`is told nothing${fault === undefined ? '' : `, also where it meets ${fault}`}`, async () => {
      const client = new PlayedClient(fault === undefined ? {} : { faults: [{ name: fault }] });
      await new CarefulClient(client).run(471_183).catch((error: unknown) => assert.ok(error instanceof GaveUp));
      assert.deepEqual(client.check().findings, [], reportOf([client.check()], inEnglish).join('\n'));
    });
  }
});
