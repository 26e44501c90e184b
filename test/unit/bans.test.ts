import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { measured } from '../hardening/figures.ts';

/** What no source may have, each with examples. */
const bans: readonly [what: string, pattern: RegExp, examples: readonly string[]][] = [
  [
    'Markdown that is trusted, or HTML',
    /isTrusted|supportHtml|appendMarkdown/,
    ['words.isTrusted = true', 'words.supportHtml = true', 'words.appendMarkdown(name)'],
  ],
  [
    'text that becomes elements',
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/,
    ['row.innerHTML = name', 'row.outerHTML', 'row.insertAdjacentHTML()', 'document.write(name)', 'new DOMParser()'],
  ],
  [
    'text that is run',
    /\beval\(|new Function\b|\bset(Timeout|Interval)\(\s*['"`]/,
    ['eval(name)', 'new Function(name)', 'setTimeout("open()")', 'setInterval(`open()`)'],
  ],
  [
    'programs and servers of our own',
    /child_process|createServer|worker_threads/,
    ["from 'node:child_process'", 'createServer()', "from 'node:worker_threads'"],
  ],
  [
    'a web view that can run commands, or lives on unseen',
    /enableCommandUris|retainContextWhenHidden/,
    ['{ enableCommandUris: true }', '{ retainContextWhenHidden: true }'],
  ],
  [
    'a way in for web pages',
    /registerUriHandler|\bonUri\b/,
    ['window.registerUriHandler({ handleUri: open })', '"onUri"'],
  ],
  [
    'a way in for language models',
    /\blm\.|registerTool|registerMcp|createChatParticipant/,
    ['lm.tools', 'registerTool(open)', 'registerMcpServerDefinitionProvider()', 'createChatParticipant()'],
  ],
  [
    'a way for a token, or for what somebody does, to leave us',
    /registerAuthenticationProvider|createTelemetryLogger/,
    ['registerAuthenticationProvider()', 'createTelemetryLogger()'],
  ],
  ['a copy of the accounts in the cloud', /setKeysForSync/, ['globalState.setKeysForSync([key])']],
  [
    'an option of TLS or of a proxy, but for a look at it',
    /rejectUnauthorized|NODE_TLS|proxyStrictSSL['"]?\s*[,:=\]]|\bAgent\(|https\.Agent/,
    [
      '{ rejectUnauthorized: false }',
      "process.env['NODE_TLS_REJECT_UNAUTHORIZED']",
      "http.update('proxyStrictSSL', false)",
      '{ proxyStrictSSL: false }',
      'new ProxyAgent(), new Agent()',
      'extends https.Agent',
    ],
  ],
  [
    'types that are switched off, or a rule without a reason',
    /@ts-|(\bas|:) any\b(?! [a-z])|<any>|oxlint-disable(?!.* -- )/,
    ['// @ts-ignore', 'name as any', 'name: any', 'Promise<any>', '// oxlint-disable-next-line no-eval'],
  ],
];

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(`src/${name}`, 'utf8') }));

const findings = bans.map(([what, pattern]) => ({
  what,
  files: sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name),
}));

describe('the sources', () => {
  for (const { what, files } of findings) {
    it(`have no ${what}`, () => assert.deepEqual(files, []));
  }

  it('are told from what they may not have, each word of it', () => {
    for (const [what, , examples] of bans) {
      for (const example of examples) {
        const found = bans.filter(([, pattern]) => pattern.test(example)).map(([name]) => name);
        assert.deepEqual(found, [what], example);
      }
    }
  });

  it('are checked strictly, in files enough', () => {
    const options = v.parse(
      v.object({ compilerOptions: v.object({ strict: v.literal(true) }) }),
      JSON.parse(readFileSync('tsconfig.json', 'utf8')),
    );
    const broken = findings.filter(({ files }) => files.length > 0).length;
    const figure = `${broken} of ${bans.length} bans broken in ${sources.length} files`;
    measured('G22', figure, broken === 0 && sources.length > 100 && options.compilerOptions.strict);
  });

  it('use fetch in one place', () => {
    const calls = sources.filter(({ text }) => /\bglobalThis\.fetch\b(?!;)|(?<![.\w])fetch\((?!api)/.test(text));
    assert.deepEqual(
      calls
        .map(({ name }) => name)
        .filter(
          (name) => !/^(extension|apiHelp\/requestFormats|nuki\/http\/(http|serverClock|requestLog))\.ts$/.test(name),
        ),
      [],
    );
  });
});
