import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { Program, run as runKeyturner } from '../unit/bin/program.ts';
import { launchBrowser } from '../vscode/page.ts';
import { freePort } from '../vscode/ports.ts';
import { areHere, run } from './foreignPrograms.ts';

const secret = 'the-key-of-the-webhooks';

/** What each stranger says when it has gone the whole round. */
const steps = [
  `listed the Front Door, ${frontDoor}`,
  'unlatched, says the log',
  'created a code with limits, confirmed by the lock',
  'edited it, with its limits',
  'deleted it',
  'received the webhooks, signed as they should be',
];

describe('A stranger goes a whole round on the simulated API, started as a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturner-strangers-'));
  const toEnd: (() => unknown)[] = [];

  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    for (const end of toEnd.splice(0).toReversed()) await end();
  });

  /** Twenty times as fast as real doors. */
  async function start(webhook: string, ...options: readonly string[]): Promise<{ url: string; token: string }> {
    const hooks = ['--webhook', webhook, '--webhook-secret', secret];
    const program = new Program(['simulate', '--port', '0', '--speed', '20', ...hooks, ...options]);
    toEnd.push(() => program.stop());
    return await program.listening();
  }

  async function serve(listener: RequestListener): Promise<string> {
    const server: Server = createServer(listener);
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    toEnd.push(() => server.close());
    return `http://127.0.0.1:${port}/`;
  }

  it('with curl, in a shell script', async function () {
    if (!(await areHere('curl', 'openssl'))) return skip(this, 'curl or openssl');
    const counted = { webhooks: 0 };
    const webhook = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const file = join(folder, String((counted.webhooks += 1)));
        writeFileSync(`${file}.signature`, String(request.headers['x-nuki-signature-sha256']));
        writeFileSync(`${file}.body`, Buffer.concat(chunks));
        response.writeHead(204).end();
      });
    });
    const { url, token } = await start(webhook);
    const environment = { NUKI_BASE_URL: url, NUKI_TOKEN: token, WEBHOOK_SECRET: secret };
    const { code, said, complained } = await run('sh', ['test/strangers/curl.sh', folder], environment);
    assert.deepEqual([said.trim().split('\n'), complained, code], [steps, '', 0]);
  });

  it('with Python and what comes with it', async function () {
    if (!(await areHere('python3'))) return skip(this, 'python3');
    const port = await freePort();
    const { url, token } = await start(`http://127.0.0.1:${port}/`);
    const environment = {
      NUKI_BASE_URL: url,
      NUKI_TOKEN: token,
      WEBHOOK_PORT: String(port),
      WEBHOOK_SECRET: secret,
      PYTHONUNBUFFERED: '1',
    };
    const { code, said, complained } = await run('python3', ['test/strangers/round_trip.py'], environment);
    assert.deepEqual([said.trim().split('\n'), complained, code], [steps, '', 0]);
  });

  it('with a page in a browser, where --cors is given', async () => {
    const webhook = await serve((_, response) => response.writeHead(204).end());
    const { url, token } = await start(webhook, '--cors');
    const page = readFileSync('test/strangers/page.html');
    const site = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page));
    const browser = await launchBrowser();
    toEnd.push(() => browser.close());
    const tab = await browser.newPage();
    await tab.goto(`${site}?${new URLSearchParams({ server: url, token, secret }).toString()}`);
    await tab.waitForFunction("['done', 'failed'].includes(document.title)");
    const said = (await tab.textContent('#said')) ?? '';
    assert.deepEqual(said.trim().split('\n'), steps);
  });
});

describe('The client of the README', () => {
  const readme = readFileSync('README.md', 'utf8');

  it('ends as the README says, where the simulated API is started around it', async () => {
    const [, client = ''] = /```js\n([^]*?)```/.exec(readme) ?? [];
    const [, command = ''] = /`npx keyturner (simulate [^`]* -- node client\.mjs)`/.exec(readme) ?? [];
    const [, report = ''] = /```text\n([^]*?)```/.exec(readme) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'keyturner-readme-'));
    try {
      writeFileSync(join(folder, 'client.mjs'), client);
      const args = command.split(' ').map((arg) => (arg === 'client.mjs' ? join(folder, arg) : arg));
      const { code, output, errors } = await runKeyturner(...args);
      assert.equal(code, 1, errors);
      for (const line of report.trim().split('\n')) assert.ok(`${output}${errors}`.split('\n').includes(line), line);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function skip(test: Mocha.Context, missing: string): void {
  console.log(`      skipped: ${missing} is missing here`);
  test.skip();
}
