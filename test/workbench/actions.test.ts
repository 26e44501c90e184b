import assert from 'node:assert/strict';
import {
  cellar,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../src/simulator/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { goodToken, startNuki, type NukiServer } from './nukiServer.ts';
import { nukiPort, openForwarded } from './windows.ts';

/** What each action of a kind is called, what the row says when it is confirmed, and the code that Nuki gets. */
interface Step {
  readonly title: string;
  readonly ends: RegExp;
  readonly code: number;
}

const unlock: Step = { title: 'Unlock…', ends: /unlocked · confirmed/, code: 1 };
const lock: Step = { title: 'Lock', ends: /(?<!un)locked · confirmed/, code: 2 };
const unlatch: Step = { title: 'Unlatch…', ends: /(unlatched|unlocked) · confirmed/, code: 3 };
const lockNGo: Step = { title: "Lock 'n' Go…", ends: /locked( \(lock 'n' go\))? · confirmed/, code: 4 };
const lockNGoUnlatch: Step = {
  title: "Lock 'n' Go with Unlatch…",
  ends: /(unlatched|locked( \(lock 'n' go\))?) · confirmed/,
  code: 5,
};

const kinds: readonly {
  readonly kind: string;
  readonly name: string;
  readonly id: number;
  readonly steps: readonly Step[];
}[] = [
  {
    kind: 'Smart Lock 5',
    name: 'Front Door',
    id: frontDoor,
    steps: [unlock, lock, unlatch, lock, lockNGo, lockNGoUnlatch],
  },
  { kind: 'Smart Lock 3/4', name: 'Garage', id: garage, steps: [lock, unlock] },
  { kind: 'Smart Lock 1/2', name: 'Cellar', id: cellar, steps: [lock, unlatch] },
  { kind: 'Smart Door', name: 'Terrace', id: terrace, steps: [lock, unlock] },
  { kind: 'Box', name: 'Parcel Box', id: parcelBox, steps: [unlock] },
  {
    kind: 'Opener',
    name: 'Intercom',
    id: intercom,
    steps: [
      { title: 'Deactivate Ring to Open', ends: /online · confirmed/, code: 2 },
      { title: 'Activate Ring to Open…', ends: /ring to open until \d\d:\d\d · confirmed/, code: 1 },
      { title: 'Deactivate Ring to Open', ends: /online · confirmed/, code: 2 },
      { title: 'Open Door…', ends: /(open|online) · confirmed/, code: 3 },
      { title: 'Activate Continuous Mode…', ends: /continuous mode · confirmed/, code: 6 },
      { title: 'Deactivate Continuous Mode', ends: /online · confirmed/, code: 7 },
    ],
  },
];

describe('every action', () => {
  let nuki: NukiServer;
  let window: Workbench;

  before(async () => {
    nuki = await startNuki(nukiPort());
    nuki.home.setServerState(cellar, 0);
    window = await openForwarded();
    await window.openSidebar();
    await window.runCommand('Nuki: Add Account…');
    await window.fillInput(goodToken);
    await window.row('Front Door').waitFor();
  });

  after(async () => {
    await window.close();
    await nuki.close();
  });

  beforeEach(() => nuki.home.fault({ method: 'POST', path: /\/action$/, times: 99, after: 300 })); // a quick home
  afterEach(() => nuki.home.clearFaults());

  const sentTo = (id: number): readonly string[] => nuki.actions().filter((action) => action.includes(String(id)));

  /** Looks again until it is so. */
  const eventually = async (isSo: () => Promise<boolean>): Promise<void> => {
    const end = Date.now() + 15_000;
    while (!(await isSo())) {
      assert.ok(Date.now() < end, 'it did not become so within 15 s');
      await window.page.waitForTimeout(250);
    }
  };

  const answer = async ({ title }: Step): Promise<void> => {
    if (title.endsWith('…')) await window.pressInDialog(title.replace('…', ''));
  };

  for (const { kind, name, id, steps } of kinds) {
    for (const step of steps) {
      it(`${kind}: ${step.title} from the row ends in its words, with one request`, async () => {
        const before = sentTo(id).length;
        await window.chooseFromMenu(name, step.title);
        await answer(step);
        await window
          .row(new RegExp(`^${name}`))
          .filter({ hasText: step.ends })
          .waitFor({ timeout: 30_000 });
        assert.deepEqual(sentTo(id).slice(before), [`/smartlock/${id}/action {"action":${step.code}}`]);
        await window.pressTitleAction('Refresh'); // the result fades, so that the next one is its own
        await window
          .row(new RegExp(`^${name}`))
          .filter({ hasNotText: 'confirmed' })
          .waitFor();
      });
    }
  }

  it('from the palette: asks for the device, and offers those alone whose kind can do it', async () => {
    await window.runCommand('Nuki: Open Door…');
    await window.option(/Intercom/).waitFor();
    assert.equal(await window.option(/Front Door|Parcel Box|Terrace/).count(), 0);
    await window.choose(/Intercom/);
    await window.pressInDialog('Open Door');
    await window.row(/^Intercom.*confirmed/).waitFor({ timeout: 30_000 });
  });

  it('a lock that refuses to unlatch is not asked again, until somebody says so', async () => {
    await window.chooseFromMenu('Guest House', 'Unlatch…');
    await window.pressInDialog('Unlatch');
    await window.notification(/Guest House refused to pull the latch/).waitFor();
    await eventually(async () => !(await window.menuItems('Guest House')).some((title) => title.includes('Unlatch…')));
    await window.pressInNotification(/Guest House refused/, 'Unlock…');
    await window.pressInDialog('Unlock');
    await window.row(/^Guest House.*unlocked · confirmed/).waitFor({ timeout: 30_000 });
    await window.chooseFromMenu('Guest House', 'Offer Unlatch Again');
    await eventually(async () => (await window.menuItems('Guest House')).includes('Unlatch…'));
    assert.equal(sentTo(guestHouse).length, 2);
  });

  it('locks all that is not locked, after one question that names each', async () => {
    for (const id of [frontDoor, garage, terrace]) nuki.home.turnByHand(id, 3);
    await eventually(async () => {
      await window.pressTitleAction('Refresh'); // the cloud hears of it a little later
      return (await window.row(/^(Front Door|Garage|Terrace)\s*unlocked/).count()) === 3;
    });
    const before = nuki.actions().length;
    await window.chooseFromMenu(/^Anna Berger/, 'Lock All…');
    const { message, detail } = await window.readDialog();
    assert.match(message, /^Lock \d devices of Anna Berger\?$/);
    for (const name of ['Front Door', 'Garage', 'Terrace']) assert.ok(detail.includes(`${name}: unlocked`), detail);
    await window.pressInDialog('Lock All');
    await window.notification(/Front Door: confirmed .* · Garage: confirmed/).waitFor({ timeout: 40_000 });
    for (const id of [frontDoor, garage, terrace]) assert.equal(nuki.home.door(id).state, 1);
    const sent = nuki.actions().slice(before);
    assert.equal(new Set(sent).size, sent.length);
  });

  it('R09: an action that takes its time can be left alone, which recalls nothing', async () => {
    nuki.home.clearFaults();
    nuki.home.fault({ method: 'POST', path: /\/action$/, after: 7_500 });
    const before = sentTo(frontDoor).length;
    await window.pressInlineAction('Front Door', 'Unlock…');
    await window.pressInDialog('Unlock');
    await window.pressInNotification(/Unlocking Front Door…/, 'Cancel');
    await window
      .notification(/Front Door is no longer followed\. What was sent cannot be recalled\. Check the door\./)
      .waitFor();
    await window.row(/^Front Door.*sent, not followed · check the door/).waitFor();
    assert.equal(sentTo(frontDoor).length, before + 1);
  });

  it('asks Nuki to read a device once, on request', async () => {
    await window.chooseFromMenu('Garage', 'Update from Lock');
    await window.statusItem(/Garage was asked for its state/).waitFor();
    const syncs = nuki.home.requests.filter(({ path }) => path === `/smartlock/${garage}/sync`);
    assert.deepEqual(
      syncs.map(({ method, status }) => [method, status]),
      [['POST', 204]],
    );
  });

  it('counts on its icon the devices that need somebody', async () => {
    nuki.home.setServerState(cellar, 4);
    await window.pressTitleAction('Refresh');
    await window.row(/^Cellar.*offline/).waitFor();
    const inNeed = await window.row(/offline|battery critical|failed|check the door/).count();
    await window.badge.filter({ hasText: String(inNeed) }).waitFor();
  });
});
