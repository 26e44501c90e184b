import assert from 'node:assert/strict';
import { authorizationsByDevice } from '../../../../src/model/authorizations/authorizationsByDevice.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';

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
  it('are found by their device, with the codes that were read', async () => {
    const [anna, ben, clara] = [of('anna', frontDoor), of('ben', garage), of('clara', frontDoor)];
    const codes = new Map([
      ['anna', '345678'],
      ['clara', '876543'],
    ]);
    const onDevice = await authorizationsByDevice({ items: [anna, ben, clara], codes, ...nothingUnreadable });
    assert.deepEqual(onDevice(frontDoor), { items: [anna, clara], codes, ...nothingUnreadable });
    assert.deepEqual(onDevice(garage), { items: [ben], codes: new Map(), ...nothingUnreadable });
  });

  it('are none at a device that has none', async () => {
    const onDevice = await authorizationsByDevice({ items: [], codes: new Map(), ...nothingUnreadable });
    assert.deepEqual(onDevice(garage), { items: [], codes: new Map(), ...nothingUnreadable });
  });

  it('that do not tell their device may belong to any, so that none of them counts as gone', async () => {
    const items = [of('lost', undefined)];
    const onDevice = await authorizationsByDevice({ items, codes: new Map(), ...nothingUnreadable });
    const unreadable = [{ index: 0, id: 'lost', problem: 'smartlockId' }];
    assert.deepEqual(onDevice(garage), { items: [], codes: new Map(), unreadable });
  });

  it('that could not be understood may belong to any device, each with an index of its own', async () => {
    const unreadable = [7, 9].map((index) => ({ index, id: undefined, problem: 'name' }));
    const onDevice = await authorizationsByDevice({ items: [of('lost', undefined)], codes: new Map(), unreadable });
    for (const device of [frontDoor, garage]) {
      assert.deepEqual(
        onDevice(device).unreadable.map(({ index, problem }) => [index, problem]),
        [
          [0, 'name'],
          [1, 'name'],
          [2, 'smartlockId'],
        ],
      );
    }
  });
});
