import assert from 'node:assert/strict';
import { frontDoor, garage } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { AuthorizationForm } from './authorizationForm.ts';
import type { AuthorizationHome } from './authorizationHome.ts';

/** What the form refuses, asks and keeps. */
export function describeRules(given: () => AuthorizationHome): void {
  let home: AuthorizationHome;
  let window: Workbench;
  let form: AuthorizationForm;

  before(() => {
    home = given();
    ({ window, form } = home);
  });

  beforeEach(async () => {
    await window.closeAllEditors();
    await home.openForm('Front Door', 'New Authorization…');
  });

  it('refuses a time that clocks leave out, and names the next one', async () => {
    await form.fill('Name', 'Gap');
    await form.generateCode();
    await form.limitDates('From', '2027-03-28', '02:30');
    await form.send('Create on Front Door');
    const problem = form.problem('from').filter({ hasText: "doesn't exist" }); // before, the time was missing
    await problem.waitFor();
    assert.equal(
      await problem.innerText(),
      "28 Mar 2027 02:30 doesn't exist in Europe/Berlin because clocks go forward. The next valid time is 28 Mar 2027 03:00.",
    );
    await form.frame.locator('#from-date:focus').waitFor();
    assert.deepEqual(home.writes(), []);
  });

  it('asks which one is meant of a time that comes twice', async () => {
    await form.fill('Name', 'Overlap');
    await form.fill('Code', '345679');
    await form.limitDates('From', '2027-10-31', '02:30');
    await form.send('Create on Front Door');
    await form.problem('from').filter({ hasText: 'Choose the first or the second 02:30.' }).waitFor();
    await form.frame.locator('#from-earlier:focus').waitFor();
    assert.deepEqual(home.writes(), []);
    await form.choose('02:30 (UTC+01:00)');
    await form.sends('2027-10-31T01:30:00.000Z');
    await form.send('Create on Front Door');
    await form.done('Front Door');
    assert.equal(home.onLock(frontDoor, 'Overlap')?.allowedFromDate, '2027-10-31T01:30:00.000Z');
    assert.equal(home.writes().length, 1);
  });

  it('makes two authorizations of hours that reach over midnight, in two forms beside each other', async () => {
    await form.fill('Name', 'Night Nurse');
    await form.fill('Code', '345681');
    await form.limitHours('22:00', '06:00');
    await form.send('Create on Front Door');
    await form.problem('hours').filter({ hasText: "An authorization can't cross midnight" }).waitFor();
    await form.press('Split at Midnight');
    const second = new AuthorizationForm(window, { place: 1 });
    await second.ready();
    assert.equal(await second.frame.getByLabel('Code', { exact: true }).inputValue(), '');
    await second.fill('Code', '345682');
    await second.send('Create on Front Door');
    await second.done('Front Door');
    await second.close();
    assert.equal(await form.frame.getByLabel('Code', { exact: true }).inputValue(), '345681');
    await form.send('Create on Front Door');
    await form.done('Front Door');
    const nights = home.nuki.home.authorizationsOnLock(frontDoor).filter(({ name }) => name === 'Night Nurse');
    assert.deepEqual(
      nights.map(({ code, allowedFromTime, allowedUntilTime }) => [code, allowedFromTime, allowedUntilTime]),
      [
        [345682, 0, 360],
        [345681, 1320, 1439],
      ],
    );
    assert.equal(home.writes().length, 2);
  });

  it('refuses limits on devices whose clocks differ', async () => {
    await form.fill('Name', 'Two Zones');
    await form.generateCode();
    await form.choose('Guest House');
    await form.limitHours('09:00', '17:00');
    await form.send('Create on 2 devices');
    await form.problem('devices').filter({ hasText: 'These devices are in different time zones' }).waitFor();
    await form.frame.locator(`#device-${frontDoor}:focus`).waitFor();
    await form.choose('All day');
    await form.problem('devices').waitFor({ state: 'hidden' });
    assert.deepEqual(home.writes(), []);
  });

  it('offers codes only where there is a keypad, and says so', async () => {
    const box = form.frame.locator(`#device-${garage}`);
    assert.equal(await box.isDisabled(), true);
    const garageRow = form.frame.locator('.device').filter({ hasText: 'Garage' });
    await garageRow.getByText('no keypad').waitFor();
    await form.choose('Terrace');
    await form.choose('App user');
    await garageRow.getByText('no keypad').waitFor({ state: 'hidden' });
    assert.equal(await box.isDisabled(), false);
    await form.choose('Garage');
    await form.choose('Keypad code');
    assert.equal(await box.isDisabled(), true);
    await form.frame.getByRole('button', { name: 'Create on 2 devices' }).waitFor();
  });

  it('keeps the draft without its code when another editor is in front', async () => {
    await form.fill('Name', 'Guest Weber');
    await form.fill('Code', '345683');
    await form.limitDates('From', '2027-06-16', '10:30');
    await form.sends('2027-06-16T08:30:00.000Z');
    await window.runCommand('File: New Untitled Text File');
    await form.submit.waitFor({ state: 'hidden' });
    await window.editorTab('New Authorization').click();
    await form.ready();
    assert.equal(await form.frame.getByLabel('Name', { exact: true }).inputValue(), 'Guest Weber');
    assert.equal(await form.frame.getByLabel('From: Date', { exact: true }).inputValue(), '16 Jun 2027');
    assert.equal(await form.frame.getByLabel('Code', { exact: true }).inputValue(), '');
    await form.send('Create on Front Door');
    await form.problem('code').filter({ hasText: 'Use 6 digits from 1 to 9' }).waitFor();
    await window.closeAllEditors();
    await home.openForm('Front Door', 'New Authorization…');
    await form.frame.getByText('A draft for Guest Weber was closed.').waitFor();
    await form.press('Continue Draft');
    await form.frame.getByText('The code was cleared').waitFor();
    assert.equal(await form.frame.getByLabel('From: Date', { exact: true }).inputValue(), '16 Jun 2027');
    assert.deepEqual(home.writes(), []);
  });
}
