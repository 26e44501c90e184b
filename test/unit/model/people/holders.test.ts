import assert from 'node:assert/strict';
import { holdersOf, nameOfHolder, type Holder } from '../../../../src/model/people/holders.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import type { Person } from '../../../../src/nuki/account.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorizationType } from '../../../../src/nuki/authorization/authorizationType.ts';
import { authorization, lock } from '../../devices.ts';

const { app, fob, keypadCode, bridge, keypad, zKey, virtual } = authorizationType;

function person(accountUserId: number, name?: string, email?: string): Person {
  return { accountUserId, name, email };
}

function held(name: string, type: number, accountUserId?: number): Authorization {
  return { ...authorization({ id: `${name}/${type}/${accountUserId}` }), name, type, accountUserId };
}

function account(people: readonly Person[], ...doors: readonly (readonly Authorization[])[]): AccountState {
  const devices = doors.map((items, index): DeviceState => ({
    accountId: '7',
    device: lock({ smartlockId: index + 1 }),
    seenAt: 0,
    authorizations: { items, unreadable: [], readAt: 0 },
  }));
  return { id: '7', label: 'Home', simulated: false, devices, unreadable: [], people: { items: people, readAt: 0 } };
}

/** `person 1 Anna: 1, 2` or `name Guest: 1`, by the doors. */
function told(holder: Holder): string {
  const doors = holder.held.map(({ state }) => state.device.smartlockId).join(', ');
  const who = holder.kind === 'person' ? `person ${holder.person.accountUserId}` : 'name';
  return `${who} ${nameOfHolder(holder)}: ${doors}`;
}

describe('who holds authorizations', () => {
  it('are account users first, also those who have nothing, then names, each in the order of the language', () => {
    const people = [person(2, 'Zoë'), person(1, 'Äva'), person(3, 'Ben')];
    const doors = [
      [held('Äva', app, 1), held('Guest', keypadCode), held('Zoë', fob, 2)],
      [held('guest ', keypadCode), held('Äva', app, 1), held('Guest', keypadCode), held('Anton', fob)],
    ];
    assert.deepEqual(holdersOf(account(people, ...doors), 'de').map(told), [
      'person 1 Äva: 1, 2',
      'person 3 Ben: ',
      'person 2 Zoë: 1',
      'name Anton: 2',
      'name guest: 2',
      'name Guest: 1, 2',
    ]);
  });

  it('have what they have in the order in which devices are shown', () => {
    const { devices = [], ...home } = account([person(1, 'Anna')], [held('Anna', app, 1)], [held('Anna', app, 1)]);
    const names = ['Garage', 'Cellar'];
    const named = devices.map((state, index) => ({
      ...state,
      device: lock({ smartlockId: index + 1, name: names[index] ?? '' }),
    }));
    assert.deepEqual(holdersOf({ ...home, devices: named }, 'en').map(told), ['person 1 Anna: 2, 1']);
  });

  it('never are what connects a device', () => {
    const system = [bridge, keypad, zKey, virtual, 99].map((type) => held('Nuki Web', type, 1));
    assert.deepEqual(holdersOf(account([person(1, 'Anna')], system), 'en').map(told), ['person 1 Anna: ']);
  });

  it('are persons of the same name apart, and one whom no list names by the name of what is held', () => {
    const people = [person(1, 'Anna'), person(2, 'Anna')];
    const doors = [[held('Anna', app, 1), held('Old phone', app, 9)], [held('Anna', app, 2)]];
    assert.deepEqual(holdersOf(account(people, ...doors), 'en').map(told), [
      'person 1 Anna: 1',
      'person 2 Anna: 2',
      'person 9 Old phone: 1',
    ]);
  });

  it('are told by their email where an account user has no name', () => {
    assert.deepEqual(holdersOf(account([person(1, undefined, 'a@example.com'), person(2)]), 'en').map(told), [
      'person 2 : ',
      'person 1 a@example.com: ',
    ]);
  });

  it('keep names that would fool a table, and take two ways to write an accent for one', () => {
    const names = ['__proto__', 'constructor', 'Jose\u0301', 'José', ''];
    const all = holdersOf(
      account(
        [],
        names.map((name) => held(name, keypadCode)),
      ),
      'en',
    );
    assert.deepEqual(
      all.map((holder) => [nameOfHolder(holder), holder.held.length]),
      [
        ['', 1],
        ['__proto__', 1],
        ['constructor', 1],
        ['José', 2],
      ],
    );
  });

  it('are none before anything was read', () => {
    const unread = { id: '7', label: 'Home', simulated: false, devices: undefined, unreadable: [] };
    assert.deepEqual(holdersOf(unread, 'en'), []);
  });
});
