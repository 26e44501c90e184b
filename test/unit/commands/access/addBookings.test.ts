import assert from 'node:assert/strict';
import { commands, Uri } from 'vscode';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { addBookings } from '../../../../src/commands/access/addBookings.ts';
import { frontDoor, garage } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { user, workspace } from '../../vscodeStandIn.ts';
import { calendarOf, stay, windowOf } from '../../access/bookings/bookingHome.ts';
import { servicesFor } from '../services.ts';

const path = '/repository/flat.nuki-access.yaml';
const uri = Uri.file(path);
const text = `version: 1
doors: # by their places
  front: { id: ${frontDoor}, name: Front Door }
  garage: { id: ${garage}, name: Garage, checkOut: 12:00 }
access:
  - key: cleaning # stays
    name: Cleaning
    doors: [front]
    by: code
    days: Mon–Fri
`;

const june = stay('june@example.com', '20370616', '20370620');
const july = stay('july@example.com', '20370701', '20370703');
const table = 'Ref;In;Out;Guest\n1;16.6.2037;20.6.2037;Anna\n2;6/7/2037;20.7.2037;Ben\n';

async function setUp(bookings: string, file = '/downloads/Top 5.ics') {
  const account = await TestAccount.open();
  const services = servicesFor(account.store, account.simulator.clock);
  const compared: string[] = [];
  commands.registerCommand('vscode.diff', (left: Uri, right: Uri, title: string) => {
    compared.push(services.planDocuments.get(left)?.text ?? '', right.toString(), title);
  });
  user.files.set(path, text);
  user.files.set(file, bookings);
  user.openFile = () => file;
  user.type = (value) => value;
  user.tick = (label) => label === 'front';
  user.choose = (labels) => labels.find((label) => ['Top 5', 'Ref', 'In', 'Out', 'Guest'].includes(label));
  account.requests.length = 0;
  const document = await workspace.openTextDocument(uri);
  const run = async (): Promise<void> => await addBookings(uri, services);
  return { account, compared, document, run };
}

const said = (): string => user.seen.map((message) => message.text).join('\n');

function windowsIn(written: string): readonly string[] {
  const { file, problems } = parseAccessFile(written);
  assert.deepEqual(problems, []);
  return file.entries.filter(({ booking }) => booking !== undefined).map(windowOf);
}

