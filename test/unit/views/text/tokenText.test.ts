import assert from 'node:assert/strict';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { integrationSchema } from '../../../../src/nuki/http/schemas.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import { rightsText } from '../../../../src/views/text/accountText.ts';
import { tokenFacts, tokenHolderName, tokenRow, markText, scopesText } from '../../../../src/views/text/tokenText.ts';
import type { TokenHolder } from '../../../../src/model/accounts/tokenHolders.ts';
import { allScopes } from '../../../../src/simulator/tokens.ts';

const now = Date.UTC(2026, 10, 23, 12);
const context = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
const day = 86_400_000;

function holder(json: object, more: Partial<TokenHolder> = {}): TokenHolder {
  return { integration: decode(integrationSchema, json), ownership: 'other', marks: [], ...more };
}

describe('what holds a token, in words', () => {
  for (const [json, name] of [
    [{ vendorKey: 'API_TOKEN', name: 'API token', description: 'Home Assistant' }, 'Home Assistant'],
    [{ vendorKey: 'API_TOKEN', name: 'API token', description: '  ' }, 'API token'],
    [{ vendorKey: 'ALEXA', name: 'Echo', description: 'kitchen' }, 'Echo'],
    [{ vendorKey: 'IOS' }, 'iOS app'],
    [{ vendorKey: 'NUKI_WEB' }, 'Nuki Web'],
    [{ vendorKey: 'CONRAD' }, 'CONRAD'],
    [{}, 'unknown program'],
    [{ name: 7, vendorKey: null, scopes: 'x', tokenId: {} }, 'unknown program'],
  ] as const) {
    it(`calls ${JSON.stringify(json)} "${name}"`, () => {
      assert.equal(tokenHolderName(holder(json).integration, context), name);
    });
  }

  it('names every scope, and unknown ones as they are', () => {
    assert.equal(
      scopesText([...allScopes, 'smartlock.new', '\u202E'], context),
      'account, notifications, manage devices, view devices, operate devices, manage authorizations, manage device settings, view activity log, create devices, webhooks, smartlock.new',
    );
  });

  it('is a row with what to know first', () => {
    const json = {
      vendorKey: 'API_TOKEN',
      description: 'Script',
      scopes: ['account', 'smartlock.config'],
      createdAt: new Date(now - 400 * day).toISOString(),
      lastActiveAt: new Date(now - 5 * 3_600_000).toISOString(),
    };
    assert.deepEqual(
      tokenRow(holder(json, { ownership: 'own', marks: [{ kind: 'broad', scopes: ['smartlock.config'] }] }), context),
      {
        label: 'Script',
        description: "API token · this one is Keyturner's",
        detail:
          "Can do what Keyturner doesn't need: manage device settings · used 5 hr ago · account, manage device settings",
      },
    );
    const { detail } = tokenRow(holder(json, { marks: [{ kind: 'stale', since: 100 * day, wasUsed: true }] }), context);
    assert.equal(detail, 'Not used for 100 days · account, manage device settings');
  });

  it('says by which sub account, and what an advanced program is for', () => {
    const json = {
      vendorKey: 'OTHER',
      name: 'Care',
      subAccount: true,
      subAccountName: 'Ben',
      advancedType: 'HEALTHCARE',
      advancedState: 'TESTING',
      scopes: [],
    };
    assert.deepEqual(tokenRow(holder(json, { ownership: 'maybe' }), context), {
      label: 'Care',
      description: "OTHER · via Ben · HEALTHCARE, TESTING · may be Keyturner's",
      detail: 'Never used',
    });
    assert.deepEqual(tokenFacts(holder({ ...json, device: true, subAccountId: 8 }), context), [
      ['Program type', 'OTHER · personal device'],
      ['Permissions', 'none'],
      ['Last used', 'never'],
      ['Sub-account', 'Ben'],
      ['Advanced API', 'HEALTHCARE, TESTING'],
    ]);
    const { description } = tokenRow(holder({ ...json, subAccountName: undefined }), context);
    assert.equal(description, 'OTHER · Sub-account · HEALTHCARE, TESTING');
  });

  it('shows a date that it cannot read as it is, and no permissions where none are told', () => {
    assert.deepEqual(tokenFacts(holder({ name: 'x', createdAt: 'long ago', lastActiveAt: '?' }), context), [
      ['Created', 'long ago'],
      ['Last used', '?'],
    ]);
    assert.equal(tokenRow(holder({ name: 'x', lastActiveAt: '?' }), context).detail, '');
  });

  it('says of a mark what to do', () => {
    assert.deepEqual(markText({ kind: 'stale', since: 90.9 * day, wasUsed: false }, context), {
      what: 'never used since it was created 90 days ago',
      advice: 'If no one needs it, revoke it.',
    });
    assert.match(markText({ kind: 'legacy' }, context).advice, /connect it again/);
    assert.match(markText({ kind: 'broad', scopes: ['x'] }, context).advice, /Replace Token/);
  });
});

describe('the rights of a sub account, in words', () => {
  const all =
    'manage devices, operate devices, manage device settings, manage authorizations, view activity logs, manage sub-accounts, create devices';

  it('are all seven', () => {
    assert.equal(rightsText(127, context), all);
    assert.deepEqual(
      [1, 2, 4, 8, 16, 32, 64].map((bit) => rightsText(bit, context)),
      all.split(', '),
    );
    assert.equal(rightsText(0, context), 'none');
  });

  it('are those that are known, and a number for bits that nothing knows', () => {
    assert.equal(rightsText(128, context), 'unknown (128)');
    assert.equal(rightsText(130, context), 'operate devices, unknown (128)');
    assert.equal(rightsText(2 ** 40 + 127, context), `${all}, unknown (${2 ** 40})`);
    assert.equal(rightsText(-2, context), 'unknown (-2)');
  });
});
