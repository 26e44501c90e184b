import assert from 'node:assert/strict';
import { once } from '../../../src/base/once.ts';

describe('what is created once', () => {
  it('is the same for all who ask, also while it is being created', async () => {
    let count = 0;
    const get = once(() => Promise.resolve({ number: (count += 1) }));
    const [first, second] = await Promise.all([get(), get()]);
    assert.equal(first, second);
    assert.equal(await get(), first);
    assert.equal(count, 1);
  });

  it('is tried again after it has failed, by who asks next', async () => {
    const ends = [Promise.reject(new Error('not there')), Promise.resolve('there')];
    const get = once(() => ends.shift() ?? assert.fail('more than two tries'));
    await assert.rejects(get(), /not there/);
    assert.equal(await get(), 'there');
    assert.equal(await get(), 'there');
  });
});
