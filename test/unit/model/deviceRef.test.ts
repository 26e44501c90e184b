import assert from 'node:assert/strict';
import { keyOf, parseKey } from '../../../src/model/deviceRef.ts';
import { lockId } from '../devices.ts';

describe('the device that a setting names', () => {
  it('is read back from what was written', () => {
    const device = { accountId: '7', smartlockId: lockId };
    assert.deepEqual(parseKey(keyOf(device)), device);
  });

  it('is none in any other text', () => {
    for (const text of ['', '7', '7/', '/7', '7/x', '7/-1', '7/1/2', '7/1.5', `7/${'1'.repeat(17)}`]) {
      assert.equal(parseKey(text), undefined, text);
    }
  });
});
