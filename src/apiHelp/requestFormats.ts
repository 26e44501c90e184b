import { origin } from '../nuki/http/paths.ts';
import type { ApiRequest } from '../nuki/http/requests.ts';

/** The programs that a request is written for. No format holds the token: each takes it from the environment variable NUKI_TOKEN. */
export type RequestFormat = 'curl' | 'http' | 'fetch';

/** Each writes a request, which holds no keypad code either: `replaceAuthorization` masks it. `title` is one line, for a heading. */
export const requestFormats: Readonly<Record<RequestFormat, (request: ApiRequest, title: string) => string>> = {
  curl: asCurl,
  http: asHttpFile,
  fetch: asFetch,
};

/** For a POSIX shell. */
function asCurl({ method, path, body }: ApiRequest): string {
  const parts = [
    method === 'GET' ? `curl ${quoted(origin + path)}` : `curl -X ${method} ${quoted(origin + path)}`,
    `-H "Authorization: Bearer $NUKI_TOKEN"`,
    ...(body ? [`-H 'Content-Type: application/json'`, `--data-raw ${quoted(jsonOf(body))}`] : []),
  ];
  return parts.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** For the extension REST Client and programs that read its files. There `{{` begins a variable, in a body too. */
function asHttpFile({ method, path, body }: ApiRequest, title: string): string {
  const head = [`### ${title}`, `${method} ${origin}${path}`, 'Authorization: Bearer {{$processEnv NUKI_TOKEN}}'];
  const withoutVariables = (json: string): string => json.replaceAll('{{', String.raw`{\u007b`);
  const content = body ? ['Content-Type: application/json', '', withoutVariables(jsonOf(body, 2))] : [];
  return `${[...head, ...content].join('\n')}\n`;
}

/** For Node, Deno and Bun. What becomes of the response is up to the user. */
function asFetch({ method, path, body }: ApiRequest): string {
  const headers = [
    '    Authorization: `Bearer ${process.env.NUKI_TOKEN}`,',
    ...(body ? [`    'Content-Type': 'application/json',`] : []),
  ];
  const lines = [
    `const response = await fetch('${origin}${path}', {`,
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    '  headers: {',
    ...headers,
    '  },',
    ...(body ? [`  body: JSON.stringify(${jsonOf(body, 2).replaceAll('\n', '\n  ')}),`] : []),
    '});',
  ];
  return lines.join('\n');
}

/** JSON in which characters that are invisible, or turn the direction of the line, are written as `\u…`. */
function jsonOf(body: NonNullable<ApiRequest['body']>, indent?: number): string {
  return JSON.stringify(body, undefined, indent).replace(
    /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu,
    (hidden) => (hidden === '\n' ? hidden : escaped(hidden)),
  );
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at);
    return String.raw`\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}
