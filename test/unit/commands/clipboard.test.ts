import assert from 'node:assert/strict';
import { copySecret } from '../../../src/commands/clipboard.ts';
import { FakeClock } from '../fakeClock.ts';
import { user } from '../vscodeStandIn.ts';

const code = '593817';

describe('a code that is copied', () => {
  beforeEach(() => {
    user.clipboard = 'what was there before';
    user.seen.length = 0;
  });

  it('is in the clipboard for 30 seconds and no longer, and is shown nowhere', async () => {
    const clock = new FakeClock();
    const copying = copySecret(code, { clock });
    await clock.advance(29_999);
    assert.equal(user.clipboard, code);
    await clock.advance(1);
    await copying;
    assert.equal(user.clipboard, '');
    assert.doesNotMatch(JSON.stringify(user.seen), /593817/);
  });

  it('leaves alone what was copied since', async () => {
    const clock = new FakeClock();
    const copying = copySecret(code, { clock });
    user.clipboard = 'copied elsewhere';
    await clock.advance(30_000);
    await copying;
    assert.equal(user.clipboard, 'copied elsewhere');
  });
});
