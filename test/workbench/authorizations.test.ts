import assert from 'node:assert/strict';
import { frontDoor, garage, guestHouse, terrace } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { AuthorizationForm } from './authorizationForm.ts';
import { eventually } from './eventually.ts';
import type { NukiServer } from './nukiServer.ts';
import { closeAll, openHome } from './windows.ts';

describe('authorizations', () => {
  let nuki: NukiServer;
  let window: Workbench;
  let form: AuthorizationForm;

  before(async () => {
    ({ nuki, window } = await openHome());
    form = new AuthorizationForm(window);
    await window.widenSidebar(560);
  });

  after(closeAll);

  const onLock = (smartlockId: number, name: string) =>
    nuki.home.authorizationsOnLock(smartlockId).find((entry) => entry.name === name);

  /** Everything that was asked to be changed since the last time this was asked. */
  const writes = (() => {
    let seen = 0;
    return () => {
      const all = nuki.home.exchanges.all.filter(({ method }) => method !== 'GET');
      const fresh = all.slice(seen);
      seen = all.length;
      return fresh.map(({ method, path }) => `${method} ${path}`);
    };
  })();

  it('creates a keypad code with a schedule, which is on the lock as it was written', async () => {
    await window.chooseFromMenu('Front Door', 'New Authorization…');
    await form.ready();
    await form.fill('Name', 'Guest Weber');
    await form.generateCode();
    await form.limitDates('From', '2027-06-16', '10:30');
    await form.limitDates('Until', '2027-06-30', '18:00');
    await form.press('Mon–Fri');
    await form.limitHours('09:00', '17:00');
    await form.summary.getByText('Guest Weber can open Front Door with').waitFor();
    await form.summary.getByText(/Mon–Fri 09:00–17:00, from 16 Jun 2027, 10:30, until 30 Jun 2027, 18:00/).waitFor();
    await form.sends('2027-06-16T08:30:00.000Z');
    await form.send('Create on Front Door');
    await form.done('Front Door');
    await form.close();
    const {
      code,
      id: _id,
      authId: _authId,
      creationDate: _created,
      updateDate: _updated,
      ...stored
    } = onLock(frontDoor, 'Guest Weber') ?? {};
    assert.match(String(code), /^(?!12)[1-9]{6}$/);
    assert.deepEqual(stored, {
      smartlockId: frontDoor,
      type: 13,
      name: 'Guest Weber',
      enabled: true,
      remoteAllowed: false,
      lockCount: 0,
      allowedFromDate: '2027-06-16T08:30:00.000Z',
      allowedUntilDate: '2027-06-30T16:00:00.000Z',
      allowedWeekDays: 124,
      allowedFromTime: 540,
      allowedUntilTime: 1020,
    });
    assert.deepEqual(writes(), [`PUT /smartlock/${frontDoor}/auth`]);
    await window.expand('Front Door');
    await window.row('Guest Weber').filter({ hasText: '16–30 Jun · Mon–Fri 09–17' }).waitFor();
  });

  it('creates one code on three devices in one request', async () => {
    await window.chooseFromMenu('Front Door', 'New Authorization…');
    await form.ready();
    await form.fill('Name', 'Baker');
    await form.choose('Terrace');
    await form.choose('Guest House');
    await form.fill('Code', '345678');
    await form.send('Create on 3 devices');
    for (const device of ['Front Door', 'Terrace', 'Guest House']) await form.done(device);
    await form.press('Copy Message for the Guest');
    await form.frame.getByText('Message copied.').waitFor();
    const message = await window.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(message, 'Code for Front Door, Terrace, and Guest House: 345678');
    await form.close();
    for (const id of [frontDoor, terrace, guestHouse]) assert.equal(onLock(id, 'Baker')?.code, 345678);
    assert.deepEqual(writes(), ['PUT /smartlock/auth']);
  });

  it('invites a new person as an app user', async () => {
    await window.chooseFromMenu('Garage', 'New Authorization…');
    await form.ready();
    await form.choose('App user');
    await form.fill('Name', 'Eva');
    await form.frame.getByLabel('Person', { exact: true }).selectOption({ label: 'New person' });
    await form.fill("Person's name", 'Eva Lang');
    await form.fill('Email address', 'eva.lang@example.com');
    await form.send('Create on Garage');
    await form.done('Garage');
    await form.close();
    const user = nuki.home.users.find(({ email }) => email === 'eva.lang@example.com');
    assert.equal(user?.name, 'Eva Lang');
    const { type, accountUserId } = onLock(garage, 'Eva') ?? {};
    assert.deepEqual({ type, accountUserId }, { type: 0, accountUserId: user.accountUserId });
    assert.deepEqual(writes(), ['PUT /account/user', `PUT /smartlock/${garage}/auth`]);
  });

  it('renames one and leaves its schedule and its code as they are', async () => {
    const before = onLock(frontDoor, 'Guest Weber');
    await window.chooseFromMenu('Guest Weber', 'Edit Authorization…');
    await form.ready();
    assert.equal(await form.frame.getByLabel('Code', { exact: true }).inputValue(), '');
    await form.fill('Name', 'Guest Webern');
    await form.send('Save');
    await form.done('Front Door');
    await form.close();
    const after = onLock(frontDoor, 'Guest Webern');
    assert.deepEqual({ ...after, updateDate: '' }, { ...before, name: 'Guest Webern', updateDate: '' });
    assert.equal(writes().length, 1);
  });

  it('saving without a change sends nothing', async () => {
    await window.chooseFromMenu('Guest Webern', 'Edit Authorization…');
    await form.ready();
    await form.send('Save');
    await form.frame.getByText('No changes to save.').waitFor();
    await form.press('Cancel');
    assert.deepEqual(writes(), []);
  });

  it('asks before an edit gives more access, and says what it adds', async () => {
    await window.chooseFromMenu('Guest Webern', 'Edit Authorization…');
    await form.ready();
    await form.chooseEnd('Until', 'No end');
    await form.send('Save');
    const { message, detail } = await window.readDialog();
    assert.equal(message, "Change Guest Webern's access to Front Door?");
    assert.match(detail, /\+ Later end or none/);
    await window.pressInDialog('Cancel');
    assert.deepEqual(writes(), []);
    await form.send('Save');
    await window.readDialog();
    await window.pressInDialog('Save');
    await form.done('Front Door');
    await form.close();
    const { allowedUntilDate, allowedFromDate, allowedWeekDays } = onLock(frontDoor, 'Guest Webern') ?? {};
    assert.deepEqual(
      { allowedUntilDate, allowedFromDate, allowedWeekDays },
      { allowedUntilDate: undefined, allowedFromDate: '2027-06-16T08:30:00.000Z', allowedWeekDays: 124 },
    );
    writes();
  });

  it('duplicates one with its schedule and without its code', async () => {
    await window.chooseFromMenu('Guest Webern', 'Duplicate Authorization…');
    await form.ready();
    await form.fill('Name', 'Guest Two');
    await form.fill('Code', '987654');
    await form.send('Create on Front Door');
    await form.done('Front Door');
    await form.close();
    const { allowedFromTime, allowedWeekDays, code } = onLock(frontDoor, 'Guest Two') ?? {};
    assert.deepEqual(
      { allowedFromTime, allowedWeekDays, code },
      { allowedFromTime: 540, allowedWeekDays: 124, code: 987654 },
    );
    writes();
  });

  it('disables one, and asks before it is enabled again', async () => {
    await window.chooseFromMenu(/^Guest Two\s*from 16 Jun/, 'Disable Authorization'); // no longer waiting for the lock
    await window.row('Guest Two').filter({ hasText: 'disabled' }).waitFor({ timeout: 60_000 });
    assert.equal(onLock(frontDoor, 'Guest Two')?.enabled, false);
    await window.chooseFromMenu('Guest Two', 'Enable Authorization…');
    assert.equal((await window.readDialog()).message, 'Enable Guest Two on Front Door?');
    await window.pressInDialog('Enable');
    await window.row('Guest Two').filter({ hasText: 'from 16 Jun' }).waitFor({ timeout: 60_000 });
    assert.equal(onLock(frontDoor, 'Guest Two')?.enabled, true);
    assert.equal(onLock(frontDoor, 'Guest Two')?.allowedWeekDays, 124);
    writes();
  });

  it('deletes one after a question, and the row goes when the lock no longer has it', async () => {
    await window.chooseFromMenu('Guest Two', 'Delete Authorization…');
    const { message, detail } = await window.readDialog();
    assert.equal(message, 'Delete Guest Two?');
    assert.match(detail, /Guest Two · Front Door/);
    await window.pressInDialog('Delete');
    await window.row('Guest Two').waitFor({ state: 'hidden', timeout: 60_000 });
    assert.equal(onLock(frontDoor, 'Guest Two'), undefined);
    writes();
  });

  it('cleans up what has expired on all devices of the account', async () => {
    await window.chooseFromMenu(/Anna Berger\s*7 devices/, 'Delete Expired Authorizations…');
    const { message, detail } = await window.readDialog();
    assert.equal(message, 'Delete 2 expired authorizations?');
    assert.match(detail, /Guest Emil · Front Door/);
    assert.match(detail, /Guest Hanna · Guest House/);
    await window.pressInDialog('Delete');
    await eventually(() => !onLock(frontDoor, 'Guest Emil') && !onLock(guestHouse, 'Guest Hanna'), 60_000);
    await window.row('Guest Emil').waitFor({ state: 'hidden' });
    assert.ok(onLock(frontDoor, 'Guest Fritz'));
    assert.deepEqual(writes(), ['DELETE /smartlock/auth']);
  });
});
