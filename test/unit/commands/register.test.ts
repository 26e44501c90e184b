import assert from 'node:assert/strict';
import { CommandError, withSubject } from '../../../src/commands/commandError.ts';
import { allCommandIds } from '../../../src/commands/ids.ts';
import { registerCommands, type Commands } from '../../../src/commands/register.ts';
import { NukiError, type Reason } from '../../../src/nuki/http/errors.ts';
import { Report } from '../../../src/report.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { lock, lockId, openerId, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, failing, ScriptedApi, storeOf } from '../model/fakes.ts';
import { commands, user } from '../vscodeStandIn.ts';
import { servicesFor } from './services.ts';

const titleMenu = [{ command: 'nuki.devices.refreshAll' }, { command: 'nuki.account.add' }] as const;

const areCommands = (all: object): all is Commands => allCommandIds.every((id) => id in all);

/** Registers every command to do `work`; answers what is logged and said, and how often the commands were loaded. */
async function register(work: () => unknown) {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const report = new Report({ info: write, error: write, show: () => undefined, dispose: () => undefined }, () => []);
  const loaded = { times: 0 };
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [lock(), lock({ smartlockId: openerId, name: 'Garage' })];
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  api.calls.length = 0;
  const contributes = {
    commands: allCommandIds.map((command) => ({ command })),
    menus: { 'view/title': titleMenu },
  };

  registerCommands({ packageJSON: { contributes } }, servicesFor(store, clock, { report }), () => {
    loaded.times += 1;
    const all = Object.fromEntries(allCommandIds.map((id) => [id, work]));
    assert.ok(areCommands(all));
    return Promise.resolve(all);
  });
  user.seen.length = 0;
  user.press = () => undefined;
  return { api, lines, loaded };
}

const said = (): readonly string[] => user.seen.map(({ text }) => text);
const frontDoorRow = idOf({ kind: 'device', accountId, smartlockId: lockId });
const error = (reason: Reason, status?: number): NukiError => new NukiError(reason, { status });

describe('a command', () => {
  it('answers nothing to its caller, whatever it finds', async () => {
    await register(() => Promise.resolve({ token: 'secret' }));
    for (const id of allCommandIds) assert.equal(await commands.executeCommand(id, 'account/7'), undefined);
  });

  it('tells its caller nothing of a failure, which is logged and said once', async () => {
    const { lines } = await register(() => Promise.reject(new Error('a secret')));
    assert.equal(await commands.executeCommand('nuki.device.unlock'), undefined);
    assert.equal(lines.filter((line) => line.startsWith('nuki.device.unlock: Error')).length, 1);
    assert.doesNotMatch(lines.join(), /a secret/);
    assert.deepEqual(said(), ['Something went wrong. See the log.']);
    assert.deepEqual(user.seen[0]?.buttons, ['Show Log']);
  });

  it('is loaded with the others, once: of two doorkeepers none would know what is under way', async () => {
    const { loaded } = await register(() => undefined);
    await Promise.all([commands.executeCommand('nuki.device.lock'), commands.executeCommand('nuki.device.unlock')]);
    assert.equal(loaded.times, 1);
  });
});

describe('a command of a row that VS Code no longer knows, as it was being redrawn', () => {
  const runs: string[] = [];
  const run = async (...args: readonly unknown[]): Promise<void> => {
    const { lines } = await register(() => runs.push('ran'));
    runs.length = 0;
    await commands.executeCommand('nuki.authorization.delete', ...args);
    assert.deepEqual(lines, said());
  };
  const sentence = 'The row was being redrawn. Nothing was done. Try again.';

  it('does nothing and says so: it is meant for none of the devices one could choose, nor for the rows that are selected', async () => {
    await run(undefined, undefined);
    assert.deepEqual([runs, said()], [[], [sentence]]);
    await run(null, null);
    assert.deepEqual([runs, said()], [[], [sentence]]);
  });

  it('does nothing either where one of the rows that were selected with it is gone', async () => {
    await run(frontDoorRow, [frontDoorRow, undefined]);
    assert.deepEqual([runs, said()], [[], [sentence]]);
  });

  it('runs as always on a row, and where it is called on none: from the palette, by a key, in the title of the view', async () => {
    for (const args of [[frontDoorRow, undefined], [frontDoorRow, [frontDoorRow]], [frontDoorRow], [], [undefined]]) {
      await run(...args);
      assert.deepEqual([runs, said()], [['ran'], []]);
    }
  });

  it('runs in the title of the view whatever row has the focus, or none: where the view was moved to others, VS Code passes it like a menu', async () => {
    for (const { command } of titleMenu) {
      for (const args of [
        [undefined, undefined],
        [null, undefined],
        [frontDoorRow, [frontDoorRow, undefined]],
      ]) {
        await register(() => runs.push('ran'));
        runs.length = 0;
        await commands.executeCommand(command, ...args);
        assert.deepEqual([runs, said()], [['ran'], []], command);
      }
    }
  });
});

