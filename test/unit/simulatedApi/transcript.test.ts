import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { inEnglish } from '../../../src/base/locale.ts';
import { Transcript } from '../../../src/simulatedApi/transcript.ts';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import { setFault } from '../../../src/simulator/faults/namedFaults.ts';
import { TestSimulation } from '../simulator/testSimulation.ts';

function setUp() {
  const test = new TestSimulation();
  const lines: string[] = [];
  const transcript = new Transcript(
    test.simulation,
    (write) => lines.push(...write(120).map((line) => stripVTControlCharacters(line).trimEnd())),
    test.computer,
    inEnglish,
  );
  return { test, transcript, lines };
}

const action = `/smartlock/${frontDoor}/action`;

describe('the transcript of a simulation', () => {
  it('says what each request meant, and later how it came out', async () => {
    const { test, lines } = setUp();
    await test.send('GET', '/smartlock');
    await test.send('POST', action, { action: 3 });
    await test.computer.advance(30_000);
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? '', /^ {3}1 {2}GET +\/smartlock +200 +0 ms {3}7 devices$/);
    assert.match(lines[1] ?? '', /^ {3}2 {2}POST +\/smartlock\/\d+\/action +204 +0 ms {3}unlatch Front Door$/);
    assert.match(lines[2] ?? '', /^ {3}2 {2}unlatch Front Door: done in \d+\.\d s$/);
  });

  it('says how long the client has waited, and which fault it met', async () => {
    const { test, lines } = setUp();
    setFault(test.simulation.home, 'slow');
    const answer = test.send('GET', '/smartlock');
    await test.computer.advance(1_500);
    assert.deepEqual(lines, ['   1  slow · list devices: no answer yet']);
    await test.computer.advance(8_500);
    await answer;
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? '', / 200 +10 s {3}slow · 7 devices$/);
  });

  it('counts requests, and those that failed', async () => {
    const { test, transcript } = setUp();
    await test.send('GET', '/smartlock');
    await test.send('GET', '/smartlock', undefined, 'unknown');
    setFault(test.simulation.home, 'lost-answer');
    await assert.rejects(test.send('POST', action, { action: 1 }));
    assert.deepEqual(transcript.counts, { requests: 3, failed: 2 });
    transcript.restart();
    assert.deepEqual(transcript.counts, { requests: 0, failed: 0 });
  });

  it('shows what a client has named as text, whatever it is', async () => {
    const { test, lines } = setUp();
    const name = '\u001B[2J\u202Eevil';
    await test.send('PUT', `/smartlock/${frontDoor}/auth`, { name, type: 13, code: 445_566, remoteAllowed: false });
    await test.send('GET', '/\u001B[31m/%1B%5B2J?q=\u0007');
    assert.equal(lines.length, 2);
    for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\u202E]/u);
  });

  it('shows no token that a client has put into the address', async () => {
    const { test, lines } = setUp();
    await test.send('GET', '/account?access_token=a-token-in-the-address');
    assert.match(lines[0] ?? '', /GET +\/account\?access_token=\*{6} /);
  });

  it('shows no token and no code, whatever the client has put where', async () => {
    const { test, lines } = setUp();
    const token = `simulated-${'0123456789abcdef'.repeat(2)}`;
    await test.send('GET', `/smartlock?access_token=${token}&limit=445566`);
    await test.send('GET', `/smartlock/${token}/log`);
    for (const name of [token, '445566']) {
      await test.send('PUT', `/smartlock/${frontDoor}/auth`, { name, type: 13, code: 445_566, remoteAllowed: false });
    }
    await test.computer.advance(30_000);
    assert.ok(lines.length >= 4);
    for (const line of lines) assert.doesNotMatch(line, /0123456789abcdef|445566/);
  });

  it('writes nothing once it is disposed', async () => {
    const { test, transcript, lines } = setUp();
    transcript.dispose();
    await test.send('GET', '/smartlock');
    await test.computer.advance(10_000);
    assert.deepEqual(lines, []);
  });
});
