import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { systemClock } from '../../../src/base/clock.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import { createClient, type NukiClient } from '../../../src/nuki/http/client.ts';
import { NukiError } from '../../../src/nuki/http/errors.ts';
import { describeError } from '../../../src/views/text/errorText.ts';
import { lockId } from '../devices.ts';
import { certificateOf, type Certificate } from './certificateOf.ts';

const token = 'token-0123456789abcdef';
const here = Buffer.of(127, 0, 0, 1);
const authority = certificateOf({});
const yesterday = new Date(Date.now() - 86_400_000);

const wrong: readonly [what: string, certificate: Certificate, sign: string][] = [
  ['that no authority has signed', certificateOf({ holder: here }), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [
    'of a signer with the name of an authority',
    certificateOf({ holder: here, authority: certificateOf({}) }),
    'CERT_SIGNATURE_FAILURE',
  ],
  ['that has expired', certificateOf({ holder: here, authority, until: yesterday }), 'CERT_HAS_EXPIRED'],
  ['for another name', certificateOf({ holder: 'nuki.test', authority }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
];

/** A server with a certificate, which answers each request with an empty list, and what it has read. */
class TrustTest implements AsyncDisposable {
  read = '';
  /** Why it was not trusted, in a word of Node's. */
  sign: unknown;
  readonly #sockets = new Set<TLSSocket>();
  readonly #server;

  constructor(certificate: Certificate) {
    this.#server = createServer(certificate, (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => {
        this.read += bytes.toString('latin1');
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]');
      });
    });
  }

  /** A client whose requests for the Web API end here. */
  async client(): Promise<NukiClient> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has such an address
    const { port } = this.#server.address() as AddressInfo;
    const led: typeof fetch = (input, init) => {
      const request = new Request(input, init);
      const url = request.url.replace('https://api.nuki.io', `https://127.0.0.1:${port}`);
      return fetch(new Request(url, request)).catch((error: unknown) => {
        if (error instanceof Error && error.cause instanceof Error && 'code' in error.cause)
          this.sign = error.cause.code;
        throw error;
      });
    };
    return createClient(token, { fetch: led, clock: systemClock, random: () => 0 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

/** What the user is told of a call that fails. */
async function toldOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'nothing';
  } catch (error) {
    assert.ok(error instanceof NukiError, 'another error than our own');
    return describeError(error, { account: 'Home' }, { t: inEnglish, language: 'en', ownNow: Date.now() });
  }
}

describe('a certificate', () => {
  const trusted = getCACertificates('default');

  before(() => setDefaultCACertificates([...trusted, authority.cert]));

  after(() => setDefaultCACertificates(trusted));

  it('that is trusted lets the token through', async () => {
    await using server = new TrustTest(certificateOf({ holder: here, authority }));
    const client = await server.client();
    await client.smartlocks();
    assert.ok(server.read.includes(token));
  });

  for (const [what, certificate, sign] of wrong) {
    it(`${what} ends a request before its first byte, and is said`, async () => {
      await using server = new TrustTest(certificate);
      const client = await server.client();
      const told = "The connection to Nuki isn't trusted because of a certificate problem.";
      assert.equal(await toldOf(client.smartlocks()), told);
      assert.equal(await toldOf(client.act(lockId, 1)), told);
      assert.equal(server.sign, sign);
      assert.equal(server.read, '');
    });
  }
});
