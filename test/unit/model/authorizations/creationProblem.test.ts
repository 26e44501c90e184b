import assert from 'node:assert/strict';
import { creationProblems, occupancyOf } from '../../../../src/model/authorizations/creationProblem.ts';
import type { NewAuthorization } from '../../../../src/nuki/authorization/authorizationWrites.ts';
import { authorization, lock } from '../../devices.ts';
import { pendingCreation } from '../../pendingChanges.ts';
import { accountId } from '../fakes.ts';

const code: NewAuthorization = { type: 13, name: 'Guest', remoteAllowed: false, code: 345678 };
const app: NewAuthorization = { type: 0, name: 'Anna', remoteAllowed: true, accountUserId: 11 };
const fob: NewAuthorization = { ...app, type: 2 };

const creationOf = (requested: NewAuthorization) =>
  pendingCreation({ key: requested.name, requested, hasCode: (other) => other === String(requested.code) });

/** So many authorizations of a type, each of another person. */
const many = (count: number, type: number) =>
  Array.from({ length: count }, (_, index) =>
    authorization({ id: `${type}/${index}`, type, accountUserId: 1_000 + index }),
  );

interface Circumstances {
  readonly items?: ReturnType<typeof many>;
  readonly codes?: readonly (readonly [id: string, code: string])[];
  readonly asked?: readonly NewAuthorization[];
}

function problemOf(requested: NewAuthorization, { items = [], codes = [], asked = [] }: Circumstances) {
  const state = { accountId, device: lock(), seenAt: 0, pendingChanges: asked.map(creationOf) };
  return creationProblems(requested, occupancyOf(state, items, new Map(codes)))[0];
}

describe('a device', () => {
  it('takes a code that it does not have, and one person by app', () => {
    for (const requested of [code, app, fob]) {
      assert.equal(problemOf(requested, {}), undefined);
      assert.equal(problemOf(requested, { items: many(99, 13), codes: [['13/0', '111111']] }), undefined);
    }
  });

  it('takes no code twice, be it in the list or only asked for', () => {
    assert.equal(problemOf(code, { codes: [['13/0', '345678']] }), 'codeTaken');
    assert.equal(problemOf(code, { asked: [code] }), 'codeTaken');
    assert.equal(problemOf(code, { asked: [{ ...code, code: 345679 }] }), undefined);
  });

  it('counts one that was asked for once, also when the list shows it already', () => {
    const items = many(99, 13);
    const listed = { ...creationOf({ ...code, code: 345679 }), listedAs: ['13/0'] };
    const state = { accountId, device: lock(), seenAt: 0, pendingChanges: [listed] };
    assert.equal(occupancyOf(state, items, new Map()).codes.used, 99);
  });

  it('is refused a code for both reasons where it is full and has that code', () => {
    const state = { accountId, device: lock(), seenAt: 0 };
    const occupancy = occupancyOf(state, many(200, 13), new Map([['13/0', '345678']]));
    assert.deepEqual(creationProblems(code, occupancy), ['codeTaken', 'codesFull']);
  });

  it('is given no name that it cannot hold: 20 bytes for its keypad, 32 characters else', () => {
    const name = 'PIN for guest99@example.com';
    assert.equal(problemOf({ ...code, name }, {}), 'nameTooLong');
    assert.equal(problemOf({ ...code, name: 'Ä'.repeat(11) }, {}), 'nameTooLong');
    assert.equal(problemOf({ ...code, name: 'Ä'.repeat(10) }, {}), undefined);
    assert.equal(problemOf({ ...app, name }, {}), undefined);
    assert.equal(problemOf({ ...app, name: 'x'.repeat(33) }, {}), 'nameTooLong');
  });

  it('is not called full before its list was read, and still takes no code twice', () => {
    const state = { accountId, device: lock(), seenAt: 0, pendingChanges: [creationOf(code)] };
    const occupancy = occupancyOf(state, undefined, undefined);
    assert.deepEqual([occupancy.codes.used, occupancy.others.used], [undefined, undefined]);
    assert.deepEqual(creationProblems(code, occupancy), ['codeTaken']);
    assert.deepEqual(creationProblems(fob, occupancy), []);
  });

  it('takes 200 codes, those that are only asked for among them', () => {
    for (const held of [100, 137, 199]) assert.equal(problemOf(code, { items: many(held, 13) }), undefined);
    assert.equal(problemOf(code, { items: many(200, 13) }), 'codesFull');
    assert.equal(problemOf(code, { items: many(199, 13), asked: [{ ...code, code: 345679 }] }), 'codesFull');
    assert.equal(problemOf(app, { items: many(200, 13) }), undefined);
  });

  it('takes 200 others, those that are only asked for among them', () => {
    assert.equal(problemOf(fob, { items: many(199, 2) }), undefined);
    assert.equal(problemOf(fob, { items: many(200, 2) }), 'othersFull');
    assert.equal(problemOf(app, { items: many(199, 2), asked: [fob] }), 'othersFull');
    assert.equal(problemOf(code, { items: many(200, 2) }), undefined);
  });

  it('takes one app authorization of a person, and as many fobs as wanted', () => {
    assert.equal(problemOf(app, { items: [authorization({ type: 0, accountUserId: 11 })] }), 'personHasOne');
    assert.equal(problemOf(app, { asked: [app] }), 'personHasOne');
    assert.equal(problemOf(app, { items: [authorization({ type: 0, accountUserId: 12 })] }), undefined);
    assert.equal(problemOf(app, { items: [authorization({ type: 2, accountUserId: 11 })] }), undefined);
    assert.equal(problemOf(fob, { items: [authorization({ type: 2, accountUserId: 11 })] }), undefined);
  });
});
