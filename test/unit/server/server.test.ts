import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { listen, PortError, type HttpServer, type ListenOptions } from '../../../src/server/server.ts';
import { lastRequest, send, type Sent } from './rawConnection.ts';

/** Tells what of a request reached it. */
async function echo(request: Request): Promise<Response> {
  const { method, url, headers } = request;
  const body = await request.text();
  return Response.json({ method, url, authorization: headers.get('authorization'), body: body.slice(0, 100) });
}

const megabyte = 1024 * 1024;

describe('the server', () => {
  const opened: (HttpServer | Server)[] = [];

  afterEach(async () => {
    for (const server of opened.splice(0)) await server.close();
  });

  async function open(options: Partial<ListenOptions> = {}): Promise<HttpServer> {
    const server = await listen({ port: 0, orAnother: false, cors: false, handle: echo, ...options });
    opened.push(server);
    return server;
  }

  /** Sends one request, with a fitting Host where `headers` has none. */
  function ask(server: HttpServer, line: string, headers: readonly string[] = [], body = ''): Promise<Sent> {
    const host = headers.some((header) => header.startsWith('Host')) ? [] : [`Host: 127.0.0.1:${server.port}`];
    return send(server.port, lastRequest(line, [...host, ...headers], body)).ended;
  }

  /** Occupies a port of one address. */
  async function occupy(host: string): Promise<number> {
    const other = createServer();
    opened.push(other);
    await new Promise<void>((resolve, reject) => void other.once('error', reject).listen(0, host, resolve));
    const address = other.address();
    return typeof address === 'object' && address !== null ? address.port : assert.fail();
  }

  const hasIpv6 = Object.values(networkInterfaces()).some((of) => of?.some(({ address }) => address === '::1'));

  describe('as a way in', () => {
    it('hands over method, address, headers and body, and sends back status, headers and body', async () => {
      const server = await open({
        handle: async (request) =>
          new Response(`${request.method} ${request.url} ${request.headers.get('x-one')} ${await request.text()}`, {
            status: 418,
            headers: { 'x-two': 'two' },
          }),
      });
      const response = await fetch(`${server.url}/smartlock?a=%20b`, {
        method: 'DELETE',
        headers: { 'x-one': 'one' },
        body: 'ä',
      });
      assert.equal(response.status, 418);
      assert.equal(response.headers.get('x-two'), 'two');
      assert.equal(await response.text(), `DELETE ${server.url}/smartlock?a=%20b one ä`);
    });

    it('sends no body with 204, and none to HEAD', async () => {
      const empty = await open({ handle: async () => new Response(undefined, { status: 204 }) });
      assert.doesNotMatch((await ask(empty, 'GET / HTTP/1.1')).text, /content-length/i);
      const server = await open();
      const { text, statuses } = await ask(server, 'HEAD / HTTP/1.1');
      assert.deepEqual(statuses, [200]);
      assert.match(text, /\r\n\r\n$/);
    });

    it('answers requests that are sent in one go in their order', async () => {
      const server = await open();
      const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`;
      const last = lastRequest('GET /c HTTP/1.1', [`Host: localhost:${server.port}`]);
      const { text, statuses } = await send(server.port, get('/a') + get('/b') + last).ended;
      assert.deepEqual(statuses, [200, 200, 200]);
      assert.match(text, /\/a"[^]*\/b"[^]*\/c"/);
    });

    it('lets a client that waits for "100 Continue" go on, and one that expects something else', async () => {
      const server = await open();
      const headers = ['Content-Length: 4'];
      const usual = await ask(server, 'PUT / HTTP/1.1', [...headers, 'Expect: 100-continue'], 'body');
      assert.match(usual.text, /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
      const odd = await ask(server, 'PUT / HTTP/1.1', [...headers, 'Expect: cake'], 'body');
      assert.deepEqual(odd.statuses, [200]);
    });

    it('keeps addresses as they were sent, and takes no part of a path for a host', async () => {
      const server = await open();
      for (const [address, url] of [
        ['//evil.example/a', `${server.url}//evil.example/a`],
        ['/%zz', `${server.url}/%zz`],
        ['/a?b#c', `${server.url}/a?b`],
        [`http://localhost:${server.port}/a`, `${server.url}/a`],
      ]) {
        const { text, statuses } = await ask(server, `GET ${address} HTTP/1.1`);
        assert.deepEqual(statuses, [200], address);
        assert.ok(text.includes(`"url":"${url}"`), text);
      }
    });

    it('answers with 400 what no request can be', async () => {
      const server = await open();
      for (const line of [
        'TRACE / HTTP/1.1',
        'OPTIONS * HTTP/1.1',
        'GET http:// HTTP/1.1',
        'nonsense',
        'GET /\x01 HTTP/1.1',
      ]) {
        const { text, statuses } = await ask(server, line);
        assert.match(statuses.join(), /^40[03]$/, line);
        assert.match(text, /x-simulated: keyturner[^]*\{"error":"[^"]+\."\}$/, line);
      }
    });

    it('treats an upgrade as any request, and refuses to be a tunnel', async () => {
      const server = await open();
      const upgrade = await ask(server, 'GET / HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket']);
      assert.deepEqual(upgrade.statuses, [200]);
      const { text } = await send(server.port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')
        .ended;
      assert.equal(text, '');
    });
  });

  describe('as a guard', () => {
    it('can be reached at loopback addresses alone', async () => {
      const server = await open();
      const addresses = Object.values(networkInterfaces()).flatMap((of) => (of ?? []).map(({ address }) => address));
      assert.ok(addresses.includes('127.0.0.1'));
      for (const address of addresses) {
        const connection = send(
          server.port,
          lastRequest('GET / HTTP/1.1', [`Host: localhost:${server.port}`]),
          address,
        );
        const { statuses } = await connection.ended;
        assert.deepEqual(statuses, ['127.0.0.1', '::1'].includes(address) ? [200] : [], address);
      }
    });

    it('answers only to its own names', async () => {
      const server = await open();
      const { port } = server;
      for (const host of ['127.0.0.1', 'localhost', 'LocalHost', '[::1]']) {
        assert.deepEqual((await ask(server, 'GET / HTTP/1.1', [`Host: ${host}:${port}`])).statuses, [200], host);
      }
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        'localhost',
        `localhost:${port + 1}`,
        `localhost.evil.example:${port}`,
        `0.0.0.0:${port}`,
        `a@localhost:${port}`,
        '',
      ]) {
        const { text, statuses } = await ask(server, 'GET / HTTP/1.1', [`Host: ${host}`]);
        assert.deepEqual(statuses, [403], host);
        assert.match(text, /x-simulated: keyturner[^]*\{"error":"[^"]+\."\}$/);
      }
      assert.deepEqual((await ask(server, 'GET http://evil.example/ HTTP/1.1')).statuses, [403]);
      assert.deepEqual((await send(port, 'GET / HTTP/1.0\r\n\r\n').ended).statuses, [403]);
      const twice = [`Host: localhost:${port}`, 'Host: evil.example'];
      assert.match((await ask(server, 'GET / HTTP/1.1', twice)).statuses.join(), /^40[03]$/);
    });

    it('refuses web pages, whatever they ask and wherever they come from', async () => {
      const server = await open();
      for (const origin of ['https://evil.example', 'null', server.url]) {
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          const { text, statuses } = await ask(server, `${method} / HTTP/1.1`, [`Origin: ${origin}`]);
          assert.deepEqual(statuses, [403], origin);
          assert.doesNotMatch(text, /access-control/i);
        }
      }
    });

    it('answers web pages of any origin where it was asked to', async () => {
      const server = await open({ cors: true });
      const page = ['Origin: https://page.example'];
      const preflight = await ask(server, 'OPTIONS /smartlock HTTP/1.1', [
        ...page,
        'Access-Control-Request-Method: PUT',
        'Access-Control-Request-Headers: authorization,content-type',
      ]);
      assert.deepEqual(preflight.statuses, [204]);
      assert.match(preflight.text, /^access-control-allow-origin: \*\r$/m);
      assert.match(preflight.text, /^access-control-allow-methods: .*PUT/m);
      assert.match(preflight.text, /^access-control-allow-headers: authorization,content-type\r$/m);
      const request = await ask(server, 'GET / HTTP/1.1', page);
      assert.deepEqual(request.statuses, [200]);
      assert.match(request.text, /^access-control-allow-origin: \*\r$/m);
      assert.match(request.text, /^access-control-expose-headers: \*\r$/m);
      const foreign = await ask(server, 'GET / HTTP/1.1', [...page, 'Host: evil.example']);
      assert.deepEqual(foreign.statuses, [403]);
    });

    it('takes a body of 1 MB and no longer one, whether its length is told or not', async () => {
      const server = await open();
      const put = (length: number): Promise<Sent> =>
        ask(server, 'PUT / HTTP/1.1', [`Content-Length: ${length}`], 'x'.repeat(length));
      assert.deepEqual((await put(megabyte)).statuses, [200]);
      assert.deepEqual((await put(megabyte + 1)).statuses, [413]);
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
      const chunked = await ask(
        server,
        'PUT / HTTP/1.1',
        ['Transfer-Encoding: chunked'],
        `${chunk.repeat(17)}0\r\n\r\n`,
      );
      assert.deepEqual(chunked.statuses, [413]);
    });

    it('refuses headers that are too long', async () => {
      const server = await open();
      assert.deepEqual((await ask(server, 'GET / HTTP/1.1', [`X-Long: ${'x'.repeat(20_000)}`])).statuses, [431]);
    });

    it('ends a connection on which a request does not get finished, or even begun', async () => {
      const server = await open({ requestTimeout: 80 });
      const host = `Host: localhost:${server.port}`;
      for (const begun of [
        '',
        'GET / HT',
        `GET / HTTP/1.1\r\n${host}\r\n`,
        `PUT / HTTP/1.1\r\n${host}\r\nContent-Length: 9\r\n\r\nx`,
      ]) {
        assert.deepEqual((await send(server.port, begun).ended).statuses, [408], begun);
      }
    });
  });

  describe('when something breaks', () => {
    it('breaks the connection without an answer where the answer is lost', async () => {
      const server = await open({ handle: () => Promise.reject(new TypeError('fetch failed')) });
      assert.equal((await ask(server, 'GET / HTTP/1.1')).text, '');
      const throws = await open({
        handle: () => {
          throw new TypeError('fetch failed');
        },
      });
      assert.equal((await ask(throws, 'GET / HTTP/1.1')).text, '');
    });

    it('tells `handle` that the client has gone', async () => {
      const { promise: begun, resolve: begin } = Promise.withResolvers<Request>();
      const server = await open({
        handle: (request) => {
          begin(request);
          return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(new Error('gone'))));
        },
      });
      const { socket } = send(server.port, lastRequest('GET / HTTP/1.1', [`Host: localhost:${server.port}`]));
      const { signal } = await begun;
      assert.equal(signal.aborted, false);
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
      socket.destroy();
      await aborted;
    });

    it('ends at once, with every connection, idle or not', async () => {
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      const server = await open({
        handle: (request) => {
          begin();
          return request.url.endsWith('/hang') ? new Promise(() => undefined) : Promise.resolve(new Response('ok'));
        },
      });
      const host = `Host: localhost:${server.port}`;
      const idle = send(server.port, `GET / HTTP/1.1\r\n${host}\r\n\r\n`);
      await idle.sees(/ok$/);
      const active = send(server.port, `GET /hang HTTP/1.1\r\n${host}\r\n\r\n`);
      const silent = send(server.port, '');
      await begun;
      await server.close();
      assert.deepEqual((await idle.ended).statuses, [200]);
      assert.deepEqual((await active.ended).statuses, []);
      assert.deepEqual((await silent.ended).statuses, []);
      await assert.rejects(fetch(server.url));
      await server.close();
    });
  });

  describe('and its port', () => {
    it('is the one that was asked for', async () => {
      const server = await open();
      const { port } = server;
      await server.close();
      assert.equal((await open({ port })).url, `http://127.0.0.1:${port}`);
    });

    it('says in a sentence that another program has it, on either address', async () => {
      for (const host of hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']) {
        const port = await occupy(host);
        await assert.rejects(
          open({ port }),
          (error) =>
            error instanceof PortError &&
            error.kind === 'taken' &&
            error.message === `Port ${port} is in use by another program.`,
        );
      }
    });

    it('is another one where that will do', async () => {
      const port = await occupy('127.0.0.1');
      const server = await open({ port, orAnother: true });
      assert.notEqual(server.port, port);
      assert.equal((await fetch(server.url)).status, 200);
    });
  });
});
