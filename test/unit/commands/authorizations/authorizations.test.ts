import assert from 'node:assert/strict';
import * as v from 'valibot';
import { authorizationCommands, removeAll } from '../../../../src/commands/authorizations/authorizations.ts';
import { commandIds } from '../../../../src/commands/ids.ts';
import { cleanUpExpired } from '../../../../src/commands/authorizations/expiredAuthorizations.ts';
import { createClient } from '../../../../src/nuki/http/client.ts';
import { ServerClock } from '../../../../src/nuki/http/serverClock.ts';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import { frontDoor, garage, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { idOf } from '../../../../src/views/tree/nodes.ts';
import { ref } from '../../devices.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { accountId, sourceOf } from '../../model/fakes.ts';
import { user } from '../../vscodeStandIn.ts';
import { pendingChangeText } from '../../../../src/views/text/pendingChangeText.ts';
import { asCommand, reportTo, servicesFor } from '../services.ts';

const day = 86_400_000;

async function setUp() {
  const account = await TestAccount.open();
  const { store, writer, simulator } = account;
  const ran: unknown[] = [];
  const run = (...command: unknown[]): Promise<void> => Promise.resolve(void ran.push(command));
  const services = servicesFor(store, simulator.clock, { writer, runCommand: run });
  user.seen.length = 0;
  user.press = () => undefined;
  const pick = async (smartlockId: number) => {
    await account.advanceUntil(store.readAuthorizations(ref(smartlockId)));
    const state = store.device(ref(smartlockId));
    const authorization = state?.authorizations?.items[0];
    assert.ok(state && authorization);
    return { state, authorization };
  };
  return { account, services, ran, pick };
}

const looks = ({ requests }: TestAccount): readonly string[] => requests.filter((request) => request.startsWith('GET'));
const said = (): readonly string[] => user.seen.map(({ text }) => text);

describe('a deletion on several devices', () => {
  it('names the one on which access may still be there, and looks at that again', async () => {
    const { account, services, ran, pick } = await setUp();
    const picked = [await pick(frontDoor), await pick(garage)];
    const [gone] = picked;
    account.simulator.home.fault({ method: 'DELETE', never: true, times: 2 });
    account.simulator.home.fault({
      method: 'GET',
      path: new RegExp(`/smartlock/${frontDoor}/auth$`),
      times: 999,
      change: async (answer) =>
        new Response((await answer.text()).replaceAll(String(gone?.authorization.id), 'x'), answer),
    });
    user.press = () => ((account.requests.length = 0), 'Refresh');
    await account.advanceUntil(asCommand(services, () => removeAll(picked, services)));
    await account.advance(1);
    assert.deepEqual(said(), [
      'Anna Berger · Garage: deletion not confirmed, still listed by Nuki. They may still have access.',
    ]);
    assert.deepEqual(looks(account), [`GET /smartlock/${garage}/auth`]);
    user.press = () => 'Wake and Refresh';
    await account.advanceUntil(asCommand(services, () => removeAll(picked.slice(1), services)));
    await account.advance(1);
    assert.deepEqual(ran, [['nuki.device.sync', ref(garage)]]);
  });

  it('names all of them, and looks at all at once', async () => {
    const { account, services, pick } = await setUp();
    const picked = [await pick(frontDoor), await pick(garage), await pick(terrace)];
    account.simulator.home.fault({ method: 'DELETE', never: true });
    user.press = () => ((account.requests.length = 0), 'Refresh');
    await account.advanceUntil(asCommand(services, () => removeAll(picked, services)));
    await account.advance(1);
    const names = 'Anna Berger · Front Door, Anna Berger · Garage, Anna Berger · Terrace';
    assert.ok(said()[0]?.startsWith(`${names}: deletion not confirmed, still listed by Nuki.`), said()[0]);
    assert.deepEqual(user.seen[0]?.buttons, ['Refresh']);
    assert.deepEqual(looks(account), ['GET /smartlock/auth/paged']);
  });

  it('whose answer is lost is not said to be taken by Nuki, in the row, the message or the log, and is sent once', async () => {
    const { account, services, pick } = await setUp();
    const logged: string[] = [];
    const report = reportTo((line) => void logged.push(line));
    const picked = [await pick(frontDoor), await pick(garage)];
    account.simulator.home.fault({ method: 'DELETE', loseAnswer: true, never: true });
    const removal = asCommand({ ...services, report }, () => removeAll(picked, { ...services, report }));
    await account.advance(5);
    const [deletion] = account.pendingChanges(garage);
    assert.ok(deletion);
    assert.equal(
      pendingChangeText(deletion, services.renderContext()),
      'result unknown: Nuki may or may not have accepted the deletion',
    );
    assert.match(logged[0] ?? '', /^not known whether Nuki has taken it: delete\/[\d.]+: network$/);
    await account.advanceUntil(removal);
    assert.match(said()[0] ?? '', /^Unknown whether Nuki accepted the deletion: Anna Berger · Front Door, Anna/);
    assert.deepEqual(account.writes, ['DELETE /smartlock/auth']);
  });

  it('names the account where Nuki refuses all of it', async () => {
    const { account, services, pick } = await setUp();
    const picked = [await pick(frontDoor), await pick(garage)];
    account.simulator.home.fault({ method: 'DELETE', answer: { status: 423 } });
    await account.advanceUntil(asCommand(services, () => removeAll(picked, services)));
    assert.deepEqual(said(), ['Home is busy with another operation. Nothing was done.']);
  });
});

describe('a clean-up', () => {
  it('that fails names the device that it was called on', async () => {
    const { account, services } = await setUp();
    account.simulator.home.fault({ method: 'GET', path: /auth/, answer: { status: 404 } });
    const row = idOf({ kind: 'device', accountId, smartlockId: garage });
    await account.advanceUntil(asCommand(services, () => cleanUpExpired(row, services)));
    assert.deepEqual(said(), ['Garage is no longer in this account.']);
  });

  it('goes by the clock of the answer that it goes by, not by one from before', async () => {
    const { account, services } = await setUp();
    const clock = new ServerClock(account.simulator.clock);
    const fetch = clock.observe(async (input, init) => {
      const answer = await account.simulator.api(new Request(input, init));
      const date = new Date(account.simulator.clock.now() - 60 * day).toUTCString();
      return new Response(answer.body, {
        status: answer.status,
        headers: { 'content-type': 'application/json', date },
      });
    });
    const client = createClient(demoToken, { fetch, clock: account.simulator.clock, random: () => 0 });
    account.store.setSources([sourceOf(client)]);
    const renderContext = () => ({ ...services.renderContext(), now: clock.now() });
    const row = idOf({ kind: 'device', accountId, smartlockId: frontDoor });
    await account.advanceUntil(asCommand(services, () => cleanUpExpired(row, { ...services, renderContext })));
    assert.deepEqual(said(), ['No expired authorizations.']);
  });

  it('says which of those that it has listed are not deleted, as they have changed meanwhile', async () => {
    const { account, services } = await setUp();
    const emil = account.onLock(frontDoor, 'Guest Emil');
    const plumber = account.onLock(frontDoor, 'Plumber');
    assert.ok(emil && plumber);
    const allowedUntilDate = emil.allowedUntilDate;
    const ended = { ...plumber, enabled: true, creationDate: emil.creationDate, allowedUntilDate };
    account.simulator.home.fault({
      method: 'GET',
      path: /auth$/,
      change: async (answer) => {
        const list = v.parse(v.array(v.looseObject({ id: v.string() })), await answer.json());
        return Response.json(list.map((entry) => (entry.id === plumber.id ? ended : entry)));
      },
    });
    const clock = account.simulator.clock;
    user.press = ({ options, buttons }) => (options.modal ? (clock.jump(1_000), buttons[0]) : undefined);
    const row = idOf({ kind: 'device', accountId, smartlockId: frontDoor });
    await account.advanceUntil(asCommand(services, () => cleanUpExpired(row, services)));
    assert.deepEqual(said(), [
      'Delete 2 expired authorizations?',
      'Not deleted, because no longer expired or already gone: Plumber.',
    ]);
    assert.deepEqual(account.writes, [`DELETE /smartlock/${frontDoor}/auth/${emil.id}`]);
  });

  it('that is called on a group is of that group alone', async () => {
    const { account, services } = await setUp();
    const cleanUpOf = async (group: 'people' | 'codes'): Promise<readonly string[]> => {
      user.seen.length = 0;
      const row = idOf({ kind: 'authorizationGroup', accountId, smartlockId: frontDoor, group });
      await account.advanceUntil(asCommand(services, () => cleanUpExpired(row, services)));
      return said();
    };
    assert.deepEqual(await cleanUpOf('people'), ['No expired authorizations.']);
    assert.deepEqual(await cleanUpOf('codes'), ['Delete 1 expired authorization?']);
  });

  it('leaves alone what belongs to the system, whatever its dates say', async () => {
    const { account, services } = await setUp();
    account.simulator.home.fault({
      method: 'GET',
      path: /auth/,
      times: 9,
      change: async (answer) =>
        new Response(
          (await answer.text()).replaceAll(
            '"name":"Nuki Web"',
            '"name":"Nuki Web","allowedUntilDate":"2025-01-01T00:00:00.000Z"',
          ),
          answer,
        ),
    });
    const row = idOf({ kind: 'device', accountId, smartlockId: garage });
    await account.advanceUntil(asCommand(services, () => cleanUpExpired(row, services)));
    assert.deepEqual(said(), ['No expired authorizations.']);
  });
});

/** The front door, whose authorizations were read; the user reads each question for a second, and says yes. */
async function onFrontDoor() {
  const { account, services, pick } = await setUp();
  await pick(frontDoor);
  account.requests.length = 0;
  const commands = authorizationCommands(services);
  const rowOf = (name: string): string => {
    const all = account.simulator.home.authorizationsOnLock(frontDoor);
    const id = all.find((authorization) => authorization.name === name)?.id;
    assert.ok(id);
    return idOf({ kind: 'authorization', accountId, smartlockId: frontDoor, id });
  };
  const run = (id: keyof typeof commands, ...hints: readonly [unknown, unknown?]): Promise<void> =>
    account.advanceUntil(asCommand(services, async () => await commands[id](...hints)));
  /** Runs a command as a key does, which tells it of no row. */
  const press = (id: keyof typeof commands, selection: readonly string[]): Promise<void> => {
    const ofView = authorizationCommands({ ...services, view: { ...services.view, selection } });
    return account.advanceUntil(asCommand(services, async () => await ofView[id](undefined, undefined)));
  };
  user.press = ({ buttons }) => (account.simulator.clock.jump(1_000), buttons[0]);
  return { account, run, press, rowOf };
}

describe('a deletion', () => {
  it('does not take for a yes an Enter that was meant for the list before', async () => {
    const { account, run, rowOf } = await onFrontDoor();
    const answers = [0, 299, 300];
    user.press = ({ buttons }) => (account.simulator.clock.jump(answers.shift() ?? 0), buttons[0]);
    await run(commandIds.deleteAuthorization, rowOf('Plumber'));
    assert.deepEqual(said(), ['Delete Plumber?', 'Delete Plumber?', 'Delete Plumber?']);
  });

  it('by the key asks about the rows that are selected', async () => {
    const { account, press, rowOf } = await onFrontDoor();
    await press(commandIds.deleteAuthorization, ['Plumber', 'Guest Emil'].map(rowOf));
    assert.deepEqual(said(), ['Delete 2 authorizations?']);
    assert.deepEqual(account.writes, ['DELETE /smartlock/auth']);
  });

  it('by the key says what can be deleted where nothing of that kind is selected', async () => {
    const { account, press } = await onFrontDoor();
    const rows = [idOf({ kind: 'device', accountId, smartlockId: frontDoor }), idOf({ kind: 'account', accountId })];
    for (const selection of [[], rows]) {
      user.seen.length = 0;
      await press(commandIds.deleteAuthorization, selection);
      assert.deepEqual(said(), ['Select an authorization to delete it.']);
    }
    assert.deepEqual(account.requests, []);
  });
});

describe('several authorizations that are not in the same state', () => {
  const names = ['Clara Novak', 'Dora Lind', 'Ben Berger'];
  const enabledOn = (account: TestAccount): readonly unknown[] =>
    names.map((name) => account.onLock(frontDoor, name)?.enabled);

  it('are all disabled, with one request for each that was not', async () => {
    const { account, run, rowOf } = await onFrontDoor();
    assert.deepEqual(enabledOn(account), [true, false, true]);
    await run(commandIds.disableAuthorization, rowOf('Dora Lind'), names.map(rowOf));
    assert.deepEqual(enabledOn(account), [false, false, false]);
    assert.equal(account.writes.length, 2);
  });

  it('are all enabled, each after its own question, until one is declined', async () => {
    const { account, run, rowOf } = await onFrontDoor();
    await run(commandIds.disableAuthorization, rowOf('Clara Novak'), names.map(rowOf));
    account.requests.length = 0;
    await run(commandIds.enableAuthorization, rowOf('Clara Novak'), names.map(rowOf));
    assert.deepEqual(enabledOn(account), [true, true, true]);
    assert.deepEqual(
      account.questions.map(({ before }) => before.name),
      names,
    );
    await run(commandIds.disableAuthorization, rowOf('Clara Novak'), names.map(rowOf));
    account.answer = false;
    await run(commandIds.enableAuthorization, rowOf('Clara Novak'), names.map(rowOf));
    assert.deepEqual(enabledOn(account), [false, false, false]);
    assert.equal(account.questions.length, names.length + 1);
  });
});

describe("an authorization that is no person's: Nuki Web, a bridge, a keypad", () => {
  const names = ['Nuki Web', 'Keypad 2', 'Z-Key', 'Voice Assistant'];

  for (const [title, id] of [
    ['disabled', commandIds.disableAuthorization],
    ['deleted', commandIds.deleteAuthorization],
    ['duplicated', commandIds.duplicateAuthorization],
  ] as const) {
    it(`is not ${title}, whoever runs the command`, async () => {
      const { account, run, rowOf } = await onFrontDoor();
      for (const name of names) await run(id, rowOf(name));
      assert.deepEqual(account.requests, []);
      assert.deepEqual(
        said(),
        names.map((name) => `${name} belongs to Front Door's system, not to a person. Nothing was sent.`),
      );
    });
  }

  it('is left out where it is deleted with others, which is said before', async () => {
    const { account, run, rowOf } = await onFrontDoor();
    const rows = ['Nuki Web', 'Plumber', 'Keypad 2', 'Guest Emil'].map(rowOf);
    await run(commandIds.deleteAuthorization, rows[1], rows);
    assert.equal(said()[0], 'Delete 2 authorizations?');
    assert.match(
      user.seen[0]?.options.detail ?? '',
      /Not included, because they belong to the system: Nuki Web, Keypad 2$/,
    );
    const left = account.simulator.home.authorizationsOnLock(frontDoor).map(({ name }) => name);
    assert.deepEqual(
      [left.includes('Plumber'), left.includes('Nuki Web'), left.includes('Keypad 2')],
      [false, true, true],
    );
  });

  it('can be renamed, under its own name and with all else as it was', async () => {
    const { account, run, rowOf } = await onFrontDoor();
    const asked: string[] = [];
    user.type = (value) => (asked.push(value), ' Web of the Office ');
    const before = account.simulator.home.authorizationsOnLock(frontDoor).find(({ name }) => name === 'Nuki Web');
    await run(commandIds.editAuthorization, rowOf('Nuki Web'));
    const after = account.simulator.home.authorizationsOnLock(frontDoor).find(({ id }) => id === before?.id);
    assert.deepEqual(asked, ['Nuki Web']);
    assert.deepEqual({ ...after, updateDate: '' }, { ...before, name: 'Web of the Office', updateDate: '' });
  });
});
