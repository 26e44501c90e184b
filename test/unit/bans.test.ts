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
  ['threads of our own', /worker_threads/, ["from 'node:worker_threads'"]],
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

interface Source {
  readonly name: string;
  readonly text: string;
}

/** What of some sources starts a program, or listens, elsewhere or otherwise than it may. */
function programsAndServers(of: readonly Source[]): readonly string[] {
  return of.flatMap(({ name, text }) => {
    const inServer = name === 'server/server.ts';
    const listens = /createServer|\.listen\(|^import \{.*node:(net|https?|http2|tls|dgram)'/m.test(text);
    const addresses = text.match(/\[[^\]]*\] as const/g)?.join();
    const hosts = text.match(/\.listen\([^)]*/g)?.join();
    return [
      ...(text.includes('child_process') && name !== 'bin/command.ts' ? [`${name} starts programs`] : []),
      ...(listens && !inServer ? [`${name} listens`] : []),
      ...(inServer && addresses !== "['127.0.0.1', '::1'] as const" ? [`${name} listens at ${addresses}`] : []),
      ...(inServer && hosts !== '.listen({ port, host: address, exclusive: true }, (' ? [`${name}: ${hosts}`] : []),
    ];
  });
}

const sources: readonly Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
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

  it('listen in one place, where only this computer reaches them, and start programs for the command line alone', () => {
    assert.deepEqual(programsAndServers(sources), []);
  });

  it('are told from those that listen elsewhere, or start programs', () => {
    const server = sources.find(({ name }) => name === 'server/server.ts') ?? assert.fail();
    for (const text of [
      'createServer()',
      'server.listen(0)',
      "import { Server } from 'node:net';",
      "import { createSocket } from 'node:dgram';",
      "import { spawn } from 'node:child_process';",
    ]) {
      assert.equal(programsAndServers([{ name: 'server/another.ts', text }]).length, 1, text);
    }
    for (const [from, to] of [
      ["'::1'", "'::'"],
      ["'127.0.0.1'", "'0.0.0.0'"],
      ['host: address, ', ''],
      ['host: address', "host: '0.0.0.0'"],
    ] as const) {
      assert.ok(server.text.includes(from));
      assert.equal(programsAndServers([{ ...server, text: server.text.replace(from, to) }]).length, 1, to);
    }
  });

  it('are checked strictly by the compiler', () => {
    assert.match(readFileSync('tsconfig.json', 'utf8'), /^ {4}"strict": true,$/m);
  });

  it('write Markdown in one place, where only marks, icons, links to rows and blanks are written', () => {
    const writers = sources.filter(({ text }) =>
      /appendMarkdown|(?<!workspace\.)isTrusted|new MarkdownString\((?!\))/.test(text),
    );
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
      [
        'access/apply/addSteps.ts',
        'commands/authorizations/openForm.ts',
        'commands/sidebar/devices.ts',
        'webview/host/form/sending/formSending.ts',
      ],
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
