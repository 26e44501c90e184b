import assert from 'node:assert/strict';
import { createClient, type NukiClient } from '../../../../src/nuki/http/client.ts';
import { FakeClock } from '../../fakeClock.ts';

/** The path and query that a client asks for. */
async function asked(read: (client: NukiClient) => Promise<unknown>): Promise<string> {
  const urls: URL[] = [];
  const fetch: typeof globalThis.fetch = (input) => {
    urls.push(new URL(new Request(input).url));
    return Promise.resolve(Response.json([]));
  };
  await read(createClient('a-token-of-the-tests', { clock: new FakeClock(), random: () => 0, fetch }));
  const [url] = urls;
  assert.equal(urls.length, 1);
  return decodeURIComponent(`${url?.pathname}${url?.search}`);
}

describe('A log', () => {
  const of = { before: 'b', from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 21, 0, 0, 0, 5), action: 3 };
  const query =
    'limit=50&id=b&fromDate=2026-11-20T00:00:00.000Z&toDate=2026-11-21T00:00:00.005Z&action=3&accountUserId=7';

  it('of an account is asked for with every limit, dates as RFC 3339 writes them', async () => {
    assert.equal(
      await asked((client) => client.accountActivity(50, { ...of, accountUserId: 7 })),
      `/smartlock/log?${query}`,
    );
  });

  it('of a device is asked for in the same way', async () => {
    assert.equal(
      await asked((client) => client.activity(9, 50, { ...of, accountUserId: 7 })),
      `/smartlock/9/log?${query}`,
    );
  });

  it('is asked for without limits where there are none', async () => {
    assert.equal(await asked((client) => client.accountActivity(20)), '/smartlock/log?limit=20');
    assert.equal(await asked((client) => client.activity(9, 20, { before: undefined })), '/smartlock/9/log?limit=20');
  });
});
