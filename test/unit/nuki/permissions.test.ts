import assert from 'node:assert/strict';
import { permissionNames, permissions } from '../../../src/nuki/permissions.ts';

describe('a permission of a token', () => {
  it('is named as Nuki Web names it', () => {
    assert.deepEqual(
      permissionNames.map((permission) => permissions[permission].name),
      ['account', 'view devices', 'operate devices', 'manage authorizations', 'view activity log'],
    );
  });

  for (const permission of permissionNames) {
    it(`"${permission}" is said to give something`, () => assert.match(permissions[permission].gives, /^\w.+[\w)]$/));
  }

  it('is tried by a read that needs it and changes nothing, but for that to operate', () => {
    assert.deepEqual(
      permissionNames.map((permission) => permissions[permission].probe),
      [
        { method: 'GET', path: '/account' },
        { method: 'GET', path: '/smartlock' },
        undefined,
        { method: 'GET', path: '/smartlock/auth/paged?page=0&size=1' },
        { method: 'GET', path: '/smartlock/log?limit=1' },
      ],
    );
  });
});
