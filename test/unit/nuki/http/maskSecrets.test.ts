import assert from 'node:assert/strict';
import { withoutSecrets } from '../../../../src/nuki/http/maskSecrets.ts';

describe('JSON without secrets', () => {
  it('has no keypad code and no token, however deep', () => {
    const json = [
      {
        name: 'Anna',
        code: 483927,
        nested: { secret: 's', pushToken: 't', adminPin: 1234, list: [{ code: '483927' }] },
      },
    ];
    assert.deepEqual(withoutSecrets(json), [
      {
        name: 'Anna',
        code: '******',
        nested: { secret: '******', pushToken: '******', adminPin: '******', list: [{ code: '******' }] },
      },
    ]);
  });

  it('has no code in the texts of errors either', () => {
    const json = { error: 'code593817 of entry 26 exists already: 593817', list: [{ error: '"code":593817' }] };
    assert.deepEqual(withoutSecrets(json), {
      error: 'code****** of entry 26 exists already: ******',
      list: [{ error: '"code":******' }],
    });
  });

  it('keeps everything else as it is', () => {
    const json = {
      errorCode: 'ff',
      adminPinState: 0,
      code: null,
      codeLength: 6,
      state: { state: 1 },
      list: [1, 'a', true],
    };
    assert.deepEqual(withoutSecrets(json), json);
    for (const value of [null, undefined, 7, 'text', true]) assert.equal(withoutSecrets(value), value);
  });
});
