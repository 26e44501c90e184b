import assert from 'node:assert/strict';
import { commandIds } from '../../../../src/commands/ids.ts';
import { keypadCodeCommands } from '../../../../src/commands/authorizations/keypadCodes.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { addressOf, idOf } from '../../../../src/views/tree/nodes.ts';
import { ref } from '../../devices.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { accountId } from '../../model/fakes.ts';
import { user } from '../../vscodeStandIn.ts';
import { servicesFor } from '../services.ts';

async function setUp() {
  const account = await TestAccount.open();
  const { store, simulator } = account;
  await account.advanceUntil(store.readAuthorizations(ref(frontDoor)));
  const whose = simulator.home.authorizationsOnLock(frontDoor).find(({ code }) => code !== undefined);
  assert.ok(whose);
  const services = servicesFor(store, simulator.clock);
  const hint = idOf({ kind: 'authorization', accountId, smartlockId: frontDoor, id: whose.id });
  user.picks.length = 0;
  user.seen.length = 0;
  user.press = () => undefined;
  user.clipboard = 'what was there before';
  return { account, commands: keypadCodeCommands(services), hint, code: String(whose.code) };
}

/** The user has a code shown; ends when it is. */
async function reveal() {
  const { account, commands, hint, code } = await setUp();
  const revealing = commands[commandIds.revealCode](hint);
  while (user.picks.length === 0) await account.advance(0.25);
  const [list] = user.picks;
  assert.ok(list);
  return { clock: account.simulator.clock, revealing, list, code };
}

/** Nuki needs ten seconds to tell a code. */
async function copySlowly() {
  const { account, commands, hint, code } = await setUp();
  account.simulator.home.fault({ method: 'GET', path: /auth/, wait: 10_000 });
  const copying = commands[commandIds.copyCode](hint);
  await account.advance(5);
  return { account, copying, code };
}

describe('a code that is revealed', () => {
  it('is shown for ten seconds, in a list that says so', async () => {
    const { clock, revealing, list, code } = await reveal();
    assert.deepEqual([list.isOpen, list.items.map(({ label }) => label)], [true, [code]]);
    assert.equal(list.placeholder, 'Keypad code (hides in 10 seconds)');
    await clock.advance(9_000);
    assert.equal(list.isOpen, true);
    await clock.advance(1_000);
    await revealing;
    assert.equal(list.isOpen, false);
    assert.deepEqual(user.picks.at(-1)?.items, [], 'VS Code keeps the rows of the last list');
  });

  it('is read aloud only once the user goes to it, and stands in no title and no message', async () => {
    const { list, code } = await reveal();
    assert.deepEqual(list.activeItems, []);
    assert.doesNotMatch(list.title + list.placeholder + JSON.stringify(user.seen), new RegExp(code));
  });

  it('is gone as soon as the user closes it', async () => {
    const { clock, revealing, list } = await reveal();
    list.hide();
    await revealing;
    assert.equal(clock.waiting, 0);
    assert.equal(user.picks.length, 1, 'what the user has opened in its place would be closed by another list');
  });

  for (const way of ['accept', 'pressButton'] as const) {
    it(`is copied for half a minute and hidden when the user asks for that (${way})`, async () => {
      const { clock, revealing, list, code } = await reveal();
      list[way]();
      await revealing;
      await clock.advance(0);
      assert.deepEqual([list.isOpen, user.clipboard], [false, code]);
      await clock.advance(30_000);
      assert.equal(user.clipboard, '');
    });
  }
});

describe('a code that is copied', () => {
  it('goes to the clipboard, however long Nuki takes', async () => {
    const { account, code } = await copySlowly();
    await account.advance(10);
    assert.equal(user.clipboard, code);
  });

  it('takes nothing away that was copied while it was read, and is copied when the user asks again', async () => {
    const { account, copying, code } = await copySlowly();
    user.clipboard = 'copied meanwhile';
    const asked: string[] = [];
    user.press = ({ text, buttons }) => (asked.push(text, user.clipboard), buttons[0]);
    await account.advance(10);
    assert.deepEqual(asked.slice(0, 2), [
      "You've copied something else meanwhile, so the code wasn't copied.",
      'copied meanwhile',
    ]);
    await copying;
    assert.equal(user.clipboard, code);
  });

  it('is said not to be copied where Nuki fails when the user asks again', async () => {
    const { account, copying } = await copySlowly();
    user.clipboard = 'copied meanwhile';
    user.press = ({ buttons }) => {
      account.simulator.home.clearFaults();
      account.simulator.home.fault({ method: 'GET', path: /auth/, answer: { status: 404 } });
      return buttons[0];
    };
    await account.advance(10);
    await copying;
    await account.advance(1);
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      [
        "You've copied something else meanwhile, so the code wasn't copied.",
        'Front Door is no longer in this account.',
      ],
    );
  });

  it('is said to be gone where its authorization is no longer listed, as what is pasted then is something else', async () => {
    const { account, commands, hint } = await setUp();
    const whose = addressOf(hint);
    assert.ok(whose?.kind === 'authorization');
    const client = await account.store.client(accountId);
    await account.advanceUntil(client.deleteAuthorization(frontDoor, whose.id));
    await account.advance(30);
    await account.advanceUntil(account.store.readAuthorizations(ref(frontDoor)));
    await commands[commandIds.copyCode](hint);
    assert.deepEqual(
      [user.seen.map(({ text }) => text), user.clipboard],
      [['This is no longer listed. Nothing was done.'], 'what was there before'],
    );
  });

  it('is not copied once the user has cancelled', async () => {
    const { account, copying } = await copySlowly();
    user.cancel();
    await copying;
    await account.advance(10);
    assert.deepEqual([user.clipboard, user.seen], ['what was there before', []]);
  });
});
