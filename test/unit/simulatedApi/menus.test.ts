import assert from 'node:assert/strict';
import { copyEnvironment } from '../../../src/simulatedApi/environment.ts';
import { pickDeed } from '../../../src/simulatedApi/deeds.ts';
import { activeFaultText, pickFault } from '../../../src/simulatedApi/faults.ts';
import { apiHover } from '../../../src/simulatedApi/statusItem.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import { cellar, frontDoor, intercom } from '../../../src/simulator/demo/demoDevices.ts';
import { activeFaults, faultNames, setFault } from '../../../src/simulator/faults/namedFaults.ts';
import { TestSimulation } from '../simulator/testSimulation.ts';
import { user } from '../vscodeStandIn.ts';

/** The user chooses these entries, one in each list that comes up, and types this where they are asked. */
function choosing(entries: readonly string[], typed?: string): void {
  const left = [...entries];
  user.lists.length = 0;
  user.choose = (labels) => {
    const next = left.shift();
    if (next !== undefined) assert.ok(labels.includes(next), `${next} is none of ${labels.join(', ')}`);
    return next;
  };
  user.type = (value) => typed ?? value;
}

afterEach(() => {
  user.choose = () => undefined;
  user.type = () => undefined;
});

describe('the list of faults', () => {
  it('has every fault, and sets the one that is chosen as often as the user says', async () => {
    const { home } = new TestSimulation().simulation;
    choosing(['slow'], '3');
    await pickFault(home);
    assert.deepEqual(user.lists[0]?.labels, faultNames);
    assert.deepEqual(activeFaults(home), [{ name: 'slow', left: 3 }]);
  });

  it('offers once, and for a fault that lasts until it is cleared', async () => {
    const { home } = new TestSimulation().simulation;
    choosing(['motor-blocked']);
    await pickFault(home);
    choosing(['offline']);
    await pickFault(home);
    assert.deepEqual(activeFaults(home), [{ name: 'motor-blocked', left: 1 }, { name: 'offline' }]);
  });

  for (const typed of ['0', '-1', '1.5', '', 'many', '10000']) {
    it(`sets none for "${typed}" requests`, async () => {
      const { home } = new TestSimulation().simulation;
      choosing(['slow'], typed);
      await pickFault(home);
      assert.deepEqual(activeFaults(home), []);
    });
  }

  it('begins with those that are set, and clears the one that is chosen, or all', async () => {
    const { home } = new TestSimulation().simulation;
    const setSome = (): void => faultNames.slice(1, 4).forEach((name) => setFault(home, name));
    setSome();
    choosing(['lost-answer']);
    await pickFault(home);
    assert.deepEqual(user.lists[0]?.labels.slice(1, 5), ['slow', 'lost-answer', 'never-executed', 'Clear All']);
    assert.deepEqual(
      activeFaults(home).map(({ name }) => name),
      ['slow', 'never-executed'],
    );
    choosing(['Clear All']);
    await pickFault(home);
    assert.deepEqual(activeFaults(home), []);
  });
});

describe('what happens at the doors', () => {
  it('is offered as far as a device has the parts for it', async () => {
    const { home } = new TestSimulation().simulation;
    const deedsOf = async (device: string): Promise<readonly string[]> => {
      choosing([device]);
      await pickDeed(home);
      return user.lists[1]?.labels ?? [];
    };
    assert.deepEqual(await deedsOf('Front Door'), [
      'Lock by Hand',
      'Unlock by Hand',
      'Open the Door',
      'Close the Door',
      'Mistype a Code',
      'Disconnect from Nuki',
    ]);
    assert.deepEqual(await deedsOf('Intercom'), ['Ring the Bell', 'Disconnect from Nuki']);
    assert.deepEqual((await deedsOf('Cellar')).at(-1), 'Connect to Nuki');
  });

  it('happens', async () => {
    const { simulation, computer } = new TestSimulation();
    const { home } = simulation;
    choosing(['Front Door', 'Unlock by Hand']);
    await pickDeed(home);
    choosing(['Cellar', 'Connect to Nuki']);
    await pickDeed(home);
    choosing(['Intercom', 'Ring the Bell']);
    await pickDeed(home);
    await computer.advance(60_000);
    assert.equal(home.door(frontDoor).state, 3);
    const device = (id: number) => home.devices().find((each) => each.id === id) ?? assert.fail();
    assert.equal(device(cellar).cloud.listed.serverState, 0);
    assert.equal(
      device(intercom).cloud.log.filter(({ date }) => Date.parse(date) > Date.UTC(2026, 2, 1, 12)).length,
      1,
    );
  });
});

describe('the environment of a client', () => {
  const environment = { url: 'http://127.0.0.1:8123', token: 'simulated-0123456789abcdef' };
  for (const [notation, text] of [
    ['bash, zsh', "export NUKI_BASE_URL='http://127.0.0.1:8123' NUKI_TOKEN='simulated-0123456789abcdef'"],
    ['PowerShell', "$env:NUKI_BASE_URL = 'http://127.0.0.1:8123'; $env:NUKI_TOKEN = 'simulated-0123456789abcdef'"],
    ['.env', 'NUKI_BASE_URL=http://127.0.0.1:8123\nNUKI_TOKEN=simulated-0123456789abcdef\n'],
  ] as const) {
    it(`is copied for ${notation}`, async () => {
      choosing([notation]);
      await copyEnvironment(environment);
      assert.equal(user.clipboard, text);
    });
  }
});

describe('what is said of the status bar item', () => {
  it('is its address, how much was asked, and the faults that are set', () => {
    const state = {
      url: 'http://127.0.0.1:8123',
      port: 8123,
      requests: 12,
      failed: 2,
      faults: ['slow (2 requests left)'],
    };
    const textsOf = (more: Partial<typeof state>): string[] =>
      apiHover({ ...state, ...more }, inEnglish).lines.map(({ text }) => text);
    assert.deepEqual(textsOf({}), [state.url, '12 requests', '2 failed', 'Faults: slow (2 requests left)']);
    assert.deepEqual(textsOf({ requests: 1, failed: 0, faults: [] }), [state.url, '1 request']);
  });

  it('counts what is left of a fault', () => {
    assert.equal(activeFaultText({ name: 'slow', left: 1 }, inEnglish), 'slow (1 request left)');
    assert.equal(activeFaultText({ name: 'offline', left: 5 }, inEnglish), 'offline (5 minutes left)');
    assert.equal(activeFaultText({ name: 'webhook-late', left: 2 }, inEnglish), 'webhook-late (2 deliveries left)');
    assert.equal(activeFaultText({ name: 'offline' }, inEnglish), 'offline');
  });
});
