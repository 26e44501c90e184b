import assert from 'node:assert/strict';
import {
  cellar,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { eventually } from './eventually.ts';
import type { NukiServer } from './nukiServer.ts';
import { closeAll, openHome } from './windows.ts';

/** What an action is called, what the row says while it is under way and when it is confirmed, and the code that Nuki gets. */
interface Step {
  readonly title: string;
  readonly doing: string;
  readonly ends: RegExp;
  readonly code: number;
  /** The submenu of the row's menu that it is in; what is in one is not in the palette. */
  readonly submenu?: 'More';
}

const lockSteps: readonly Step[] = [
  { title: 'Unlatch…', doing: 'unlatching…', ends: /(unlatched|unlocked) ✓/, code: 3 },
  { title: 'Unlock…', doing: 'unlocking…', ends: /unlocked ✓/, code: 1 },
  { title: 'Lock', doing: 'locking…', ends: /(?<!un)locked ✓/, code: 2 },
  {
    title: "Lock 'n' Go…",
    doing: "lock 'n' go under way…",
    ends: /locked( \(lock 'n' go\))? ✓/,
    code: 4,
    submenu: 'More',
  },
  {
    title: "Lock 'n' Go with Unlatch…",
    doing: "lock 'n' go under way…",
    ends: /(unlatched|locked( \(lock 'n' go\))?) ✓/,
    code: 5,
    submenu: 'More',
  },
];

const endRingToOpen: Step = {
  title: 'Deactivate Ring to Open',
  doing: 'deactivating…',
  ends: /online ✓/,
  code: 2,
};

const openerSteps: readonly Step[] = [
  endRingToOpen,
  {
    title: 'Activate Ring to Open…',
    doing: 'activating…',
    ends: /ring to open until \d\d:\d\d ✓/,
    code: 1,
  },
  endRingToOpen,
  { title: 'Open Door…', doing: 'opening…', ends: /(open|online) ✓/, code: 3 },
  {
    title: 'Activate Continuous Mode…',
    doing: 'activating…',
    ends: /continuous mode ✓/,
    code: 6,
    submenu: 'More',
  },
  {
    title: 'Deactivate Continuous Mode',
    doing: 'deactivating…',
    ends: /online ✓/,
    code: 7,
    submenu: 'More',
  },
];

interface Device {
  readonly kind: string;
  readonly name: string;
  readonly id: number;
  readonly steps: readonly Step[];
  /** What is offered at first, where that is not all: of what can be switched, the other way alone. */
  readonly offered?: readonly string[];
}

const lockOfTheFrontDoor: Device = { kind: 'Smart Lock 5', name: 'Front Door', id: frontDoor, steps: lockSteps };
const opener: Device = {
  kind: 'Opener',
  name: 'Intercom',
  id: intercom,
  steps: openerSteps,
  offered: ['Deactivate Ring to Open', 'Open Door…', 'Activate Continuous Mode…'],
};
const devices: readonly Device[] = [
  opener, // first, while ring to open is active
  lockOfTheFrontDoor,
  { kind: 'Smart Lock 3/4', name: 'Garage', id: garage, steps: lockSteps },
  { kind: 'Smart Lock 1/2', name: 'Cellar', id: cellar, steps: lockSteps },
  { kind: 'Smart Door', name: 'Terrace', id: terrace, steps: lockSteps },
  { kind: 'Box', name: 'Parcel Box', id: parcelBox, steps: lockSteps.filter(({ code }) => code === 1) },
];

describe('every action', () => {
  let nuki: NukiServer;
  let window: Workbench;

  before(async () => {
    ({ nuki, window } = await openHome());
    nuki.home.setServerState(cellar, 0);
    nuki.home.moveDoor(terrace, 2);
    await window.pressTitleAction('Refresh');
    await window.row(/^Cellar\s*unlocked/).waitFor();
  });

  after(closeAll);

  const anyAction = { method: 'POST', path: /\/action$/, after: 300 }; // a quick home

  beforeEach(() => nuki.home.fault({ ...anyAction, times: 99 }));
  afterEach(() => nuki.home.clearFaults());

  const sentTo = (id: number): readonly string[] => nuki.actions().filter((action) => action.includes(String(id)));

  const answer = async ({ title }: Step): Promise<void> => {
    if (title.endsWith('…')) await window.pressInDialog(title.replace('…', ''));
  };

  /** Starts an action, sees it under way and confirmed, and that it took one request. */
  async function follow(
    step: Step,
    { name, id }: Pick<Device, 'name' | 'id'>,
    start: () => Promise<void>,
  ): Promise<void> {
    const row = window.row(new RegExp(`^${name}`));
    const before = sentTo(id).length;
    const isDoing = row.filter({ hasText: step.doing }).waitFor();
    nuki.home.clearFaults();
    nuki.home.fault({ ...anyAction, change: (taken) => isDoing.then(() => taken) }); // not before it was seen
    await Promise.all([isDoing, start().then(() => answer(step))]);
    await row.filter({ hasText: step.ends }).waitFor({ timeout: 30_000 });
    assert.deepEqual(sentTo(id).slice(before), [`/smartlock/${id}/action {"action":${step.code}}`]);
  }

  for (const device of devices) {
    const { kind, name, steps, offered = steps.map(({ title }) => title) } = device;

    it(`${kind}: offers these actions and no other`, async () => {
      const all = [...lockSteps, ...openerSteps].map(({ title }) => title);
      const items = await window.menuItems(name);
      const more = items.includes('More') ? await window.menuItems(name, 'More') : [];
      const shown = [...items, ...more].filter((title) => all.includes(title));
      assert.deepEqual(new Set(shown), new Set(offered));
    });

    for (const step of steps) {
      it(`${kind}: ${step.title} from the row ends in its words, with one request`, () =>
        follow(step, device, () => window.chooseFromMenu(name, ...(step.submenu ? [step.submenu] : []), step.title)));
    }
  }

  for (const device of [lockOfTheFrontDoor, opener]) {
    for (const step of device.steps.filter(({ submenu }) => submenu === undefined)) {
      it(`${step.title} from the palette offers the devices that can, and ends in its words, with one request`, () =>
        follow(step, device, async () => {
          await window.runCommand(`Nuki: ${step.title}`);
          await window.option(new RegExp(device.name)).waitFor();
          const able = devices.filter(({ steps }) => steps.some(({ title }) => title === step.title));
          const offered = await window.options.locator('.label-name').allInnerTexts();
          assert.deepEqual(
            new Set(offered.filter((name) => name !== 'Guest House')), // a Smart Lock too, of which there is one already
            new Set(able.map(({ name }) => name)),
          );
          await window.choose(new RegExp(device.name));
        }));
    }
  }

  it('a lock that refuses to unlatch is not asked again, until the user says so', async () => {
    await window.chooseFromMenu('Guest House', 'Unlatch…');
    await window.pressInDialog('Unlatch');
    await window.notification(/Guest House refused to unlatch/).waitFor();
    await eventually(async () => !(await window.menuItems('Guest House')).some((title) => title.includes('Unlatch…')));
    await window.pressInNotification(/Guest House refused/, 'Unlock…');
    await window.pressInDialog('Unlock');
    await window.row(/^Guest House.*unlocked ✓/).waitFor({ timeout: 30_000 });
    await window.chooseFromMenu('Guest House', 'More', 'Re-enable Unlatch');
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
    await window.notification(/ locked, confirmed at /).waitFor({ timeout: 40_000 });
    for (const id of [frontDoor, garage, terrace]) assert.equal(nuki.home.door(id).state, 1);
    const sent = nuki.actions().slice(before);
    assert.equal(new Set(sent).size, sent.length);
  });

  it('locks a lock whose door stands open only after a question, and draws no closed lock then', async () => {
    nuki.home.turnByHand(garage, 3);
    nuki.home.moveDoor(garage, 3);
    await eventually(async () => {
      await window.pressTitleAction('Refresh');
      return (await window.row(/^Garage\s*door open · unlocked/).count()) === 1;
    });
    const before = sentTo(garage).length;
    await window.chooseFromMenu('Garage', 'Lock');
    const { message, detail } = await window.readDialog();
    assert.equal(message, 'Lock Garage with the door open?');
    assert.match(detail, /The door is open\. The bolt would extend into the air\./);
    assert.equal(sentTo(garage).length, before);
    await window.pressInDialog('Lock Anyway');
    const row = window.row(/^Garage\s*door open · locked ✓/);
    await row.waitFor({ timeout: 30_000 });
    await row.locator('.codicon-warning').waitFor();
    assert.equal(sentTo(garage).length, before + 1);
  });

  it('an action that takes its time can be left alone, which recalls nothing', async () => {
    nuki.home.clearFaults();
    nuki.home.fault({ method: 'POST', path: /\/action$/, after: 20_000 });
    const before = sentTo(frontDoor).length;
    await window.pressInlineAction('Front Door', 'Unlock…');
    await window.pressInDialog('Unlock');
    await window.pressInNotification(/Unlocking Front Door…/, 'Cancel');
    await window
      .notification(/Stopped waiting for Front Door\. "[^"]+" was already sent and can't be undone\. Check the door\./)
      .waitFor();
    await window.row(/^Front Door\s*not confirmed – check the door$/).waitFor();
    assert.equal(sentTo(frontDoor).length, before + 1);
  });

  it('asks Nuki to read a device once, on request', async () => {
    await window.chooseFromMenu('Garage', 'Wake and Refresh');
    await window.statusItem(/Requested an update from Garage\./).waitFor();
    await window.statusItem(/Garage (reported: |has sent no newer report yet)/).waitFor();
    const syncs = nuki.home.exchanges.all.filter(({ path }) => path === `/smartlock/${garage}/sync`);
    assert.deepEqual(
      syncs.map(({ method, status }) => [method, status]),
      [['POST', 204]],
    );
  });

  it('counts on its icon the devices that need the user', async () => {
    nuki.home.setServerState(cellar, 4);
    await window.pressTitleAction('Refresh');
    await window.row(/^Cellar.*offline/).waitFor();
    const inNeed = await window.row(/offline|battery low|failed|check the door/).count();
    await window.badge.filter({ hasText: String(inNeed) }).waitFor();
  });
});
