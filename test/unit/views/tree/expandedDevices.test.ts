import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/event.ts';
import { frontDoor, garage } from '../../../../src/simulator/demo/demoDevices.ts';
import { ExpandedDevices } from '../../../../src/views/tree/expandedDevices.ts';
import { idOf, type NodeId } from '../../../../src/views/tree/nodes.ts';
import { accountId } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';

const rowOf = (smartlockId: number): NodeId => idOf({ kind: 'device', accountId, smartlockId });

const accountRow = idOf({ kind: 'account', accountId });

/** An account whose authorizations were all read at once, and what a refresh reads below its rows. */
class Refreshed {
  readonly account: TestAccount;
  readonly expanded = new Emitter<{ readonly element: NodeId }>();
  readonly collapsed = new Emitter<{ readonly element: NodeId }>();
  readonly asked = new Emitter<NodeId>();
  readonly devices: ExpandedDevices;

  private constructor(account: TestAccount) {
    this.account = account;
    const view = { onDidExpandElement: this.expanded.event, onDidCollapseElement: this.collapsed.event };
    this.devices = new ExpandedDevices(account.store, view, this.asked.event);
  }

  static async open(): Promise<Refreshed> {
    const account = await TestAccount.open();
    await account.advanceUntil(account.store.readAccess(accountId));
    const refreshed = new Refreshed(account);
    refreshed.asked.fire(accountRow);
    return refreshed;
  }

  async requests(): Promise<readonly string[]> {
    this.account.requests.length = 0;
    await this.account.advanceUntil(this.devices.read(accountId));
    return [...this.account.requests];
  }
}

describe('a refresh', () => {
  it('reads nothing below devices that were never expanded, however much is known of them', async () => {
    assert.deepEqual(await (await Refreshed.open()).requests(), []);
  });

  it('reads the authorizations of devices that are expanded, also of one that was so in the window before', async () => {
    const refreshed = await Refreshed.open();
    refreshed.expanded.fire({ element: rowOf(frontDoor) });
    refreshed.asked.fire(rowOf(garage));
    const lists = [frontDoor, garage].map((id) => `GET /smartlock/${id}/auth`);
    assert.deepEqual((await refreshed.requests()).toSorted(), lists.toSorted());
    refreshed.collapsed.fire({ element: rowOf(garage) });
    assert.deepEqual(await refreshed.requests(), [`GET /smartlock/${frontDoor}/auth`]);
  });

  it('reads nothing below an account that is collapsed, and all of it when it is expanded again', async () => {
    const refreshed = await Refreshed.open();
    refreshed.expanded.fire({ element: rowOf(frontDoor) });
    refreshed.collapsed.fire({ element: accountRow });
    assert.deepEqual(await refreshed.requests(), []);
    refreshed.expanded.fire({ element: accountRow });
    await refreshed.account.advance(1);
    assert.deepEqual(refreshed.account.requests, [`GET /smartlock/${frontDoor}/auth`]);
    assert.deepEqual(await refreshed.requests(), [`GET /smartlock/${frontDoor}/auth`]);
  });

  it('reads those of all devices at once where the people are expanded', async () => {
    const refreshed = await Refreshed.open();
    refreshed.expanded.fire({ element: rowOf(frontDoor) });
    refreshed.expanded.fire({ element: idOf({ kind: 'people', accountId }) });
    const read = await refreshed.requests();
    assert.deepEqual(read.toSorted(), ['GET /account/user', 'GET /smartlock/auth/paged']);
  });
});
