import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { measured } from '../hardening/figures.ts';

// Home Assistant's Integration Quality Scale, read for an extension of VS Code: of each rule that applies, a part of the title of a test
// that shows it; of the others, why they do not.

const shown: Readonly<Record<string, string>> = {
  'action-setup': 'registers every command that its manifest promises',
  'appropriate-polling': 'is read at once, then every interval',
  'config-flow': 'adds the account with a good token, pasted with',
  'config-flow-test-coverage': 'tells a wrong token, a missing permission and a missing network apart',
  'dependency-transparency': 'carries the licence of each library that it contains',
  'entity-unique-id': 'each with an id that stays',
  'has-entity-name': 'has a spoken label for every row',
  'test-before-configure': 'refuses what cannot be a token before any request',
  'unique-config-entry': 'refuses the same account twice',
  'action-exceptions': 'is told as a refusal, after one request, and the row stays',
  'config-entry-unloading': 'ended in mid-flight, it leaves no process and no error',
  'entity-unavailable': 'draws the closed lock for a lock that is known to be locked, and for nothing else',
  'log-when-unavailable': 'a Nuki that is away for an hour is two lines in the log',
  'parallel-updates': 'has at most two refreshing reads under way',
  'reauthentication-flow': 'a token that was revoked asks for a new one, once, and keeps what was known',
  diagnostics: 'copies debug info without names, ids and tokens',
  'dynamic-devices': 'lets a device go only when a whole list has come without it',
  'stale-devices': 'lets a device go only when a whole list has come without it',
  'entity-translations': 'has every sentence',
  'exception-translations': 'fills the same placeholders',
  'icon-translations': 'draws no padlock: those stand for how a lock is now',
  'reconfiguration-flow': 'replaces the token only by one of the same account',
  'repair-issues': 'is the mend where the token is the trouble, and only there',
  'async-dependency': 'lets others have their turn in between',
  'inject-websession': 'is https://api.nuki.io for everything that is asked',
  'strict-typing': 'are checked strictly, in files enough',
};

const exempt: Readonly<Record<string, string>> = {
  brands: 'the icon is in the package',
  'common-modules': 'a matter of how Home Assistant lays out folders; here test/unit/layers.test.ts holds the rule',
  'docs-actions': 'README.md, which no test can judge',
  'docs-high-level-description': 'README.md, which no test can judge',
  'docs-installation-instructions': 'README.md, which no test can judge',
  'docs-removal-instructions': 'README.md, which no test can judge',
  'docs-configuration-parameters': 'README.md, which no test can judge',
  'docs-installation-parameters': 'README.md, which no test can judge',
  'docs-data-update': 'README.md, which no test can judge',
  'docs-examples': 'README.md, which no test can judge',
  'docs-known-limitations': 'README.md, which no test can judge',
  'docs-supported-devices': 'README.md, which no test can judge',
  'docs-supported-functions': 'README.md, which no test can judge',
  'docs-troubleshooting': 'README.md, which no test can judge',
  'docs-use-cases': 'README.md, which no test can judge',
  'entity-event-setup': 'nothing is pushed: Nuki is asked',
  'test-before-setup': 'an account is asked when somebody looks at it, not at the start',
  'runtime-data': 'a matter of where Home Assistant keeps objects; here constructors take what they need',
  'integration-owner': 'package.json names who publishes it',
  'test-coverage': 'G1',
  devices: 'there is no registry of devices in VS Code',
  discovery: 'the Web API is not on the local network',
  'discovery-update-info': 'the Web API is not on the local network',
  'entity-category': 'there are no entities in VS Code',
  'entity-device-class': 'there are no entities in VS Code',
  'entity-disabled-by-default': 'there are no entities in VS Code',
};

const titles = ['unit', 'host', 'workbench', 'form', 'contract']
  .flatMap((folder) =>
    readdirSync(`test/${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `test/${folder}/${name}`),
  )
  .filter((name) => name.endsWith('.test.ts') && !name.endsWith('qualityScale.test.ts'))
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n');

describe("Home Assistant's quality scale", () => {
  it('has a test for each rule that applies, and a reason for each that does not', () => {
    const rules = Object.keys(shown);
    const missing = rules.filter((rule) => !titles.includes(shown[rule] ?? ''));
    const reasons = Object.values(exempt).filter((reason) => reason !== '').length;
    assert.equal(reasons, Object.keys(exempt).length);
    assert.deepEqual(
      rules.filter((rule) => Object.hasOwn(exempt, rule)),
      [],
    );
    const figure = `${rules.length - missing.length} of ${rules.length} shown by a test, ${reasons} exempt ${missing.join(', ')}`;
    measured('G24', figure.trim(), missing.length === 0);
  });
});
