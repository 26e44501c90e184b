import assert from 'node:assert/strict';
import { pageHtml } from '../../../../src/webview/host/html.ts';

const parts = {
  nonce: 'bm9uY2U=',
  script: 'https://file+.vscode-resource.vscode-cdn.net/form.js',
  style: 'https://file+.vscode-resource.vscode-cdn.net/form.css',
  cspSource: "'self' https://*.vscode-cdn.net",
  language: 'de',
  panel: '5b0f',
};

/** The values of an attribute, as they stand in the page. */
function valuesOf(attribute: string, html: string): string[] {
  return [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map(([, value = '']) => value);
}

describe('a page', () => {
  it('may run its one script and use its one style sheet, and nothing else', () => {
    const [, policy = ''] = valuesOf('content', pageHtml(parts).replace('charset', 'content'));
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "script-src 'nonce-bm9uY2U='",
      "style-src 'self' https://*.vscode-cdn.net",
    ]);
    assert.deepEqual(valuesOf('src', pageHtml(parts)), [parts.script]);
    assert.deepEqual(valuesOf('href', pageHtml(parts)), [parts.style]);
  });

  it('has nothing inline: neither script, nor style, nor handler', () => {
    const html = pageHtml(parts);
    assert.deepEqual(html.match(/<script[^>]*>[^<]/g), null);
    assert.deepEqual(html.match(/<style| style=| on\w+=/g), null);
  });

  it('knows its language and its panel', () => {
    assert.deepEqual(valuesOf('lang', pageHtml(parts)), ['de']);
    assert.deepEqual(valuesOf('data-panel', pageHtml(parts)), ['5b0f']);
  });

  it('keeps every part in its attribute', () => {
    const html = pageHtml({ ...parts, language: '"><script>alert(1)</script>' });
    assert.deepEqual(valuesOf('lang', html), ['&quot;>&lt;script>alert(1)&lt;/script>']);
    assert.equal(html.match(/<script/g)?.length, 1);
  });
});
