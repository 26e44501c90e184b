// Texts that an attacker who may name things could try against those who read the names.
const run = 'globalThis.hostileRan=1'; // what must never happen
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

/** Every attack in every place, more than two hundred. */
export const hostileTexts = surroundings.flatMap((surround) => attacks.map(surround));
