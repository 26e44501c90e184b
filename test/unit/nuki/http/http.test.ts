import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { systemClock } from '../../../../src/base/clock.ts';
import { createClient, type NukiClient } from '../../../../src/nuki/http/client.ts';
import { NukiError, outcomeIsUnknown, type Reason } from '../../../../src/nuki/http/errors.ts';
import { createHttp, type Deadlines, type HttpServices } from '../../../../src/nuki/http/http.ts';
import { origin } from '../../../../src/nuki/http/paths.ts';
import type { RequestLogEntry } from '../../../../src/nuki/http/requestLog.ts';
import { FakeClock } from '../../fakeClock.ts';
import { startWaitingTime } from '../../waitingTime.ts';
import { codeJson, lockId, lockJson } from '../../devices.ts';
import { answer, TestServer, type Answer } from '../server.ts';

const token = 'canary0123456789abcdef.token-of_a_test';
const short = { read: 120, write: 120 };
const list = JSON.stringify([lockJson()]);
const foreignText = 'FOREIGN-TEXT';

/** What becomes of a call: the error of our own kind, or nothing. */
async function failureOf(call: Promise<unknown>): Promise<NukiError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof NukiError, 'another error than our own');
    return error;
  }
}

const clientOf = (server: TestServer, deadlines?: Deadlines): NukiClient =>
  createClient(token, server.services, deadlines);