describe('a failure of the API in a command', () => {
  it('is said of the row that the command was called on, and logged once', async () => {
    const { lines } = await register(() => Promise.reject(error('busy', 423)));
    assert.equal(await commands.executeCommand('nuki.device.sync', frontDoorRow), undefined);
    assert.deepEqual(said(), ['Front door is busy with another operation. Nothing was done.']);
    assert.deepEqual(user.seen[0]?.buttons, []);
    assert.deepEqual(lines, said());
    await commands.executeCommand('nuki.device.sync', idOf({ kind: 'account', accountId }));
    assert.equal(said()[1], 'Home is busy with another operation. Nothing was done.');
  });

  it('is said of what the command says that it was about, which it may have asked for', async () => {
    await register(() => withSubject(ref(openerId), () => Promise.reject(error('notFound', 404))));
    await commands.executeCommand('nuki.device.sync', frontDoorRow);
    await commands.executeCommand('nuki.device.sync');
    const sentence = 'Garage is no longer in this account.';
    assert.deepEqual(said(), [sentence, sentence]);
  });

  it('is no more than a failure where nothing says what it was about', async () => {
    const { lines } = await register(() => Promise.reject(error('busy', 423)));
    assert.equal(await commands.executeCommand('nuki.device.sync'), undefined);
    assert.deepEqual(said(), ['Something went wrong. See the log.']);
    assert.match(lines[0] ?? '', /^nuki\.device\.sync: /);
  });

  it('offers what the command offers', async () => {
    const pressed: string[] = [];
    const retry = { title: 'Try Again', run: () => pressed.push('again') };
    await register(() => Promise.reject(new CommandError(error('network'), ref(lockId), [retry])));
    await commands.executeCommand('nuki.device.lock');
    assert.deepEqual(user.seen[0]?.buttons, ['Try Again']);
    assert.deepEqual(pressed, []);
    user.press = () => 'Try Again';
    await commands.executeCommand('nuki.device.lock');
    assert.deepEqual(pressed, ['again']);
  });

  it('of a token that may lack a permission is told from a dead token by one list', async () => {
    const { api } = await register(() => Promise.reject(error('unauthorized', 401)));
    await commands.executeCommand('nuki.device.sync', frontDoorRow);
    assert.match(said()[0] ?? '', /^The token of "Home" doesn't have the permission for this\./);
    assert.deepEqual(api.calls, ['smartlocks']);
    api.onSmartlocks = () => failing('unauthorized', 401);
    api.onAccount = () => failing('unauthorized', 401);
    await commands.executeCommand('nuki.device.sync', frontDoorRow);
    assert.match(said()[1] ?? '', /^Nuki rejected the token of "Home"\./);
  });

  it('stays a secret of ours when it cannot be told', async () => {
    const { api, lines } = await register(() => Promise.reject(error('unauthorized', 401)));
    api.onSmartlocks = () => Promise.reject(new RangeError('foreign'));
    assert.equal(await commands.executeCommand('nuki.device.sync', frontDoorRow), undefined);
    assert.deepEqual(said(), ['Something went wrong. See the log.']);
    assert.doesNotMatch(lines.join(), /foreign/);
  });
});