describe('Add Bookings to Access File', () => {
  it('writes entries and their source into the open file, saves nothing and asks Nuki for nothing', async () => {
    const { account, compared, document, run } = await setUp(calendarOf(june, july));
    user.tick = () => true;
    await run();
    const written = document.getText();
    assert.deepEqual(windowsIn(written), [
      '2037-06-16 15:00 – 2037-06-20 10:00',
      '2037-06-16 15:00 – 2037-06-20 12:00',
      '2037-07-01 15:00 – 2037-07-03 10:00',
      '2037-07-01 15:00 – 2037-07-03 12:00',
    ]);
    assert.ok(written.startsWith(text.slice(0, text.indexOf('access:'))) && written.includes('cleaning # stays'));
    assert.deepEqual(parseAccessFile(written).file.sources, [{ name: 'Top 5', doors: ['front', 'garage'] }]);
    assert.equal(user.files.get(path), text, 'saved by the user alone');
    assert.deepEqual(account.requests, []);
    assert.deepEqual(compared, [text, uri.toString(), 'flat.nuki-access.yaml: before and with the bookings']);
    assert.equal(said(), 'Top 5.ics: 2 added. Look at the changes, then save the access file.');
  });

  it('reads a calendar that begins with a byte order mark', async () => {
    const { document, run } = await setUp(`\uFEFF${calendarOf(june)}`);
    await run();
    assert.equal(windowsIn(document.getText()).length, 1);
  });

  it('edits the file as it stands in the editor, in one edit', async () => {
    const { document, run } = await setUp(calendarOf(june));
    document.edit(text.replace('Mon–Fri', 'Sat'));
    const { version } = document;
    await run();
    assert.equal(document.version, version + 1);
    assert.ok(document.getText().includes('days: Sat'));
  });

  it('asks nothing a second time, and changes nothing for the same calendar', async () => {
    const { compared, document, run } = await setUp(calendarOf(june));
    await run();
    const { version } = document;
    user.seen.length = 0;
    user.lists.length = 0;
    compared.length = 0;
    await run();
    assert.deepEqual(user.lists, [{ title: 'Where are these bookings from?', labels: ['Top 5', 'New Source…'] }]);
    assert.equal(document.version, version);
    assert.deepEqual([said(), compared], ['Top 5.ics: no changes.', []]);
  });

  it('asks for the columns of a table once, keeps them in the file, and lists what it skips', async () => {
    const { document, run } = await setUp(table, '/downloads/Top 5.csv');
    user.press = ({ buttons }) => buttons[0];
    await run();
    const columns = { id: 'Ref', arrival: 'In', departure: 'Out', name: 'Guest' };
    const { file } = parseAccessFile(document.getText());
    assert.deepEqual(file.sources, [{ name: 'Top 5', doors: ['front'], columns }]);
    assert.deepEqual(
      file.entries.map(({ key, name }) => [key, name]),
      [
        ['cleaning', 'Cleaning'],
        [file.entries[1]?.key, 'Anna'],
      ],
    );
    assert.equal(said(), 'Top 5.csv: 1 added, 1 skipped. Look at the changes, then save the access file.');
    assert.match(
      user.documents.join(),
      /\| 3 \| 2 \| It isn't clear which number is the day, the month or the year\. \|/,
    );
    user.lists.length = 0;
    await run();
    assert.equal(user.lists.length, 1, 'which source');
  });

  it('moves and removes entries as the calendar does', async () => {
    const { document, run } = await setUp(calendarOf(june, july, stay('august', '20370801', '20370805')));
    await run();
    user.seen.length = 0;
    const moved = calendarOf(stay('june@example.com', '20370617', '20370621'), july);
    user.files.set('/downloads/Top 5.ics', moved);
    await run();
    assert.deepEqual(windowsIn(document.getText()), [
      '2037-06-17 15:00 – 2037-06-21 10:00',
      '2037-07-01 15:00 – 2037-07-03 10:00',
    ]);
    assert.equal(said(), 'Top 5.ics: 1 changed, 1 removed. Look at the changes, then save the access file.');
  });

  it('an empty calendar that deletes everybody: asks with the counts, and changes nothing without a yes', async () => {
    const { document, run } = await setUp(calendarOf(june, july));
    await run();
    user.files.set('/downloads/Top 5.ics', calendarOf());
    const before = document.getText();
    user.seen.length = 0;
    await run();
    const [question] = user.seen;
    assert.equal(question?.text, 'Remove 2 of 2 upcoming bookings of Top 5?');
    assert.equal(
      question.options.detail,
      'Top 5.ics has no bookings. Only the access file is edited. No lock changes before you apply a plan.',
    );
    assert.equal(document.getText(), before);
    assert.equal(user.seen.length, 1);
  });

  it('removes all bookings of an empty calendar after a yes', async () => {
    const { account, document, run } = await setUp(calendarOf(june, july));
    await run();
    user.files.set('/downloads/Top 5.ics', calendarOf());
    user.press = ({ buttons }) => {
      account.simulator.clock.jump(1_000);
      return buttons[0];
    };
    user.seen.length = 0;
    await run();
    assert.deepEqual(windowsIn(document.getText()), []);
    assert.match(said(), /\nTop 5\.ics: 2 removed\. Look at the changes, then save the access file\.$/);
  });

  it('says why it reads nothing: of a web page, a large file, a file that is gone, and a file with errors', async () => {
    const { document, run } = await setUp('<!DOCTYPE html>');
    const sayings = new Map([
      ['<!DOCTYPE html>', "Top 5.ics isn't a complete calendar, so it is not read. Download it again."],
      ['x'.repeat(1_048_577), 'Top 5.ics is larger than 1 MB, so it is not read.'],
      [undefined, "Top 5.ics can't be read."],
    ]);
    for (const [bookings, sentence] of sayings) {
      user.seen.length = 0;
      if (bookings === undefined) user.files.delete('/downloads/Top 5.ics');
      else user.files.set('/downloads/Top 5.ics', bookings);
      await run();
      assert.equal(said(), sentence);
    }
    document.edit('version: 1\ndoors: []\n');
    user.seen.length = 0;
    await run();
    assert.equal(said(), 'flat.nuki-access.yaml has errors. Correct them first.');
    assert.equal(document.getText(), 'version: 1\ndoors: []\n');
  });

  it('changes nothing when a dialog is closed', async () => {
    for (const close of [
      () => (user.openFile = () => undefined),
      () => (user.type = () => undefined),
      () => (user.tick = () => false),
      () => (user.choose = () => undefined),
    ]) {
      const { document, run } = await setUp(table, '/downloads/Top 5.csv');
      close();
      await run();
      assert.deepEqual([document.getText(), said()], [text, '']);
    }
  });

  it('gives up where the file is edited while it asks', async () => {
    const { account, document, run } = await setUp(calendarOf(june));
    await run();
    user.files.set('/downloads/Top 5.ics', calendarOf());
    user.press = ({ buttons }) => {
      account.simulator.clock.jump(1_000);
      document.edit(`${document.getText()}# mine\n`);
      return buttons[0];
    };
    user.seen.length = 0;
    await run();
    assert.match(
      said(),
      /flat\.nuki-access\.yaml was changed in the meantime, so no bookings were added\. Try again\.$/,
    );
    assert.equal(windowsIn(document.getText()).length, 1);
  });
});