/** The faults of a network, each as a server can make them. */
const networkFaults: readonly [fault: string, answer: Answer, reason: Reason][] = [
  ['a reset before the headers', (response) => response.destroy(), 'network'],
  [
    'a reset in the middle of the body',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('[{"smartlockId":');
      setImmediate(() => response.destroy());
    },
    'network',
  ],
  ['headers that never come', () => undefined, 'timeout'],
  [
    'a body that never ends',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('[');
    },
    'timeout',
  ],
  [
    'a chunk that is none',
    (response) => {
      response.socket?.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n');
    },
    'network',
  ],
  [
    'headers of a megabyte',
    (response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(2 ** 20)}\r\n\r\n[]`);
    },
    'network',
  ],
  [
    'a body that is shorter than it says',
    (response) => {
      response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n[]');
    },
    'network',
  ],
];

const statuses: readonly (readonly [status: number, reason: Reason, attempts: number])[] = [
  [400, 'rejected', 1],
  [401, 'unauthorized', 1],
  [402, 'subscription', 1],
  [426, 'subscription', 1],
  [403, 'permissionMissing', 1],
  [404, 'notFound', 1],
  [410, 'notFound', 1],
  [405, 'notAllowed', 1],
  [408, 'timeout', 3],
  [425, 'timeout', 3],
  [409, 'conflict', 1],
  [413, 'rejected', 1],
  [414, 'rejected', 1],
  [415, 'rejected', 1],
  [417, 'rejected', 1],
  [422, 'rejected', 1],
  [423, 'busy', 1],
  [429, 'rateLimited', 1],
  [500, 'server', 3],
  [501, 'server', 1],
  [502, 'server', 3],
  [503, 'server', 3],
  [504, 'server', 3],
  ...[520, 521, 522, 523, 524, 525, 526, 527].map((status) => [status, 'server', 3] as const),
];
const redirects = [301, 302, 303, 307, 308];

describe('a write', () => {
  for (const [status, reason] of statuses) {
    it(`is sent once when the answer is ${status}, which is "${reason}"`, async () => {
      await using server = await TestServer.start(answer(status, `{"detailMessage":"${foreignText}"}`));
      const error = await failureOf(clientOf(server).act(lockId, 3));
      assert.deepEqual(
        server.seen.map(({ method }) => method),
        ['POST'],
      );
      assert.equal(error?.reason, reason);
      assert.equal(error.status, status);
    });
  }

  for (const [fault, answers, reason] of networkFaults) {
    it(`${fault}: is sent once, and its outcome is unknown`, async () => {
      await using server = await TestServer.start(answers);
      const error = await failureOf(clientOf(server, reason === 'timeout' ? short : undefined).act(lockId, 3));
      assert.equal(server.seen.length, 1);
      assert.equal(error?.reason, reason);
      assert.equal(outcomeIsUnknown(error), true);
    });
  }

  for (const status of [200, 201, 202, 204, 205, 207, 226]) {
    it(`is accepted by ${status}, with a body or without`, async () => {
      await using server = await TestServer.start(answer(status, status === 205 ? '' : '{"anything":1}'));
      assert.equal(await failureOf(clientOf(server).act(lockId, 1)), undefined);
      assert.equal(server.seen.length, 1);
    });
  }

  it('is sent once also when asked to wait and by every other kind of write', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      for (const status of [429, 503, 500]) {
        await using server = await TestServer.start(answer(status, '', { 'retry-after': '0' }));
        const http = createHttp(token, server.services);
        await failureOf(http.write(method, '/smartlock/1/auth', { name: 'x' }));
        assert.deepEqual(
          server.seen.map((seen) => seen.method),
          [method],
          `${method} ${status}`,
        );
      }
    }
  });

  it('has a deadline of its own', async () => {
    await using server = await TestServer.start(() => undefined);
    const waited = startWaitingTime();
    const error = await failureOf(clientOf(server, { read: 60_000, write: 100 }).act(lockId, 3));
    assert.equal(error?.reason, 'timeout');
    assert.ok(waited() < 3_000);
  });

  it('is what the API expects: the path of the device, the code of the action, the token in the header only', async () => {
    await using server = await TestServer.start(answer(204));
    await clientOf(server).act(lockId, 3);
    assert.deepEqual(server.seen, [
      {
        method: 'POST',
        path: `/smartlock/${lockId}/action`,
        authorization: `Bearer ${token}`,
        body: '{"action":3}',
      },
    ]);
  });

  it('never waits for the budget of reads', async () => {
    await using server = await TestServer.start((response, request, attempt) => {
      if (request.method === 'POST') answer(204)(response, request, attempt);
    });
    const client = clientOf(server);
    const stop = new AbortController();
    const reads = Array.from({ length: 20 }, () => failureOf(client.smartlocks({ signal: stop.signal })));
    await client.act(lockId, 2);
    assert.equal(server.seen.filter(({ method }) => method === 'POST').length, 1);
    stop.abort();
    await Promise.all(reads);
  });

  it('is noted where the caller keeps a request log', async () => {
    await using server = await TestServer.start(answer(204));
    const requestLog: RequestLogEntry[] = [];
    await createHttp(token, { ...server.services, requestLog }).write('DELETE', '/smartlock/1/auth/a');
    assert.deepEqual(
      requestLog.map(({ method, status }) => [method, status]),
      [['DELETE', 204]],
    );
  });

  it('without a body carries none', async () => {
    await using server = await TestServer.start(answer(204));
    await createHttp(token, server.services).write('DELETE', '/smartlock/1/auth/a');
    assert.equal(server.seen[0]?.body, '');
  });
});

describe('a read', () => {
  for (const [status, reason, attempts] of statuses) {
    it(`${status} is "${reason}" after ${attempts === 1 ? 'one attempt' : 'three attempts'}`, async () => {
      await using server = await TestServer.start(answer(status, `{"detailMessage":"${foreignText}"}`));
      const error = await failureOf(clientOf(server).smartlocks());
      assert.equal(server.seen.length, attempts);
      assert.equal(error?.reason, reason);
      assert.equal(error.status, status);
    });
  }

  for (const [fault, answers, reason] of networkFaults) {
    it(`${fault}: is tried three times, then "${reason}"`, async () => {
      await using server = await TestServer.start(answers);
      const client = clientOf(server, reason === 'timeout' ? short : undefined);
      assert.equal((await failureOf(client.smartlocks()))?.reason, reason);
      assert.equal(server.seen.length, 3);
    });
  }

  it('that breaks off after any number of bytes shows nothing of them', async () => {
    const whole = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${list.length}\r\n\r\n${list}`;
    for (let length = 0; length < whole.length; length += 7) {
      await using server = await TestServer.start((response) => {
        response.socket?.write(whole.slice(0, length), () => response.socket?.destroy());
      });
      assert.equal((await failureOf(clientOf(server).smartlocks()))?.reason, 'network', `${length} bytes`);
      assert.equal(server.seen.length, 3);
    }
  });

  it('a refused connection is "network"', async () => {
    const server = await TestServer.start(answer(200, list));
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const services: HttpServices = {
      ...server.services,
      fetch: (input, init) => fetch(new Request(input, init).url.replace(origin, url)),
    };
    assert.equal((await failureOf(createClient(token, services).smartlocks()))?.reason, 'network');
  });

  for (const body of ['<html>', '[]'])
    it(`succeeds when a later attempt does, after 502 with ${body}`, async () => {
      await using server = await TestServer.start((response, request, attempt) =>
        (attempt < 3 ? answer(502, body) : answer(200, list))(response, request, attempt),
      );
      assert.equal((await clientOf(server).smartlocks()).items.length, 1);
      assert.equal(server.seen.length, 3);
    });

  for (const [status, reason] of [
    [429, 'rateLimited'],
    [503, 'rateLimited'],
    [500, 'server'],
    [408, 'timeout'],
  ] as const) {
    it(`${status} with Retry-After is not tried again`, async () => {
      await using server = await TestServer.start(answer(status, '', { 'retry-after': '120' }));
      assert.equal((await failureOf(clientOf(server).smartlocks()))?.reason, reason);
      assert.equal(server.seen.length, 1);
    });
  }

  for (const status of [429, 503]) {
    it(`${status} says until when to wait, by our own clock`, async () => {
      await using server = await TestServer.start(answer(status, '', { 'retry-after': '120' }));
      const clock = new FakeClock();
      const error = await failureOf(createClient(token, { ...server.services, clock }).smartlocks());
      assert.equal(error?.reason, 'rateLimited');
      assert.equal(error.retryAt, clock.now() + 120_000);
    });
  }

  for (const [what, ask] of [
    ['a list', (client: NukiClient) => client.smartlocks()],
    ['the reading before an action', (client: NukiClient) => client.smartlock(lockId, { lane: 'door' })],
    ['an action', (client: NukiClient) => client.act(lockId, 1)],
  ] as const) {
    it(`after a 429 to ${what} no list is asked for until the time is over, and the same time is told`, async () => {
      await using server = await TestServer.start(answer(429, '', { 'retry-after': '120' }));
      const clock = new FakeClock();
      const retryAt = clock.now() + 120_000;
      const client = createClient(token, { ...server.services, clock });
      await failureOf(ask(client));
      for (let asked = 0; asked < 3; asked += 1) {
        const error = await failureOf(client.smartlocks());
        assert.deepEqual([error?.reason, error?.retryAt], ['rateLimited', retryAt]);
        clock.jump(39_999);
      }
      assert.equal(server.seen.length, 1);
      clock.jump(3);
      await failureOf(client.smartlocks());
      assert.equal(server.seen.length, 2);
    });
  }

  it('ends at once when the extension does, on its way and in the queue', async () => {
    await using server = await TestServer.start(() => undefined); // never answers
    const closed = new AbortController();
    const client = createClient(token, { ...server.services, closed: closed.signal });
    const reads = Array.from({ length: 4 }, () => failureOf(client.smartlocks()));
    while (server.seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 5)); // until two are under way
    const waited = startWaitingTime();
    closed.abort();
    for (const error of await Promise.all(reads)) assert.equal(error?.reason, 'cancelled');
    assert.ok(waited() < 100);
    assert.equal((await failureOf(client.smartlocks()))?.reason, 'cancelled');
    assert.equal(server.seen.length, 2);
  });

  it('waits between attempts by full jitter, at most 1 s, then 2 s', async () => {
    await using server = await TestServer.start(answer(500));
    const drawn: number[] = [];
    const random = (): number => {
      drawn.push(1);
      return 0.02;
    };
    const [began, waited] = [performance.now(), startWaitingTime()];
    await failureOf(createClient(token, { ...server.services, random }).smartlocks());
    const took = performance.now() - began;
    assert.equal(drawn.length, 2);
    assert.ok(took >= 0.02 * 1_000 + 0.02 * 2_000 - 5, `${took} ms`);
    assert.ok(waited() < 1_000, `${waited()} ms`);
  });

  const oddAnswers: readonly [fault: string, answers: Answer, attempts: number][] = [
    ['JSON that is cut off', answer(200, list.slice(0, -5)), 1],
    ['an empty body', answer(200, ''), 1],
    ['an empty body of no kind', answer(200, '', { 'content-type': 'text/plain' }), 1],
    ['null', answer(200, 'null'), 1],
    ['an object instead of a list', answer(200, '{}'), 1],
    ['an error body with 200', answer(200, `{"detailMessage":"${foreignText}"}`), 1],
    ['a number', answer(200, '42'), 1],
    ['a text', answer(200, '"x"'), 1],
    ['204 to a GET', answer(204), 1],
    ['201', answer(201, list), 1],
    ['202', answer(202, list), 1],
    ['206', answer(206, list), 1],
    ['226', answer(226, list), 1],
    ['304', answer(304), 1],
    ['a list in another charset', (response) => void response.end(Buffer.from(list, 'utf16le')), 1],
    ['an encoding that is not what it says', answer(200, list, { 'content-encoding': 'gzip' }), 3],
  ];
  for (const [fault, answers, attempts] of oddAnswers) {
    it(`${fault} is an unexpected answer`, async () => {
      await using server = await TestServer.start(answers);
      const error = await failureOf(clientOf(server).smartlocks());
      assert.equal(error?.reason, attempts === 1 ? 'unexpectedAnswer' : 'network');
      assert.equal(server.seen.length, attempts);
    });
  }

  for (const [what, body, type] of [
    ['with a byte order mark', `\uFEFF${list}`, 'application/json'],
    ['as JSON of any kind', list, 'application/vnd.nuki+json;charset=utf-8'],
    ['as plain text', `  ${list}`, 'text/plain'],
    ['of no kind', list, ''],
  ] as const) {
    it(`understands a list ${what}`, async () => {
      await using server = await TestServer.start(answer(200, body, { 'content-type': type }));
      assert.deepEqual(
        (await clientOf(server).smartlocks()).items.map(({ name }) => name),
        ['Front door'],
      );
    });
  }

  it('understands a list with letters of another charset, but for those', async () => {
    const body = Buffer.from(list.replace('Front door', 'Tür'), 'latin1');
    await using server = await TestServer.start((response) => void response.end(body));
    assert.deepEqual(
      (await clientOf(server).smartlocks()).items.map(({ name }) => name),
      ['T\uFFFDr'],
    );
  });

  /** What a read makes of an answer that needs no network. */
  const read = async (body: string | ReadableStream | null, init: ResponseInit): Promise<unknown> => {
    const services: HttpServices = {
      fetch: () => Promise.resolve(new Response(body, init)),
      clock: systemClock,
      random: () => 0,
    };
    return await createHttp(token, services).read('/account', (json) => json);
  };
  const as = (type: string): ResponseInit => ({ headers: { 'content-type': type } });

  it('is understood when it comes byte by byte, and when it ends within a letter', async () => {
    const byByte = (bytes: Uint8Array) => ReadableStream.from(Array.from(bytes, (byte) => Uint8Array.of(byte)));
    const letters = Buffer.from('\uFEFF["Tür 🏠"]');
    assert.deepEqual(await read(byByte(letters), as('application/json')), ['Tür 🏠']);
    const failure = await failureOf(read(byByte(Buffer.from('[]ü').subarray(0, -1)), as('application/json')));
    assert.deepEqual([failure?.reason, failure?.path], ['unexpectedAnswer', 'json']);
  });

  it('is JSON by its kind or by how it begins', async () => {
    assert.equal(await read('42', as('application/json')), 42);
    assert.deepEqual(await read(' \n[1]', as('text/plain')), [1]);
    assert.deepEqual(await read('{"a":1}', as('')), { a: 1 });
    assert.deepEqual(await read('["a\uFEFF"]', as('application/json')), ['a\uFEFF']);
    for (const [body, type] of [
      ['42', 'text/plain'],
      ['"[1]"', 'text/html'],
      ['1 [2]', ''],
    ] as const) {
      const error = await failureOf(read(body, as(type)));
      assert.deepEqual([error?.reason, error?.status], ['intercepted', 200], body);
    }
    const error = await failureOf(read('[1', as('application/json')));
    assert.deepEqual([error?.reason, error?.path], ['unexpectedAnswer', 'json']);
  });

  for (const [status, reason] of [
    [201, 'unexpectedAnswer'],
    [204, 'unexpectedAnswer'],
    [300, 'redirected'],
    [304, 'unexpectedAnswer'],
    [399, 'redirected'],
    [418, 'rejected'],
    [451, 'rejected'],
  ] as const) {
    it(`${status} is "${reason}", and says which status it was`, async () => {
      const error = await failureOf(read(null, { status, headers: { 'retry-after': '60' } }));
      assert.deepEqual([error?.reason, error?.status], [reason, status]);
    });
  }

  it('says that it has to wait, and nothing where it has not', async () => {
    const clock = new FakeClock();
    for (const status of [400, 429]) {
      const services: HttpServices = {
        fetch: () => Promise.resolve(new Response(null, { status, headers: { 'retry-after': '60' } })),
        clock,
        random: () => 0,
      };
      const http = createHttp(token, services);
      await failureOf(http.read('/account', (json) => json));
      const retryAt = status === 429 ? clock.now() + 60_000 : undefined;
      assert.equal((await failureOf(http.write('POST', '/account/user')))?.retryAt, retryAt);
    }
  });

  it('asks for JSON, follows nothing and brings no cookies', async () => {
    const asked: Request[] = [];
    const services: HttpServices = {
      fetch: (input, init) => {
        asked.push(new Request(input, init));
        return Promise.resolve(new Response('[]'));
      },
      clock: systemClock,
      random: () => 0,
    };
    await createHttp(token, services).read('/account', (json) => json, { query: { limit: 1 } });
    const [request] = asked;
    assert.ok(request);
    assert.equal(request.url, 'https://api.nuki.io/account?limit=1');
    // VS Code leaves `manual` to Node's network stack, whatever its setting `http.electronFetch` says.
    assert.deepEqual([request.redirect, request.credentials, request.cache], ['manual', 'omit', 'no-store']);
    assert.equal(request.headers.get('accept'), 'application/json');
  });

  it('understands a compressed list, and an empty one', async () => {
    await using server = await TestServer.start((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(list));
    });
    assert.equal((await clientOf(server).smartlocks()).items.length, 1);
    await using empty = await TestServer.start(answer(200, '[]'));
    assert.deepEqual(await clientOf(empty).smartlocks(), { items: [], unreadable: [] });
  });

  it('an id that JavaScript would round is unreadable, with the digits that the API sent', async () => {
    const odd = list.replace(String(lockId), '9007199254740993');
    await using server = await TestServer.start(answer(200, `[${odd.slice(1, -1)},${list.slice(1, -1)}]`));
    const { items, unreadable } = await clientOf(server).smartlocks();
    assert.deepEqual(
      items.map(({ smartlockId }) => smartlockId),
      [lockId],
    );
    assert.deepEqual(unreadable, [{ index: 0, id: '9007199254740993', problem: 'smartlockId', type: 4 }]);
  });

  for (const [number, id] of [
    ['9007199254740991', undefined],
    ['9007199254740992', '9007199254740992'],
    ['9223372036854775808', '9223372036854775808'],
    ['1e20', '100000000000000000000'],
  ] as const) {
    it(`the id ${number} is ${id === undefined ? 'the last that is read' : 'unreadable'}`, async () => {
      await using server = await TestServer.start(answer(200, list.replace(String(lockId), number)));
      const { items, unreadable } = await clientOf(server).smartlocks();
      assert.equal(items.length, id === undefined ? 1 : 0);
      assert.equal(unreadable[0]?.id, id);
    });
  }

  it('has one deadline for headers and body together', async () => {
    await using server = await TestServer.start((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    const waited = startWaitingTime();
    const error = await failureOf(clientOf(server, short).smartlocks());
    assert.equal(error?.reason, 'timeout');
    assert.ok(waited() < 3 * short.read + 500);
  });

  it('is given up when the body grows over 64 MiB', async () => {
    const megabyte = new Uint8Array(2 ** 20).fill(32);
    const sent = { megabytes: 0 };
    const body = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull: (stream) => {
          sent.megabytes += 1;
          stream.enqueue(megabyte);
        },
      });
    const endless: HttpServices['fetch'] = () =>
      Promise.resolve(new Response(body(), { headers: { 'content-type': 'application/json' } }));
    const services: HttpServices = { fetch: endless, clock: systemClock, random: () => 0 };
    const error = await failureOf(createClient(token, services).smartlocks());
    assert.equal(error?.reason, 'unexpectedAnswer');
    assert.deepEqual([error.status, error.path], [200, 'size']);
    assert.ok(sent.megabytes >= 65 && sent.megabytes < 70, `${sent.megabytes} MiB were taken`);
  });

  it('is given up when a small answer unpacks to more than 64 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(65 * 2 ** 20, ' '));
    assert.ok(bomb.length < 2 ** 17);
    await using server = await TestServer.start((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    const error = await failureOf(clientOf(server).smartlocks());
    assert.deepEqual([error?.reason, error?.path], ['unexpectedAnswer', 'size']);
  });

  it('understands a list after thousands of answers that are none yet', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n'.repeat(5_000);
    await using server = await TestServer.start((response) => {
      response.socket?.write(`${early}HTTP/1.1 200 OK\r\ncontent-length: ${list.length}\r\n\r\n${list}`);
    });
    assert.equal((await clientOf(server).smartlocks()).items.length, 1);
  });

  it('is cancelled by its signal, before it begins and under way', async () => {
    await using server = await TestServer.start(() => undefined);
    const client = clientOf(server);
    assert.equal((await failureOf(client.smartlocks({ signal: AbortSignal.abort() })))?.reason, 'cancelled');
    assert.equal(server.seen.length, 0);
    const stop = new AbortController();
    const reading = failureOf(client.smartlocks({ signal: stop.signal }));
    while (server.seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 5)); // until it is under way
    stop.abort();
    assert.equal((await reading)?.reason, 'cancelled');
    assert.equal(server.seen.length, 1);
  });

  it('asks for what each method says, with the query that the API knows', async () => {
    await using server = await TestServer.start((response, request, attempt) => {
      const path = request.url ?? '';
      const one = path === '/account' ? { accountId: 7, name: 'Anna' } : lockJson();
      const bodies = path.endsWith('/auth') ? [codeJson()] : path.includes('/log') ? [{ id: 'a', action: 1 }] : one;
      answer(200, JSON.stringify(bodies))(response, request, attempt);
    });
    const client = clientOf(server);
    assert.deepEqual(await client.account(), { accountId: 7, name: 'Anna' });
    assert.equal((await client.smartlock(lockId)).name, 'Front door');
    assert.equal((await client.authorizations(lockId)).items[0]?.name, 'Cleaner');
    assert.equal((await client.activity(lockId, 10)).items[0]?.id, 'a');
    assert.deepEqual(
      server.seen.map(({ method, path }) => `${method} ${path}`),
      [
        'GET /account',
        `GET /smartlock/${lockId}`,
        `GET /smartlock/${lockId}/auth`,
        `GET /smartlock/${lockId}/log?limit=10`,
      ],
    );
  });
});

