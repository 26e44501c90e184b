import assert from 'node:assert/strict';
import { checkSignature, readSignature, signatureOf, type SignatureCheck } from '../../../src/nuki/webhookSignature.ts';

const secret = 'the secret of a webhook';
const body = '{"feature":"DEVICE_STATUS","smartlockId":17179869184,"state":{"state":1}}';

// By Python's hmac and by `openssl dgst -hmac`.
const sha256 = 'd97b14713a88c3b2e55407775df07f2c02f710812aa194cef021d20cfdc03836';
const sha1 = '557bf80de139fecc7b6986414eb5fa0c04afbe7e';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function check(given: string, signature = sha256, key = secret): Promise<SignatureCheck> {
  const read = readSignature(signature);
  return read.kind === 'read' ? checkSignature(bytes(given), read, key) : assert.fail(read.kind);
}

describe('signatureOf', () => {
  it('is the HMAC of the body, as other programs compute it', async () => {
    assert.equal(await signatureOf(bytes(body), secret, 'X-Nuki-Signature-SHA256'), sha256);
    assert.equal(await signatureOf(bytes(body), secret, 'X-Nuki-Signature'), sha1);
  });

  it('agrees with the vectors of RFC 4231 and RFC 2202', async () => {
    const data = bytes('what do ya want for nothing?');
    assert.equal(
      await signatureOf(data, 'Jefe', 'X-Nuki-Signature-SHA256'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    assert.equal(await signatureOf(data, 'Jefe', 'X-Nuki-Signature'), 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79');
  });

  it('takes text as UTF-8, and bytes as they are', async () => {
    const named = bytes('{"feature":"DEVICE_AUTHS","smartlockAuth":{"name":"Zoë 🔑"}}');
    assert.equal(
      await signatureOf(named, 'Schlüssel', 'X-Nuki-Signature-SHA256'),
      '572949e7758ce07dc20fadd65942179b5cb3d624e5b289556e46678451179eb6',
    );
    assert.equal(
      await signatureOf(new Uint8Array([0xff, 0, 0xfe]), 'k', 'X-Nuki-Signature-SHA256'),
      'dc6279e883af856b0e866aa12ea910fe93cdcccdfeb82a64293aff7318b82787',
    );
    assert.equal(
      await signatureOf(bytes(''), 'k', 'X-Nuki-Signature-SHA256'),
      '8bb990c40a7d61cb97597a942125025be50ac8beb74436e3735b98893a7f6620',
    );
  });
});

describe('readSignature', () => {
  it('knows the two headers by their length', () => {
    assert.deepEqual(readSignature(sha256), { kind: 'read', header: 'X-Nuki-Signature-SHA256', digits: sha256 });
    assert.deepEqual(readSignature(sha1), { kind: 'read', header: 'X-Nuki-Signature', digits: sha1 });
  });

  it('reads a line of a request, of JSON and of a log', () => {
    for (const line of [
      `X-Nuki-Signature-SHA256: ${sha256}`,
      `x-nuki-signature-sha256:${sha256}\r\n`,
      `< X-NUKI-SIGNATURE-SHA256: ${sha256.toUpperCase()}`,
      `  "X-Nuki-Signature-SHA256": "${sha256}",`,
      `'x-nuki-signature-sha256': '${sha256}'`,
      ` "${sha256}" `,
    ]) {
      assert.deepEqual(
        readSignature(line),
        { kind: 'read', header: 'X-Nuki-Signature-SHA256', digits: sha256 },
        JSON.stringify(line),
      );
    }
    assert.deepEqual(readSignature(`X-Nuki-Signature: ${sha1}`), {
      kind: 'read',
      header: 'X-Nuki-Signature',
      digits: sha1,
    });
  });

  it('says why it cannot be compared', () => {
    assert.deepEqual(readSignature('  '), { kind: 'empty' });
    assert.deepEqual(readSignature('X-Nuki-Signature:'), { kind: 'empty' });
    assert.deepEqual(readSignature('Content-Type: application/json'), { kind: 'otherHeader', name: 'Content-Type' });
    assert.deepEqual(readSignature(`sha256=${sha256}`), { kind: 'otherHeader', name: 'sha256' });
    assert.deepEqual(readSignature('2XsUcTqIw7LlVAd3XfB/LAL3EIEqoZTO8CHSDP3AODY='), { kind: 'noHex' });
    assert.deepEqual(readSignature('2XsUcTqIw7LlVAd3XfBLAL3EIEqoZTO8CHSDP3AODY='), { kind: 'noHex' });
    assert.deepEqual(readSignature(sha256.slice(1)), { kind: 'wrongLength', length: 63 });
    assert.deepEqual(readSignature(`X-Nuki-Signature: ${sha256}`), {
      kind: 'wrongLength',
      header: 'X-Nuki-Signature',
      length: 64,
    });
    assert.deepEqual(readSignature(`X-Nuki-Signature-SHA256: ${sha1}`), {
      kind: 'wrongLength',
      header: 'X-Nuki-Signature-SHA256',
      length: 40,
    });
  });
});

describe('checkSignature', () => {
  it('fits the body that was signed, under the secret that it was signed with', async () => {
    assert.deepEqual(await check(body), { kind: 'fits', header: 'X-Nuki-Signature-SHA256' });
    assert.deepEqual(await check(body, sha1), { kind: 'fits', header: 'X-Nuki-Signature' });
  });

  it('differs for another body, another secret or another signature', async () => {
    const differs = { kind: 'differs', header: 'X-Nuki-Signature-SHA256' };
    assert.deepEqual(await check(body.replace('1}}', '3}}')), differs);
    assert.deepEqual(await check(body, sha256, `${secret}.`), differs);
    assert.deepEqual(await check(body, sha256.replace(/6$/, '7')), differs);
    assert.deepEqual(await check('no JSON'), differs);
    assert.deepEqual(await check(''), differs);
  });

  it('tells what an editor or a tool has done to the body', async () => {
    const changed = async (given: string, signature = sha256): Promise<unknown> => {
      const found = await check(given, signature);
      return found.kind === 'fitsChanged' ? found.change : found.kind;
    };
    assert.equal(await changed(`${body}\n`), 'lastLineBreak');
    assert.equal(await changed(`${body}\r\n`), 'lastLineBreak');
    assert.equal(await changed(`${body}\n`, sha1), 'lastLineBreak');
    assert.equal(await changed(`${JSON.stringify(JSON.parse(body), undefined, 2)}\n`), 'indentation');
    assert.equal(await changed(JSON.stringify(JSON.parse(body), undefined, '\t')), 'indentation');

    const withLineFeeds = 'a2690eb615614842be3ceb797184403575381fb6155737f729f994ced29b49ea';
    const withBoth = 'da147edd3daa61f51bc832396328d686ba3395ca141fcb1021895d4867074738';
    assert.equal(await changed('{\r\n  "a": 1\r\n}', withLineFeeds), 'windowsLineBreaks');
    assert.equal(await changed('{\n  "a": 1\n}', withBoth), 'unixLineBreaks');
    const withLast = '15d76997cd73356aff9e93207bbdf2788b440c9fe7ad45050a1f1bfe2d896b42';
    assert.equal(await changed(body, withLast), 'noLastLineBreak');
  });
});
