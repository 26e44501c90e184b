import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

/** What no source may have, each with examples. */
const bans: readonly [what: string, pattern: RegExp, examples: readonly string[]][] = [
  [
    'Markdown that is trusted with every command, or HTML',
    /isTrusted\s*[:=](?!\s*\{ enabledCommands: hoverCommands \};)|supportHtml|enabledCommands:(?! hoverCommands \})/,
    [
      'words.isTrusted = true',
      'words.isTrusted = { enabledCommands: [id] };',
      '{ isTrusted: true }',
      'words.supportHtml = true',
    ],
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
    'web view that can run commands, or lives on unseen',
    /enableCommandUris|retainContextWhenHidden/,
    ['{ enableCommandUris: true }', '{ retainContextWhenHidden: true }'],
  ],
  [
    'way in for web pages',
    /registerUriHandler|\bonUri\b/,
    ['window.registerUriHandler({ handleUri: open })', '"onUri"'],
  ],
  [
    'way in for language models',
    /\blm\.|registerTool|registerMcp|createChatParticipant/,
    ['lm.tools', 'registerTool(open)', 'registerMcpServerDefinitionProvider()', 'createChatParticipant()'],
  ],
  [
    'way for a token, or for what the user does, to leave us',
    /registerAuthenticationProvider|createTelemetryLogger/,
    ['registerAuthenticationProvider()', 'createTelemetryLogger()'],
  ],
  ['copy of the accounts in the cloud', /setKeysForSync/, ['globalState.setKeysForSync([key])']],
  [
    'option of TLS or of a proxy, but for a look at it',
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
  ['variable of a module', /^(export )?(let|var)\b/m, ['let open = false', 'export var open']],
];

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(`src/${name}`, 'utf8') }));

describe('the sources', () => {
  it('were found', () => assert.ok(sources.length > 100));

  for (const [what, pattern] of bans) {
    it(`have no ${what}`, () => {
      assert.deepEqual(
        sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name),
        [],
      );
    });
  }

  it('are told from what they may not have, each word of it', () => {
    for (const [what, , examples] of bans) {
      for (const example of examples) {
        const found = bans.filter(([, pattern]) => pattern.test(example)).map(([name]) => name);
        assert.deepEqual(found, [what], example);
      }
    }
  });

  it('are checked strictly by the compiler', () => {
    assert.match(readFileSync('tsconfig.json', 'utf8'), /^ {4}"strict": true,$/m);
  });

  it('write Markdown in one place, where only marks, icons, links to rows and blanks are written', () => {
    const writers = sources.filter(({ text }) => /appendMarkdown|isTrusted|new MarkdownString\((?!\))/.test(text));
    assert.deepEqual(
      writers.map(({ name }) => name),
      ['views/hover/markdown.ts'],
    );
    const [{ text } = assert.fail()] = writers;
    const written = [...text.matchAll(/appendMarkdown\((.*)\);$/gm)].map(([, what]) => what);
    assert.equal(written.length, text.match(/appendMarkdown/g)?.length);
    assert.deepEqual(
      new Set(written),
      new Set([
        "' '",
        "' · '",
        "'**'",
        "'['",
        "'\\n\\n'",
        "'\\n\\n---\\n\\n'",
        "'  \\n'",
        '`  \\n$(${icon}) `',
        '`&#${part.charCodeAt(0)};`',
        '`](command:${command}?${encodeURIComponent(JSON.stringify([row]))})`',
      ]),
    );
  });

  it('have Nuki wake a lock only for a command or the form, where the user asks for it', () => {
    assert.deepEqual(
      sources
        .filter(({ name, text }) => !name.startsWith('simulator/') && /\.sync\(/.test(text))
        .map(({ name }) => name)
        .toSorted(),
      ['commands/devices.ts', 'commands/openForm.ts', 'webview/host/formSending.ts'],
    );
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
