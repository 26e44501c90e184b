import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measured } from '../hardening/figures.ts';

/** What the sources do without, and why. */
const bans: readonly [word: RegExp, why: string][] = [
  [/isTrusted|supportHtml|appendMarkdown/, 'R25: a foreign text in Markdown would be a link or an image'],
  [/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/, 'R41: a foreign text would be markup'],
  [/\beval\(|new Function\b/, 'R41: a text would be run'],
  [/child_process|createServer/, 'no process and no server of ours'],
  [/enableCommandUris|retainContextWhenHidden/, 'R40: a page can do no more than it has to'],
  [/registerUriHandler/, 'R52: a link in a web page would reach us'],
  [/\blm\.|registerTool|registerMcp|createChatParticipant/, 'R53: a language model would reach a door'],
  [/registerAuthenticationProvider|createTelemetryLogger/, 'R35: a token or what somebody does would leave us'],
  [/setKeysForSync/, 'R30: accounts would be copied to other computers'],
  [/rejectUnauthorized|NODE_TLS|https\.Agent/, 'R11: a certificate would not be checked'],
  [/@ts-ignore|@ts-expect-error|@ts-nocheck/, 'the compiler would not be heard'],
];

const src = join(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function findings(text: string): string[] {
  return bans.filter(([word]) => word.test(text)).map(([, why]) => why);
}

describe('what the sources do without', () => {
  it('R11, R25, R30, R35, R40, R41, R52, R53, G22: stands nowhere in them', () => {
    assert.ok(files.length > 100, 'the files were not found');
    const found = files.flatMap((file) =>
      findings(readFileSync(join(src, file), 'utf8')).map((why) => `${file}: ${why}`),
    );
    assert.deepEqual(found, []);
    measured('G22', `0 of ${bans.length} bans broken in ${files.length} files`, true);
  });

  it('is found where it stands', () => {
    assert.deepEqual(findings('words.isTrusted = true;'), [bans[0]?.[1]]);
    assert.deepEqual(findings('window.registerUriHandler({ handleUri: open });'), [
      'R52: a link in a web page would reach us',
    ]);
  });
});
