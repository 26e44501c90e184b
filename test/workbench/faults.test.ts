import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { Fault } from '../../src/simulator/home.ts';
import { frontDoor, garage, guestHouse, terrace } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { fastClock, realMs } from './clock.ts';
import { goodToken, type NukiServer } from './nukiServer.ts';
import { closeAll, openHome } from './windows.ts';

const list = { method: 'GET', path: /^\/smartlock$/ };
const html = '<!DOCTYPE html><title>Free Wi-Fi</title><script>alert(1)</script>';

describe('when Nuki fails', () => {
  let nuki: NukiServer;
  let window: Workbench;

  before(async () => {
    ({ nuki, window } = await openHome());
    await window.row(/^Front Door\s*locked/).waitFor();
  });

  after(closeAll);

  afterEach(() => nuki.home.clearFaults());

  const refresh = (): Promise<void> => window.pressTitleAction('Refresh');

  const listFaults: readonly { readonly title: string; readonly fault: Fault; readonly says: RegExp }[] = [
    { title: 'the connection breaks', fault: { loseAnswer: true }, says: /offline · data from \d\d:\d\d/ },
    { title: 'a sign-in page answers', fault: { answer: { status: 200, body: html } }, says: /response not from Nuki/ },
    {
      title: 'the JSON is cut off',
      fault: { answer: { status: 200, body: '[{"smartlockId": 2191' } },
      says: /unexpected response/,
    },
    {
      title: 'an object comes instead of a list',
      fault: { answer: { status: 200, body: '{}' } },
      says: /unexpected response/,
    },
    { title: 'nothing comes', fault: { answer: { status: 204 } }, says: /unexpected response/ },
    {
      title: 'a redirect leads elsewhere',
      fault: { answer: { status: 307, headers: { location: 'https://evil.test/' } } },
      says: /redirected/,
    },
    { title: 'a subscription is missing', fault: { answer: { status: 402 } }, says: /Nuki subscription needed/ },
    { title: 'a right is missing', fault: { answer: { status: 403 } }, says: /permission missing/ },
    { title: 'a gateway fails', fault: { answer: { status: 502, body: html } }, says: /response not from Nuki/ },
  ];

  for (const { title, fault, says } of listFaults) {
    it(`${title}: the account says so, and the devices stay`, async () => {
      nuki.home.fault({ ...list, times: 3, ...fault });
      await refresh();
      await window
        .row(/^Anna Berger/)
        .filter({ hasText: says })
        .waitFor();
      await window.row(/^Front Door/).waitFor();
      assert.equal(await window.row(/Front Door|Cellar|Garage|Guest House|Intercom|Parcel Box|Terrace/).count(), 7);
      nuki.home.clearFaults();
      await refresh();
      await window.row(/^Anna Berger.*7 devices/).waitFor();
    });
  }

  it('Nuki asks to wait: nothing is sent before that, asked or not, and the time is told', async () => {
    const lists = () => nuki.home.exchanges.all.filter(({ path }) => path === '/smartlock');
    nuki.home.fault({ ...list, answer: { status: 429, headers: { 'retry-after': '30' } } });
    await refresh();
    await window.row(/^Anna Berger.*waiting until \d\d:\d\d/).waitFor();
    const asked = lists();
    const told = /^Too many requests\. Nuki asked to wait until \d\d:\d\d\. Showing data from \d\d:\d\d\.$/;
    assert.match(await window.notificationText(/asked to wait/), told);
    await refresh();
    await window.row(/^Anna Berger.*7 devices/).waitFor();
    const [refused, next] = lists().slice(asked.length - 1);
    assert.equal(refused?.status, 429);
    const waited = (next?.at ?? 0) - refused.at;
    assert.ok(waited >= 30_000, `${waited} ms`);
    assert.ok(realMs(waited - 30_000) <= 1_500, `${waited} ms`);
  });

  it("a clock a day off is told, and everything goes by Nuki's", async () => {
    const tomorrow = new Date(fastClock.now() + 24 * 3_600_000);
    nuki.home.fault({
      ...list,
      change: async (answer) =>
        new Response(await answer.text(), {
          headers: { 'content-type': 'application/json', date: tomorrow.toUTCString() },
        }),
    });
    await refresh();
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(tomorrow);
    const told = await window.notificationText(/clock is wrong/);
    assert.ok(told.startsWith(`This computer's clock is wrong. Keyturner uses Nuki's time (${day}, `), told);
    assert.equal(await window.row(/^Front Door\s*last reported/).count(), 0);
  });

  it('draws every device of a list with type 99, state 226 and a field of a wrong type', async () => {
    nuki.home.fault({
      ...list,
      change: async (answer) => {
        const [first, second, ...rest] = v.parse(v.array(v.looseObject({})), await answer.json());
        const odd = { ...first, type: 99, state: { state: 226 }, updateDate: undefined }; // a known date would be contradicted
        return Response.json([odd, { ...second, name: 7 }, ...rest]);
      },
    });
    await refresh();
    await window.row(/unknown kind \(99\) · unknown \(226\)/).waitFor();
    await window.row(/^Unreadable device/).waitFor();
    assert.equal(await window.rows.count(), 9); // with the account and its people
    await refresh();
    await window.row(/^Garage\s*unlocked/).waitFor();
    await window.row(/^Front Door\s*locked/).waitFor();
  });

  it('a busy device is left alone', async () => {
    nuki.home.fault({
      method: 'GET',
      path: new RegExp(`^/smartlock/${garage}$`),
      change: async (answer) => Response.json({ ...Object(await answer.json()), operationId: 'of-another' }),
    });
    const sent = nuki.actions().length;
    await window.pressInlineAction('Garage', 'Lock');
    assert.match(
      await window.notificationText(/Garage/),
      /^Garage is busy with another operation\. Nothing was sent\.$/,
    );
    assert.equal(nuki.actions().length, sent);
  });

  it('a lock that cannot pull its latch says so', async () => {
    await window.chooseFromMenu('Guest House', 'Unlatch…');
    const { detail } = await window.readDialog();
    assert.match(detail, /The door will open\./);
    await window.pressInDialog('Unlatch');
    assert.equal(
      await window.notificationText(/Guest House/),
      "Guest House refused to unlatch. Locks sold in the US don't support it.",
    );
    assert.equal(nuki.actions().filter((action) => action.includes(String(guestHouse))).length, 1);
  });

  it('a blocked motor is told with its reason, and the row does not say locked', async () => {
    nuki.home.fault({ method: 'POST', path: /\/action$/, completion: 1 });
    await window.pressInlineAction('Terrace', 'Lock');
    assert.match((await window.readDialog()).detail, /The door is open\. The bolt would extend into the air\./);
    await window.pressInDialog('Lock Anyway');
    await window.row(/^Terrace.*failed: motor blocked/).waitFor({ timeout: 30_000 });
    assert.equal(await window.notificationText(/Terrace/), 'Terrace: "Lock" failed: motor blocked. Check the door.');
    assert.notEqual(nuki.home.door(terrace).state, 1);
  });

  it('an answer that never comes is looked into, never sent again, and not said to be taken', async () => {
    nuki.home.fault({ method: 'POST', path: /\/action$/, loseAnswer: true, never: true });
    const sent = nuki.actions().length;
    await window.pressInlineAction('Front Door', 'Unlock…');
    await window.pressInDialog('Unlock');
    await window.row(/^Front Door\s*unlocking…/).waitFor();
    await window.row(/^Front Door\s*not confirmed – check the door$/).waitFor({ timeout: 45_000 });
    assert.equal(
      await window.notificationText(/Front Door/),
      'Front Door: it is unknown whether Nuki accepted "Unlock". Keyturner won\'t retry. Check the door.',
    );
    assert.equal(nuki.actions().length, sent + 1);
    assert.equal(nuki.home.door(frontDoor).state, 1);
  });

  it('a token that was revoked asks for a new one, once, and keeps what was known', async () => {
    nuki.home.revoke(goodToken);
    await refresh();
    await window.row(/^Anna Berger.*sign in again/).waitFor();
    await window.row(/^Front Door/).waitFor();
    const sentence = /Nuki rejected the token of "Anna Berger"/;
    await window.notificationText(sentence);
    await refresh();
    await refresh();
    assert.equal(await window.notification(sentence).count(), 1);
    await window.pressInNotification(sentence, 'Replace Token');
    await window.quickInput.getByText('Replace Token').waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('shows no text of a gateway anywhere', async () => {
    assert.doesNotMatch(await window.page.innerText('body'), /Free Wi-Fi|alert\(1\)/);
  });
});