describe('a redirect', () => {
  for (const status of redirects) {
    for (const where of ['the same host', 'another host'] as const) {
      it(`${status} to ${where} is refused, for a read and for a write`, async () => {
        await using second = await TestServer.start(answer(200, list));
        await using first = await TestServer.start((response) => {
          const target = where === 'another host' ? second.url : '';
          response.writeHead(status, { location: `${target}/elsewhere` });
          response.end();
        });
        const client = clientOf(first);
        assert.equal((await failureOf(client.smartlocks()))?.reason, 'redirected');
        assert.equal((await failureOf(client.act(lockId, 1)))?.reason, 'redirected');
        assert.deepEqual(
          first.seen.map(({ method }) => method),
          ['GET', 'POST'],
        );
        assert.ok(first.seen.every(({ path }) => path !== '/elsewhere'));
        assert.deepEqual(second.seen, []);
      });
    }
  }
});

describe('the address', () => {
  it('is https://api.nuki.io for everything that is asked', async () => {
    await using server = await TestServer.start(answer(500));
    const client = clientOf(server);
    await Promise.all(
      [client.account(), client.smartlocks(), client.smartlock(lockId), client.authorizations(lockId)].map(failureOf),
    );
    await failureOf(client.act(lockId, 1));
    assert.ok(server.asked.length >= 5);
    assert.ok(server.asked.every((url) => url.startsWith('https://api.nuki.io/')));
    assert.ok(server.asked.every((url) => !url.includes(token)));
  });

  for (const path of [
    '//evil.test/x',
    'https://evil.test/x',
    '/smartlock/../account',
    '/smartlock/./1',
    '/smartlock/%2e%2e/account',
    '\\\\evil.test\\x',
    '/a b',
    '/smartlock?x=1',
    '/smartlock#x',
    '',
  ]) {
    it(`is not what ${JSON.stringify(path)} would make of it`, async () => {
      await using server = await TestServer.start(answer(200, '[]'));
      const http = createHttp(token, server.services);
      assert.equal((await failureOf(http.read(path, (json) => json)))?.reason, 'unsupportedId');
      assert.equal((await failureOf(http.write('DELETE', path)))?.reason, 'unsupportedId');
      assert.deepEqual(server.asked, []);
    });
  }

  for (const id of [0, -1, 1.5, 2 ** 53, Number.NaN, Infinity]) {
    it(`never has the id ${id} in it`, async () => {
      await using server = await TestServer.start(answer(200, '[]'));
      const client = clientOf(server);
      for (const call of [client.smartlock(id), client.authorizations(id), client.activity(id, 5), client.act(id, 1)]) {
        assert.equal((await failureOf(call))?.reason, 'unsupportedId');
      }
      assert.deepEqual(server.asked, []);
    });
  }
});

