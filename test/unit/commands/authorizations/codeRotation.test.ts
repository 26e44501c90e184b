import assert from 'node:assert/strict';
import { rotateCode } from '../../../../src/commands/authorizations/codeRotation.ts';
import { frontDoor, guestHouse, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { idOf } from '../../../../src/views/tree/nodes.ts';
import { ref } from '../../devices.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { accountId } from '../../model/fakes.ts';
import { neverTelling, type TestSimulator } from '../../simulator/testSimulator.ts';
import { user } from '../../vscodeStandIn.ts';
import { asCommand, reportTo, servicesFor } from '../services.ts';

/** A user who says yes to each question, copies each new code, and wants the old ones to end. */
function decidedUser(): void {
  user.seen.length = 0;
  user.picks.length = 0;
  user.lists.length = 0;
  user.documents.length = 0;
  user.clipboard = '';
  user.press = ({ options, buttons }) => (options.modal ? buttons[0] : undefined);
  user.onProgress = () => undefined;
  const copied = new Set<number>();
  user.choose = (labels) => {
    const end = labels.find((label) => /End Old Code/.test(label));
    if (end) return end;
    if (copied.has(user.lists.length)) return undefined;
    copied.add(user.lists.length);
    return labels.find((label) => /Copy Code/.test(label));
  };
}

async function setUp(simulator?: TestSimulator) {
  const account = await TestAccount.open(simulator);
  const { store, writer } = account;
  const log: string[] = [];
  const services = servicesFor(store, account.simulator.clock, { writer, report: reportTo((line) => log.push(line)) });
  for (const id of [frontDoor, terrace, guestHouse]) await account.advanceUntil(store.readAuthorizations(ref(id)));
  account.requests.length = 0;
  const rowOf = async (smartlockId: number, name: string): Promise<string> =>
    idOf({ kind: 'authorization', accountId, smartlockId, id: await account.idOf(smartlockId, name) });
  const rotate = (...rows: readonly string[]): Promise<void> => {
    // The questions take the time that a reader needs.
    user.press = waiting(user.press, account);
    return account.advanceUntil(
      asCommand(services, () => rotateCode(rows[0], rows.length > 1 ? rows : undefined, services)),
    );
  };
  const codes = (smartlockId: number, name: string): readonly string[] =>
    account.simulator.home
      .authorizationsOnLock(smartlockId)
      .filter((entry) => entry.name === name)
      .map(({ code }) => String(code));
  return { account, services, log, rowOf, rotate, codes };
}

function waiting(press: typeof user.press, { simulator }: TestAccount): typeof user.press {
  return (message) => {
    if (message.options.modal) simulator.clock.jump(2_000);
    return press(message);
  };
}

const questions = () => user.seen.filter(({ options }) => options.modal);
const said = (): readonly string[] => user.seen.filter(({ options }) => !options.modal).map(({ text }) => text);

describe('Rotate Code', () => {
  beforeEach(decidedUser);

  it('creates the new code, has it copied, and ends the old one after a second yes', async () => {
    const { account, rotate, rowOf, codes } = await setUp();
    await rotate(await rowOf(frontDoor, 'Family'));
    assert.deepEqual(
      questions().map(({ text, buttons }) => [text, ...buttons]),
      [
        ['Rotate the code of Family?', 'Create New Code'],
        ['End the old code?', 'End Old Code'],
      ],
    );
    const [first, second] = questions().map(({ options }) => options.detail ?? '');
    assert.match(first ?? '', /^Family · Front Door\n\nA new code .* The old code keeps working until you end it\.$/);
    assert.match(second ?? '', /locked out:\n\nFamily · Front Door$/);
    assert.deepEqual(codes(frontDoor, 'Family'), [user.clipboard]);
    assert.equal(codes(terrace, 'Family')[0], '445566');
    assert.equal(said().at(-1), 'Family · Front Door: the new code is saved on the lock, and the old one is deleted.');
    assert.equal(account.writes.length, 2);
    await account.advance(31);
    assert.equal(user.clipboard, '');
  });

  it('sends nothing without the first yes, and ends nothing without the second', async () => {
    const { account, rotate, rowOf, codes } = await setUp();
    user.press = () => undefined;
    await rotate(await rowOf(frontDoor, 'Family'));
    assert.deepEqual(account.writes, []);
    user.press = ({ text, buttons }) => (text.startsWith('Rotate') ? buttons[0] : undefined);
    await rotate(await rowOf(frontDoor, 'Family'));
    assert.equal(codes(frontDoor, 'Family').length, 2);
    assert.deepEqual(account.writes, [`PUT /smartlock/${frontDoor}/auth`]);
    assert.match(
      said().at(-1) ?? '',
      /^Family · Front Door: both codes stay\. To end the old one later, delete the one created 19 Oct 2025, \d\d:\d\d\.$/,
    );
  });

  it('offers the end of the old code only once each new one was copied or revealed', async () => {
    const { account, rotate, rowOf } = await setUp();
    user.choose = () => undefined;
    await rotate(await rowOf(frontDoor, 'Family'), await rowOf(frontDoor, 'Housekeeping Cleanin'));
    const [{ labels } = { labels: [] }] = user.lists;
    assert.equal(labels.filter((label) => label.endsWith('Copy Code')).length, 2);
    assert.ok(!labels.some((label) => label.includes('End Old Code')));
    assert.equal(account.writes.length, 2);
    assert.equal(user.documents.length, 1);
  });

  it('names what it leaves out, in the question and in the document, and tells each door', async () => {
    const { account, rotate, rowOf, codes } = await setUp();
    account.simulator.home.setServerState(terrace, 4);
    await rotate(
      await rowOf(frontDoor, 'Family'),
      await rowOf(terrace, 'Family'),
      await rowOf(frontDoor, 'Plumber'),
      await rowOf(frontDoor, "Ben's Fob"),
    );
    const [{ options } = { options: { detail: '' } }] = questions();
    assert.match(
      options.detail ?? '',
      /Not included:\nFamily · Terrace: offline, so .*\nPlumber · Front Door: disabled\n1 selected rows that are no/,
    );
    const [document = ''] = user.documents;
    assert.match(
      document,
      /^# Rotated codes · Home\n\n23 Nov 2026, \d\d:\d\d\n\n\| Device \| Name \| New code \| Old code \|\n/,
    );
    assert.match(document, /\n\| Front Door \| Family \| saved on the lock \| deleted \|\n/);
    assert.match(document, /\nNot included:\n\n\| Device \| Name \| Reason \|\n/);
    assert.match(document, /\n\| Terrace \| Family \| offline, so/);
    assert.equal(codes(terrace, 'Family')[0], '445566');
  });

  it('rotates all codes of a name, those with the same digits to the same', async () => {
    const { account, rotate, codes } = await setUp();
    await rotate(idOf({ kind: 'holder', accountId, holder: { name: 'Family' } }));
    assert.equal(questions()[0]?.options.detail?.split('\n\n')[0], 'Family · Front Door\nFamily · Terrace');
    assert.deepEqual(codes(frontDoor, 'Family'), codes(terrace, 'Family'));
    assert.ok(!codes(terrace, 'Family').includes('445566'));
    assert.equal(account.writes[0], 'PUT /smartlock/auth');
    await rotate(idOf({ kind: 'holder', accountId, holder: { name: 'No One' } }));
    assert.equal(account.writes.length, 3);
  });

  it('says what cannot be rotated, and asks nothing', async () => {
    const { account, rotate, rowOf } = await setUp();
    await rotate(await rowOf(frontDoor, 'Plumber'));
    assert.deepEqual(said(), ["Can't rotate Plumber · Front Door: disabled. Nothing was sent."]);
    await rotate(await rowOf(frontDoor, "Ben's Fob"));
    assert.equal(said().at(-1), 'Only keypad codes can be rotated.');
    assert.deepEqual([questions(), account.writes], [[], []]);
  });

  it('says that the old code may still open where its deletion is not confirmed', async () => {
    const { account, rotate, rowOf, codes } = await setUp();
    account.simulator.home.fault({ method: 'DELETE', never: true });
    await rotate(await rowOf(frontDoor, 'Family'));
    assert.match(user.documents[0] ?? '', /\| deletion not confirmed, .*\. It may still open the door\. \|/);
    assert.ok(codes(frontDoor, 'Family').includes('445566'));
  });

  it('keeps the old code where the lock has not confirmed the new one, and looks again when asked', async () => {
    const { account, rotate, rowOf, codes } = await setUp();
    account.simulator.home.fault({ method: 'PUT', never: true, unconfirmed: true });
    let looks = 0;
    user.choose = (labels) => {
      looks += 1;
      if (looks === 1) return labels.find((label) => label.endsWith('Copy Code'));
      if (looks === 2) return labels.find((label) => label.endsWith('Refresh'));
      assert.ok(!labels.some((label) => label.includes('End Old Code')));
      return undefined;
    };
    await rotate(await rowOf(frontDoor, 'Family'));
    assert.equal(looks, 3);
    assert.ok(codes(frontDoor, 'Family').includes('445566'));
    assert.match(
      user.documents[0] ?? '',
      /\| listed by Nuki, not yet confirmed by the lock.* \| kept \(created 19 Oct 2025/,
    );
    assert.equal(account.writes.length, 1);
  });

  it('asks whether the new code was tried where a lock never tells', async () => {
    const { rotate, rowOf, codes } = await setUp(neverTelling());
    await rotate(await rowOf(frontDoor, 'Family'));
    const [, tried] = questions();
    assert.deepEqual(
      [tried?.text, tried?.buttons],
      ['Have you opened these doors with the new code?', ['It Works, End Old Code']],
    );
    assert.equal(codes(frontDoor, 'Family').length, 1);
    assert.ok(!codes(frontDoor, 'Family').includes('445566'));
  });

  it('keeps the old code where the user has not tried the new one on a lock that never tells', async () => {
    const { rotate, rowOf, codes } = await setUp(neverTelling());
    user.press = ({ text, buttons }) => (text.startsWith('Rotate') ? buttons[0] : undefined);
    await rotate(await rowOf(frontDoor, 'Family'));
    assert.equal(questions().at(-1)?.text, 'Have you opened these doors with the new code?');
    assert.ok(codes(frontDoor, 'Family').includes('445566'));
    assert.equal(codes(frontDoor, 'Family').length, 2);
  });

  it('makes a message for the guest, which has the code and its times', async () => {
    const { rotate, rowOf, codes } = await setUp();
    let asked = 0;
    let message = '';
    user.choose = (labels) => {
      if (asked++ === 0) return labels.find((label) => label.endsWith('Copy Message for the Guest'));
      message = user.clipboard;
      return undefined;
    };
    await rotate(await rowOf(guestHouse, 'Guest Gerda'));
    assert.match(message, /^Code for Guest House: [1-9]{6}\nValid from 21 Nov 2026, /);
    assert.ok(codes(guestHouse, 'Guest Gerda').includes(/\d{6}/.exec(message)?.[0] ?? ''));
  });

  it('writes no code into a message, a document, a list or the log', async () => {
    const { account, rotate, rowOf, log } = await setUp();
    account.simulator.home.fault({ method: 'PUT', path: /auth/, loseAnswer: true });
    account.simulator.home.fault({ method: 'DELETE', never: true, loseAnswer: true });
    await rotate(await rowOf(frontDoor, 'Family'), await rowOf(terrace, 'Family'));
    const written = JSON.stringify([user.seen, user.documents, user.lists, log]);
    const codes = [frontDoor, terrace].flatMap((id) => account.simulator.home.authorizationsOnLock(id));
    assert.ok(user.documents.length > 0 && codes.length > 0);
    for (const { code } of codes.filter((each) => each.code !== undefined)) assert.ok(!written.includes(String(code)));
  });
});
