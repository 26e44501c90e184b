import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { keyOf, refOf } from '../../../../src/model/deviceRef.ts';
import type { PendingCreation } from '../../../../src/model/authorizations/pendingChanges.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorizationType } from '../../../../src/nuki/authorization/authorizationType.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { UnlatchSupport } from '../../../../src/model/actions/unlatchSupport.ts';
import { addressOf, idOf } from '../../../../src/views/tree/nodes.ts';
import { DeviceTree } from '../../../../src/views/tree/tree.ts';
import { authorization, lock, unlimited } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, FakeRecords } from '../../model/fakes.ts';
import { pendingCreation, pendingDeletion } from '../../pendingChanges.ts';
import { ThemeIcon } from '../../vscodeStandIn.ts';

const now = Date.UTC(2026, 10, 26, 12);
const day = 86_400_000;
const { app, fob, keypadCode } = authorizationType;
const anna = { accountUserId: 1, name: 'Anna', email: 'anna@example.com' };
const people = 'account/7/people';

function held(name: string, type: number, fields: Partial<Authorization> = {}): Authorization {
  return { ...authorization({ id: `${name}-${type}` }), ...unlimited, name, type, accountUserId: undefined, ...fields };
}

function door(name: string, items: readonly Authorization[], changes: Partial<DeviceState> = {}): DeviceState {
  return {
    accountId,
    device: lock({ smartlockId: doors.indexOf(name) + 1, name, favorite: false }),
    seenAt: now,
    authorizations: { items, unreadable: [], readAt: now },
    ...changes,
  };
}

const doors = ['Front', 'Garage', 'Cellar', 'Attic'];

function home(devices: readonly DeviceState[], changes: Partial<AccountState> = {}): AccountState {
  return {
    id: accountId,
    label: 'Home',
    simulated: false,
    devices,
    unreadable: [],
    people: { items: [anna], readAt: now },
    allAuthorizationsReadAt: now,
    ...changes,
  };
}

/** The tree of an account as it is known. */
function treeOf(account: AccountState) {
  const reads: string[] = [];
  const store = {
    accounts: [account],
    account: (id: string) => (id === accountId ? account : undefined),
    device: (ref: { readonly accountId: string; readonly smartlockId: number }) =>
      account.devices?.find((state) => keyOf(refOf(state)) === keyOf(ref)),
    onDidChange: () => ({ dispose: () => undefined }),
    readAccess: (id: string) => Promise.resolve(void reads.push(id)),
    readActivity: () => Promise.resolve(),
    readAuthorizations: () => Promise.resolve(),
  };
  const context = () => ({ t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 });
  const tree = new DeviceTree(store, new UnlatchSupport(new FakeRecords()), new FakeClock(), context, 'more');
  const row = (id: string): string => {
    const { label = '', description, iconPath } = tree.getTreeItem(id);
    const icon = iconPath instanceof ThemeIcon ? iconPath.id : '';
    return [`$(${icon}) ${typeof label === 'string' ? label : label.label}`, description].filter(Boolean).join(' | ');
  };
  const below = async (id: string): Promise<readonly string[]> => (await tree.getChildren(id)).map(row);
  return { tree, reads, row, below };
}

