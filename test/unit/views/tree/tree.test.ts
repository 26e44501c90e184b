import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/event.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { DeviceRef } from '../../../../src/model/deviceRef.ts';
import type { AccountState, DeviceState, StoreChange } from '../../../../src/model/snapshots.ts';
import { UnlatchSupport } from '../../../../src/model/actions/unlatchSupport.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { DeviceTree } from '../../../../src/views/tree/tree.ts';
import { authorization, lock } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, FakeRecords } from '../../model/fakes.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 23, 12);
const account = `account/${accountId}`;
const row = (smartlockId: number): string => `${account}/device/${smartlockId}`;

const stateOf = (smartlockId: number, changes: Partial<DeviceState> = {}): DeviceState => ({
  accountId,
  device: lock({ smartlockId, name: `Door ${smartlockId}` }),
  seenAt: now - minute,
  ...changes,
});
const devices = Array.from({ length: 9 }, (_, index) => stateOf(index + 1));
const home: AccountState = { id: accountId, label: 'Home', simulated: false, devices, unreadable: [] };

/** A tree with all its rows drawn, whose account is then another one. */
class DrawnTree {
  readonly fired: unknown[] = [];
  readonly tree: DeviceTree;
  readonly #changed = new Emitter<StoreChange>();
  #accounts: readonly AccountState[] = [];
  #now = now;

  private constructor(state: AccountState) {
    this.#accounts = [state];
    const accountOf = (id: string): AccountState | undefined => this.#accounts.find((each) => each.id === id);
    const accounts = (): readonly AccountState[] => this.#accounts;
    const store = {
      get accounts() {
        return accounts();
      },
      account: accountOf,
      device: ({ accountId: id, smartlockId }: DeviceRef): DeviceState | undefined =>
        accountOf(id)?.devices?.find(({ device }) => device.smartlockId === smartlockId),
      onDidChange: this.#changed.event,
      readAccess: () => Promise.resolve(),
      readActivity: () => Promise.resolve(),
      readAuthorizations: () => Promise.resolve(),
    };
    const context = () => ({
      t: inEnglish,
      language: 'en',
      now: this.#now,
      ownNow: this.#now,
      refreshIntervalMs: minute,
    });
    this.tree = new DeviceTree(store, new UnlatchSupport(new FakeRecords()), new FakeClock(), context, 'more');
    this.tree.onDidChangeTreeData((rows) => this.fired.push(rows));
  }

  static async of(state: AccountState = home): Promise<DrawnTree> {
    const drawn = new DrawnTree(state);
    await drawn.#draw();
    return drawn;
  }

  async #draw(id?: string): Promise<void> {
    for (const child of await this.tree.getChildren(id)) {
      this.tree.getTreeItem(child);
      await this.#draw(child);
    }
  }

  /** What is fired when the account is `state` from now on, some minutes later. */
  after(state: AccountState, minutes = 0): readonly unknown[] {
    this.#accounts = [state];
    this.#now += minutes * minute;
    this.#changed.fire({ kind: 'account', accountId });
    return this.fired;
  }
}

/** The account read again, with other devices in the place of some. */
const readAgain = (changed: Readonly<Record<number, Partial<DeviceState>>> = {}): AccountState => ({
  ...home,
  devices: devices.map((state, index) => ({ ...state, seenAt: now, ...changed[index] })),
});

describe('a row of the tree', () => {
  it('has a tooltip where VS Code asks for it, and there alone', async () => {
    const { tree } = await DrawnTree.of();
    assert.ok(tree.resolveTreeItem(tree.getTreeItem(row(1)), row(1)).tooltip);
    assert.equal(tree.getTreeItem(row(1)).tooltip, undefined);
  });
});

describe('what the tree fires', () => {
  it('is nothing where a refresh brought nothing new', async () => {
    const tree = await DrawnTree.of();
    assert.deepEqual(tree.after(readAgain()), []);
  });

  it('is the rows of the devices that read otherwise', async () => {
    const tree = await DrawnTree.of();
    const unlocked = { device: lock({ smartlockId: 3, name: 'Door 3' }, { state: 3 }) };
    const operation = { action: 'lock', since: now } as const;
    assert.deepEqual(tree.after(readAgain({ 2: unlocked, 4: { operation } })), [[row(3), row(5)]]);
  });

  it('is a device with another name, and the account where that changes the order', async () => {
    const named = (name: string): AccountState => readAgain({ 0: { device: lock({ smartlockId: 1, name }) } });
    const drawn = await DrawnTree.of();
    assert.deepEqual(drawn.after(named('Door 1b')), [[row(1)]]);
    assert.equal(drawn.tree.getTreeItem(row(1)).label, 'Door 1b');
    assert.deepEqual((await DrawnTree.of()).after(named('Gate')), [[account]]);
  });

  it('is every device of a name that another one has got too', async () => {
    const twin = { device: lock({ smartlockId: 2, name: 'Door 1' }) };
    assert.deepEqual((await DrawnTree.of()).after(readAgain({ 1: twin })), [[row(1), row(2)]]);
  });

  it('is the account that turns out to be simulated, and its devices say so', async () => {
    const simulated = { ...readAgain(), id: accountId, simulated: true };
    assert.deepEqual((await DrawnTree.of()).after(simulated), [[account]]);
    const drawn = await DrawnTree.of(simulated);
    assert.match(String(drawn.tree.getTreeItem(row(1)).contextValue), / demo$/);
    drawn.after(readAgain());
    assert.match(String(drawn.tree.getTreeItem(row(1)).contextValue), / own$/);
  });

  it('is the account where its own row reads otherwise, or a device came or went', async () => {
    const unreadable = [{ index: 0, id: '1', problem: 'name' }];
    const [, ...others] = readAgain().devices ?? [];
    for (const changes of [{ label: 'Office' }, { unreadable }, { devices: others }, { devices: undefined }])
      assert.deepEqual((await DrawnTree.of()).after({ ...readAgain(), ...changes }), [[account]]);
  });

  it('is the account when it can no longer be read, and when it can again', async () => {
    const failing = { ...home, error: new NukiError('network') };
    const tree = await DrawnTree.of();
    assert.deepEqual(tree.after(failing), [[account]]);
    assert.deepEqual((await DrawnTree.of(failing)).after(failing), []);
    assert.deepEqual((await DrawnTree.of(failing)).after(readAgain()), [[account]]);
  });

  it('is every row that says how old it is', async () => {
    const few = { ...home, devices: devices.slice(0, 3) };
    assert.deepEqual((await DrawnTree.of(few)).after(few), []);
    assert.deepEqual((await DrawnTree.of(few)).after(few, 3), [[row(1), row(2), row(3)]]);
  });

  it('is an authorization that has ended meanwhile, alone', async () => {
    const ending = authorization({
      id: '5f0c1d2e3a4b5c6d7e8f9a0b',
      allowedUntilDate: new Date(now + minute).toISOString(),
    });
    const authorizations = { items: [ending], unreadable: [], readAt: now };
    const opened = readAgain({ 6: { authorizations } });
    assert.deepEqual((await DrawnTree.of(opened)).after(opened), []);
    assert.deepEqual((await DrawnTree.of(opened)).after(opened, 2), [[`${row(7)}/auth/${ending.id}`]]);
  });

  it('is the device below which a list was read', async () => {
    const activity = { items: [], unreadable: 0, readAt: now, isComplete: true, oldestId: undefined };
    assert.deepEqual((await DrawnTree.of()).after(readAgain({ 6: { activity } })), [[row(7)]]);
  });
});
