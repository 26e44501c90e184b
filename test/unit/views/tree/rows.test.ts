import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import { clockSecond } from '../../../../src/views/text/timeText.ts';
import { accountRow, authorizationRow, authorizationsRow } from '../../../../src/views/tree/rows.ts';
import { authorization, lock } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';
import { ThemeIcon } from '../../vscodeStandIn.ts';

const now = Date.UTC(2026, 10, 26, 12);
const context = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
const account: AccountState = {
  id: accountId,
  label: 'Home',
  demo: false,
  devices: [],
  unreadable: [],
  refreshedAt: now,
};

describe('the row of an account', () => {
  it('says how many devices it has, and of none when Nuki was asked', () => {
    const one = { accountId, device: lock(), seenAt: now };
    assert.equal(accountRow({ ...account, devices: [one] }, context).description, '1 device');
    assert.equal(accountRow({ ...account, devices: [one, one] }, context).description, '2 devices');
    assert.equal(accountRow(account, context).description, `no devices at ${clockSecond(now, context)}`);
  });
});

/** A code that other clients have created, that Nuki lists, and that the lock has not taken. */
const listed = {
  id: 'a',
  lockCount: 0,
  lastActiveDate: null,
  creationDate: '2026-11-26T09:59:58.000Z',
  updateDate: null,
};

function stateOf(fields: Parameters<typeof authorization>[0], serverState = 0): DeviceState {
  const items = [authorization(fields)];
  return {
    accountId: '7',
    device: lock({ serverState }),
    seenAt: now,
    authorizations: { items, unreadable: [], readAt: now },
  };
}

/** What is shown as text. */
function textOf(shown: unknown): string {
  return typeof shown === 'string' ? shown : '';
}

function rowOf(fields: Parameters<typeof authorization>[0]) {
  const { description, contextValue, iconPath } = authorizationRow(authorization(fields), stateOf(fields), context);
  return { description, contextValue, icon: iconPath instanceof ThemeIcon ? iconPath.id : undefined };
}

describe('the row of an authorization', () => {
  for (const [what, updateDate] of [
    ['null', null],
    ['absent', undefined],
  ] as const) {
    it(`says that the lock has not confirmed it where its date of update is ${what}, and offers to look again`, () => {
      const { description, contextValue, icon } = rowOf({ ...listed, updateDate });
      assert.match(String(description), /^listed by Nuki, not yet confirmed by the lock · /);
      assert.doesNotMatch(String(description), /active/);
      assert.match(contextValue ?? '', /\bunseen\b/);
      assert.equal(icon, 'question');
    });
  }

  it('is as usual once the lock has dated it', () => {
    const { description, contextValue, icon } = rowOf({ ...listed, updateDate: '2026-11-26T10:00:01.000Z' });
    assert.match(String(description), /^keypad code · /);
    assert.doesNotMatch(contextValue ?? '', /unseen/);
    assert.equal(icon, 'symbol-numeric');
  });
});

const manifest = v.parse(
  v.object({
    contributes: v.object({
      menus: v.object({
        'view/item/context': v.array(v.object({ command: v.optional(v.string()), when: v.optional(v.string()) })),
      }),
    }),
  }),
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8')),
);

describe('the menu of an authorization', () => {
  /** The commands on an authorization that the manifest has in the menu or as an icon of its row. */
  function menuOf(fields: Parameters<typeof authorization>[0]): readonly string[] {
    const value = rowOf(fields).contextValue ?? '';
    const offered = manifest.contributes.menus['view/item/context'].flatMap(({ command = '', when = '' }) => {
      const [, pattern] = /viewItem =~ \/(.+)\//.exec(when) ?? [];
      const [, name] = /^nuki\.authorization\.(.+)/.exec(command) ?? [];
      return name !== undefined && pattern !== undefined && new RegExp(pattern).test(value) ? [name] : [];
    });
    return [...new Set(offered)];
  }
  const persons = { app: 0, fob: 2, 'keypad code': 13 };
  const others = { bridge: 1, keypad: 3, 'Z-Key': 14, 'virtual one': 15, 'unfamiliar one': 99 };

  for (const [what, type] of Object.entries(persons)) {
    it(`of ${what === 'app' ? 'an' : 'a'} ${what} has everything that can be done`, () => {
      const code = type === 13 ? ['revealCode', 'copyCode'] : [];
      assert.deepEqual(menuOf({ type, enabled: true }), ['edit', 'duplicate', 'disable', ...code, 'delete']);
      assert.deepEqual(menuOf({ type, enabled: false }), ['edit', 'duplicate', 'enable', ...code, 'delete']);
    });
  }

  for (const [what, type] of Object.entries(others)) {
    it(`of ${what === 'unfamiliar one' ? 'an' : 'a'} ${what} takes nothing away`, () => {
      assert.deepEqual(menuOf({ type, enabled: true }), ['edit']);
      assert.deepEqual(menuOf({ type, enabled: false }), ['edit', 'enable']);
    });
  }
});

describe('the row of all authorizations', () => {
  it('says since when the lock has confirmed nothing, and what helps', () => {
    const { description, tooltip } = authorizationsRow(stateOf(listed), context);
    assert.equal(description, 'not synchronised since 26 Nov 2026, 10:59 · 0 of 200 · 1 of 200 codes');
    assert.match(textOf(tooltip), /"Wake and Refresh" on the device, or a new name for what waits, may help\.$/);
    assert.match(textOf(authorizationsRow(stateOf(listed, 4), context).tooltip), /It is offline/);
  });

  it('says no such thing while nothing waits', () => {
    const { description } = authorizationsRow(stateOf({ ...listed, updateDate: listed.creationDate }), context);
    assert.equal(description, '0 of 200 · 1 of 200 codes');
  });
});
