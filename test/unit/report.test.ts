import assert from 'node:assert/strict';
import { Report } from '../../src/report.ts';
import { NukiError } from '../../src/nuki/http/errors.ts';
import { user } from './vscodeStandIn.ts';

const token = 'a-token-that-nobody-may-see';

function setUp() {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const channel = { info: write, error: write, show: () => undefined, dispose: () => undefined };
  user.seen.length = 0;
  user.press = () => undefined;
  return { lines, report: new Report(channel, () => [token]) };
}

describe('the log', () => {
  it('holds no token, no code and no mail address, whatever is noted', () => {
    const { lines, report } = setUp();
    report.log(`asked with ${token}, {"code":593817}, anna@example.org`);
    report.warn(`"Cleaner" has ${token}`);
    assert.deepEqual(lines, ['asked with ***, {"code":***}, ***', '"Cleaner" has ***']);
  });

  it('is one line for each note, without characters that direct or erase', () => {
    const { lines, report } = setUp();
    report.log('first\nsecond\u001b[2J\u202egnp');
    assert.deepEqual(lines, ['first second[2Jgnp']);
  });

  it('holds no text of a foreign error, but its kind and the places of its stack', () => {
    const { lines, report } = setUp();
    const error = new TypeError(`Headers.append: "Bearer ${token}"\n    is no header`);
    error.stack = `TypeError: ${error.message}\n    at send (file:///home/anna/keyturner/dist/client-4K2ZMWHS.js:1:2)`;
    report.logFailure('unlock', error);
    report.logFailure('unlock', token);
    report.logFailure('refresh', new NukiError('server', { status: 502 }));
    assert.deepEqual(lines, [
      'unlock: TypeError at send (client-4K2ZMWHS.js:1:2)',
      'unlock: string',
      'refresh: server 502',
    ]);
  });

  it('is closed once the extension has ended', () => {
    const { lines, report } = setUp();
    report.dispose();
    report.log('late');
    report.logFailure('late', new Error('late'));
    report.warn('late');
    assert.deepEqual([lines, user.seen], [[], []]);
  });
});

describe('a notification', () => {
  it('says its sentence, with its buttons, and does what is chosen', async () => {
    const { report } = setUp();
    const { promise, resolve } = Promise.withResolvers<string>();
    user.press = () => 'Refresh';
    report.warn('Front door is busy.', [
      { title: 'Try Again', run: () => resolve('tried again') },
      { title: 'Refresh', run: () => resolve('refreshed') },
    ]);
    assert.equal(await promise, 'refreshed');
    assert.deepEqual(user.seen, [{ text: 'Front door is busy.', options: {}, buttons: ['Try Again', 'Refresh'] }]);
  });

  it('says its sentence also where a name in it would be a link, and is none', () => {
    const { report } = setUp();
    report.warn('Büro [EG](links) did not confirm. Check the door.');
    report.inform('[Front door](command:nuki.device.unlock) was removed.');
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      [
        'Büro [EG]\u200A(links) did not confirm. Check the door.',
        '[Front door]\u200A(command\u200A:nuki.device.unlock) was removed.',
      ],
    );
  });
});
