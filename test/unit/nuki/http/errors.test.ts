import assert from 'node:assert/strict';
import { NukiError, outcomeIsUnknown } from '../../../../src/nuki/http/errors.ts';

describe('NukiError', () => {
  it('says reason, status and path, and nothing else', () => {
    assert.equal(new NukiError('rejected', { status: 400 }).message, 'rejected 400');
    assert.equal(new NukiError('unexpectedAnswer', { path: '3.type' }).message, 'unexpectedAnswer 3.type');
    assert.equal(new NukiError('network').message, 'network');
    assert.equal(new NukiError('rateLimited', { status: 429, retryAt: 5 }).message, 'rateLimited 429');
  });
});

describe('the outcome of a write that failed', () => {
  it('is unknown where the API gave no clear answer', () => {
    for (const reason of ['network', 'timeout', 'server', 'unexpectedAnswer', 'redirected', 'cancelled'] as const)
      assert.equal(outcomeIsUnknown(new NukiError(reason)), true, reason);
  });

  it('is known where the API refused, or where nothing was sent', () => {
    for (const reason of [
      'rejected',
      'unauthorized',
      'notFound',
      'notAllowed',
      'conflict',
      'busy',
      'subscription',
    ] as const)
      assert.equal(outcomeIsUnknown(new NukiError(reason, { status: 400 })), false, reason);
    for (const reason of ['tokenMissing', 'unsupportedId', 'certificate'] as const)
      assert.equal(outcomeIsUnknown(new NukiError(reason)), false, reason);
    assert.equal(outcomeIsUnknown(new NukiError('rateLimited', { status: 429 })), false);
  });

  it('is unknown after every 5xx, a 503 that asks to wait included: it may have run', () => {
    assert.equal(outcomeIsUnknown(new NukiError('rateLimited', { status: 503, retryAt: 1 })), true);
    for (const status of [500, 502, 503, 504, 520])
      assert.equal(outcomeIsUnknown(new NukiError('server', { status })), true);
  });
});
