import assert from 'node:assert/strict';
import { frontDoor, garage, terrace } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { AuthorizationForm } from './authorizationForm.ts';
import { fastClock } from './clock.ts';
import { eventually } from './eventually.ts';
import type { NukiServer } from './nukiServer.ts';
import { closeAll, openHome, takeUnhandled } from './windows.ts';

const list = { method: 'GET', path: /^\/smartlock$/ };
const action = { method: 'POST', path: /\/action$/ };

/** What was under way when the window ended is not confirmed, unless the next read has already shown how the door is. */
const terraceIsKnown = /^Terrace\s*(door open · unlocked|not confirmed – check the door)/;

describe('when the extension is interrupted', () => {
  let nuki: NukiServer;
  let window: Workbench;

  before(async () => {
    ({ nuki, window } = await openHome({ settings: { 'nuki.refreshInterval': 30 } }));
    await window.row(/^Front Door\s*locked/).waitFor();
  });

  after(closeAll);

  afterEach(() => nuki.home.clearFaults());

  const readings = () => nuki.home.exchanges.all.filter(({ path }) => path === '/smartlock');
  const lists = (): number => readings().length;

  it('after a sleep it reads once, sends nothing, and says of the action in between that it was not confirmed', async () => {
    nuki.home.fault({ ...action, never: true });
    await window.chooseFromMenu('Front Door', 'Unlock…');
    await window.pressInDialog('Unlock');
    await window.row(/^Front Door\s*unlocking…/).waitFor();
    const host = nuki.extensionHost();
    process.kill(host, 'SIGSTOP');
    let asked: number;
    let read: number;
    try {
      // What was on its way arrives.
      await eventually(() => nuki.home.exchanges.all.every(({ status }) => status !== undefined));
      asked = nuki.home.exchanges.all.length;
      read = lists();
      const wakesAt = fastClock.now() + 36_000; // longer than the deadline of an action and than the interval
      await eventually(() => fastClock.now() > wakesAt);
      assert.equal(nuki.home.exchanges.all.length, asked);
    } finally {
      process.kill(host, 'SIGCONT');
    }
    await window.row(/^Front Door\s*not confirmed – check the door$/).waitFor();
    await eventually(() => lists() > read + 1);
    const [once, next] = readings().slice(read);
    assert.ok((next?.at ?? 0) - (once?.at ?? 0) > 20_000, 'what was missed was made up for at once');
    assert.deepEqual(nuki.actions(), [`/smartlock/${frontDoor}/action {"action":1}`]);
    assert.equal(nuki.home.door(frontDoor).state, 1);
  });

  it('killed in mid-action, it sends nothing again when it is back, and says that its end was not seen', async () => {
    const sent = nuki.actions().length;
    nuki.home.fault({ ...action, never: true });
    await window.chooseFromMenu('Garage', 'Lock');
    await window.row(/^Garage\s*locking…/).waitFor();
    process.kill(nuki.extensionHost(), 'SIGKILL');
    await window
      .notification(/Garage: "Lock" was sent at \d\d:\d\d, but the result is unknown\. Keyturner won't retry\./)
      .waitFor({ timeout: 75_000 });
    await window.row(/^Garage\s*not confirmed – check the door$/).waitFor();
    assert.deepEqual(nuki.actions().slice(sent), [`/smartlock/${garage}/action {"action":2}`]);
  });

  it('ended in mid-flight, it leaves no process and no error, and sends nothing again', async () => {
    const sent = nuki.actions().length;
    const read = lists();
    nuki.home.fault({ ...action, never: true });
    nuki.home.fault({ ...list, hang: true });
    await window.pressTitleAction('Refresh');
    await eventually(() => lists() > read);
    await window.chooseFromMenu('Terrace', 'Lock');
    await window.pressInDialog('Lock Anyway'); // its door is open
    await window.row(/^Terrace\s*locking…/).waitFor();
    const host = nuki.extensionHost();
    await window.reload();
    await eventually(() => !isRunning(host));
    await window.openSidebar();
    await window.row(terraceIsKnown).waitFor({ timeout: 40_000 });
    assert.deepEqual(nuki.actions().slice(sent), [`/smartlock/${terrace}/action {"action":2}`]);
    assert.equal(takeUnhandled(), '');
  });

  it('a form that is still following its authorization goes with the window; the next one follows it to its end', async () => {
    nuki.home.fault({ method: 'PUT', path: /\/auth$/, after: 150_000 });
    await window.chooseFromMenu('Terrace', 'New Authorization…');
    const form = new AuthorizationForm(window);
    await form.ready();
    await form.fill('Name', 'Cut Off');
    await form.choose('App user');
    await form.frame.getByLabel('Person', { exact: true }).selectOption({ label: 'New person' });
    await form.fill("Person's name", 'Cut Off');
    await form.fill('Email address', 'cut.off@example.com');
    await form.send(/^Create/);
    await form.progress('Terrace').waitFor();
    await eventually(async () => /isSent.{0,9}true/.test(await window.stored()));
    const host = nuki.extensionHost();
    await window.reload();
    await eventually(() => !isRunning(host));
    await window.openSidebar();
    await window.row(terraceIsKnown).waitFor({ timeout: 40_000 });
    await form.alert.filter({ hasText: "Keyturner won't send it again." }).waitFor();
    assert.equal(await form.submit.count(), 0);
    assert.equal(takeUnhandled(), '');
    await window.expand('Terrace');
    await window.row('Cut Off').filter({ hasText: 'waiting for the lock' }).waitFor();
    await window.notification(/Cut Off is saved on the lock\./).waitFor({ timeout: 75_000 });
    const creations = nuki.home.exchanges.all.filter(({ method, path }) => method === 'PUT' && path.endsWith('/auth'));
    assert.equal(creations.length, 1);
  });

  it('a form that is half filled in comes back with the window, without its code, and says so', async () => {
    await window.closeAllEditors();
    const sent = nuki.home.exchanges.all.filter(({ method }) => method !== 'GET').length;
    await window.chooseFromMenu('Front Door', 'New Authorization…');
    const form = new AuthorizationForm(window);
    await form.ready();
    await form.fill('Name', 'Half Written');
    await form.limitDates('Until', '2031-06-30', '18:00');
    await form.generateCode();
    await form.summary.getByText('Half Written can open Front Door with').waitFor();
    await eventually(async () => /Half Written.*hadCode.{0,9}true/.test(await window.stored()));
    await window.reload();
    await form.ready();
    assert.equal(await form.frame.getByLabel('Name', { exact: true }).inputValue(), 'Half Written');
    assert.equal(await form.frame.getByLabel('Until: Date').inputValue(), '30 Jun 2031');
    assert.equal(await form.frame.getByLabel('Code', { exact: true }).inputValue(), '');
    await form.frame.getByText('The code was cleared').waitFor();
    await form.send(/^Create/);
    await form.problem('code').waitFor();
    await form.generateCode();
    await form.frame.getByText('The code was cleared').waitFor({ state: 'hidden' });
    assert.equal(nuki.home.exchanges.all.filter(({ method }) => method !== 'GET').length, sent);
    await form.send(/^Create/);
    await form.done('Front Door');
    assert.equal(nuki.home.exchanges.all.filter(({ method }) => method !== 'GET').length, sent + 1);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
