// What Stryker cannot try: a promise of the manifest, of the package, of the page, of the linter or of how things are wired, a number, or a
// statement too many. Each is a text that stands once in a file, and what takes its place. run.ts tries them.

export interface Sabotage {
  /** What is then the case. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly instead: string;
  /** What must then fail: a test file, or a program that checks the sources. */
  readonly seenBy: `test/${string}.test.ts` | 'oxlint' | 'tsc';
  /** Of one test alone: others of its file may need packages that lie in the copy itself. */
  readonly title?: string;
}

export const sabotages: readonly Sabotage[] = [
  {
    name: 'A write that fails is sent again',
    file: 'src/nuki/http/http.ts',
    text: 'const options = { timeout, retry: 0,',
    instead: 'const options = { timeout, retry: 1,',
    seenBy: 'test/unit/nuki/http/http.test.ts',
  },
  {
    name: 'A write is sent though the network stack may repeat it',
    file: 'src/nuki/http/http.ts',
    text: "if (services.mayRepeat?.()) throw new NukiError('mayRepeat');",
    instead: '',
    seenBy: 'test/unit/nuki/http/socket.test.ts',
  },
  {
    name: 'Requests are asked for so that VS Code may give them to Chromium',
    file: 'src/nuki/http/http.ts',
    text: "redirect: 'manual',",
    instead: "redirect: 'error',",
    seenBy: 'test/unit/nuki/http/http.test.ts',
  },
  {
    name: 'A request is sent after a sleep',
    file: 'src/nuki/http/abortAfter.ts',
    text: 'if (Math.abs(clock.now() - began) > ms) controller.abort();',
    instead: '',
    seenBy: 'test/unit/nuki/http/suspend.test.ts',
  },
  {
    name: 'What Nuki asks to wait for is not kept',
    file: 'src/nuki/http/pause.ts',
    text: 'if (now >= this.#until) return;',
    instead: 'if (now >= 0) return;',
    seenBy: 'test/unit/nuki/http/pause.test.ts',
  },
  {
    name: 'A page of a company filter is taken for Nuki',
    file: 'src/nuki/http/http.ts',
    text: "throw new NukiError('intercepted', { status });",
    instead: 'return whole;',
    seenBy: 'test/unit/nuki/http/intercepted.test.ts',
  },
  {
    name: 'An action without an answer is sent again',
    file: 'src/model/doorkeeper.ts',
    text: 'if (!outcomeIsUnknown(error)) throw error;',
    instead: 'if (!outcomeIsUnknown(error)) throw error;\n      await client.act(ref.smartlockId, code);',
    seenBy: 'test/unit/model/doorkeeper.test.ts',
  },
  {
    name: 'A yes counts however fast it comes',
    file: 'src/model/confirmGuard.ts',
    text: 'export const shortestReadingTime = 300;',
    instead: 'export const shortestReadingTime = 0;',
    seenBy: 'test/unit/model/confirmGuard.test.ts',
  },
  {
    name: 'Unlocking needs no yes',
    file: 'src/nuki/vocabulary/kinds.ts',
    text: "doing: 'unlocking', closes: false",
    instead: "doing: 'unlocking', closes: true",
    seenBy: 'test/unit/nuki/vocabulary/kinds.test.ts',
  },
  {
    name: 'An unlocked lock counts as locked',
    file: 'src/nuki/vocabulary/kinds.ts',
    text: "secure: { 1: 'locked' },",
    instead: "secure: { 1: 'locked', 3: 'unlocked' },",
    seenBy: 'test/unit/nuki/vocabulary/kinds.test.ts',
  },
  {
    name: 'Every command has a doorkeeper of its own',
    file: 'src/commands/register.ts',
    text: '(await loadOnce())',
    instead: '(await load())',
    seenBy: 'test/unit/commands/register.test.ts',
  },
  {
    name: 'The model makes requests past the client',
    file: 'src/model/doorkeeper.ts',
    text: "import type { Clock } from '../base/clock.ts';",
    instead: "import ky from 'ky';\nimport type { Clock } from '../base/clock.ts';\nvoid ky;",
    seenBy: 'test/unit/layers.test.ts',
  },
  {
    name: 'A setting says where the token is sent',
    file: 'package.json',
    text: '        "nuki.refreshInterval": {',
    instead:
      '        "nuki.baseUrl": { "type": "string", "scope": "application", "order": 9, "default": "", "description": "" },\n        "nuki.refreshInterval": {',
    seenBy: 'test/unit/manifest.test.ts',
  },
  {
    name: 'A key opens a door',
    file: 'package.json',
    text: '    "keybindings": [',
    instead:
      '    "keybindings": [\n      { "command": "nuki.device.unlock", "key": "f8", "mac": "f8", "when": "true" },',
    seenBy: 'test/unit/manifest.test.ts',
  },
  {
    name: 'Any certificate will do',
    file: 'src/nuki/http/http.ts',
    text: 'const megabyte = 2 ** 20;',
    instead: "process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';\nconst megabyte = 2 ** 20;",
    seenBy: 'test/unit/nuki/certificate.test.ts',
  },
  {
    name: 'A hover is trusted Markdown',
    file: 'src/apiHelp/fieldHelp.ts',
    text: 'const positionAt = (offset: number)',
    instead: 'markdown.isTrusted = true;\n  const positionAt = (offset: number)',
    seenBy: 'test/unit/bans.test.ts',
  },
  {
    name: 'A hover may run any command',
    file: 'src/views/hover/markdown.ts',
    text: 'markdown.isTrusted = { enabledCommands: hoverCommands };',
    instead: 'markdown.isTrusted = true;',
    seenBy: 'test/unit/bans.test.ts',
  },
  {
    name: 'A name is Markdown in a hover',
    file: 'src/views/hover/markdown.ts',
    text: 'else markdown.appendText(part);',
    instead: 'else markdown.appendMarkdown(part);',
    seenBy: 'test/unit/bans.test.ts',
  },
  {
    name: 'The token is in the record of the account too',
    file: 'src/model/accountBook.ts',
    text: 'this.#write(id, label); // before',
    instead: 'this.#write(id, token); // before',
    seenBy: 'test/unit/model/accountBook.test.ts',
  },
  {
    name: 'The log is not redacted',
    file: 'src/report.ts',
    text: 'redact(text, this.#secrets())',
    instead: 'text',
    seenBy: 'test/unit/report.test.ts',
  },
  {
    name: 'Other extensions get the context of this one',
    file: 'src/extension.ts',
    text: '  start(context, { fetch',
    instead: '  return { context };\n  start(context, { fetch',
    seenBy: 'tsc',
  },
  {
    name: 'An authorization in memory holds its keypad code',
    file: 'src/nuki/http/schemas.ts',
    text: 'accountUserId: maybe(integer),',
    instead: 'accountUserId: maybe(integer),\n  code: maybe(integer),',
    seenBy: 'test/unit/nuki/authorization/authorizationPages.test.ts',
  },
  {
    name: 'The page of the form loads what it likes',
    file: 'src/webview/host/html.ts',
    text: '"default-src \'none\'",',
    instead: '',
    seenBy: 'test/unit/webview/host/html.test.ts',
  },
  {
    name: 'The page of the form runs any script',
    file: 'src/webview/host/html.ts',
    text: "`script-src 'nonce-${nonce}'`,",
    instead: "`script-src * 'unsafe-inline'`,",
    seenBy: 'test/unit/webview/host/html.test.ts',
  },
  {
    name: 'The page of the form lives on while it is hidden',
    file: 'src/webview/host/formPanel.ts',
    text: 'enableForms: true,',
    instead: 'enableForms: true,\n    retainContextWhenHidden: true,',
    seenBy: 'test/unit/bans.test.ts',
  },
  {
    name: 'The page of the form keeps the keypad code while it is hidden',
    file: 'src/webview/page/host.ts',
    text: "setState({ ...form, panel, draft: { ...form.draft, code: '' } })",
    instead: 'setState({ ...form, panel })',
    seenBy: 'test/form/conversation.test.ts',
  },
  {
    name: 'A text becomes markup',
    file: 'src/webview/page/element.ts',
    text: '  setAttributes(created, attributes);\n  created.append(...content);\n  return created;\n}\n\ntype Shape',
    instead:
      '  setAttributes(created, attributes);\n  created.innerHTML = content.join();\n  return created;\n}\n\ntype Shape',
    seenBy: 'test/unit/bans.test.ts',
  },
  {
    name: 'A workspace changes a setting',
    file: 'package.json',
    text: '"default": false,\n          "scope": "application",',
    instead: '"default": false,\n          "scope": "window",',
    seenBy: 'test/unit/manifest.test.ts',
  },
  {
    name: 'The extension prefers the remote computer',
    file: 'package.json',
    text: '"ui",\n    "workspace"',
    instead: '"workspace",\n    "ui"',
    seenBy: 'test/unit/manifest.test.ts',
  },
  {
    name: 'A link reaches the extension',
    file: 'src/extension.ts',
    text: '  updateAccounts();\n}',
    instead: '  updateAccounts();\n  window.registerUriHandler({ handleUri: () => undefined });\n}',
    seenBy: 'test/unit/bans.test.ts',
  },
  {
    name: 'A language model is offered a tool',
    file: 'package.json',
    text: '  "contributes": {',
    instead: '  "contributes": {\n    "languageModelTools": [{ "name": "unlock" }],',
    seenBy: 'test/unit/manifest.test.ts',
  },
  {
    name: 'There is one dependency more',
    file: 'package.json',
    text: '    "ky": "2.1.0",',
    instead: '    "got": "14.0.0",\n    "ky": "2.1.0",',
    seenBy: 'test/unit/manifest.test.ts',
  },
  {
    name: 'The package holds whatever lies about',
    file: '.vscodeignore',
    text: '**\n!package.json',
    instead: '!package.json',
    seenBy: 'test/unit/package.test.ts',
    title: 'holds what it should',
  },
  {
    name: 'Two files need each other',
    file: 'src/nuki/vocabulary/words.ts',
    text: 'export type Vocabulary',
    instead: "export type { Phase } from './kinds.ts';\n\nexport type Vocabulary",
    seenBy: 'oxlint',
  },
  {
    name: 'The simulated API listens for other computers',
    file: 'src/server/server.ts',
    text: "const addresses = ['127.0.0.1', '::1'] as const;",
    instead: "const addresses = ['0.0.0.0', '::1'] as const;",
    seenBy: 'test/unit/bans.test.ts',
  },
  {
    name: 'The simulated API answers under another host name',
    file: 'src/server/answerRequest.ts',
    text: 'name === `${own}:${port}`',
    instead: 'name.endsWith(`:${port}`)',
    seenBy: 'test/unit/server/server.test.ts',
  },
  {
    name: 'The simulated API answers web pages that were not allowed',
    file: 'src/server/answerRequest.ts',
    text: 'if (origin !== undefined && !site.cors) {',
    instead: 'if (origin?.length === 0) {',
    seenBy: 'test/unit/server/server.test.ts',
  },
  {
    name: 'The simulated API keeps bodies of any length',
    file: 'src/server/answerRequest.ts',
    text: 'return length <= bodyLimit ? Buffer.concat(chunks) : undefined;',
    instead: 'return Buffer.concat(chunks);',
    seenBy: 'test/unit/server/server.test.ts',
  },
  {
    name: 'The line of a request shows a token in its address',
    file: 'src/bin/requestLines.ts',
    text: 'const { path } = withoutItsSecrets({ number, at, method, path: exchange.path });',
    instead: 'const { path } = exchange;',
    seenBy: 'test/unit/bin/keyturner.test.ts',
  },
];