describe('the people of an account', () => {
  it('are closed at first, and nothing is read before they are opened', async () => {
    const { tree, reads, row, below } = treeOf(
      home([door('Front', [])], { people: undefined, allAuthorizationsReadAt: undefined }),
    );
    assert.equal((await tree.getChildren('account/7')).at(-1), people);
    assert.equal(row(people), '$(organization) People');
    assert.equal(tree.getTreeItem(people).collapsibleState, 1);
    assert.deepEqual(reads, []);
    assert.deepEqual(await below(people), ['$(info) loading…']);
    assert.deepEqual(reads, [accountId]);
  });

  it('are not read again where they were read', async () => {
    const { reads, below } = treeOf(home([door('Front', [])]));
    await below(people);
    assert.deepEqual(reads, []);
  });

  it('are account users with what they can open, then, by name, who has no account user', async () => {
    const until = new Date(now + 400 * day).toISOString();
    const ofAnna = { accountUserId: 1, allowedUntilDate: until };
    const { row, below } = treeOf(
      home([
        door('Garage', [held('Anna', app, ofAnna), held('Guest', keypadCode)]),
        door('Front', [held('Anna', app, ofAnna), held('Guest', keypadCode), held('Old Fob', fob)]),
      ]),
    );
    assert.deepEqual(await below(people), [
      '$(person) Anna | Front, Garage · until 31 Dec 2027',
      '$(nuki-code) Without a Person | 2, by name',
    ]);
    assert.equal(row(people), '$(organization) People | 1');
    assert.deepEqual(await below('account/7/people/names'), [
      '$(nuki-code) Guest | Front, Garage',
      '$(nuki-fob) Old Fob | Front',
    ]);
  });

  for (const [what, items, summary] of [
    ['nothing', [[], []], '$(person) Anna | nothing on any door'],
    [
      'other times on each door',
      [[held('Anna', app, { accountUserId: 1, allowedWeekDays: 64 })], [held('Anna', app, { accountUserId: 1 })]],
      '$(person) Anna | Front, Garage · different times',
    ],
    [
      'one door, and had another',
      [[held('Anna', app, { accountUserId: 1, enabled: false })], [held('Anna', app, { accountUserId: 1 })]],
      '$(person) Anna | Garage',
    ],
    [
      'only what has expired',
      [[held('Anna', app, { accountUserId: 1, allowedUntilDate: new Date(now - day).toISOString() })], []],
      '$(circle-slash) Anna | Front · expired',
    ],
    [
      'only what opens nothing, each for another reason',
      [
        [held('Anna', app, { accountUserId: 1, allowedUntilDate: new Date(now - day).toISOString() })],
        [held('Anna', fob, { accountUserId: 1, enabled: false })],
      ],
      '$(circle-slash) Anna | Front, Garage · no access now',
    ],
    [
      'what one lock has not confirmed',
      [
        [held('Anna', app, { accountUserId: 1 })],
        [
          held('Anna', app, { accountUserId: 1, updateDate: undefined, lockCount: 0, lastActiveDate: undefined }),
          held('Ben', app, { id: 'b', accountUserId: 2 }),
        ],
      ],
      '$(question) Anna | not confirmed everywhere · Front, Garage',
    ],
  ] as const) {
    it(`say of someone who has ${what} what is true of all`, async () => {
      const [front, garage] = items;
      const { below } = treeOf(home([door('Front', front), door('Garage', garage)]));
      assert.ok((await below(people)).includes(summary), (await below(people)).join('\n'));
    });
  }

  it('count more doors than two', async () => {
    const ofAnna = held('Anna', app, { accountUserId: 1 });
    const { below } = treeOf(home(doors.map((name) => door(name, [ofAnna]))));
    assert.deepEqual(await below(people), ['$(person) Anna | 4 devices']);
  });

  it('have an email where two have one name', async () => {
    const other = { accountUserId: 2, name: 'Anna', email: undefined };
    const { below } = treeOf(home([door('Front', [])], { people: { items: [anna, other], readAt: now } }));
    assert.deepEqual(await below(people), [
      '$(person) Anna | anna@example.com · nothing on any door',
      '$(person) Anna | nothing on any door',
    ]);
  });

  it('show what was asked for and is not listed, and what is being deleted, as their device does', async () => {
    const code = { ...pendingCreation(), requested: { ...pendingCreation().requested, name: 'New Guest' } };
    const deletion = pendingDeletion({ id: 'Guest-13' });
    const { below } = treeOf(home([door('Front', [held('Guest', keypadCode)], { pendingChanges: [code, deletion] })]));
    const [guest = '', asked = ''] = await below('account/7/people/names');
    assert.match(guest, /^\$\(sync~spin\) Guest \| deleting… · Front$/);
    assert.match(asked, /^\$\(sync~spin\) New Guest \| .+ · Front$/);
    assert.match(
      (await below(idOf({ kind: 'holder', accountId, holder: { name: 'New Guest' } })))[0] ?? '',
      /^\$\(sync~spin\) Front \| /,
    );
  });

  it('have what was asked for where it will be listed, so that no row moves when it is', async () => {
    const asked = (key: string, requested: Partial<PendingCreation['requested']>): PendingCreation =>
      pendingCreation({ key, requested: { ...pendingCreation().requested, ...requested } });
    const pendingChanges = [
      asked('create/1', { name: 'Berta' }),
      asked('create/2', { name: 'Beate', accountUserId: 2 }),
      asked('create/3', { name: 'Guest' }),
    ];
    const items = [held('Anton', keypadCode), held('Guest', keypadCode), held('Clara', app, { accountUserId: 3 })];
    const { below } = treeOf(
      home([door('Garage', items), door('Attic', items), door('Cellar', [], { pendingChanges })]),
    );
    const labels = async (row: string): Promise<readonly string[]> =>
      (await below(row)).map((each) => each.replace(/^\S+ (.+?)(?: \| .*)?$/, '$1'));
    assert.deepEqual(await labels(people), ['Anna', 'Beate', 'Clara', 'Without a Person']);
    assert.deepEqual(await labels('account/7/people/names'), ['Anton', 'Berta', 'Guest']);
    const guest = idOf({ kind: 'holder', accountId, holder: { name: 'Guest' } });
    assert.deepEqual(await labels(guest), ['Attic', 'Cellar', 'Garage']);
  });

  it('never say "nothing" of someone whose authorizations may not have been read', async () => {
    const failed = new NukiError('network');
    const unread = { allAuthorizationsReadAt: undefined, allAuthorizationsError: failed };
    assert.deepEqual(await treeOf(home([door('Front', [])], unread)).below(people), [
      "$(info) Can't reach Nuki.",
      '$(person) Anna',
    ]);
    const unreadable = { items: [], unreadable: [{ index: 0, id: undefined, problem: 'name' }], readAt: now };
    assert.deepEqual(await treeOf(home([door('Front', [], { authorizations: unreadable })])).below(people), [
      "$(info) Some authorizations couldn't be read. They aren't listed here.",
      '$(person) Anna',
    ]);
  });

  it('say which permissions are missing, and that there is nobody', async () => {
    const missing = new NukiError('permissionMissing', { status: 401 });
    const { row, below } = treeOf(
      home([door('Front', [held('Anna', app, { accountUserId: 1 })])], { people: undefined, peopleError: missing }),
    );
    assert.equal(row(people), '$(warning) People | permission missing');
    assert.deepEqual(await below(people), [
      '$(info) The token of "Home" can\'t read the account users. Create one with the permissions "account" and "manage authorizations" in Nuki Web.',
      '$(person) Anna | Front',
    ]);
    const empty = treeOf(home([door('Front', [])], { people: { items: [], readAt: now } }));
    assert.deepEqual(await empty.below(people), ['$(info) No people, codes or fobs.']);
  });

  it('say of a dead token that it is refused, once', async () => {
    const dead = new NukiError('tokenRefused', { status: 401 });
    const { below } = treeOf(
      home([door('Front', [])], { error: dead, peopleError: dead, allAuthorizationsError: dead }),
    );
    const [notice, ...others] = await below(people);
    assert.equal(
      notice,
      '$(info) Nuki rejected the token of "Home". It may have been revoked, or the account\'s password has changed.',
    );
    assert.ok(others.every((row) => row.startsWith('$(person)')));
  });

  it('have rows for their authorizations, which are those of the doors under ids of their own', async () => {
    const code = held('Guest', keypadCode);
    const { tree, below } = treeOf(
      home([door('Front', [code, held('Anna', app, { accountUserId: 1, id: 'a', name: "Anna's Phone" })])]),
    );
    const name = idOf({ kind: 'holder', accountId, holder: { name: 'Guest' } });
    const [twin = ''] = await tree.getChildren(name);
    assert.deepEqual(addressOf(twin), {
      kind: 'authorization',
      accountId,
      smartlockId: 1,
      id: code.id,
      belowHolder: true,
    });
    const own = tree.getTreeItem(idOf({ kind: 'authorization', accountId, smartlockId: 1, id: code.id }));
    assert.equal(tree.getTreeItem(twin).contextValue, own.contextValue);
    assert.equal(tree.getTreeItem(twin).label, 'Front');
    assert.deepEqual(await below('account/7/people/person/1'), ["$(device-mobile) Front | Anna's Phone"]);
    for (const [id, above] of [
      [twin, name],
      [name, 'account/7/people/names'],
      ['account/7/people/names', people],
      ['account/7/people/person/1', people],
      [people, 'account/7'],
    ] as const) {
      assert.equal(tree.getParent(id), above);
    }
  });

  it('have the words of their menus, and a spoken label, whatever their names are', async () => {
    const names = ['', '__proto__', 'a/b%2F', '\uD800', '$(trash)\n[x](command:y)', 'é'.repeat(300)];
    const { tree, below } = treeOf(
      home([
        door(
          'Front',
          names.map((name, index) => held(name, keypadCode, { id: String(index) })),
        ),
      ]),
    );
    const rows = await tree.getChildren('account/7/people/names');
    assert.equal(rows.length, names.length);
    for (const id of rows) {
      const item = tree.getTreeItem(id);
      assert.equal(item.contextValue, 'holder codeHolder');
      assert.match(item.accessibilityInformation?.label ?? '', /^.+, Front$/);
      assert.doesNotMatch(typeof item.label === 'string' ? item.label : '', /\n/);
      assert.equal((await below(id)).length, 1);
    }
    assert.equal(tree.getTreeItem('account/7/people/person/1').contextValue, 'holder accountUser');
  });

  it('are 500 rows at most, which is said', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ ...anna, accountUserId: index, name: `P${index}` }));
    const { tree, row } = treeOf(home([door('Front', [])], { people: { items: many, readAt: now } }));
    const rows = await tree.getChildren(people);
    assert.equal(rows.length, 501);
    assert.match(row(rows.at(-1) ?? ''), /Only the first 500 are listed/);
    assert.equal(row(people), '$(organization) People | 3000');
  });
});
