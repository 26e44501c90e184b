import assert from 'node:assert/strict';
import { refreshInterval, setting } from '../../src/settings.ts';
import { user } from './vscodeStandIn.ts';

describe('the refresh interval', () => {
  afterEach(() => user.settings.clear());

  const meanings: readonly [written: unknown, seconds: number][] = [
    [undefined, 60],
    ['often', 60],
    [null, 60],
    [90, 90],
    [30, 30],
    [29, 30],
    [0.001, 30],
    [0, 0],
    [-1, 0],
    [Number.NaN, 0],
  ];
  for (const [written, seconds] of meanings) {
    it(`is ${seconds} s where ${String(written)} is written`, () => {
      user.settings.set('nuki.refreshInterval', written);
      assert.equal(refreshInterval(), seconds * 1_000);
    });
  }
});

describe('a setting', () => {
  afterEach(() => user.settings.clear());

  it('is as the manifest has it where something of another type is written', () => {
    user.settings.set('nuki.demoHome', 'yes');
    user.settings.set('nuki.explainNumbers', 0);
    user.settings.set('nuki.statusBar.device', 7);
    assert.deepEqual([setting('demoHome'), setting('explainNumbers'), setting('statusBar.device')], [false, true, '']);
  });
});
