import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { createClient, type NukiClient } from '../../src/nuki/http/client.ts';
import type { HttpServices } from '../../src/nuki/http/http.ts';
import { lockId, lockJson } from '../unit/devices.ts';
import { answer, TestServer } from '../unit/nuki/server.ts';
import { launchBrowser } from '../vscode/page.ts';

const list = JSON.stringify([lockJson()]);

/** A `fetch` that sends each request through the network stack of `page`, to where `page` comes from. */
function fetchIn(page: Page): HttpServices['fetch'] {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const { method, redirect, credentials, cache } = request;
    const body = request.body === null ? undefined : await request.text();
    const options = { method, redirect, credentials, cache, headers: [...request.headers], body };
    const sent = { path: pathname + search, options };
    const { text, ...rest } = await page.evaluate(async ({ path, options: { body: sentText, ...others } }) => {
      const response = await fetch(path, { ...others, ...(sentText !== undefined && { body: sentText }) });
      return { text: await response.text(), status: response.status, headers: [...response.headers] };
    }, sent);
    return new Response(text || null, rest);
  };
}

// With the setting http.electronFetch VS Code can give extensions the network stack of Chromium instead of that of Node.
describe('through the network stack of Chromium', () => {
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });

  after(async () => browser.close());

  /** Reads, then acts on the same connection, with a server that takes the action and dies the first time. */
  async function readAndAct(mayRepeat: () => boolean) {
    let acted = 0;
    await using server = await TestServer.start((response, request, attempt) => {
      if (request.method === 'GET') return answer(200, list)(response, request, attempt);
      acted += 1;
      if (acted === 1) request.socket.destroy();
      else answer(204)(response, request, attempt);
    });
    const page = await browser.newPage();
    await page.goto(`${server.url}/account`);
    const client: NukiClient = createClient('a-token-of-the-tests', {
      ...server.services,
      fetch: fetchIn(page),
      mayRepeat,
    });
    await client.smartlocks();
    const end = await client.act(lockId, 3).then(
      () => 'accepted',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
    await page.close();
    return { acted, end };
  }

  it('one action would arrive twice, and look as if all was well', async () => {
    assert.deepEqual(await readAndAct(() => false), { acted: 2, end: 'accepted' });
  });

  it('so none is sent, and the reason is told', async () => {
    assert.deepEqual(await readAndAct(() => true), { acted: 0, end: 'mayRepeat' });
  });
});
