import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import { signatureByNode } from '../simulator/webhooks/fakeReceiver.ts';
import { Program, run, stoppedCode } from './program.ts';

const isWindows = process.platform === 'win32';

/** A program of one line that asks the API it is told of, and then does `last`. */
const client = (last = ''): string[] => [
  process.execPath,
  '--input-type=module',
  '--eval',
  [
    'const { NUKI_BASE_URL: url, NUKI_TOKEN: token } = process.env;',
    "const { status } = await fetch(url + '/smartlock', { headers: { authorization: 'Bearer ' + token } });",
    "console.log('client', status, url, token);",
    last,
  ].join(' '),
];

describe('keyturner simulate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturner-bin-'));
  const journal = join(folder, 'journal.jsonl');
  const started: Program[] = [];

  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    for (const { child } of started.splice(0)) child.kill('SIGKILL');
  });

  function start(...args: readonly string[]): Program {
    const program = new Program(['simulate', '--port', '0', ...args]);
    started.push(program);
    return program;
  }

  it('says on one line where it listens, then of each request what came of it', async () => {
    const program = start();
    const { url, token } = await program.listening();
    assert.ok(token.length >= 32);
    const response = await fetch(`${url}/smartlock`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('x-simulated'), 'keyturner');
    assert.equal((await fetch(`${url}/smartlock`)).status, 401);
    await program.prints(
      /^1 GET \/smartlock → 200 · \d+ ms · \d+ devices\n2 GET \/smartlock → 401 · \d+ ms · .*no token\n/,
      'errors',
    );
    const { code, output, errors } = await program.stop();
    assert.deepEqual([code, output.split('\n').length], [stoppedCode, 2]);
    assert.ok(!errors.includes(token));
  });

  it('says how a command came out as soon as it is known', async () => {
    const program = start('--speed', '100', '--fault', 'motor-blocked', '--token', 'mine');
    const { url } = await program.listening();
    const headers = { authorization: 'Bearer mine' };
    await fetch(`${url}/smartlock/${frontDoor}/action/unlock?token=mine`, { method: 'POST', headers });
    const lines =
      /^1 POST \/smartlock\/\d+\/action\/unlock\?token=\S+ → 204 · \d+ ms · unlock Front Door · fault: motor-blocked\n1 unlock Front Door: motor blocked after [\d.]+ s\n$/;
    await program.prints(lines, 'errors');
    assert.doesNotMatch((await program.stop()).errors, /mine/);
  });

  it('simulates the home of a file', async () => {
    const { url } = await start('--home', 'docs/demo.nuki-home.json', '--token', 'mine').listening();
    const response = await fetch(`${url}/account`, { headers: { authorization: 'Bearer mine' } });
    assert.equal(response.status, 200);
  });

  for (const given of [[], ['--webhook-secret', 'a key of mine']]) {
    it(`signs webhooks with ${given.length > 0 ? 'the secret that it is told' : 'a secret that it prints'}`, async () => {
      const delivered = Promise.withResolvers<{ readonly body: string; readonly signature: unknown }>();
      const receiver = createHttpServer((incoming, outgoing) => {
        const signature = incoming.headers['x-nuki-signature-sha256'];
        delivered.resolve(textOf(incoming).then((body) => ({ body, signature })));
        incoming.on('end', () => outgoing.end());
      });
      await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
      const address = receiver.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const hook = `http://127.0.0.1:${port}/hook`;
      const program = start('--speed', '20', '--token', 'mine', '--journal', journal, '--webhook', hook, ...given);
      const { url } = await program.listening();
      const headers = { authorization: 'Bearer mine' };
      await fetch(`${url}/smartlock/${frontDoor}/action/unlock`, { method: 'POST', headers });
      const { body, signature } = await delivered.promise;
      await program.prints(/^webhook 1 DEVICE_\w+ → 200 · \d+ ms$/m, 'errors');
      receiver.closeAllConnections();
      receiver.close();
      assert.match(readFileSync(journal, 'utf8'), /^\{"delivery":\{"number":1,.*"status":200/m);
      if (given.length === 0) await program.prints(/^Webhook secret/m, 'errors');
      const [, printed] = /^Webhook secret: (\w{64,})$/m.exec(program.errors) ?? [];
      assert.equal(printed === undefined, given.length > 0);
      assert.match(body, /^\{"feature":"DEVICE_/);
      assert.equal(signature, signatureByNode('sha256', body, printed ?? 'a key of mine'));
    });
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends at ${signal}, with requests under way`, async () => {
      const program = start('--fault', 'slow');
      const { url, token } = await program.listening();
      const answer = fetch(`${url}/smartlock`, { headers: { authorization: `Bearer ${token}` } });
      const ended = answer.then(
        ({ status }) => status,
        () => 'lost',
      );
      assert.equal((await program.stop(signal)).code, stoppedCode);
      await ended;
    });
  }

  it('takes the tokens that it is told, each with its scopes, and shows the first', async () => {
    const { url, token } = await start('--token', 'one', '--token', 'two:account').listening();
    assert.equal(token, 'one');
    const status = async (path: string, of: string): Promise<number> =>
      (await fetch(url + path, { headers: { authorization: `Bearer ${of}` } })).status;
    const statuses = [status('/smartlock', 'one'), status('/smartlock', 'two'), status('/account', 'two')];
    assert.deepEqual(await Promise.all(statuses), [200, 401, 200]);
  });

  it("starts the home's clock where it is told to, and lets it stand still", async () => {
    const { url, token } = await start('--time', '2026-05-01', '--speed', '0').listening();
    const { headers } = await fetch(`${url}/smartlock`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(headers.get('date'), 'Fri, 01 May 2026 00:00:00 GMT');
  });

  it('runs a command against itself, ends with it, and takes its exit code', async () => {
    const { code, output } = await start('--token', 'mine', '--', ...client('process.exit(7)')).ended;
    assert.equal(code, 7);
    assert.match(output, /^Nuki Web API, simulated: (http:\S+) token mine\nclient 200 \1 mine\n$/);
  });

  it('says at the end what the command did that the real API punishes, and then ends with 1', async () => {
    const wrong =
      "await fetch(url + '/smartlock/log?fromDate=1700000000', { headers: { authorization: 'Bearer ' + token } });";
    const [good, bad, unchecked] = await Promise.all([
      start('--check', '--', ...client()).ended,
      start('--check', '--', ...client(`${wrong} process.exit(3);`)).ended,
      start('--', ...client(`${wrong} process.exit(3);`)).ended,
    ]);
    assert.deepEqual([good.code, bad.code, unchecked.code], [0, 1, 3]);
    assert.match(good.output, /client 200 .*\nThe check found nothing\.\n/);
    assert.match(bad.output, /client 200 .*\n.*: request 2\n/);
    assert.doesNotMatch(unchecked.output, /request 2/);
  });

  it('judges what came before a reset too', async () => {
    const act = `await fetch(url + '/smartlock/${frontDoor}/action', { method: 'POST', headers: { authorization: 'Bearer ' + token }, body: '{"action":2}' });`;
    const reset = `await fetch(url + '/_sim/reset', { method: 'POST' });`;
    const { code, output } = await start('--check', '--', ...client([act, reset, act, reset].join(' '))).ended;
    assert.equal(code, 1);
    assert.match(output, /^204 mistaken for done: request 2 of run 1; request 1 of run 2$/m);
    assert.match(output, /^A reset ends a run; the next one begins with request 1\.$/m);
  });

  it('hands a signal on to its command, and ends it at the second', async function () {
    if (isWindows) this.skip(); // it has no signals
    const stubborn =
      "process.on('SIGTERM', () => console.log('not yet')); console.log('ready'); setInterval(() => {}, 1000);";
    const program = start('--', ...client(stubborn));
    await program.prints(/ready/);
    program.child.kill('SIGTERM');
    await program.prints(/not yet/);
    assert.equal((await program.stop('SIGTERM')).code, 128 + 9);
  });

  it('writes a journal without its tokens, in place of an earlier one', async () => {
    writeFileSync(journal, 'of an earlier run\n');
    const { code } = await start('--token', 'secret-token', '--journal', journal, '--', ...client()).ended;
    assert.equal(code, 0);
    const text = readFileSync(journal, 'utf8');
    assert.equal(text.trimEnd().split('\n').length, 1);
    assert.match(text, /^\{"exchange":\{"number":1,.*"path":"\/smartlock".*"status":200.*\}\n$/);
    assert.doesNotMatch(text, /secret-token|earlier/);
  });

  it('writes the same journal from the same seed, time and requests', async () => {
    const journals = [join(folder, 'one.jsonl'), join(folder, 'another.jsonl')];
    const act = `await fetch(url + '/smartlock/${frontDoor}/action/unlock', { method: 'POST', headers: { authorization: 'Bearer ' + token } }); await fetch(url + '/_sim/time', { method: 'POST', body: '{"advance": 60000}' });`;
    const args = ['--seed', '5', '--time', '2026-11-26', '--speed', '0', '--token', 'mine'];
    await Promise.all(journals.map((file) => start(...args, '--journal', file, '--', ...client(act)).ended));
    const [one = '', another] = journals.map((file) => readFileSync(file, 'utf8'));
    assert.equal(one, another);
    assert.match(one, /"outcome":\{.*"kind":"ended"/);
  });

  it('goes on when its journal cannot be written any more', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const { code, output, errors } = await start('--journal', '/dev/full', '--', ...client()).ended;
    assert.equal(code, 0);
    assert.match(output, /client 200 /);
    assert.match(errors, /^The journal ends here: the disk is full\.$/m);
  });

  it('goes on when no one reads what it prints', async () => {
    const program = start();
    const { url, token } = await program.listening();
    program.child.stdout?.destroy();
    program.child.stderr?.destroy();
    for (let count = 0; count < 3; count += 1) {
      assert.equal((await fetch(`${url}/account`, { headers: { authorization: `Bearer ${token}` } })).status, 200);
    }
    assert.equal((await program.stop()).code, stoppedCode);
  });

  it('says in one sentence that its port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { code, output, errors } = await run('simulate', '--port', `${port}`);
    other.close();
    const sentence = `Port ${port} is in use by another program; choose another, or let --port 0 take a free one.`;
    assert.deepEqual([code, output, errors], [2, '', `keyturner: ${sentence}\n`]);
  });

  it('says in one sentence what it cannot do, and starts nothing', async () => {
    const broken = join(folder, 'home.json');
    writeFileSync(broken, '{}');
    const missing = join(folder, 'missing', 'journal.jsonl');
    const wrong = [
      [['--port', 'x'], '--port takes a whole number from 0 to 65535, not "x".'],
      [['--journal', missing], `The journal ${missing} can't be written: there is no such file or folder.`],
      [['--home', missing], `The home file ${missing} can't be read: there is no such file or folder.`],
      [['--home', broken], `${broken}: devices: This is missing.`],
      [['--journal', folder], `The journal ${folder} can't be written: it is a folder.`],
    ] as const;
    const ends = await Promise.all(wrong.map(([args]) => run('simulate', '--port', '0', ...args)));
    for (const [index, { code, output, errors }] of ends.entries()) {
      const sentence = wrong[index]?.[1];
      assert.deepEqual([code, output, errors], [2, '', `keyturner: ${sentence}\n`]);
    }
    assert.ok(!existsSync(missing));
  });

  it('does not write its journal over the home, however that is called', async () => {
    const home = join(folder, 'kept.json');
    const content = '{"devices":[]}';
    writeFileSync(home, content);
    const others = [home, `${folder}/./kept.json`, join(folder, 'linked.json')];
    linkSync(home, join(folder, 'linked.json'));
    const ends = await Promise.all(others.map((path) => start('--home', home, '--journal', path).ended));
    for (const { code, output, errors } of ends) {
      const sentence = `The journal would overwrite the home file ${home}; choose another file for it.`;
      assert.deepEqual([code, output, errors], [2, '', `keyturner: ${sentence}\n`]);
    }
    assert.equal(readFileSync(home, 'utf8'), content);
  });

  it('says that a command is not there, with the exit code of a shell', async function () {
    if (isWindows) this.skip(); // its own shell says so
    const { code, errors } = await start('--', 'no-such-command-here').ended;
    assert.deepEqual([code, errors], [127, 'keyturner: The command "no-such-command-here" can\'t be run.\n']);
  });

  it('shows its help and its version', async () => {
    const help = await run('--help');
    assert.equal(help.code, 0);
    assert.match(help.output, /^Usage: keyturner simulate \[options\]/);
    const { code, output, errors } = await run('--version');
    assert.deepEqual([code, errors], [0, '']);
    assert.ok(readFileSync('package.json', 'utf8').includes(`"version": "${output.trim()}"`));
  });
});
