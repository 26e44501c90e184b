import assert from 'node:assert/strict';
import { frontDoor, terrace } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { AccessFolder, AccessWindow, fileOfStory } from './accessFolder.ts';
import { AuthorizationHome } from './authorizationHome.ts';
import { fastClock } from './clock.ts';
import { eventually } from './eventually.ts';
import { goodToken } from './nukiServer.ts';
import { closeAll, nukiPort } from './windows.ts';

const day = 86_400_000; // ms

/** A calendar as booking platforms write it. Days from today. */
function calendarOf(stays: Readonly<Record<string, readonly [from: number, until: number]>>): string {
  const dateIn = (days: number): string =>
    new Date(fastClock.now() + days * day).toISOString().slice(0, 10).replaceAll('-', '');
  const events = Object.entries(stays).map(([id, [from, until]]) =>
    [
      'BEGIN:VEVENT',
      `UID:${id}@bookings.example.com`,
      `DTSTAMP:${dateIn(0)}T080000Z`,
      `DTSTART;VALUE=DATE:${dateIn(from)}`,
      `DTEND;VALUE=DATE:${dateIn(until)}`,
      'SUMMARY:Reserved',
      'END:VEVENT\r\n',
    ].join('\r\n'),
  );
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n${events.join('')}END:VCALENDAR\r\n`;
}

describe('an access file', () => {
  let folder: AccessFolder;
  let home: AuthorizationHome;
  let window: Workbench;

  before(async () => {
    folder = new AccessFolder();
    folder.write('cleaning.nuki-access.yaml', fileOfStory('A cleaning team'));
    folder.write('flat.nuki-access.yaml', fileOfStory('A flat with bookings'));
    home = await AuthorizationHome.open({ folder: folder.path, settings: { 'files.autoSave': 'off' } });
    ({ window } = home);
  });

  after(closeAll);

  const fileNamed = (name: string): AccessWindow => new AccessWindow(window, folder, `${name}.nuki-access.yaml`);
  const onTerrace = (name: RegExp) =>
    home.nuki.home.authorizationsOnLock(terrace).filter((entry) => name.test(entry.name));
  const numberOf = (name: string): number =>
    [frontDoor, terrace]
      .flatMap((door) => home.nuki.home.authorizationsOnLock(door))
      .filter((entry) => entry.name === name).length;

  /** Another program of the account gives it other days. */
  async function changeElsewhere(smartlockId: number, name: string, allowedWeekDays: number): Promise<void> {
    const { id, code: _, ...rest } = home.onLock(smartlockId, name) ?? assert.fail(name);
    await fetch(`http://127.0.0.1:${nukiPort()}/smartlock/${smartlockId}/auth/${id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${goodToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...rest, allowedWeekDays }),
    });
    await eventually(() => home.onLock(smartlockId, name)?.allowedWeekDays === allowedWeekDays);
  }

  describe('of the members of a club', () => {
    let file: AccessWindow;

    it('begins with what the account has, but for the codes', async () => {
      await window.chooseFromMenu(/^Anna Berger/, 'Create Access File…');
      await window.answerFileDialog(
        'Create Access File',
        'anna-berger.nuki-access.yaml',
        folder.pathOf('club.nuki-access.yaml'),
      );
      await window.notification(/Access file created\./).waitFor();
      file = fileNamed('club');
      await file.show();
      const all = file.text + folder.read('club.nuki-access.record.json');
      assert.equal(all.match(/Family/g)?.length, 3);
      assert.doesNotMatch(all, /445566/);
    });

    it('says what is wrong while a member is added, and knows the doors', async () => {
      await file.show();
      await window.page.keyboard.press('ControlOrMeta+End');
      await file.paste('  - key: holt\n    name: Mira Holt\n    doors: [');
      await window.page.locator('.squiggly-error').first().waitFor();
      await window.page.keyboard.press('Control+Space');
      await window.page.locator('.suggest-widget .monaco-list-row', { hasText: 'Front Door' }).first().waitFor();
      await window.page.keyboard.press('Enter');
      await window.page.keyboard.type(']');
      await window.page.keyboard.press('Enter');
      await window.page.keyboard.type('by: cod');
      const suggestion = window.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'keypad code' });
      await suggestion.waitFor();
      await window.page.keyboard.type('e');
      await suggestion.waitFor({ state: 'hidden' });
      await window.page.keyboard.press('Enter');
      await window.page.locator('.squiggly-error').first().waitFor({ state: 'hidden' });
      await file.save();
      assert.match(file.text, /\n {4}by: code\n *$/);
    });

    it('lets a member in once the plan is applied', async () => {
      await file.plan('Added: 1', 'Mira Holt');
      assert.equal(home.onLock(frontDoor, 'Mira Holt'), undefined);
      assert.match(
        await file.apply('Give Access'),
        /Give more access \(Added: 1\)\?[^]*Mira Holt[^]*saved on the lock/,
      );
      const code = home.onLock(frontDoor, 'Mira Holt')?.code ?? 0;
      assert.equal(home.nuki.home.people.typeCode(frontDoor, code).kind, 'opens');
      assert.deepEqual(home.writes(), [`PUT /smartlock/${frontDoor}/auth`]);
    });

    it('lets one no longer in whose entry is deleted', async () => {
      const { code = 0, id = '' } = home.onLock(frontDoor, 'Guest Fritz') ?? {};
      await file.change((text) => text.replace(/ {2}- key: guest-fritz\n( {4}.*\n?)+/, ''));
      await file.plan('Removed: 1', 'Guest Fritz');
      assert.match(await file.apply('Reduce Access'), /Reduce access \(Removed: 1\)\?[^]*no longer listed/);
      assert.equal(home.nuki.home.people.typeCode(frontDoor, code).kind, 'unknown');
      assert.deepEqual(home.writes(), [`DELETE /smartlock/${frontDoor}/auth/${id}`]);
    });
  });

  describe('of a cleaning team', () => {
    it('does nothing twice and loses nothing where VS Code crashes in the middle', async () => {
      const file = fileNamed('cleaning');
      await file.plan('Added: 3');
      await file.beginToApply('Give Access');
      await eventually(() => numberOf('Cleaning') > 0);
      process.kill(home.nuki.extensionHost(), 'SIGKILL');
      const mayGoOnAt = fastClock.now() + 31_000; // until then it might be another window that applies the plan
      await file.plan('Added: 1', 'Windows');
      await eventually(() => fastClock.now() > mayGoOnAt);
      await file.apply('Give Access');
      assert.deepEqual([numberOf('Cleaning'), numberOf('Windows')], [2, 1]);
      assert.equal(home.onLock(frontDoor, 'Cleaning')?.code, home.onLock(terrace, 'Cleaning')?.code);
      assert.deepEqual(home.writes(), ['PUT /smartlock/auth', `PUT /smartlock/${frontDoor}/auth`]);
    });

    it('asks apart for what gives access and for what takes it', async () => {
      const file = fileNamed('cleaning');
      await file.change((text) => text.replace('09:00-17:00', '07:00-17:00').replace('08:00-12:00', '08:00-11:00'));
      await file.plan('Widened: 2', 'Narrowed: 1');
      const told = await file.apply('Give Access', 'Leave Out');
      assert.match(told, /Give more access \(Widened: 2\)\?[^]*Reduce access \(Narrowed: 1\)\?[^]*left out/);
      assert.equal(home.onLock(terrace, 'Cleaning')?.allowedFromTime, 7 * 60);
      assert.equal(home.onLock(frontDoor, 'Windows')?.allowedUntilTime, 12 * 60);
    });

    it('takes in what was changed elsewhere, or puts it back', async () => {
      const file = fileNamed('cleaning');
      const [weekend, weekdays, withSaturday] = [3, 124, 126];
      await changeElsewhere(frontDoor, 'Windows', weekend);
      await changeElsewhere(terrace, 'Cleaning', withSaturday);
      await file.plan('Changed elsewhere: 2');
      home.writes();
      await file.choose('Take into File');
      await file.lines.filter({ hasText: 'Changed elsewhere: 1' }).waitFor();
      assert.match(file.text, /name: Windows[^]*days: Sat, Sun\n {4}hours: 08:00-12:00/);
      await file.choose('Put Back');
      await file.lines.filter({ hasText: 'Narrowed: 1' }).waitFor();
      assert.deepEqual(home.writes(), []);
      await file.apply('Reduce Access');
      assert.equal(home.onLock(terrace, 'Cleaning')?.allowedWeekDays, weekdays);
      assert.equal(home.onLock(frontDoor, 'Windows')?.allowedWeekDays, weekend);
      assert.equal(home.writes().length, 1);
    });
  });

  describe('of a flat with bookings', () => {
    let file: AccessWindow;

    async function addBookings(stays: Parameters<typeof calendarOf>[0]): Promise<void> {
      folder.write('flat.ics', calendarOf(stays));
      await file.show();
      await window.runCommand('Nuki: Add Bookings to Access File…');
      await window.answerFileDialog('Bookings to Add', folder.path, folder.pathOf('flat.ics'));
    }

    it('has an entry for each stay, which is a code from check-in to check-out', async () => {
      file = fileNamed('flat');
      await addBookings({ one: [2, 5], two: [5, 9], three: [10, 12] });
      await window.quickInput.getByText('Name of the Bookings').waitFor();
      await window.page.keyboard.press('Enter');
      await window.option(/^flat/).waitFor();
      await window.page.keyboard.press('Enter');
      await window.notification(/flat\.ics: 3 added/).waitFor();
      await file.save();
      await file.plan('Added: 3');
      await file.apply('Give Access');
      assert.equal(onTerrace(/^Booking/).length, 3);
    });

    it('follows a stay that moves and one that is cancelled', async () => {
      await addBookings({ one: [2, 6], two: [6, 9] });
      await window.choose('flat');
      await window.notification(/flat\.ics: 2 changed, 1 removed/).waitFor();
      await file.save();
      await file.plan('Widened: 1', 'Narrowed: 1', 'Removed: 1');
      const told = await file.apply('Give Access', 'Leave Out');
      assert.match(told, /Give more access \(Widened: 1\)\?.*Reduce access \(Narrowed: 1 · Removed: 1\)\?/);
      assert.equal(onTerrace(/^Booking/).length, 3); // a code that is as young takes a minute to be proven gone
    });

    it('asks before an empty calendar empties it', async () => {
      const before = file.text;
      await addBookings({});
      await window.choose('flat');
      assert.match((await window.readDialog()).message, /Remove 2 of 2 upcoming bookings of flat\?/);
      await window.pressInDialog('Cancel');
      assert.equal(file.text, before);
    });
  });
});
