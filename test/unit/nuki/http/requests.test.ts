import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { requestFormats } from '../../../../src/apiHelp/requestFormats.ts';
import * as requests from '../../../../src/nuki/http/requests.ts';
import type { ApiRequest } from '../../../../src/nuki/http/requests.ts';
import { routes } from '../../../../src/simulator/api.ts';
import { matchPath } from '../../../../src/simulator/routes.ts';

const id = 21_913_877_581;
const authorization: Authorization = {
  id: '5f2b7d0e9c1a4e0012ab34cd',
  type: 13,
  name: "Anna's \u202Ecode `x`",
  enabled: true,
  remoteAllowed: false,
  allowedWeekDays: 124,
  operationId: false,
};
const all: readonly ApiRequest[] = [
  requests.readDevice(id),
  requests.readAuthorizations(id),
  requests.readAuthorization(id, authorization.id),
  requests.readActivity(id),
  requests.act(id, 1),
  requests.sync(id),
  requests.replaceAuthorization(id, authorization),
  requests.deleteAuthorization(id, authorization.id),
];

/** What a POSIX shell makes of a command line. */
function argumentsOf(command: string): readonly string[] {
  const script = command.replace(/^curl /, 'printf "%s\\0" ');
  const env = { ...process.env, NUKI_TOKEN: 'the-token' };
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a request of the Web API', () => {
  it('is one that the API has', () => {
    for (const { method, path } of all) {
      const [pathname = ''] = path.split('?');
      assert.ok(
        routes.some((route) => route.method === method && matchPath(route.path, pathname)),
        `${method} ${path}`,
      );
    }
  });

  it('that replaces an authorization holds every field that is known, and its code masked', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(requests.replaceAuthorization(id, authorization).body)), {
      name: authorization.name,
      enabled: true,
      remoteAllowed: false,
      code: '******',
      allowedWeekDays: 124,
    });
  });

  it('is not made of ids that may not go into a URL', () => {
    for (const wrong of [0, -1, 1.5, 2 ** 53, Number.NaN]) assert.throws(() => requests.readDevice(wrong));
    for (const wrong of ['', '../account', 'x'.repeat(24)]) assert.throws(() => requests.readAuthorization(id, wrong));
  });
});

describe('a request as curl', () => {
  for (const request of all) {
    it(`${request.method} ${request.path.replace(/\d+/, '…')} reaches curl as it is meant`, () => {
      const args = argumentsOf(requestFormats.curl(request, 'x'));
      assert.ok(args.includes(`https://api.nuki.io${request.path}`));
      assert.ok(args.includes('Authorization: Bearer the-token'));
      assert.equal(args.includes('-X'), request.method !== 'GET');
      if (request.method !== 'GET') assert.equal(args[args.indexOf('-X') + 1], request.method);
      if (request.body) {
        const sent: unknown = JSON.parse(args[args.indexOf('--data-raw') + 1] ?? '');
        assert.deepEqual(sent, JSON.parse(JSON.stringify(request.body)));
      }
    });
  }

  it('never runs a part of a name', () => {
    const names = fc.string({
      unit: fc.constantFrom("'", '"', '`', '$', '(', ')', ';', '\\', '\n', ' ', 'x', '!', '\u202E'),
    });
    fc.assert(
      fc.property(names, (name) => {
        const request = requests.replaceAuthorization(id, { ...authorization, name });
        const args = argumentsOf(requestFormats.curl(request, 'x'));
        const sent: unknown = JSON.parse(args.at(-1) ?? '');
        assert.deepEqual(sent, JSON.parse(JSON.stringify(request.body)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a request as an HTTP file', () => {
  it('has a title, the request line, the token of the environment and the body', () => {
    assert.equal(
      requestFormats.http(requests.act(id, 3), 'Front Door: Unlatch'),
      [
        '### Front Door: Unlatch',
        `POST https://api.nuki.io/smartlock/${id}/action`,
        'Authorization: Bearer {{$processEnv NUKI_TOKEN}}',
        'Content-Type: application/json',
        '',
        '{',
        '  "action": 3',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('has no variable in it but that of the token, whatever an authorization is called', () => {
    const name = '{{{$processEnv NUKI_TOKEN}}';
    const text = requestFormats.http(requests.replaceAuthorization(id, { ...authorization, name }), 'Update');
    assert.equal(text.split('{{').length, 2);
    const body: unknown = JSON.parse(text.slice(text.indexOf('\n\n')));
    assert.equal(Reflect.get(Object(body), 'name'), name);
  });
});

describe('a request as fetch', () => {
  for (const request of all) {
    it(`${request.method} ${request.path.replace(/\d+/, '…')} asks what it is meant to`, () => {
      const asked: [string, RequestInit?][] = [];
      const fetch = (...call: [string, RequestInit?]): void => void asked.push(call);
      const services = { fetch, process: { env: { NUKI_TOKEN: 'the-token' } } };
      runInNewContext(`(async () => { ${requestFormats.fetch(request, 'x')} })()`, services);
      const [[url, init] = []] = asked;
      assert.equal(url, `https://api.nuki.io${request.path}`);
      assert.equal(init?.method ?? 'GET', request.method);
      assert.equal(new Headers(init?.headers).get('authorization'), 'Bearer the-token');
      const sent: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
      assert.deepEqual(sent, request.body && JSON.parse(JSON.stringify(request.body)));
    });
  }
});

describe('every format', () => {
  for (const [name, format] of Object.entries(requestFormats)) {
    it(`${name} shows every character, and neither a token nor a code`, () => {
      for (const request of all) {
        const text = format(request, 'Front Door');
        assert.doesNotMatch(text, /[\p{Cf}\u2028\u2029]/u);
        assert.match(text, /NUKI_TOKEN/);
        assert.doesNotMatch(text, /\b[1-9]{6}\b/);
      }
    });
  }
});
