import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import { authorizationGroups } from '../../../../src/nuki/authorization/authorizationType.ts';
import {
  authorizationGroupRow,
  authorizationRow,
  authorizationsRow,
} from '../../../../src/views/tree/authorizationRows.ts';
import { authorization, lock } from '../../devices.ts';
import { pendingCreation } from '../../pendingChanges.ts';
import { ThemeIcon } from '../../vscodeStandIn.ts';

const now = Date.UTC(2026, 10, 26, 12);
const context = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };

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
      assert.match(String(description), /^not yet confirmed · Mon–Fri 09–17\b/);
      assert.match(contextValue ?? '', /\bunseen\b/);
      assert.equal(icon, 'question');
    });
  }

  it('is as usual once the lock has dated it', () => {
    const { description, contextValue, icon } = rowOf({ ...listed, updateDate: '2026-11-26T10:00:01.000Z' });
    assert.match(String(description), /^Mon–Fri 09–17/);
    assert.doesNotMatch(contextValue ?? '', /unseen/);
    assert.equal(icon, 'nuki-code');
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

/** The commands that the manifest has in the menu of a single row or as its icons. */
function commandsOn(contextValue: string): readonly string[] {
  const offered = manifest.contributes.menus['view/item/context'].flatMap(({ command, when = '' }) => {
    if (when.endsWith(' && listMultiSelection')) return [];
    const [, pattern] = /viewItem =~ \/(.+?)\/(?: |$)/.exec(when) ?? [];
    return command !== undefined && pattern !== undefined && new RegExp(pattern).test(contextValue) ? [command] : [];
  });
  return [...new Set(offered)];
}

describe('the menu of an authorization', () => {
  const menuOf = (fields: Parameters<typeof authorization>[0]): readonly string[] =>
    commandsOn(rowOf(fields).contextValue ?? '').flatMap(
      (command) => /^nuki\.authorization\.(.+)/.exec(command)?.slice(1) ?? [],
    );
  const persons = { app: 0, fob: 2, 'keypad code': 13 };
  const others = { bridge: 1, keypad: 3, 'Z-Key': 14, 'virtual one': 15, 'unfamiliar one': 99 };

  for (const [what, type] of Object.entries(persons)) {
    it(`of ${what === 'app' ? 'an' : 'a'} ${what} has everything that changes something`, () => {
      const code = type === 13 ? ['revealCode', 'copyCode'] : [];
      assert.deepEqual(menuOf({ type, enabled: true }), ['edit', 'duplicate', 'disable', ...code, 'delete']);
      assert.deepEqual(menuOf({ type, enabled: false }), ['edit', 'duplicate', 'enable', ...code, 'delete']);
      const expired = { type, enabled: true, allowedUntilDate: new Date(now - 1).toISOString() };
      assert.deepEqual(menuOf(expired), ['edit', 'duplicate', ...code, 'delete']);
    });
  }

  for (const [what, type] of Object.entries(others)) {
    it(`of ${what === 'unfamiliar one' ? 'an' : 'a'} ${what} takes nothing away`, () => {
      assert.deepEqual(menuOf({ type, enabled: true }), ['edit']);
      assert.deepEqual(menuOf({ type, enabled: false }), ['edit', 'enable']);
    });
  }
});

/** A lock with so many authorizations of a type, under way or listed. */
function holding(type: number, count: number, changes: Partial<DeviceState> = {}): DeviceState {
  const items = Array.from({ length: count }, (_, index) => authorization({ type, id: String(index) }));
  return {
    accountId: '7',
    device: lock(),
    seenAt: now,
    authorizations: { items, unreadable: [], readAt: now },
    ...changes,
  };
}

describe('the row of all authorizations', () => {
  it('says since when the lock has confirmed nothing, and what helps', () => {
    const { description, tooltip } = authorizationsRow(stateOf(listed), context);
    assert.match(String(description), /^not synced since \d\d:59 · 1$/);
    assert.match(textOf(tooltip), /may help, or renaming the authorization that is waiting\.$/);
    assert.match(textOf(authorizationsRow(stateOf(listed, 4), context).tooltip), /It is offline/);
  });

  it('says how many there are, and no such thing while nothing waits', () => {
    const { description } = authorizationsRow(stateOf({ ...listed, updateDate: listed.creationDate }), context);
    assert.equal(description, '1');
  });

  it('counts what was asked for and what could not be read, and a creation that is listed once', () => {
    const unreadable = [{ index: 1, id: undefined, problem: 'name' }];
    const { authorizations } = holding(0, 2);
    assert.ok(authorizations);
    const state = holding(0, 2, { authorizations: { ...authorizations, unreadable } });
    assert.equal(authorizationsRow(state, context).description, '3');
    const pendingChanges = [pendingCreation(), pendingCreation({ key: 'create/2', listed: 'yes', listedAs: ['1'] })];
    assert.match(String(authorizationsRow({ ...state, pendingChanges }, context).description), /\b4$/);
  });

  it('tells the room for what is not a code once four fifths of it are used', () => {
    const descriptionOf = (count: number, type = 0) =>
      authorizationsRow(holding(0, count, { device: lock({ type }) }), context).description;
    assert.equal(descriptionOf(159), '159');
    assert.equal(descriptionOf(160), '160 · 40 slots left');
    assert.equal(descriptionOf(199), '199 · 1 slot left');
    assert.equal(descriptionOf(201), '201 · 0 slots left');
    assert.deepEqual([descriptionOf(79, 1), descriptionOf(80, 1)], ['79', '80 · 20 slots left']);
    assert.match(textOf(authorizationsRow(holding(0, 160), context).tooltip), /160 of 200 slots are used/);
    assert.equal(authorizationsRow(holding(13, 190), context).description, '190');
  });
});

describe('the row of a group of authorizations', () => {
  const rowOfGroup = (state: DeviceState, group: (typeof authorizationGroups)[number]) =>
    authorizationGroupRow(group, state, context);

  it('has a name, a count and a glyph of its own', () => {
    const items = [0, 0, 13, 13, 13, 2, 1].map((type, index) => authorization({ type, id: String(index) }));
    const state = holding(0, 0, { authorizations: { items, unreadable: [], readAt: now } });
    const rows = authorizationGroups.map((group) => rowOfGroup(state, group));
    assert.deepEqual(
      rows.map((row) => [row?.label, row?.description]),
      [
        ['People', '2'],
        ['Codes', '3'],
        ['Fobs', '1'],
        ['System', '1'],
      ],
    );
    assert.equal(new Set(rows.map((row) => row?.iconPath instanceof ThemeIcon && row.iconPath.id)).size, 4);
  });

  it('is closed at first for the system alone, and none where the group is empty', () => {
    const closed = rowOfGroup(holding(1, 1), 'system')?.collapsibleState;
    const open = rowOfGroup(holding(0, 1), 'people')?.collapsibleState;
    assert.deepEqual([closed, open], [1, 2]);
    assert.equal(rowOfGroup(holding(0, 1), 'codes'), undefined);
  });

  it('tells the limits of codes from 80 % on, both while it is not known which is that of the keypad', () => {
    const codes = (count: number) => rowOfGroup(holding(13, count), 'codes')?.description;
    assert.deepEqual([codes(79), codes(80), codes(92)], ['79', '80 of 100 or 200', '92 of 100 or 200']);
    assert.deepEqual([codes(101), codes(159), codes(160)], ['101', '159', '160 of 200']);
    assert.match(textOf(rowOfGroup(holding(13, 92), 'codes')?.tooltip), /older keypad holds 100 codes/);
  });

  it('offers what fits it', () => {
    const offered = (group: (typeof authorizationGroups)[number]) =>
      commandsOn(`authorizationGroup ${group}`).map((command) => command.replace(/^nuki\./, ''));
    for (const group of ['people', 'codes'] as const)
      assert.deepEqual(offered(group), ['authorization.create', 'authorizations.cleanUp'], group);
    assert.deepEqual(offered('fobs'), ['authorization.create']);
    assert.deepEqual(offered('system'), []);
  });
});
