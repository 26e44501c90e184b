import assert from 'node:assert/strict';
import { isSamePerson } from '../../../../src/model/people/departure.ts';

const anna = { accountUserId: 1, name: 'Anna Berger', email: 'anna@example.com' };

describe('the owner of an account among its account users', () => {
  it('is whoever has the same email, however it is written, and under whatever name', () => {
    assert.ok(isSamePerson({ name: 'Home', email: ' Anna@Example.com' }, anna));
    assert.ok(!isSamePerson({ name: 'Anna Berger', email: 'ben@example.com' }, anna));
  });

  it('is known by the name where one of them has no email', () => {
    assert.ok(isSamePerson({ name: 'Anna Berger', email: undefined }, anna));
    assert.ok(isSamePerson({ name: 'Anna Berger', email: 'anna@example.com' }, { ...anna, email: undefined }));
    assert.ok(!isSamePerson({ name: 'Ben Berger', email: undefined }, anna));
    assert.ok(!isSamePerson({ name: undefined, email: undefined }, { ...anna, email: undefined }));
  });
});
