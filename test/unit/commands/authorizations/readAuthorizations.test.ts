import assert from 'node:assert/strict';
import { readAuthorizations } from '../../../../src/commands/authorizations/readAuthorizations.ts';
import { garage } from '../../../../src/simulator/demo/demoDevices.ts';
import { ref } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';

describe('the authorizations that are exported or cleaned up', () => {
  for (const [what, smartlockId, path] of [
    ['an account', undefined, /^\/smartlock\/auth/],
    ['a device', garage, /^\/smartlock\/\d+\/auth/],
  ] as const) {
    it(`of ${what} are those that are known, where an older copy answers`, async () => {
      const { store, simulator } = await TestAccount.open();
      await store.readAuthorizations(ref(garage));
      const known = store.device(ref(garage))?.authorizations?.items ?? [];
      const expired = { updateDate: '2020-01-01T00:00:00Z', allowedUntilDate: '2020-02-01T00:00:00Z' };
      simulator.home.fault({
        method: 'GET',
        path,
        times: 9,
        change: async (answer) => {
          const text = await answer.text();
          const changed: unknown = JSON.parse(text, (_, value: unknown) =>
            typeof value === 'object' && value !== null && 'authId' in value ? { ...value, ...expired } : value,
          );
          return Response.json(changed);
        },
      });
      const account = store.account(accountId);
      assert.ok(account && known.length > 0);
      const read = await readAuthorizations('Reading…', { account, smartlockId }, store);
      const ofGarage = read?.filter((each) => each.smartlockId === garage);
      assert.deepEqual(new Set(ofGarage), new Set(known));
    });
  }
});
