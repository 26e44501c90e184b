import assert from 'node:assert/strict';
import { allCommandIds } from '../../../src/commands/ids.ts';
import { registerCommands, type Commands } from '../../../src/commands/register.ts';
import { Report } from '../../../src/report.ts';
import { commands, person } from '../vscodeStandIn.ts';

const areCommands = (all: object): all is Commands => allCommandIds.every((id) => id in all);

/** Registers every command to do `work`; answers what is logged and said, and how often the commands were loaded. */
function register(work: () => unknown) {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const report = new Report({ info: write, error: write, show: () => undefined, dispose: () => undefined }, () => []);
  const loaded = { times: 0 };
  const packageJSON = { contributes: { commands: allCommandIds.map((command) => ({ command })) } };
  registerCommands({ packageJSON }, report, () => {
    loaded.times += 1;
    const all = Object.fromEntries(allCommandIds.map((id) => [id, work]));
    assert.ok(areCommands(all));
    return Promise.resolve(all);
  });
  person.seen.length = 0;
  person.press = () => undefined;
  return { lines, loaded };
}

describe('a command', () => {
  it('answers nothing to whoever runs it, whatever it finds', async () => {
    register(() => Promise.resolve({ token: 'secret' }));
    for (const id of allCommandIds) assert.equal(await commands.executeCommand(id, 'account/7'), undefined);
  });

  it('tells whoever runs it nothing of a failure, which is logged and said once', async () => {
    const { lines } = register(() => Promise.reject(new Error('a secret')));
    assert.equal(await commands.executeCommand('nuki.device.unlock'), undefined);
    assert.equal(lines.filter((line) => line.startsWith('nuki.device.unlock: Error')).length, 1);
    assert.doesNotMatch(lines.join(), /a secret/);
    assert.deepEqual(
      person.seen.map(({ text }) => text),
      ['Something went wrong. The log says more.'],
    );
  });

  it('is loaded with the others, once: of two doorkeepers none would know what is under way', async () => {
    const { loaded } = register(() => undefined);
    await Promise.all([commands.executeCommand('nuki.device.lock'), commands.executeCommand('nuki.device.unlock')]);
    assert.equal(loaded.times, 1);
  });
});
