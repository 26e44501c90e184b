import assert from 'node:assert/strict';
import * as v from 'valibot';
import { leave } from '../../../../src/commands/people/departure.ts';
import type { HolderId } from '../../../../src/model/people/holders.ts';
import { demoHomeOptions, demoToken } from '../../../../src/simulator/demo/demo.ts';
import {
  cellar,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../../../src/simulator/demo/demoDevices.ts';
import { idOf } from '../../../../src/views/tree/nodes.ts';
import { FakeClock } from '../../fakeClock.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { TestSimulator } from '../../simulator/testSimulator.ts';
import { ref } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';
import { user, type Message } from '../../vscodeStandIn.ts';
import { asCommand, servicesFor } from '../services.ts';

const ben = { accountUserId: 1_000_102 };
const anna = { accountUserId: 1_000_101 };
const family = { name: 'Family' };
const ofBen = [
  'Front Door · app · Ben Berger',
  "Front Door · fob · Ben's Fob",
  'Garage · app · Ben Berger',
  "Cellar · fob · Ben's Fob",
  'Intercom · app · Ben Berger',
  'Parcel Box · app · Ben Berger',
  'Terrace · keypad code · Ben',
];

async function setUp(simulator = new TestSimulator()) {
  simulator.home.setServerState(cellar, 0);
  const account = await TestAccount.open(simulator);
  const { store, writer } = account;
  const services = servicesFor(store, simulator.clock, { writer });
  user.seen.length = 0;
  user.documents.length = 0;
  user.lists.length = 0;
  /** Has the user read each question before they answer it. */
  const answer = (press: (message: Message) => string | undefined): void => {
    user.press = (message) => {
      if (!message.options.modal) return undefined;
      simulator.clock.jump(1_000);
      return press(message);
    };
  };
  answer(({ buttons }) => buttons[0]);
  user.tick = (_, isTicked) => isTicked;
  user.onProgress = () => undefined;
  const run = (holder: HolderId): Promise<void> =>
    account.advanceUntil(asCommand(services, () => leave(idOf({ kind: 'holder', accountId, holder }), services)));
  return { account, simulator, answer, run };
}

const modals = (): readonly Message[] => user.seen.filter(({ options }) => options.modal);
const rowsOf = (document = ''): readonly string[] =>
  document.split('\n').filter((line) => /^\| (?!Device|---)/.test(line));

describe('Leaves', () => {
  it('asks once with everything listed, deletes that, and then, if the user agrees, the account user', async () => {
    const { account, simulator, run } = await setUp();
    await run(ben);
    const [first, second] = modals();
    assert.equal(first?.text, 'Ben Berger leaves: delete 7 authorizations?');
    assert.deepEqual(first.options.detail?.split('\n').toSorted(), ofBen.toSorted());
    assert.equal(second?.text, 'Delete the account user Ben Berger too?');
    assert.deepEqual(account.writes, ['DELETE /smartlock/auth', 'DELETE /account/user/1000102']);
    for (const door of [frontDoor, garage, intercom, parcelBox])
      assert.equal(account.onLock(door, 'Ben Berger'), undefined);
    assert.ok(account.onLock(frontDoor, 'Clara Novak'));
    assert.ok(!simulator.home.users.some(({ name }) => name === 'Ben Berger'));
    assert.deepEqual(rowsOf(user.documents[0]).toSorted(), [
      '|  | Account user | Ben Berger | no longer listed by Nuki |',
      ...ofBen.map((line) => `| ${line.replaceAll(' · ', ' | ')} | no longer listed by Nuki |`).toSorted(),
    ]);
    assert.match(user.documents[0] ?? '', /^# Ben Berger leaves\n\nHome · /);
  });

  it('deletes nothing where the user says no', async () => {
    const { account, answer, run } = await setUp();
    answer(() => undefined);
    await run(ben);
    assert.deepEqual([account.writes, user.documents], [[], []]);
  });

  it('keeps the account user where only the authorizations are to go', async () => {
    const { account, simulator, answer, run } = await setUp();
    answer(({ text }) => (text.startsWith('Delete the account user') ? undefined : 'Delete'));
    await run(ben);
    assert.deepEqual(account.writes, ['DELETE /smartlock/auth']);
    assert.equal(simulator.home.users.length, 4);
    assert.match(user.documents[0] ?? '', /\| Account user \| Ben Berger \| kept \|/);
  });

  it('is not for the owner of the account', async () => {
    const { account, run } = await setUp();
    await run(anna);
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      ['Anna Berger owns this account. Nothing was sent.'],
    );
    assert.deepEqual([account.writes, user.documents], [[], []]);
  });

  it('lets the user choose which authorizations of one name are meant, and leaves the others', async () => {
    const { account, run } = await setUp();
    const id = await account.idOf(terrace, 'Family');
    user.tick = (label) => label.startsWith('Terrace');
    await run(family);
    assert.deepEqual(user.lists[0]?.labels.toSorted(), [
      'Front Door · keypad code · Family',
      'Terrace · keypad code · Family',
    ]);
    assert.equal(modals()[0]?.text, 'Family leaves: delete 1 authorization?');
    assert.deepEqual(account.writes, [`DELETE /smartlock/${terrace}/auth/${id}`]);
    assert.ok(account.onLock(frontDoor, 'Family'));
    assert.equal(account.onLock(terrace, 'Family'), undefined);
    assert.deepEqual(rowsOf(user.documents[0]), ['| Terrace | keypad code | Family | no longer listed by Nuki |']);
  });

  it('asks again about what has appeared since the question, and deletes nothing that was not in one', async () => {
    const { account, simulator, answer, run } = await setUp();
    simulator.home.fault({ method: 'PUT', after: 60_000 });
    await giveBen(simulator, guestHouse);
    const asked: string[] = [];
    answer(({ text }) => {
      asked.push(text);
      if (asked.length === 1) simulator.clock.jump(60_000);
      return asked.length < 3 ? 'Delete' : undefined;
    });
    await run(ben);
    assert.deepEqual(asked, [
      'Ben Berger leaves: delete 7 authorizations?',
      'Ben Berger leaves: delete 8 authorizations?',
      'Delete the account user Ben Berger too?',
    ]);
    assert.equal(account.onLock(guestHouse, 'Ben Berger'), undefined);
  });

  it('ticks no authorization for the user that has no name, or that the user has left out before', async () => {
    const devices = demoHomeOptions(new FakeClock(), 1).devices.map((device) => ({
      ...device,
      authorizations: (device.authorizations ?? []).map((entry) =>
        entry.name === 'Family' ? { ...entry, name: '' } : entry,
      ),
    }));
    const nameless = await setUp(new TestSimulator({ devices }));
    user.tick = (_, isTicked) => isTicked;
    await nameless.run({ name: '' });
    assert.equal(user.lists[0]?.labels.length, 2);
    assert.deepEqual([modals(), nameless.account.writes], [[], []]);

    const { account, simulator, answer, run } = await setUp();
    simulator.home.fault({ method: 'PUT', after: 60_000 });
    const body = { type: 13, name: 'Family', remoteAllowed: false, code: 864_297 };
    assert.equal(await simulator.status('PUT', `/smartlock/${guestHouse}/auth`, body), 204);
    user.tick = (label, isTicked) => isTicked && (user.lists.length > 1 || label.startsWith('Terrace'));
    answer(({ buttons }) => {
      if (modals().length === 1) simulator.clock.jump(60_000);
      return buttons[0];
    });
    await run(family);
    assert.deepEqual(
      modals().map(({ text }) => text),
      ['Family leaves: delete 1 authorization?', 'Family leaves: delete 2 authorizations?'],
    );
    assert.ok(account.onLock(frontDoor, 'Family'));
    assert.equal(account.onLock(guestHouse, 'Family'), undefined);
  });

  it('deletes nothing of someone who turns out to own the account after the question', async () => {
    const { account, simulator, answer, run } = await setUp();
    const asBen = async (owner: Response): Promise<Response> =>
      Response.json({ ...v.parse(v.looseObject({}), await owner.json()), email: undefined, name: 'Ben Berger' });
    answer(({ buttons }) => {
      simulator.home.fault({ method: 'GET', path: /^\/account$/, times: 99, change: asBen });
      return buttons[0];
    });
    await run(ben);
    assert.equal(user.seen.at(-1)?.text, 'Ben Berger owns this account. Nothing was sent.');
    assert.deepEqual(account.writes, []);
  });

  it('says of what comes while it deletes that it stays, and of what cannot be read that it is not listed', async () => {
    const { account, simulator, answer, run } = await setUp();
    const withBroken = async (listed: Response): Promise<Response> =>
      new Response((await listed.text()).replace('"name":"Clara Novak"', '"name":5'), listed);
    simulator.home.fault({ method: 'GET', path: /auth\/paged/, times: 999, change: withBroken });
    simulator.home.fault({ method: 'PUT', after: 20_000 });
    simulator.home.fault({ method: 'DELETE', after: 60_000 });
    await giveBen(simulator, cellar);
    answer(({ text }) => (text.startsWith('Delete the account user') ? undefined : 'Delete'));
    await run(ben);
    const unread = /Some authorizations couldn't be read\. They aren't listed here\./;
    assert.match(modals()[0]?.options.detail ?? '', unread);
    assert.match(user.documents[0] ?? '', unread);
    const row = '| Cellar | app | Ben Berger | not deleted: created meanwhile |';
    assert.ok(rowsOf(user.documents[0]).includes(row), user.documents[0]);
    assert.ok(account.onLock(cellar, 'Ben Berger'));
  });

  it('sends nothing for what a change or Nuki is at work on, and says so', async () => {
    const { account, simulator, answer, run } = await setUp();
    simulator.home.fault({ method: 'POST', path: /auth/, never: true });
    const id = await account.idOf(garage, 'Ben Berger');
    await account.advanceUntil(account.writer.change(ref(garage), id, { enabled: false }));
    const busy = await account.idOf(intercom, 'Ben Berger');
    const withOperation = async (listed: Response): Promise<Response> =>
      new Response((await listed.text()).replaceAll(`"id":"${busy}"`, `"id":"${busy}","operationId":"1"`), listed);
    simulator.home.fault({ method: 'GET', path: /auth/, times: 999, change: withOperation });
    answer(({ text }) => (text.startsWith('Delete the account user') ? undefined : 'Delete'));
    await run(ben);
    assert.ok(account.onLock(garage, 'Ben Berger'));
    assert.ok(account.onLock(intercom, 'Ben Berger'));
    assert.equal(account.onLock(frontDoor, 'Ben Berger'), undefined);
    const left = 'not sent: changed elsewhere, or a change to it is still in progress';
    const rows = rowsOf(user.documents[0]);
    for (const door of ['Garage', 'Intercom'])
      assert.ok(rows.includes(`| ${door} | app | Ben Berger | ${left} |`), rows.join('\n'));
  });

  it('knows no result where the answer was lost and Nuki still lists all, or no list was read since', async () => {
    for (const isLost of [true, false]) {
      const { simulator, answer, run } = await setUp();
      if (isLost) simulator.home.fault({ method: 'DELETE', loseAnswer: true, vanishes: true });
      user.onProgress = (title) => {
        if (!isLost && title.startsWith('Deleting'))
          simulator.home.fault({ method: 'GET', path: /auth/, times: 999, answer: { status: 503 } });
      };
      answer(({ text }) => (text.startsWith('Delete the account user') ? undefined : 'Delete'));
      await run(ben);
      const row = '| Garage | app | Ben Berger | result unknown: Nuki may or may not have accepted the deletion |';
      assert.ok(rowsOf(user.documents[0]).includes(row), user.documents[0]);
    }
  });

  it('does not say gone of an account user whose entry cannot be read', async () => {
    for (const entry of [{ accountUserId: ben.accountUserId, name: 5 }, { name: 'Ben Berger' }]) {
      const { simulator, answer, run } = await setUp();
      const withEntry = async (people: Response): Promise<Response> =>
        Response.json([...v.parse(v.array(v.unknown()), await people.json()), entry]);
      answer(({ text }) => {
        if (text.startsWith('Delete the account user'))
          simulator.home.fault({ method: 'GET', path: /^\/account\/user/, times: 99, change: withEntry });
        return 'Delete';
      });
      await run(ben);
      const row = '|  | Account user | Ben Berger | deletion not confirmed, still listed by Nuki |';
      assert.ok(rowsOf(user.documents[0]).includes(row), user.documents[0]);
    }
  });

  it('never says gone of what is not seen gone: offline locks, ghosts', async () => {
    const { simulator, answer, run } = await setUp();
    simulator.home.setServerState(garage, 4);
    simulator.home.fault({ method: 'DELETE', unpublished: true });
    answer(({ text }) => (text.startsWith('Delete the account user') ? undefined : 'Delete'));
    await run(ben);
    const rows = rowsOf(user.documents[0]);
    assert.ok(
      rows.some((row) => /Garage.*still listed by Nuki; the device is offline/.test(row)),
      rows.join('\n'),
    );
    assert.ok(
      rows.some((row) => /Front Door.*deletion not confirmed, still listed by Nuki/.test(row)),
      rows.join('\n'),
    );
    assert.match(
      modals()[1]?.options.detail ?? '',
      /^Not confirmed to be gone, and may still open doors:\n.*(Front Door|Garage) · /,
    );
    assert.match(user.documents[0] ?? '', /Ben Berger may still open doors: \d not confirmed\./);
  });

  it('does not say gone of what is so new that an older copy may not have it', async () => {
    const { account, simulator, answer, run } = await setUp();
    await giveBen(simulator, guestHouse);
    await account.advance(20);
    answer(({ text }) => (text.startsWith('Delete the account user') ? undefined : 'Delete'));
    await run(ben);
    const rows = rowsOf(user.documents[0]);
    assert.ok(
      rows.includes('| Guest House | app | Ben Berger | no longer listed, but too new to be sure |'),
      rows.join('\n'),
    );
    assert.ok(rows.includes('| Garage | app | Ben Berger | no longer listed by Nuki |'), rows.join('\n'));
  });

  it('stops waiting when the user cancels, and says of nothing that it is gone', async () => {
    const { account, simulator, answer, run } = await setUp();
    simulator.home.fault({ method: 'DELETE', never: true });
    user.onProgress = (title) => {
      if (title.startsWith('Deleting')) setTimeout(() => user.cancel(), 0);
    };
    answer(({ text }) => (text.startsWith('Delete the account user') ? undefined : 'Delete'));
    await run(ben);
    assert.match(user.documents[0] ?? '', /You stopped waiting\. What was sent stays sent\./);
    assert.ok(rowsOf(user.documents[0]).every((row) => !/no longer listed/.test(row)));
    assert.equal(account.pendingChanges(frontDoor).length, 2);
  });

  it('says so where Nuki refuses all of it', async () => {
    const { account, simulator, run } = await setUp();
    simulator.home.fault({ method: 'DELETE', answer: { status: 423 } });
    await run(ben);
    assert.equal(user.seen.at(-1)?.text, 'Home is busy with another operation. Nothing was done.');
    assert.deepEqual(user.documents, []);
    assert.ok(account.onLock(frontDoor, 'Ben Berger'));
  });

  it('does not say that Nuki has rejected what was not sent', async () => {
    const { simulator, answer, run } = await setUp();
    answer(({ text }) => {
      const answered = { status: 429, headers: { 'retry-after': '900' } };
      if (text.startsWith('Delete the account user')) simulator.home.fault({ path: /./, times: 9, answer: answered });
      return 'Delete';
    });
    await run(ben);
    assert.match(user.documents[0] ?? '', /\| Account user \| Ben Berger \| not deleted: the request failed \|/);
  });

  it('sends nothing where what someone has cannot be read anew', async () => {
    const { account, simulator, answer, run } = await setUp();
    answer(({ buttons }) => {
      simulator.home.fault({ method: 'GET', path: /auth/, times: 99, answer: { status: 403 } });
      return buttons[0];
    });
    await run(ben);
    assert.deepEqual(account.writes, []);
  });

  it('lists a creation that no list shows yet as one that stays', async () => {
    const { account, simulator, answer, run } = await setUp();
    simulator.home.setServerState(guestHouse, 4);
    const requested = { type: 0, name: 'Ben Berger', remoteAllowed: false, accountUserId: ben.accountUserId };
    const created = account.writer.create(accountId, [guestHouse], requested);
    await account.advanceUntil(created);
    answer(({ text }) => (text.startsWith('Delete the account user') ? undefined : 'Delete'));
    await run(ben);
    assert.match(modals()[0]?.options.detail ?? '', /Not listed yet, so it stays:\nGuest House · app · /);
    assert.match(user.documents[0] ?? '', /\| Guest House \| app \| Ben Berger \| .*lock/);
  });

  it('names what only the name connects with an account user, and leaves it', async () => {
    const { account, simulator, run } = await setUp();
    const body = { type: 13, name: 'Ben Berger ', remoteAllowed: false, code: 864_297 };
    assert.equal(await simulator.status('PUT', `/smartlock/${guestHouse}/auth`, body), 204);
    await account.advance(700);
    await run(ben);
    const asked = modals()[0]?.options.detail ?? '';
    assert.match(asked, /\n\nSame name, not included:\nGuest House · keypad code · Ben Berger$/);
    assert.ok(account.onLock(guestHouse, 'Ben Berger '));
    assert.ok(
      rowsOf(user.documents[0]).includes(
        '| Guest House | keypad code | Ben Berger | not included: only the name is the same |',
      ),
      user.documents[0],
    );
  });

  it('lists what is on a device that has joined the account since it was read', async () => {
    const simulator = new TestSimulator();
    const withoutGarage = async (answer: Response): Promise<Response> => {
      const devices = v.parse(v.array(v.looseObject({ smartlockId: v.number() })), await answer.json());
      return Response.json(devices.filter(({ smartlockId }) => smartlockId !== garage));
    };
    simulator.home.fault({ method: 'GET', path: /^\/smartlock(\?|$)/, change: withoutGarage });
    const { account, run } = await setUp(simulator);
    assert.equal(account.store.device({ accountId, smartlockId: garage }), undefined);
    await run(ben);
    assert.equal(modals()[0]?.text, 'Ben Berger leaves: delete 7 authorizations?');
    assert.equal(account.onLock(garage, 'Ben Berger'), undefined);
  });

  it('sends nothing where the account user cannot be read, who may be the owner', async () => {
    const { account, simulator, run } = await setUp();
    const withoutId = async (answer: Response): Promise<Response> => {
      const people = v.parse(v.array(v.looseObject({ name: v.string() })), await answer.json());
      return Response.json(
        people.map((person) => (person.name === 'Anna Berger' ? { ...person, accountUserId: 'own' } : person)),
      );
    };
    simulator.home.fault({ method: 'GET', path: /^\/account\/user/, change: withoutId, times: 99 });
    await run(anna);
    assert.deepEqual([account.writes, modals()], [[], []]);
  });

  it('writes names as text, whatever they hold', async () => {
    const hostile = '](command:x)|<b>*`';
    const simulator = new TestSimulator();
    await simulator.send('POST', `/account/user/${ben.accountUserId}`, { name: hostile });
    const { run } = await setUp(simulator);
    await run(ben);
    assert.match(user.documents[0] ?? '', /^# \\\]\(command\\:x\)\\\|\\<b\\>\\\*\\` leaves/);
  });
});

async function giveBen(simulator: TestSimulator, smartlockId: number): Promise<void> {
  const body = { type: 0, name: 'Ben Berger', remoteAllowed: true, accountUserId: ben.accountUserId };
  const status = await simulator.status('PUT', `/smartlock/${smartlockId}/auth`, body, demoToken);
  assert.equal(status, 204);
  simulator.home.devices();
}
