import * as fc from 'fast-check';

/** A request in bytes, and whether its connection may go on after it. */
export interface FuzzedRequest {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

interface Known {
  /** Their paths have parameters in braces. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  /** Values that such a parameter may have. */
  readonly ids: readonly string[];
  /** Names of queries and of fields. */
  readonly names: readonly string[];
  readonly token: string;
}

const oddTexts = ['', '0', '-1', '1e400', 'NaN', 'null', '%00', '%ff', '%zz', '..', '__proto__', 'ä', 'x'.repeat(3000)];
const oddValues = [null, true, -1, 0, 1.5, 2 ** 53, -(2 ** 63), '', '-1', 'x'.repeat(40), '\0', '\ud800', [], {}, [[]]];
const dates = ['2026-11-26T09:20:00.000Z', '2026-11-26', '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00.001Z', '0'];
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'];

/** Requests for a server on `port`: some nearly right, some of any bytes. */
export function anyRequest(port: number, known: Known): fc.Arbitrary<FuzzedRequest> {
  const rarely = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
    fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });
  const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const text = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ unit: anyUnit, maxLength: 30 }));
  const headerText = fc.oneof(fc.constantFrom('', 'ä', 'null', '%00', 'x'.repeat(3000)), fc.string({ maxLength: 30 }));
  const parameter = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...known.ids) },
    { weight: 1, arbitrary: text.map((value) => encode(value)) },
  );
  const target = fc
    .record({
      method: rarely(fc.constant(undefined), fc.constantFrom(...methods)),
      route: fc.constantFrom(...known.routes),
      parameters: fc.array(parameter, { minLength: 4, maxLength: 4 }),
      path: rarely(
        fc.constant(undefined),
        text.map((value) => `/${encode(value)}`),
      ),
    })
    .map(({ method, route, parameters, path }) => ({
      method: method ?? route.method,
      path: path ?? route.path.replaceAll(/\{\w+\}/g, () => parameters.pop() ?? ''),
    }));
  const value = fc.oneof(
    fc.constantFrom(...oddValues, ...dates, ...known.ids),
    fc.constantFrom(...known.ids).map(Number),
    fc.integer({ min: -2, max: 300 }),
    fc.integer({ min: 111_111, max: 999_999 }),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const query = fc
    .array(fc.tuple(fc.constantFrom(...known.names), value), { maxLength: 3 })
    .map((pairs) => pairs.map(([name, of]) => `${name}=${encode(typeof of === 'string' ? of : JSON.stringify(of))}`))
    .map((pairs) => (pairs.length > 0 ? `?${pairs.join('&')}` : ''));
  const object = fc
    .array(fc.tuple(rarely(fc.constantFrom(...known.names), text), value), { maxLength: 8 })
    .map((fields) => Object.fromEntries(fields));
  const body = fc.oneof(
    { weight: 5, arbitrary: object.map((of) => JSON.stringify(of)) },
    { weight: 2, arbitrary: fc.array(object, { maxLength: 3 }).map((of) => JSON.stringify(of)) },
    { weight: 1, arbitrary: value.map((of) => JSON.stringify(of)) },
    { weight: 1, arbitrary: text },
    { weight: 1, arbitrary: fc.constantFrom('{"a":', '['.repeat(5000), `{"action":${'9'.repeat(400)}}`, '\ufeff{}') },
    { weight: 3, arbitrary: fc.constant('') },
  );
  const header = fc.oneof(
    fc.constantFrom(
      'Origin: null',
      'Expect: 100-continue',
      'Upgrade: h2c',
      'Range: bytes=0-1',
      'Authorization: Basic eA==',
    ),
    fc
      .tuple(fc.string({ minLength: 1, maxLength: 20 }), headerText)
      .map(([name, of]) => `${name.replaceAll(/[^a-z]/gi, 'x')}: ${of}`),
  );
  const whole = fc
    .record({
      target,
      query,
      host: rarely(fc.constant(`127.0.0.1:${port}`), headerText),
      authorization: rarely(fc.constant(`Bearer ${known.token}`), headerText),
      headers: fc.array(header, { maxLength: 2 }),
      body,
      chunked: fc.boolean(),
    })
    .map(({ target: { method, path }, query: asked, host, authorization, headers, body: sent, chunked }) => {
      const bytes = Buffer.from(sent);
      const framed =
        chunked && bytes.length > 0 ? [`${bytes.length.toString(16)}\r\n`, bytes, '\r\n0\r\n\r\n'] : [bytes];
      const head = [
        `${method} ${path}${asked} HTTP/1.1`,
        `Host: ${host}`,
        `Authorization: ${authorization}`,
        ...headers,
        chunked && bytes.length > 0 ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes.length}`,
      ];
      return Buffer.concat([
        Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'),
        ...framed.map((part) => Buffer.from(part)),
      ]);
    });
  const broken = fc.oneof(
    fc.tuple(whole, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % bytes.length)),
    fc
      .tuple(whole, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 }))
      .map(([bytes, changes]) => {
        const changed = Buffer.from(bytes);
        for (const [at, to] of changes) changed[at % changed.length] = to;
        return changed;
      }),
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  return fc.oneof(
    { weight: 7, arbitrary: whole.map((bytes) => ({ bytes, isWhole: true })) },
    { weight: 3, arbitrary: broken.map((bytes) => ({ bytes, isWhole: false })) },
  );
}

function encode(text: string): string {
  return text.startsWith('%') ? text : encodeURIComponent(text.toWellFormed());
}
