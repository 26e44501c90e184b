import assert from 'node:assert/strict';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { Fault } from '../../src/simulator/faults/faults.ts';
import type { Workbench } from '../vscode/page.ts';
import type { AuthorizationForm } from './authorizationForm.ts';
import { AuthorizationHome } from './authorizationHome.ts';
import { eventually } from './eventually.ts';
import { goodToken, noAuthorizationsToken } from './nukiServer.ts';
import { closeAll, nukiPort } from './windows.ts';

describe('when an authorization does not arrive', () => {
  let home: AuthorizationHome;
  let window: Workbench;
  let form: AuthorizationForm;

  before(async () => {
    home = await AuthorizationHome.open();
    ({ window, form } = home);
    await home.showFrontDoor(480);
  });

  after(closeAll);

  beforeEach(async () => {
    home.nuki.home.clearFaults();
    await window.closeAllEditors();
    home.writes();
  });

  async function fillIn(name: string, code: string): Promise<void> {
    await home.openForm('Front Door', 'New Authorization…');
    await form.fill('Name', name);
    await form.fill('Code', code);
    await form.summary.getByText(`${name} can open Front Door with`).waitFor();
  }

  /** Sends the form and closes it; the answer comes after that. */
  async function closeWhileSending(fault: Fault): Promise<void> {
    const closed = Promise.withResolvers<void>();
    home.nuki.home.fault({ ...fault, change: (answer) => closed.promise.then(() => answer) });
    const before = home.nuki.home.exchanges.all.length;
    await form.send('Create on Front Door');
    await eventually(() => home.nuki.home.exchanges.all.slice(before).some(({ method }) => method === fault.method));
    await window.runCommand('View: Close Editor');
    await window.editorTab('New Authorization').waitFor({ state: 'hidden' });
    closed.resolve();
  }

  /** Another client changes an authorization, and the lock takes it. */
  async function changeElsewhere(name: string, changes: object): Promise<void> {
    const entry = home.onLock(frontDoor, name);
    const url = `http://127.0.0.1:${nukiPort()}/smartlock/${frontDoor}/auth/${entry?.id}`;
    const headers = { authorization: `Bearer ${goodToken}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ ...entry, ...changes });
    assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 204);
    const isPending = async (): Promise<boolean> =>
      (await (await fetch(url, { headers })).text()).includes('operationId');
    await eventually(async () => !(await isPending()));
    home.writes();
  }

  it('sends once, however often the button is pressed', async () => {
    await fillIn('Double Click', '345611');
    await form.submit.dblclick();
    await form.done('Front Door');
    assert.deepEqual(home.writes(), [`PUT /smartlock/${frontDoor}/auth`]);
    assert.equal(home.onLock(frontDoor, 'Double Click')?.code, 345611);
  });

  it('is a row "waiting for the lock" until a list shows it', async () => {
    await fillIn('Slow Lock', '345612');
    home.nuki.home.fault({ method: 'PUT', after: 40_000 });
    await form.send('Create on Front Door');
    await form.progress('Front Door').filter({ hasText: 'waiting for the lock' }).waitFor();
    await window.row('Slow Lock').filter({ hasText: 'waiting for the lock' }).waitFor();
    assert.equal(home.onLock(frontDoor, 'Slow Lock'), undefined);
    await form.done('Front Door');
    await window.row(/^Slow Lock\s*$/).waitFor();
    assert.equal(home.writes().length, 1);
  });

  it('never claims that one is gone which stays', async () => {
    home.nuki.home.fault({ method: 'DELETE', never: true });
    const lists = home.nuki.home.exchanges.all.length;
    await window.chooseFromMenu('Plumber', 'Delete Authorization…');
    await window.pressInDialog('Delete');
    const reads = (): number =>
      home.nuki.home.exchanges.all.slice(lists).filter(({ method, path }) => method === 'GET' && path.endsWith('/auth'))
        .length;
    await eventually(() => reads() >= 4);
    await window.row('Plumber').filter({ hasText: 'deleting…' }).waitFor();
    assert.ok(home.onLock(frontDoor, 'Plumber'));
    assert.equal(home.writes().length, 1);
  });

  it('ends what was sent when the form is closed meanwhile, and tells how', async () => {
    await fillIn('Closed Form', '345613');
    await closeWhileSending({ method: 'PUT' });
    await window.notification(/^Closed Form is saved on the lock\./).waitFor({ timeout: 60_000 });
    assert.equal(home.onLock(frontDoor, 'Closed Form')?.code, 345613);
    assert.equal(home.writes().length, 1);
  });

  it('tells of a refusal also when the form is closed', async () => {
    await fillIn('Closed Refusal', '345614');
    await closeWhileSending({ method: 'PUT', answer: { status: 409 } });
    await window
      .notification(/Nuki|Front Door/)
      .filter({ hasNotText: 'Closed Form' })
      .waitFor();
    assert.equal(home.onLock(frontDoor, 'Closed Refusal'), undefined);
  });

  const refusals = [
    { status: 409, code: '345621', words: /^Nuki already has this code.*"Wake and Refresh"/ },
    { status: 423, code: '345622', words: /is busy with another operation\. Nothing was done\.$/ },
  ];
  for (const { status, code, words } of refusals) {
    it(`says on the form that Nuki refused it with ${status}, and can be sent again`, async () => {
      await fillIn(`After ${status}`, code);
      home.nuki.home.fault({ method: 'PUT', answer: { status, body: { detailMessage: '<b>no</b>' } } });
      await form.send('Create on Front Door');
      await form.alert.filter({ hasText: words }).waitFor();
      assert.doesNotMatch(await form.alert.innerText(), /<b>/);
      assert.equal(await form.frame.getByLabel('Code', { exact: true }).inputValue(), code);
      await form.send('Create on Front Door');
      await form.done('Front Door');
      await window.row(new RegExp(`^After ${status}\\s*$`)).waitFor();
      assert.equal(home.onLock(frontDoor, `After ${status}`)?.code, Number(code));
      assert.equal(home.writes().length, 2);
    });
  }

  it('sends nothing over what another client has changed, shows both, and begins again from there', async () => {
    await home.openForm('Guest Fritz', 'Edit Authorization…');
    await form.fill('Name', 'Guest Friedrich');
    await changeElsewhere('Guest Fritz', { name: 'Fritz Elsewhere', allowedWeekDays: 3 });
    await form.send('Save');
    await form.frame.getByRole('heading', { name: /changed elsewhere while you were editing/ }).waitFor();
    const row = (field: string) => form.frame.getByRole('row').filter({ hasText: field });
    assert.match(await row('Name').innerText(), /Guest Friedrich\s+Fritz Elsewhere/);
    assert.match(await row('Schedule').innerText(), /Sat, Sun/);
    assert.deepEqual(home.writes(), []);
    await form.press('Use Current Version');
    await form.ready();
    assert.equal(await form.frame.getByLabel('Name', { exact: true }).inputValue(), 'Fritz Elsewhere');
    assert.equal(await form.frame.locator('#weekday-64').getAttribute('aria-pressed'), 'false');
    assert.equal(await form.frame.locator('#weekday-2').getAttribute('aria-pressed'), 'true');
  });

  it("makes codes for whom the account's people cannot be read, and says so where a person is chosen", async () => {
    home.nuki.home.fault({ method: 'GET', path: /^\/account\/user/, answer: { status: 403 } });
    await fillIn('No People', '345616');
    await form.choose('App user');
    await form.send('Create on Front Door');
    await form.problem('person').filter({ hasText: "doesn't have the permission for this" }).waitFor();
    await form.choose('Keypad code');
    await form.fill('Code', '345616');
    await form.send('Create on Front Door');
    await form.done('Front Door');
    assert.equal(home.onLock(frontDoor, 'No People')?.code, 345616);
  });

  it('sends nothing after Cancel', async () => {
    await fillIn('Cancelled', '345617');
    await form.press('Cancel');
    await window.editorTab('New Authorization').waitFor({ state: 'hidden' });
    assert.deepEqual(home.writes(), []);
  });

  it('tells a token that was revoked, where it is used, and keeps what was known', async () => {
    home.nuki.home.revoke(goodToken);
    await window.chooseFromMenu('Family', 'Disable Authorization');
    await window
      .notification(/^Nuki rejected the token of "Anna Berger"\./)
      .first()
      .waitFor();
    assert.equal(await window.notification(/doesn't have the permission/).count(), 0);
    await window.row(/^Anna Berger.*sign in again/).waitFor();
    await window.row('Family').waitFor();
    assert.deepEqual(home.writes(), []);
  });

  it('says on the form of a token that may not manage authorizations, and offers nothing to send', async () => {
    await window.chooseFromMenu(/^Anna Berger.*sign in again/, 'Replace Token…');
    await window.fillInput(noAuthorizationsToken);
    await window.row(/^Anna Berger.*7 devices/).waitFor();
    await window.chooseFromMenu('Garage', 'New Authorization…');
    await form.alert.filter({ hasText: `The token of "Anna Berger" doesn't have the permission for this.` }).waitFor();
    assert.equal(await form.submit.count(), 0);
    assert.deepEqual(home.writes(), []);
  });
});