describe('what an error says', () => {
  const echoes: readonly [what: string, answers: Answer][] = [
    ...[200, 400, 401, 404, 500].map((status): [string, Answer] => [
      `a ${status} that echoes the token`,
      (response, request, attempt) =>
        answer(status, `{"detailMessage":"${foreignText} ${request.headers.authorization ?? ''}"}`)(
          response,
          request,
          attempt,
        ),
    ]),
    ['HTML that echoes the token', answer(200, `<html>${foreignText} ${token}`, { 'content-type': 'text/html' })],
    ['JSON with the token that is cut off', answer(200, `["${foreignText} ${token}`)],
    ['a header with the token', answer(429, '', { 'retry-after': token, 'x-foreign': foreignText })],
    ['a redirect to the token', answer(302, '', { location: `https://evil.test/${token}/${foreignText}` })],
    ['a status text', (response) => response.writeHead(418, `${foreignText} ${token}`).end()],
    ['a reset', (response) => response.destroy()],
    ['no answer', () => undefined],
  ];
  for (const [what, answers] of echoes) {
    it(`holds neither the token nor a foreign text after ${what}`, async () => {
      await using server = await TestServer.start(answers);
      const client = clientOf(server, short);
      const errors = [await failureOf(client.smartlocks()), await failureOf(client.act(lockId, 1))];
      assert.ok(errors.some((error) => error !== undefined));
      for (const error of errors.filter((one) => one !== undefined)) {
        const everything = `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`;
        assert.ok(!everything.includes(token) && !everything.includes('canary'), error.message);
        assert.ok(!everything.includes(foreignText), error.message);
      }
    });
  }

  it('holds no text of a fetch that fails with the token in its error, and no cause', async () => {
    const failing: HttpServices['fetch'] = () =>
      Promise.reject(new TypeError(`fetch failed for ${token}`, { cause: new Error(`${foreignText} ${token}`) }));
    const services: HttpServices = { fetch: failing, clock: systemClock, random: () => 0 };
    const error = await failureOf(createClient(token, services).act(lockId, 1));
    assert.equal(error?.message, 'network');
    assert.equal(error.cause, undefined);
    assert.ok(!error.stack?.includes(token));
  });

  for (const [sign, reason] of [
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate'],
    ['ENOTFOUND', 'network'],
    ['ECONNREFUSED', 'network'],
    ['EHOSTUNREACH', 'network'],
    ['UND_ERR_SOCKET', 'network'],
  ] as const) {
    it(`${sign} is "${reason}", ${reason === 'network' ? 'tried three times' : 'never tried again'}`, async () => {
      const attempts: string[] = [];
      const failing: HttpServices['fetch'] = (input, init) => {
        attempts.push(new Request(input, init).method);
        return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: sign }) }));
      };
      const client = createClient(token, { fetch: failing, clock: systemClock, random: () => 0 });
      assert.equal((await failureOf(client.smartlocks()))?.reason, reason);
      assert.equal(attempts.length, reason === 'network' ? 3 : 1);
      assert.equal((await failureOf(client.act(lockId, 1)))?.reason, reason);
      assert.equal(attempts.filter((method) => method === 'POST').length, 1);
    });
  }
});

