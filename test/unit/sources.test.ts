import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { measured } from '../hardening/figures.ts';

/** What no source may have, and why. */
const banned: Readonly<Record<string, RegExp>> = {
  'T05, R25: Markdown that is trusted, or HTML': /\bisTrusted\b|\bsupportHtml\b|\bappendMarkdown\b/,
  'T06, R41: text that becomes elements': /\b(inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b/,
  'T26: text that is run': /\beval\(|\bnew Function\b|\bset(Timeout|Interval)\(\s*['"`]/,
  'programs and servers of our own': /child_process|\bcreateServer\b|worker_threads/,
  'T11, R52: a way in for web pages': /\bregisterUriHandler\b|\bonUri\b/,
  'T10, R53: a way in for agents': /\bregisterTool\b|\bregisterMcp\w*|\bregisterAuthenticationProvider\b/,
  'R40: a web view that can run commands, or lives on unseen': /\benableCommandUris\b|\bretainContextWhenHidden\b/,
  'T13, R11: an option of TLS or of a proxy': /\brejectUnauthorized\b|\bNODE_TLS\w*|\bproxyStrictSSL\b|\bAgent\(/,
  'T16, R30: a copy in the cloud': /\bsetKeysForSync\b/,
  'types that are switched off': /@ts-|\bas any\b|: any\b|<any>|oxlint-disable(?!.* -- )/,
};

/** The code of a source without its comments, except for those that speak to a tool. */
function codeOf(path: string): string {
  return readFileSync(path, 'utf8').replaceAll(
    /\/\*\*?(?!.*(@ts-|lint-))[^]*?\*\/|^\s*\/\/(?!.*(@ts-|lint-)).*$/gm,
    '',
  );
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, code: codeOf(`src/${name}`) }));

describe('the sources', () => {
  let findings = 0;
  for (const [what, pattern] of Object.entries(banned)) {
    it(`G22: have no ${what}`, () => {
      const found = sources.filter(({ code }) => pattern.test(code)).map(({ name }) => name);
      findings += found.length;
      assert.deepEqual(found, []);
    });
  }

  it('G12: name one origin that something is asked of, and use fetch in one place', () => {
    const calls = sources.filter(({ code }) => /\bglobalThis\.fetch\b(?!;)|(?<![.\w])fetch\((?!api)/.test(code));
    assert.deepEqual(
      calls
        .map(({ name }) => name)
        .filter((name) => !/^(extension|nuki\/http|nuki\/requestFormats|nuki\/traffic)\.ts$/.test(name)),
      [],
    );
  });

  it('G22: are checked strictly, in files enough', () => {
    const options = v.parse(
      v.object({ compilerOptions: v.object({ strict: v.literal(true) }) }),
      JSON.parse(readFileSync('tsconfig.json', 'utf8')),
    );
    const figure = `${findings} of ${Object.keys(banned).length} kinds in ${sources.length} files`;
    measured('G22', figure, findings === 0 && sources.length > 100 && options.compilerOptions.strict);
  });
});
