import assert from 'node:assert/strict';
import { deviceType } from '../../../../src/nuki/vocabulary/kinds.ts';
import { ruleIds, type RuleId } from '../../../../src/simulator/clientCheck/rules.ts';
import { demoHomeOptions } from '../../../../src/simulator/demo/demo.ts';
import { cellar, frontDoor, garage, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { makeSmartlock } from '../../../../src/simulator/devices/smartlockJson.ts';
import type { SimulationOptions } from '../../../../src/simulator/simulation.ts';
import { otherToken, PlayedClient } from './playedClient.ts';

type Play = (client: PlayedClient) => Promise<unknown>;

/** What breaks a rule and by which requests, and what comes near to it and does not. */
interface Case {
  readonly red: Readonly<Record<string, readonly [broken: readonly number[], play: Play]>>;
  readonly green: Readonly<Record<string, Play>>;
}

const second = 1_000;
const minute = 60 * second;
const action = `/smartlock/${frontDoor}/action`;
const auth = `/smartlock/${frontDoor}/auth`;
const code = { name: 'Baker', type: 13, code: 333_444, remoteAllowed: false };
const limits = {
  allowedFromDate: '2026-03-02T09:00:00.000Z',
  allowedUntilDate: '2026-03-24T16:30:00.000Z',
  allowedWeekDays: 124,
  allowedFromTime: 540,
  allowedUntilTime: 1020,
};
const noLimits = {
  allowedFromDate: null,
  allowedUntilDate: null,
  allowedWeekDays: null,
  allowedFromTime: null,
  allowedUntilTime: null,
};

/** The authorization of the front door with this name, as the home has it; its path asks for none. */
function pathOf({ test }: PlayedClient, name: string): string {
  const entry = test.simulation.home.authorizationsOnLock(frontDoor).find((each) => each.name === name);
  return `${auth}/${entry?.id}`;
}

async function times(count: number, play: (turn: number) => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await play(turn);
}

const made = { accountId: 1, timezoneId: 37, firmware: [4, 2, 8], created: 0, updated: 0, state: {} } as const;
const clara = { name: 'Clara Novak', enabled: true, remoteAllowed: true };

const cases: Readonly<Record<RuleId, Case>> = {
  'partial-replace': {
    red: {
      'a name and nothing else': [
        [1],
        (client) => client.send('POST', pathOf(client, 'Clara Novak'), { name: 'Clara' }),
      ],
      'one limit left out': [
        [1],
        (client) =>
          client.send('POST', pathOf(client, 'Clara Novak'), { ...clara, ...limits, allowedWeekDays: undefined }),
      ],
      'one of many': [
        [1],
        (client) => {
          const [id, other] = ['Clara Novak', 'Family'].map((name) => pathOf(client, name).split('/').at(-1));
          return client.send('POST', '/smartlock/auth', [
            { id: other, name: 'Family' },
            { id, name: 'Clara' },
          ]);
        },
      ],
    },
    green: {
      'every field sent back': async (client) => {
        const whole = await client.get(pathOf(client, 'Clara Novak'));
        assert.ok(typeof whole === 'object');
        await client.send('POST', pathOf(client, 'Clara Novak'), { ...whole, enabled: false });
      },
      'a limit removed on purpose': (client) =>
        client.send('POST', pathOf(client, 'Clara Novak'), { ...clara, ...noLimits }),
      'days left out that limit nothing': async (client) => {
        const { allowedWeekDays: _, ...dates } = { ...limits, allowedFromTime: 0, allowedUntilTime: 0 };
        await client.send('POST', pathOf(client, 'Guest Fritz'), { name: 'Fritz', ...dates });
      },
    },
  },

  'repeated-write': {
    red: {
      'an unlatch sent again at once': [
        [1, 2],
        async (client) => {
          client.test.simulation.home.fault({ loseAnswer: true });
          await assert.rejects(client.send('POST', action, { action: 3 }));
          await client.send('POST', action, { action: 3 });
        },
      ],
      'a code sent again after a timeout of the client': [
        [1, 2],
        async (client) => {
          client.test.simulation.home.fault({ hang: true });
          const timeout = new AbortController();
          const first = client.fetch(`https://api.nuki.io${auth}`, {
            method: 'PUT',
            headers: { authorization: `Bearer ${client.token}` },
            body: JSON.stringify(code),
            signal: timeout.signal,
          });
          await client.sleep(10 * second);
          timeout.abort();
          await assert.rejects(first);
          await client.send('PUT', auth, code);
        },
      ],
      'a lock three times through a broken gateway': [
        [1, 2, 3],
        async (client) => {
          client.test.simulation.home.fault({ times: 2, answer: { status: 502, body: '<html>' } });
          await times(3, () => client.send('POST', action, { action: 2 }));
        },
      ],
    },
    green: {
      'read in between': async (client) => {
        client.test.simulation.home.fault({ loseAnswer: true });
        await assert.rejects(client.send('POST', action, { action: 3 }));
        await client.send('GET', `/smartlock/${frontDoor}/log`);
        await client.send('POST', action, { action: 3 });
      },
      'the same wish two minutes later': async (client) => {
        client.test.simulation.home.fault({ loseAnswer: true });
        await assert.rejects(client.send('POST', action, { action: 3 }));
        await client.sleep(2 * minute);
        await client.send('POST', action, { action: 3 });
      },
      'another action': async (client) => {
        client.test.simulation.home.fault({ loseAnswer: true });
        await assert.rejects(client.send('POST', action, { action: 1 }));
        await client.send('POST', action, { action: 2 });
      },
      'answered the first time, and again': async (client) => {
        client.test.simulation.home.fault({ path: /garage/, loseAnswer: true });
        client.test.simulation.home.fault({ method: 'PUT', loseAnswer: true });
        await assert.rejects(client.send('PUT', auth, code));
        await times(2, () => client.send('POST', action, { action: 3 }));
      },
    },
  },

  'unread-write': {
    red: {
      'an action': [[1], (client) => client.send('POST', action, { action: 1 })],
      'a code, and only the devices are read': [
        [1],
        async (client) => {
          await client.send('PUT', auth, code);
          await client.send('GET', '/smartlock');
        },
      ],
      'an action, and another device is read': [
        [2],
        async (client) => {
          await client.send('GET', '/smartlock');
          await client.send('POST', action, { action: 1 });
          await client.send('GET', `/smartlock/${garage}`);
        },
      ],
      'a deletion': [[1], (client) => client.send('DELETE', pathOf(client, 'Family'))],
    },
    green: {
      'the log': async (client) => {
        await client.send('POST', action, { action: 1 });
        await client.send('GET', `/smartlock/${frontDoor}/log`);
      },
      'the log of all': async (client) => {
        await client.send('POST', action, { action: 1 });
        await client.send('GET', '/smartlock/log');
      },
      'the list': async (client) => {
        await client.send('POST', `${action}/lock`);
        await client.send('GET', '/smartlock');
      },
      'authorizations, after several changes': async (client) => {
        await client.send('PUT', auth, code);
        await client.send('DELETE', pathOf(client, 'Family'));
        await client.send('GET', auth);
      },
      'all authorizations page by page': async (client) => {
        await client.send('PUT', '/smartlock/auth', { ...code, smartlockIds: [frontDoor, terrace] });
        await client.send('GET', '/smartlock/auth/paged?page=0&size=100');
      },
    },
  },

  'status-too-often': {
    red: {
      'a list every 10 seconds': [
        [1, 2, 3, 4, 5, 6],
        (client) =>
          times(6, async () => {
            await client.send('GET', '/smartlock');
            await client.sleep(10 * second);
          }),
      ],
      'a device every second, long after its action': [
        [4, 5, 6, 7, 8, 9],
        async (client) => {
          await client.send('POST', action, { action: 1 });
          await times(2, async () => {
            await client.sleep(20 * second);
            await client.send('GET', `/smartlock/${frontDoor}`);
          });
          await client.sleep(5 * minute);
          await times(6, async () => {
            await client.send('GET', `/smartlock/${frontDoor}`);
            await client.sleep(second);
          });
        },
      ],
    },
    green: {
      'every 30 seconds, give or take a tenth': (client) =>
        times(20, async (turn) => {
          await client.send('GET', '/smartlock');
          await client.sleep((27 + (turn % 7)) * second);
        }),
      'every second while an action is followed': async (client) => {
        await client.send('POST', action, { action: 1 });
        await times(50, async () => {
          await client.send('GET', `/smartlock/${frontDoor}`);
          await client.sleep(second);
        });
      },
      "every three seconds while a lock 'n' go is followed": async (client) => {
        await client.send('POST', action, { action: 4 });
        await times(33, async () => {
          await client.send('GET', `/smartlock/${frontDoor}`);
          await client.sleep(3 * second);
        });
      },
      'every second while a device is at work for someone else': async (client) => {
        client.test.simulation.home.fault({ after: 20 * second });
        await client.send('POST', action, { action: 1 }, otherToken);
        await times(12, async () => {
          await client.send('GET', `/smartlock/${frontDoor}`);
          await client.sleep(second);
        });
      },
      'tried again after failures, later each time': async (client) => {
        client.test.simulation.home.fault({ times: 5, answer: { status: 502, body: '<html>' } });
        await times(6, async (turn) => {
          await client.send('GET', '/smartlock');
          await client.sleep(0.5 * 2 ** turn * second);
        });
        await client.send('GET', '/smartlock');
      },
      'a few times at once, as someone wants to see it': (client) => times(4, () => client.send('GET', '/smartlock')),
    },
  },

  'devices-one-by-one': {
    red: {
      'two devices in turns, every minute': [
        [1, 2, 3, 4, 5, 6],
        (client) =>
          times(3, async () => {
            for (const id of [frontDoor, garage]) await client.send('GET', `/smartlock/${id}`);
            await client.sleep(minute);
          }),
      ],
    },
    green: {
      'each once': async (client) => {
        for (const id of [frontDoor, garage, cellar, terrace]) await client.send('GET', `/smartlock/${id}`);
      },
      'one device, and the list': (client) =>
        times(4, async () => {
          await client.send('GET', '/smartlock');
          await client.send('GET', `/smartlock/${frontDoor}`);
          await client.sleep(minute);
        }),
      'several devices, each when it acts': (client) =>
        times(4, async () => {
          for (const id of [frontDoor, garage]) {
            await client.send('POST', `/smartlock/${id}/action`, { action: 2 });
            await client.send('GET', `/smartlock/${id}`);
          }
          await client.sleep(minute);
        }),
    },
  },

  'sync-loop': {
    red: {
      'sync, wait, read': [
        [1, 3, 5, 7],
        (client) =>
          times(4, async () => {
            await client.send('POST', `/smartlock/${frontDoor}/sync`);
            await client.sleep(5 * second);
            await client.send('GET', '/smartlock');
          }),
      ],
    },
    green: {
      'each device once': async (client) => {
        for (const id of [frontDoor, garage, cellar, terrace]) await client.send('POST', `/smartlock/${id}/sync`);
      },
      'after each of several changes': (client) =>
        times(5, async () => {
          await client.send('PUT', auth, code);
          await client.send('POST', `/smartlock/${frontDoor}/sync`);
        }),
      'three times, and again in an hour': async (client) => {
        await times(3, () => client.send('POST', `/smartlock/${frontDoor}/sync`));
        await client.sleep(60 * minute);
        await client.send('POST', `/smartlock/${frontDoor}/sync`);
      },
    },
  },

  'retry-after': {
    red: {
      'the next requests come before it': [
        [2, 3],
        async (client) => {
          client.test.simulation.home.fault({ answer: { status: 429, headers: { 'retry-after': '30' } } });
          await client.send('GET', '/smartlock');
          await client.send('GET', '/smartlock');
          await client.sleep(10 * second);
          await client.send('GET', '/account');
          await client.sleep(21 * second);
          await client.send('GET', '/smartlock');
        },
      ],
      'of a 503': [
        [2],
        async (client) => {
          client.test.simulation.home.fault({ answer: { status: 503, headers: { 'retry-after': '5' } } });
          await times(2, () => client.send('GET', '/smartlock'));
        },
      ],
    },
    green: {
      'waits as long as it says': async (client) => {
        client.test.simulation.home.fault({ answer: { status: 429, headers: { 'retry-after': '30' } } });
        await client.send('GET', '/smartlock');
        await client.sleep(30 * second);
        await client.send('GET', '/smartlock');
      },
      'another client goes on': async (client) => {
        client.test.simulation.home.fault({ answer: { status: 429, headers: { 'retry-after': '30' } } });
        await client.send('GET', '/smartlock');
        await client.send('GET', '/smartlock', undefined, otherToken);
      },
      'was under way already': async (client) => {
        client.test.simulation.home.fault({ wait: 100, answer: { status: 429, headers: { 'retry-after': '30' } } });
        await Promise.all([client.send('GET', '/smartlock'), client.send('GET', '/account')]);
      },
    },
  },

  'no-pause-after-429': {
    red: {
      'goes on as if nothing were': [
        [2, 3, 4, 5],
        async (client) => {
          await client.send('GET', '/smartlock');
          client.test.simulation.home.fault({ answer: { status: 429 } });
          await times(4, () => client.send('GET', '/smartlock'));
        },
      ],
      'tries a hundred times': [
        Array.from({ length: 100 }, (_, at) => at + 1),
        async (client) => {
          client.test.simulation.home.fault({ times: Infinity, answer: { status: 429 } });
          await times(100, () => client.send('GET', '/smartlock'));
        },
      ],
    },
    green: {
      'waits longer each time': async (client) => {
        client.test.simulation.home.fault({ times: 4, answer: { status: 429 } });
        await times(5, async (turn) => {
          await client.send('GET', '/smartlock/log');
          await client.sleep(2 ** turn * second);
        });
        await times(5, () => client.send('GET', '/smartlock/log'));
      },
    },
  },

  'write-to-busy': {
    red: {
      'again at once after 423': [
        [2],
        async (client) => {
          client.test.simulation.home.fault({ answer: { status: 423 } });
          await times(2, () => client.send('POST', action, { action: 1 }));
        },
      ],
      'changes in quick succession': [
        [2, 3],
        async (client) => {
          const path = pathOf(client, 'Family');
          await times(3, (turn) => client.send('POST', path, { name: `Family ${turn}`, code: 445_566 }));
        },
      ],
      'deleted at once after a change': [
        [2],
        async (client) => {
          const path = pathOf(client, 'Family');
          await client.send('POST', path, { name: 'Kin', code: 445_566 });
          await client.send('DELETE', path);
        },
      ],
      'deleted as soon as the change is listed, though updateDate is still the old one': [
        [3],
        async (client) => {
          const path = pathOf(client, 'Family');
          await client.send('POST', path, { name: 'Kin', code: 445_566 });
          await client.send('GET', auth);
          await client.send('DELETE', path);
        },
      ],
      'though it has read that the device is busy': [
        [3],
        async (client) => {
          await client.send('POST', action, { action: 1 });
          await client.send('GET', '/smartlock');
          await client.send('POST', action, { action: 2 });
        },
      ],
    },
    green: {
      '423, and again after a while': async (client) => {
        client.test.simulation.home.fault({ answer: { status: 423 } });
        await client.send('POST', action, { action: 1 });
        await client.sleep(10 * second);
        await client.send('GET', `/smartlock/${frontDoor}`);
        await client.send('POST', action, { action: 1 });
      },
      'each change after the last was read': async (client) => {
        const path = pathOf(client, 'Family');
        await times(3, async (turn) => {
          await client.send('POST', path, { name: `Family ${turn}`, code: 445_566 });
          await client.sleep(10 * second);
          await client.send('GET', auth);
        });
      },
      'each change as soon as updateDate is newer than the last one, whatever older copies answer': async (client) => {
        const path = pathOf(client, 'Family');
        const isListed = async (since: string): Promise<boolean> =>
          (await client.list(auth)).some(({ name, updateDate }) => name === 'Kin' && String(updateDate) > since);
        const since = new Date(client.test.simulation.clock.now()).toISOString();
        await client.send('POST', path, { name: 'Kin', code: 445_566 });
        while (!(await isListed(since))) await client.sleep(second);
        await client.send('GET', auth);
        await client.send('DELETE', path);
      },
      'several devices': async (client) => {
        client.test.simulation.home.fault({ answer: { status: 423 } });
        await client.send('POST', action, { action: 2 });
        await client.send('POST', `/smartlock/${garage}/action`, { action: 2 });
      },
    },
  },

  'incomplete-limits': {
    red: {
      'two dates': [
        [1],
        (client) => {
          const { allowedFromDate, allowedUntilDate } = limits;
          return client.send('PUT', auth, { ...code, allowedFromDate, allowedUntilDate });
        },
      ],
      'no dates': [[1], (client) => client.send('PUT', auth, { ...code, ...limits, allowedFromDate: null })],
      'one of many': [
        [1],
        (client) =>
          client.send('POST', '/smartlock/auth', [
            { id: 'a', name: 'a', ...limits },
            { id: 'b', name: 'b', allowedWeekDays: 3 },
          ]),
      ],
    },
    green: {
      'all five': (client) => client.send('PUT', auth, { ...code, ...limits }),
      'no end': (client) => client.send('PUT', auth, { ...code, ...limits, allowedUntilDate: undefined }),
      'numbers as text': async (client) => {
        await client.send('PUT', auth, { ...code, ...limits });
        const nothing = { allowedWeekDays: '127', allowedFromTime: '0', allowedUntilTime: '0' };
        await client.send('PUT', auth, { ...code, ...nothing });
      },
    },
  },

  'long-name': {
    red: {
      '21 letters': [[1], (client) => client.send('PUT', auth, { ...code, name: 'a'.repeat(21) })],
      'umlauts take two bytes each': [[1], (client) => client.send('PUT', auth, { ...code, name: 'ä'.repeat(11) })],
      'of a code that is renamed': [
        [1],
        (client) => client.send('POST', pathOf(client, 'Family'), { name: 'The Family at Number 9' }),
      ],
    },
    green: {
      '20 letters': (client) => client.send('PUT', auth, { ...code, name: 'a'.repeat(20) }),
      'a long name of a person': async (client) => {
        await client.send('PUT', auth, code);
        await client.send('PUT', auth, {
          name: 'Maximiliane von Hohenfels',
          accountUserId: 1_000_104,
          remoteAllowed: true,
        });
      },
    },
  },

  'invalid-code': {
    red: {
      'a zero': [[1], (client) => client.send('PUT', auth, { ...code, code: 103_456 })],
      'from 12': [[1], (client) => client.send('PUT', auth, { ...code, code: '123456' })],
      'four digits': [[1], (client) => client.send('PUT', auth, { ...code, code: 4711 })],
    },
    green: {
      'six digits from 1 to 9, as text too': async (client) => {
        await client.send('PUT', auth, code);
        await client.send('PUT', auth, { ...code, code: '998877' });
      },
    },
  },

  'wrong-device-id': {
    red: {
      'hex digits, a Bridge id, without the first digit, with the number of another kind of device': [
        [1, 2, 3, 4, 5],
        async (client) => {
          const bridgeId = frontDoor % 2 ** 32;
          const withoutFirst = Number.parseInt('A2B3C4D', 16);
          for (const id of ['1A2B3C4D', '0x51A2B3C4D', bridgeId, withoutFirst, 4 * 2 ** 32 + cellar])
            await client.send('GET', `/smartlock/${id}`);
        },
      ],
      'Bridge ids in a body': [
        [1],
        (client) => client.send('PUT', '/smartlock/auth', { ...code, smartlockIds: [frontDoor, garage % 2 ** 32] }),
      ],
    },
    green: {
      'as listed': (client) => client.send('GET', `/smartlock/${frontDoor}`),
      'of a device that is gone': (client) => client.send('GET', '/smartlock/18000000001'),
    },
  },

  'unix-time': {
    red: {
      'seconds, milliseconds': [
        [1, 2],
        async (client) => {
          await client.send('GET', '/smartlock/log?fromDate=1772366400');
          await client.send('GET', `/smartlock/${frontDoor}/log?limit=20&toDate=1772366400000`);
        },
      ],
    },
    green: { 'a date': (client) => client.send('GET', '/smartlock/log?fromDate=2026-03-01T00:00:00Z') },
  },

  'short-page': {
    red: {
      'a hundred entries wanted, fifty come': [
        [1],
        (client) => client.send('GET', `/smartlock/${frontDoor}/log?limit=100`),
      ],
      'the same, every minute': [
        [1, 2, 3],
        (client) =>
          times(3, async () => {
            await client.send('GET', '/smartlock/log?limit=200');
            await client.sleep(minute);
          }),
      ],
    },
    green: {
      'read to the empty page': async (client) => {
        const path = `/smartlock/${frontDoor}/log?limit=100`;
        let page = await client.list(path);
        while (page.length > 0) {
          const id = String(page.at(-1)?.['id']);
          await client.send('GET', `/smartlock/${frontDoor}/log?limit=5`);
          await client.send('GET', `${path}&action=1`);
          page = await client.list(`${path}&id=${id}`);
        }
      },
    },
  },

  'weekday-zero': {
    red: { '0': [[1], (client) => client.send('PUT', auth, { ...code, ...limits, allowedWeekDays: 0 })] },
    green: { '127': (client) => client.send('PUT', auth, { ...code, ...limits, allowedWeekDays: 127 }) },
  },

  'over-midnight': {
    red: {
      'from 22 to 6': [
        [1],
        (client) => client.send('PUT', auth, { ...code, ...limits, allowedFromTime: 1320, allowedUntilTime: 360 }),
      ],
      'from 20 to 0': [
        [1],
        (client) => client.send('PUT', auth, { ...code, ...limits, allowedFromTime: 1200, allowedUntilTime: 0 }),
      ],
    },
    green: {
      'from 22 to the last minute': (client) =>
        client.send('PUT', auth, { ...code, ...limits, allowedFromTime: 1320, allowedUntilTime: 1439 }),
    },
  },

  'limited-later': {
    red: {
      'a code, found by its digits and then limited': [
        [1, 3],
        async (client) => {
          await client.send('PUT', auth, code);
          await client.sleep(10 * second);
          await client.send('GET', auth);
          await client.send('POST', pathOf(client, 'Baker'), { name: 'Baker', ...limits });
        },
      ],
    },
    green: {
      'limited at once, and changed later': async (client) => {
        await client.send('PUT', auth, { ...code, ...limits });
        await client.sleep(10 * second);
        await client.send('POST', pathOf(client, 'Baker'), { name: 'Baker', ...limits, allowedWeekDays: 96 });
      },
      'limited days later': async (client) => {
        await client.send('PUT', auth, code);
        await client.sleep(60 * minute);
        await client.send('POST', pathOf(client, 'Baker'), { name: 'Baker', ...limits });
      },
      'another one that never had limits': async (client) => {
        await client.send('PUT', auth, code);
        await client.send('POST', pathOf(client, 'Family'), { name: 'Family', ...limits });
      },
    },
  },

  'hours-in-utc': {
    red: {
      'the hours of the dates': [
        [1],
        (client) =>
          client.send('PUT', auth, { ...code, ...limits, allowedFromTime: 9 * 60, allowedUntilTime: 16 * 60 + 30 }),
      ],
    },
    green: {
      'the hours of the lock': (client) =>
        client.send('PUT', auth, { ...code, ...limits, allowedFromTime: 10 * 60, allowedUntilTime: 17 * 60 + 30 }),
      'one hour by chance': (client) => client.send('PUT', auth, { ...code, ...limits }),
    },
  },

  'token-in-address': {
    red: {
      'in the query': [
        [1, 2],
        async (client) => {
          await client.fetch(`https://api.nuki.io/smartlock?token=${client.token}`);
          await client.send('GET', `/smartlock/log?limit=5&access_token=${client.token}`);
        },
      ],
    },
    green: {
      'in the header': (client) => client.send('GET', `/smartlock/${frontDoor}/log?authId=5&limit=5`),
    },
  },
};

describe('the rules of the client check', () => {
  for (const rule of ruleIds) {
    describe(rule, () => {
      for (const [what, [broken, play]] of Object.entries(cases[rule].red)) {
        it(`is broken: ${what}`, async () => {
          const client = new PlayedClient();
          await play(client);
          assert.deepEqual(client.brokeBy(rule), broken);
          assert.ok(client.check().seen.includes(rule));
        });
      }
      for (const [what, play] of Object.entries(cases[rule].green)) {
        it(`is kept: ${what}`, async () => {
          const client = new PlayedClient();
          await play(client);
          assert.deepEqual(client.brokeBy(rule), []);
          assert.ok(client.check().seen.includes(rule), 'the run could have broken it');
        });
      }
      it('is not said to be kept by a run without requests', () => {
        assert.ok(!new PlayedClient().check().seen.includes(rule));
      });
    });
  }
});

describe('the client check', () => {
  it('knows an id that was made of hex digits without their leading zero', async () => {
    const device = makeSmartlock({ type: deviceType.smartLock3, hex: '01234567', name: 'Shed', ...made });
    const client = new PlayedClient({
      home: (clock, seed) => ({ ...demoHomeOptions(clock, seed), devices: [{ listed: device }] }),
    });
    assert.equal((await client.send('GET', `/smartlock/${Number.parseInt('41234567', 16)}`)).status, 404);
    assert.deepEqual(client.brokeBy('wrong-device-id'), [1]);
  });

  it('says of no pace that it was kept where the clock stood still', async () => {
    const pace: readonly RuleId[] = ['status-too-often', 'sync-loop', 'retry-after', 'no-pause-after-429'];
    const play = async (speed: number): Promise<readonly (readonly RuleId[])[]> => {
      const client = new PlayedClient({ speed, faults: [{ name: 'rate-limit', times: 4 }] });
      await times(50, () => client.send('GET', '/smartlock'));
      await client.send('POST', `/smartlock/${frontDoor}/sync`);
      const { seen } = client.check();
      return [seen, client.broken].map((rules) => rules.filter((rule) => pace.includes(rule)));
    };
    assert.deepEqual(await play(1), [pace, ['status-too-often', 'retry-after', 'no-pause-after-429']]);
    assert.deepEqual(await play(0), [['sync-loop'], []]);
  });

  it('takes a page of authorizations that is shorter than asked for, while there are more pages, for no end', async () => {
    const pages = (client: PlayedClient, count: number) =>
      times(count, (page) => client.send('GET', `/smartlock/auth/paged?page=${page}&size=10`));
    const home: SimulationOptions['home'] = (clock, seed) => ({
      ...demoHomeOptions(clock, seed),
      conditions: { cutPages: 1 },
    });
    const read = async (count: number, seed: number): Promise<PlayedClient> => {
      const client = new PlayedClient({ home, seed });
      await pages(client, count);
      return client;
    };
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const stopped = await Promise.all(seeds.map((seed) => read(1, seed)));
    assert.ok(stopped.some((client) => client.brokeBy('short-page').length > 0));
    for (const client of await Promise.all(seeds.map((seed) => read(5, seed)))) {
      assert.deepEqual(client.brokeBy('short-page'), []);
      assert.ok(client.check().seen.includes('short-page'));
    }
  });

  it('lets a change be sent again whose end no read tells and that does no harm twice', async () => {
    const client = new PlayedClient();
    client.test.simulation.home.fault({ loseAnswer: true });
    const rename = () => client.send('POST', `/smartlock/${frontDoor}`, { name: 'Main Door' });
    await assert.rejects(rename());
    await rename();
    assert.deepEqual(client.brokeBy('repeated-write'), []);
  });

  it('takes no log for longer because an older copy of it has answered', async () => {
    const client = new PlayedClient({
      home: (clock, seed) => {
        const options = demoHomeOptions(clock, seed);
        const devices = options.devices.map((device) => ({ ...device, log: device.log?.slice(0, 10) ?? [] }));
        return { ...options, devices, conditions: { copies: [60_000] } };
      },
    });
    await client.send('POST', action, { action: 1 });
    await client.sleep(20 * second);
    assert.equal((await client.list(`/smartlock/${frontDoor}/log?limit=100`)).length, 10);
    assert.equal(client.test.simulation.exchanges.all.at(-1)?.known?.entries, 11);
    assert.deepEqual(client.brokeBy('short-page'), []);
  });

  it('does not mix what two clients do', async () => {
    const client = new PlayedClient();
    await times(4, async () => {
      await client.send('GET', '/smartlock');
      await client.send('GET', '/smartlock', undefined, otherToken);
      await client.sleep(2 * second);
    });
    assert.deepEqual(client.brokeBy('status-too-often'), []);
    await client.send('POST', action, { action: 1 });
    await client.send('GET', '/smartlock', undefined, otherToken);
    assert.deepEqual(client.brokeBy('unread-write'), [9]);
  });

  it('asks no one to read whom webhooks tell', async () => {
    const client = new PlayedClient();
    await client.send('POST', action, { action: 1 });
    assert.deepEqual(
      client.check().findings.map(({ rule }) => rule),
      ['unread-write'],
    );
    const { findings, seen } = client.check({ webhook: true });
    assert.deepEqual([findings, seen.includes('unread-write')], [[], false]);
  });
});