describe('the line about a request that failed', () => {
  /** What is asked of a client whose requests each take 700 ms and end as `fetch` says, and the lines about it. */
  const linesOf = async (
    fetch: HttpServices['fetch'],
    ask: (client: NukiClient) => Promise<unknown> = (client) => client.account(),
    deadlines?: Deadlines,
  ): Promise<readonly string[]> => {
    const lines: string[] = [];
    const clock = new FakeClock();
    const services: HttpServices = {
      fetch: (...request) => {
        clock.jump(700);
        return fetch(...request);
      },
      clock,
      random: () => 0,
      logFailure: (line) => lines.push(line),
    };
    assert.ok(await failureOf(ask(createClient(token, services, deadlines))));
    return lines;
  };
  const causedBy = (fields: object) => (): Promise<Response> => {
    const cause = Object.assign(new Error(`${foreignText} ${token}`), fields);
    return Promise.reject(new TypeError(`fetch failed for ${token}`, { cause }));
  };
  const answered = (status: number, body: string | null) => (): Promise<Response> =>
    Promise.resolve(new Response(body, { status }));

  it('names the code, the host and how long it took, one line for all attempts, and no id', async () => {
    const unresolved = causedBy({ code: 'ENOTFOUND', hostname: 'proxy.example' });
    assert.deepEqual(await linesOf(unresolved), ['GET /account failed: network, ENOTFOUND proxy.example, 2100 ms']);
    assert.deepEqual(await linesOf(unresolved, (client) => client.act(lockId, 3)), [
      'POST /smartlock/…/action failed: network, ENOTFOUND proxy.example, 700 ms',
    ]);
    assert.deepEqual(await linesOf(unresolved, (client) => client.activity(lockId, 10)), [
      'GET /smartlock/…/log failed: network, ENOTFOUND proxy.example, 2100 ms',
    ]);
  });

  it('holds neither the token nor a text of others', async () => {
    const lines = await linesOf(causedBy({ code: `E ${token}`, hostname: `${foreignText} ${token}` }));
    assert.deepEqual(lines, ['GET /account failed: network, api.nuki.io, 2100 ms']);
  });

  for (const code of ['ECONNREFUSED', 'CERT_HAS_EXPIRED', 'UND_ERR_CONNECT_TIMEOUT', 'DEPTH_ZERO_SELF_SIGNED_CERT']) {
    it(`names ${code}`, async () => {
      const [line = ''] = await linesOf(causedBy({ code }), (client) => client.act(lockId, 3));
      assert.match(line, new RegExp(`: (network|certificate), ${code} api\\.nuki\\.io, 700 ms$`));
    });
  }

  for (const [what, status, body, told] of [
    ['a refusal', 401, '{"detailMessage":"no"}', 'unauthorized 401'],
    ['a page of something in between', 403, `<html>${foreignText}</html>`, 'intercepted 403'],
    ['an answer that is no JSON', 200, '[{', 'unexpectedAnswer json'],
    ['an answer without what is needed', 200, `{"name":"${foreignText}"}`, 'unexpectedAnswer accountId'],
    ['another status than 200', 206, '{}', 'unexpectedAnswer 206'],
  ] as const) {
    it(`says that there was ${what}`, async () => {
      assert.deepEqual(await linesOf(answered(status, body)), [`GET /account failed: ${told}, api.nuki.io, 700 ms`]);
    });
  }

  it('says that a write found no answer in time', async () => {
    const lines = await linesOf(
      (_input, init) =>
        new Promise((_answer, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        }),
      (client) => client.act(lockId, 3),
      { read: 120, write: 699 },
    );
    assert.deepEqual(lines, ['POST /smartlock/…/action failed: timeout, api.nuki.io, 700 ms']);
  });

  it('is not written of what is not asked during a pause', async () => {
    const lines = await linesOf(answered(429, null), async (client) => {
      await failureOf(client.account());
      await client.account();
    });
    assert.deepEqual(lines, ['GET /account failed: rateLimited 429, api.nuki.io, 700 ms']);
  });

  it('is not written of what the user has given up', async () => {
    const fetch: HttpServices['fetch'] = async (input, init) => {
      new Request(input, init).signal.throwIfAborted();
      return Response.json({});
    };
    assert.deepEqual(await linesOf(fetch, (client) => client.account({ signal: AbortSignal.abort() })), []);
  });
});
