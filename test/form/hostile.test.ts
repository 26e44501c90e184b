import assert from 'node:assert/strict';
import { means, type Message } from '../../src/webview/protocol.ts';
import { conflict, create, draft, previewOfTrouble, progress } from './model.ts';
import { openForm, type FormPage } from './page.ts';

const run = 'globalThis.hostileRan=1';
const link = `javascript:${run}`;
const door = 'command:nuki.unlock';

/** What is tried in a name, an e-mail address or a sentence. */
const attacks = [
  `<script>${run}</script>`,
  `<script src="https://evil.example/x.js"></script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}"></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<iframe src="${link}"></iframe>`,
  `<object data="${link}"></object>`,
  `<embed src="${link}">`,
  `<a href="${link}">open</a>`,
  `<a href="${door}">open</a>`,
  `<a href="https://evil.example">open</a>`,
  `<form action="${link}"><button>open</button></form>`,
  `<button formaction="${link}">open</button>`,
  `<input autofocus onfocus="${run}">`,
  `<details open ontoggle="${run}">`,
  `<body onload="${run}">`,
  `<base href="https://evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=${link}">`,
  `<link rel="stylesheet" href="https://evil.example/x.css">`,
  `<style>@import "https://evil.example/x.css"; * { display: none }</style>`,
  `<p style="position:fixed;inset:0;background:url(https://evil.example/x)">`,
  `<math><mtext><mglyph><style><img src=x onerror="${run}"></style>`,
  `<template><script>${run}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<!--><img src=x onerror=${run}>-->`,
  `<![CDATA[<script>${run}</script>]]>`,
  `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${run}</x:script>`,
  link,
  `JaVaScRiPt:${run}`,
  `java\tscript:${run}`,
  `data:text/html,<script>${run}</script>`,
  door,
  'https://evil.example',
  '[open](https://evil.example)',
  `[open](${door})`,
  `\${${run}}`,
  `{{constructor.constructor('${run}')()}}`,
  '\u202Egpj.exe',
  '\u2066hidden\u2069',
  '\u200Bno\u200Bwidth\uFEFF',
  '&lt;script&gt;&amp;',
] as const;

/** Where the attack believes that it stands. */
const surroundings: readonly ((attack: string) => string)[] = [
  (attack) => attack,
  (attack) => `">${attack}`,
  (attack) => `'>${attack}`,
  (attack) => `</option></select></textarea></title>${attack}`,
  (attack) => `Guest ${attack} Weber`,
];

const strings = surroundings.flatMap((surround) => attacks.map(surround));

/** What must be one of a few words for the message to be taken at all. */
const words = new Set<unknown>([...means, create.mode, 'working', 'done', 'open', 'failed', 'earlier', 'later']);

/** The same with `text` in the place of every text. */
function withText(value: unknown, text: string): unknown {
  if (typeof value === 'string') return words.has(value) ? value : text;
  if (Array.isArray(value)) return value.map((entry: unknown) => withText(entry, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withText(entry, text)]));
}

const shows: Message = {
  name: 'show',
  body: { ...create, draft: { ...draft, means: 'app', person: { name: 'Eva', email: 'eva@example.org' } } },
};
const screens: readonly (readonly Message[])[] = [
  [shows, { name: 'refused', body: previewOfTrouble }, { name: 'failed', body: 'no' }],
  [shows, { name: 'progress', body: progress }],
  [shows, { name: 'conflict', body: conflict }],
];

/** What the page is made of, without its texts, and how often it shows the text. */
interface Sight {
  readonly elements: string;
  readonly shown: number;
}

/** Shows a screen with each of the texts in turn. */
async function look(form: FormPage, screen: readonly Message[], texts: readonly string[]): Promise<Sight[]> {
  const turns = texts.map((text) => ({ text, messages: screen.map((message) => inPlaceOf(message, text)) }));
  return await form.page.evaluate(async (all) => {
    const sights = [];
    for (const { text, messages } of all) {
      for (const message of messages) window.postMessage(message, window.origin);
      await new Promise<void>((heard) => {
        const last = ({ data }: MessageEvent<unknown>): void => {
          if (data !== 'last') return;
          window.removeEventListener('message', last);
          heard();
        };
        window.addEventListener('message', last);
        window.postMessage('last', window.origin);
      });
      const elements = [...document.querySelectorAll('*')].map((made) => [made.localName, ...made.getAttributeNames()]);
      const shown = (document.documentElement.textContent ?? '').split(text).length - 1;
      sights.push({ elements: JSON.stringify(elements), shown });
    }
    return sights;
  }, turns);
}

function inPlaceOf({ name, body }: Message, text: string): unknown {
  return { name, body: withText(body, text) };
}

describe('hostile texts in the form', function () {
  this.timeout(180_000);

  it(`are shown as they are, ${strings.length} of them in every place: they make no element, run nothing and load nothing`, async () => {
    assert.ok(new Set(strings).size >= 200);
    const form = await openForm();
    form.isSilent = true;
    const { requests } = form;
    const loaded = requests.length;
    let shown = 0;
    for (const screen of screens) {
      const [harmless, ...hostile] = await look(form, screen, ['Guest Weber', ...strings]);
      for (const [place, sight] of hostile.entries()) {
        assert.deepEqual(sight, harmless, strings[place]);
        shown += sight.shown;
      }
    }
    assert.ok(shown > 10_000);
    assert.deepEqual(form.warnings, []);
    assert.equal(await form.page.evaluate(() => 'hostileRan' in globalThis), false);
    assert.equal(await form.page.locator('a, iframe, object, embed, img, main script').count(), 0);
    assert.deepEqual(requests.slice(loaded), []);
    assert.equal(form.page.url(), 'https://form.test/');
    await form.close();
  });
});
