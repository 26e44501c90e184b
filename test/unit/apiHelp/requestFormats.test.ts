import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { requestFormats } from '../../../src/apiHelp/requestFormats.ts';
import * as requests from '../../../src/nuki/http/requests.ts';
import { authorization, now, sampleRequests, smartlockId } from '../nuki/http/sampleRequests.ts';

/** What a POSIX shell makes of a command line. */
function argumentsOf(command: string): readonly string[] {
  const script = command.replace(/^curl /, 'printf "%s\\0" ');
  const env = { ...process.env, NUKI_TOKEN: 'the-token' };
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a request as curl', () => {
  for (const request of sampleRequests) {
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
        const request = requests.replaceAuthorization(smartlockId, { ...authorization, name }, now);
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
      requestFormats.http(requests.act(smartlockId, 3), 'Front Door: Unlatch'),
      [
        '### Front Door: Unlatch',
        `POST https://api.nuki.io/smartlock/${smartlockId}/action`,
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
    const text = requestFormats.http(
      requests.replaceAuthorization(smartlockId, { ...authorization, name }, now),
      'Update',
    );
    assert.equal(text.split('{{').length, 2);
    const body: unknown = JSON.parse(text.slice(text.indexOf('\n\n')));
    assert.equal(Reflect.get(Object(body), 'name'), name);
  });
});

describe('a request as fetch', () => {
  for (const request of sampleRequests) {
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
      for (const request of sampleRequests) {
        const text = format(request, 'Front Door');
        assert.doesNotMatch(text, /[\p{Cf}\u2028\u2029]/u);
        assert.match(text, /NUKI_TOKEN/);
        assert.doesNotMatch(text, /\b[1-9]{6}\b/);
      }
    });
  }
});
