import assert from 'node:assert/strict';
import { AuthorizationsByDevice } from '../../../src/model/authorizationsByDevice.ts';
import type { Authorization } from '../../../src/nuki/authorization/authorization.ts';

const frontDoor = 1;
const garage = 2;
const of = (id: string, smartlockId: number | undefined): Authorization => ({
  id,
  smartlockId,
  type: 13,
  name: id,
  operationId: false,
});
const nothingUnreadable = { unreadable: [] };

describe('all authorizations of an account', () => {
  it('are found by their device, page after page, with the codes that were read', () => {
    const all = new AuthorizationsByDevice();
    const [anna, ben, clara] = [of('anna', frontDoor), of('ben', garage), of('clara', frontDoor)];
    all.take({ items: [anna, ben], codes: new Map([['anna', '345678']]), ...nothingUnreadable });
    all.take({ items: [clara], codes: new Map([['clara', '876543']]), ...nothingUnreadable });
    assert.deepEqual(all.of(frontDoor), {
      items: [anna, clara],
      codes: new Map([
        ['anna', '345678'],
        ['clara', '876543'],
      ]),
      ...nothingUnreadable,
    });
    assert.deepEqual(all.of(garage), { items: [ben], codes: new Map(), ...nothingUnreadable });
  });

  it('are none at a device that has none', () => {
    assert.deepEqual(new AuthorizationsByDevice().of(garage), { items: [], codes: new Map(), ...nothingUnreadable });
  });

  it('that do not tell their device may belong to any, so that none of them counts as gone', () => {
    const all = new AuthorizationsByDevice();
    all.take({ items: [of('lost', undefined)], codes: new Map(), ...nothingUnreadable });
    const unreadable = [{ index: 0, id: 'lost', problem: 'smartlockId' }];
    assert.deepEqual(all.of(garage), { items: [], codes: new Map(), unreadable });
  });

  it('that could not be understood may belong to any device, and are counted over all pages', () => {
    const all = new AuthorizationsByDevice();
    const unreadable = [{ index: 0, id: undefined, problem: 'name' }];
    all.take({ items: [], codes: new Map(), unreadable });
    all.take({ items: [], codes: new Map(), unreadable });
    for (const device of [frontDoor, garage]) {
      assert.deepEqual(
        all.of(device).unreadable.map(({ index }) => index),
        [0, 1],
      );
    }
  });
});
