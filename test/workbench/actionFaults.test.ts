import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { WrongAnswer } from '../../src/simulator/faults/faults.ts';
import type { Fault } from '../../src/simulator/home.ts';
import { frontDoor, garage, guestHouse, terrace } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { fastClock } from './clock.ts';
import { eventually } from './eventually.ts';
import { goodToken, type NukiServer } from './nukiServer.ts';
import { closeAll, openHome } from './windows.ts';

const html = '<!DOCTYPE html><title>Bad Gateway</title>';
const untilTheEnd = { timeout: 45_000 }; // of an action that nothing confirms

const deviceJson = v.looseObject({ state: v.looseObject({}) });

describe('what can go wrong with an action', () => {
  let nuki: NukiServer;
  let window: Workbench;
  let sentBefore = 0;

  before(async () => {
    ({ nuki, window } = await openHome());
    nuki.home.moveDoor(terrace, 2); // locking a lock whose door stands open is asked about
  });

  after(closeAll);

  beforeEach(async () => {
    sentBefore = nuki.actions().length;
    await window.page.mouse.move(900, 600); // no hover over the rows
  });
  afterEach(() => nuki.home.clearFaults());

  /** The next action, on a device that is reached soon. */
  const faultAction = (fault: Fault): void =>
    nuki.home.fault({ method: 'POST', path: /\/action$/, after: 300, ...fault });

  /** Every reading of one device says this of it instead. */
  const misreport = (id: number, change: (device: v.InferOutput<typeof deviceJson>) => object): void =>
    nuki.home.fault({
      method: 'GET',
      path: new RegExp(`^/smartlock/${id}$`),
      times: 99,
      change: async (answer) => Response.json(change(v.parse(deviceJson, await answer.json()))),
    });

  const sent = (): readonly string[] => nuki.actions().slice(sentBefore);

  const assertSent = (id: number, code: number): void =>
    assert.deepEqual(sent(), [`/smartlock/${id}/action {"action":${code}}`]);

  const lock = (name: string): Promise<void> => window.chooseFromMenu(name, 'Lock');

  const askToUnlock = async (name: string): Promise<void> => {
    await window.chooseFromMenu(name, 'Unlock…');
    await window.dialog.waitFor();
  };

  const unlock = async (name: string): Promise<void> => {
    await askToUnlock(name);
    await window.pressInDialog('Unlock');
  };

  /** A notification says this, and no more. */
  const says = (sentence: RegExp, timeout = 15_000): Promise<void> =>
    window.notifications
      .locator('.notification-list-item-message')
      .filter({ hasText: sentence })
      .first()
      .waitFor({ timeout });

  const lists = () => nuki.home.exchanges.all.filter(({ method, path }) => method === 'GET' && path === '/smartlock');

  /** Until the list is answered that it asks for: one that came later would be taken for that of the next refresh. */
  const refresh = async (): Promise<void> => {
    const before = lists().length;
    await window.pressTitleAction('Refresh');
    await eventually(() => lists().length > before && lists().every(({ status }) => status !== undefined));
  };

  /** What a hand has turned, the cloud hears of a little later. */
  const refreshUntil = (row: RegExp): Promise<void> =>
    eventually(async () => {
      await refresh();
      return (await window.row(row).count()) === 1;
    });

  it('Escape on the question sends nothing', async () => {
    await askToUnlock('Front Door');
    await window.page.keyboard.press('Escape');
    await window.dialog.waitFor({ state: 'hidden' });
    await refresh();
    await window.row(/^Front Door\s*locked/).waitFor();
    assert.deepEqual(sent(), []);
  });

  const refusals: readonly {
    readonly title: string;
    readonly answer: WrongAnswer;
    readonly sentence: RegExp;
  }[] = [
    {
      title: '405',
      answer: { status: 405 },
      sentence: /^Garage doesn't allow this action\. Nothing was done\.$/,
    },
    {
      title: '409',
      answer: { status: 409 },
      sentence: /^Garage: this conflicts with what Nuki already has\. Nothing was done\.$/,
    },
    {
      title: '423',
      answer: { status: 423 },
      sentence: /^Garage is busy with another operation\. Nothing was done\.$/,
    },
    {
      title: '426',
      answer: { status: 426 },
      sentence: /^This requires a Nuki subscription\. Nothing was done\.$/,
    },
    {
      title: '429 with a time to wait',
      answer: { status: 429, headers: { 'retry-after': '5' } },
      sentence: /^Too many requests\. Nuki asked to wait until \d\d:\d\d\. Nothing was done\.$/,
    },
    {
      title: '401 to the action alone',
      answer: { status: 401 },
      sentence:
        /^The token of "Anna Berger" doesn't have the permission for this\. Create one that does in Nuki Web\. Nothing was done\.$/,
    },
  ];

  for (const { title, answer, sentence } of refusals) {
    it(`${title}: is told as a refusal, after one request, and the row stays`, async () => {
      faultAction({ answer });
      await lock('Garage');
      await says(sentence);
      const refusedAt = fastClock.now();
      await window.row(/^Garage\s*unlocked/).waitFor();
      assert.doesNotMatch(await window.row(/^Garage/).innerText(), /✓|failed|locking/);
      assertSent(garage, 2);
      assert.equal(nuki.home.door(garage).state, 3);
      const waitMs = Number(answer.headers?.['retry-after'] ?? 0) * 1000; // in which the next action would be refused unsent
      await eventually(() => fastClock.now() > refusedAt + waitMs);
    });
  }

  const completions: readonly (readonly [code: number, words: string])[] = [
    [2, 'cancelled'],
    [4, 'busy'],
    [9, 'rejected'],
    [10, 'rejected: night mode'],
    [254, 'other error'],
  ];

  for (const [completion, words] of completions) {
    it(`completion ${completion} is told as "${words}", and nothing as confirmed`, async () => {
      faultAction({ completion });
      await lock('Garage');
      await window.row(new RegExp(`^Garage\\s*failed: ${words} · unlocked ·`)).waitFor({ timeout: 30_000 });
      assert.doesNotMatch(await window.row(/^Garage/).innerText(), /✓/);
      await says(new RegExp(`^Garage: "Lock" failed: ${words}\\. Check the door\\.$`));
      assertSent(garage, 2);
      assert.equal(nuki.home.door(garage).state, 3);
    });
  }

  it('a 503 to an action that takes effect is looked into, and ends as confirmed', async () => {
    faultAction({ change: () => new Response(html, { status: 503, headers: { 'retry-after': '1' } }) });
    await lock('Garage');
    await window.row(/^Garage\s*locked ✓/).waitFor({ timeout: 30_000 });
    assertSent(garage, 2);
    assert.equal(nuki.home.door(garage).state, 1);
  });

  it('a 502 to an action without effect is looked into, and ends with the question whether Nuki has taken it', async () => {
    faultAction({ answer: { status: 502, body: html } });
    await lock('Terrace');
    await window.row(/^Terrace\s*locking…/).waitFor();
    await window.row(/^Terrace\s*not confirmed – check the door$/).waitFor(untilTheEnd);
    await says(/^Terrace: it is unknown whether Nuki accepted "Lock"\. Keyturner won't retry\. Check the door\.$/);
    assertSent(terrace, 2);
    assert.equal(nuki.home.door(terrace).state, 3);
  });

  it('a device that went offline behind the question is sent nothing', async () => {
    await askToUnlock('Front Door');
    nuki.home.setServerState(frontDoor, 4);
    await window.pressInDialog('Unlock');
    await says(/^Front Door is offline and would act later, unattended\. Nothing was sent\.$/);
    await window.row(/^Front Door\s*offline · reported (\d\d:\d\d|\d+ \w+), locked/).waitFor();
    nuki.home.setServerState(frontDoor, 0);
    await refresh();
    await window.row(/^Front Door\s*locked/).waitFor();
    assert.deepEqual(sent(), []);
  });

  it('a device that lost its registration behind the question is not told as offline', async () => {
    await askToUnlock('Front Door');
    nuki.home.setServerState(frontDoor, 3);
    await window.pressInDialog('Unlock');
    await says(
      /^Front Door can't be reached \(authorization invalid\)\. You may have to reconnect it in the Nuki app\. Nothing was sent\.$/,
    );
    nuki.home.setServerState(frontDoor, 0);
    await refresh();
    await window.row(/^Front Door\s*locked/).waitFor();
    assert.deepEqual(sent(), []);
  });

  it('each way to lose a device has its words, and offers nothing that opens', async () => {
    for (const [state, words] of [
      [1, 'unregistered'],
      [2, 'authorization id invalid'],
      [3, 'authorization invalid'],
    ] as const) {
      nuki.home.setServerState(guestHouse, state);
      await refresh();
      await window.row(new RegExp(`^Guest House\\s*${words} · reported .+, locked`)).waitFor();
    }
    assert.ok(!(await window.menuItems('Guest House')).some((title) => /Unlock|Unlatch/.test(title)));
    nuki.home.setServerState(guestHouse, 0);
    await refresh();
    await window.row(/^Guest House\s*locked/).waitFor();
    assert.deepEqual(sent(), []);
  });

  it('an admin PIN that is no longer valid is told where the row is pointed at', async () => {
    nuki.home.fault({
      method: 'GET',
      path: /^\/smartlock$/,
      change: async (answer) => {
        const devices = v.parse(v.array(deviceJson), await answer.json());
        return Response.json(devices.map((device) => ({ ...device, adminPinState: 2 })));
      },
    });
    await refresh();
    await window.badge.filter({ hasText: '7' }).waitFor(); // each of them needs the user
    assert.match(await window.readHover('Parcel Box', /admin PIN invalid/), /^Parcel Box/);
  });

  it('a lock in maintenance refuses to open, with its mode as the reason', async () => {
    const updateDate = new Date(fastClock.now()).toISOString(); // under the date of before it would be a contradiction
    misreport(frontDoor, (device) => ({ ...device, updateDate, state: { ...device.state, mode: 4 } }));
    await unlock('Front Door');
    await says(/^Front Door is in "maintenance" mode and can't open\. Nothing was sent\.$/);
    await window.row(/^Front Door\s*locked · mode: maintenance/).waitFor();
    nuki.home.clearFaults();
    for (const state of [3, 1]) nuki.home.turnByHand(frontDoor, state); // which dates the lock's own report later
    await refreshUntil(/^Front Door\s*locked$/);
    assert.deepEqual(sent(), []);
  });

  it('an action that was taken is confirmed although every look is slow', async () => {
    nuki.home.fault({ method: 'GET', path: new RegExp(`^/smartlock/${garage}$`), times: 99, wait: 2500 });
    faultAction({});
    await unlock('Garage');
    await window.row(/^Garage\s*unlocking…/).waitFor();
    await window.row(/^Garage\s*unlocked ✓/).waitFor({ timeout: 30_000 });
    assertSent(garage, 1);
    assert.equal(nuki.home.door(garage).state, 3);
  });

  it('unlocking what is unlocked is confirmed by a new entry of the log', async () => {
    faultAction({});
    await unlock('Terrace');
    const words = /^Terrace\s*already unlocked ✓ \d\d:\d\d/;
    await window.row(words).waitFor({ timeout: 30_000 });
    const posted = nuki.home.exchanges.all.findLastIndex(({ method }) => method === 'POST');
    const looks = nuki.home.exchanges.all.slice(posted + 1);
    assert.ok(looks.some(({ path }) => path.startsWith(`/smartlock/${terrace}/log`)));
    assertSent(terrace, 1);
  });

  /** The token lacks the right to read logs. */
  const hideLog = (): void => nuki.home.fault({ method: 'GET', path: /\/log/, times: 99, answer: { status: 401 } });

  it('unlocking what a hand has unlocked is reported and not confirmed for a token that may not read the log', async () => {
    hideLog();
    nuki.home.turnByHand(terrace, 3);
    faultAction({});
    await unlock('Terrace');
    await window.row(/^Terrace\s*unlocked · log not readable/).waitFor(untilTheEnd);
    assertSent(terrace, 1);
  });

  it('unlocking what was unlocked the same way stays not confirmed for a token that may not read the log', async () => {
    hideLog();
    faultAction({});
    await unlock('Terrace');
    await window.row(/^Terrace\s*not confirmed – check the door$/).waitFor(untilTheEnd);
    await says(/^Terrace didn't confirm "Unlock" within 30 seconds\. Keyturner won't retry\. Check the door\.$/);
    assertSent(terrace, 1);
  });

  it('a log that says unlocked of a lock that says locked confirms the action, and no state of the lock', async () => {
    misreport(frontDoor, (device) => ({ ...device, state: { ...device.state, state: 1 } }));
    faultAction({});
    await unlock('Front Door');
    await window.row(/^Front Door\s*locked · Unlock ✓/).waitFor(untilTheEnd);
    assert.equal(nuki.home.door(frontDoor).state, 3);
    nuki.home.clearFaults();
    nuki.home.turnByHand(frontDoor, 3); // which dates the lock's own report later
    await refreshUntil(/^Front Door\s*unlocked$/);
    assertSent(frontDoor, 1);
  });

  it('a list that was asked for before the action and comes after it does not turn the row back', async () => {
    nuki.home.turnByHand(garage, 3);
    await refresh();
    await window.row(/^Garage\s*unlocked · battery/).waitFor();
    const late = Promise.withResolvers<void>();
    nuki.home.fault({
      method: 'GET',
      path: /^\/smartlock$/,
      change: async (answer) => {
        await late.promise;
        const devices = v.parse(v.array(deviceJson), await answer.json());
        return Response.json(devices.map((device) => ({ ...device, name: `${String(device['name'])} (late)` })));
      },
    });
    await window.pressTitleAction('Refresh');
    await eventually(() => lists().at(-1)?.status === undefined);
    faultAction({});
    await lock('Garage');
    await window.row(/^Garage\s*locked ✓/).waitFor({ timeout: 30_000 });
    late.resolve();
    await window.row(/^Terrace \(late\)/).waitFor();
    await window.row(/^Garage\s*locked ✓/).waitFor();
    await refresh();
    await window.row(/^Terrace\s*unlocked/).waitFor();
    await window.row(/^Garage\s*locked/).waitFor();
    assertSent(garage, 2);
  });

  it('a second action on a device is busy while the first is under way, even where Nuki does not say so', async () => {
    nuki.home.turnByHand(guestHouse, 3); // to which nothing was sent before whose entry may still come
    await refreshUntil(/^Guest House\s*unlocked/);
    misreport(guestHouse, (device) => ({ ...device, operationId: undefined }));
    const answered = Promise.withResolvers<void>();
    faultAction({ change: (answer) => answered.promise.then(() => answer) });
    await lock('Guest House');
    await window.row(/^Guest House\s*locking…/).waitFor();
    await window.runCommand('Nuki: Lock');
    await window.choose(/Guest House/);
    await says(/^Guest House is busy with another operation\. Nothing was sent\.$/);
    assertSent(guestHouse, 2);
    answered.resolve();
    await window.row(/^Guest House\s*locked ✓/).waitFor({ timeout: 30_000 });
  });

  it('a window that is loaded again in mid-action sends nothing again, and says that its end was not seen', async () => {
    nuki.home.turnByHand(frontDoor, 1);
    faultAction({ never: true });
    await unlock('Front Door');
    await window.notification(/Unlocking Front Door…/).waitFor();
    await window.reload();
    await window.row(/^Front Door/).waitFor();
    await says(
      /^Front Door: "Unlock" was sent at \d\d:\d\d, but the result is unknown\. Keyturner won't retry\. Check the door\.$/,
      70_000,
    );
    const { all: requests } = nuki.home.exchanges;
    const beforeIt = requests.slice(
      0,
      requests.findLastIndex(({ method }) => method === 'POST'),
    );
    assert.ok(
      fastClock.now() - (beforeIt.at(-1)?.at ?? 0) >= 55_000,
      'until then another window could be following it',
    );
    await window.row(/^Front Door\s*not confirmed – check the door$/).waitFor();
    assertSent(frontDoor, 1);
  });

  it('a token that was revoked behind the question sends nothing, and is asked for anew', async () => {
    const { state } = nuki.home.door(garage);
    await askToUnlock('Garage');
    nuki.home.revoke(goodToken);
    await window.pressInDialog('Unlock');
    await says(
      /^Nuki rejected the token of "Anna Berger"\. It may have been revoked, or the account's password has changed\. Nothing was sent\.$/,
    );
    await window.row(/^Anna Berger.*sign in again/).waitFor();
    assert.deepEqual(sent(), []);
    assert.equal(nuki.home.door(garage).state, state);
  });
});
