import assert from 'node:assert/strict';
import * as requests from '../../../../src/nuki/http/requests.ts';
import { routes } from '../../../../src/simulator/api/api.ts';
import { resourceAt } from '../../../../src/simulator/api/operations.ts';
import { authorization, now, sampleRequests, smartlockId } from './sampleRequests.ts';

describe('a request of the Web API', () => {
  it('is one that the API has', () => {
    for (const { method, path } of sampleRequests) {
      const [pathname = ''] = path.split('?');
      const template = resourceAt(pathname)?.template;
      assert.ok(
        routes.some((route) => route.method === method && route.path === template),
        `${method} ${path}`,
      );
    }
  });

  it('that replaces an authorization holds every field that is known, complete limits, and its code masked', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(requests.replaceAuthorization(smartlockId, authorization, now).body)), {
      name: authorization.name,
      enabled: true,
      remoteAllowed: false,
      code: '******',
      allowedFromDate: '2026-11-23T12:00:00.000Z',
      allowedWeekDays: 124,
      allowedFromTime: 0,
      allowedUntilTime: 0,
    });
  });

  it('is not made of ids that may not go into a URL', () => {
    for (const wrong of [0, -1, 1.5, 2 ** 53, Number.NaN]) assert.throws(() => requests.readDevice(wrong));
    for (const wrong of ['', '../account', 'x'.repeat(24)])
      assert.throws(() => requests.readAuthorization(smartlockId, wrong));
  });
});
