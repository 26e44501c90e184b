import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';
import { mentionUnsafeSettings } from '../../src/commands/sidebar/notices.ts';
import { Report } from '../../src/report.ts';
import { Store } from '../../src/model/store.ts';
import { FakeClock } from '../unit/fakeClock.ts';

const accounts = { own: { simulated: false }, demo: { simulated: true } };

/** What several starts say, one after the other, of an account that is own or not. */
function starts() {
  const said: string[] = [];
  const write = (line: string): void => void said.push(line);
  const report = new Report({ info: write, error: write, show: () => undefined, dispose: () => undefined }, () => []);
  const kept = new Map<string, unknown>();
  const memento = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  return {
    saidWith: (account: keyof typeof accounts): readonly string[] => {
      said.length = 0;
      const store = new Store(new FakeClock());
      const notice = mentionUnsafeSettings({ store, report }, memento);
      const client = () => Promise.reject(new Error('nothing is to be read'));
      store.setSources([{ id: '7', label: 'Home', client, ...accounts[account] }]);
      store.setSources([]);
      notice.dispose();
      return [...said];
    },
  };
}

async function set(setting: string, value: boolean | undefined): Promise<void> {
  await workspace.getConfiguration('http').update(setting, value, ConfigurationTarget.Global);
}

const settings = [
  {
    setting: 'proxyStrictSSL',
    unsafe: false,
    warning: 'http.proxyStrictSSL is off, so others on your network could read your token. Turn it on.',
  },
  {
    setting: 'electronFetch',
    unsafe: true,
    warning:
      'http.electronFetch is on, so a request could be sent twice. Turn it off. Until then, Keyturner only reads.',
  },
];

for (const { setting, unsafe, warning } of settings) {
  describe(`http.${setting}, where it is unsafe`, () => {
    afterEach(async () => set(setting, undefined));

    it('is warned of once, and again when it was safe in between', async () => {
      const { saidWith } = starts();
      assert.deepEqual(saidWith('own'), []);
      await set(setting, unsafe);
      assert.deepEqual(saidWith('own'), [warning]);
      assert.deepEqual(saidWith('own'), []);
      await set(setting, !unsafe);
      assert.deepEqual(saidWith('own'), []);
      await set(setting, unsafe);
      assert.deepEqual(saidWith('own'), [warning]);
    });

    it('is nothing to the demo home', async () => {
      const { saidWith } = starts();
      await set(setting, unsafe);
      assert.deepEqual(saidWith('demo'), []);
      assert.deepEqual(saidWith('own'), [warning]);
    });
  });
}
