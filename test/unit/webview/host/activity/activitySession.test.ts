import assert from 'node:assert/strict';
import { demoHomeOptions } from '../../../../../src/simulator/demo/demo.ts';
import { frontDoor, garage, guestHouse } from '../../../../../src/simulator/demo/demoDevices.ts';
import type { LogJson } from '../../../../../src/simulator/wire.ts';
import { firstFilter } from '../../../../../src/webview/host/activity/activityFilter.ts';
import { rowsPerMessage } from '../../../../../src/webview/protocol/activity.ts';
import { FakeClock } from '../../../fakeClock.ts';
import { ActivityHarness, panel } from '../../activityHarness.ts';
import { TestSimulator } from '../../../simulator/testSimulator.ts';

const log = 'GET /smartlock/log';
const minute = 60_000;

/** An entry of the garage's log, a minute older than the one before it. */
function entry(index: number, fields: Partial<LogJson> = {}): LogJson {
  const at = new FakeClock().now() - index * minute;
  return {
    id: Math.floor(at / 1000)
      .toString(16)
      .padEnd(24, '0'),
    smartlockId: garage,
    deviceType: 4,
    name: 'Anna Berger',
    action: 1,
    trigger: 5,
    state: 0,
    autoUnlock: false,
    date: new Date(at).toISOString(),
    source: 0,
    ...fields,
  };
}

/** The demo home, where nothing has happened but at the garage. */
function homeWith(garageLog: readonly LogJson[]): TestSimulator {
  const { devices } = demoHomeOptions(new FakeClock(), 1);
  return new TestSimulator({
    devices: devices.map((device) => ({ ...device, log: device.listed.smartlockId === garage ? garageLog : [] })),
  });
}

function entries(count: number, fields?: (index: number) => Partial<LogJson>): LogJson[] {
  return Array.from({ length: count }, (_, index) => entry(index, fields?.(index)));
}

function queriesOf({ account }: ActivityHarness): readonly string[] {
  return account.simulator.home.exchanges.all.map(({ path }) => path).filter((path) => /\/log\b/.test(path));
}

describe('the page of the activity, on its host', () => {
  it('asks for one page of the log and for the account users when it is opened', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(120)) });
    assert.deepEqual(page.takeRequests().toSorted(), ['GET /account/user', log]);
    assert.equal(page.rows.length, 50);
    assert.equal(page.rows[0]?.door, 'Garage');
    assert.equal(page.last('state')?.kind, 'idle');
    assert.match(page.last('state')?.summary ?? '', /^50 entries · read back to \d\d:\d\d$/);
  });

  it('asks for nothing before its page is there, and nothing by itself afterwards', async () => {
    const page = await ActivityHarness.unread();
    await page.account.advance(300);
    assert.deepEqual(page.takeRequests(), []);
    await page.send('ready', null);
    page.takeRequests();
    await page.account.advance(600);
    assert.deepEqual(page.takeRequests(), []);
  });

  it('reads the next page once the rows come to their end, and says where the log ends', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(120)) });
    page.takeRequests();
    await page.send('more', null);
    assert.deepEqual([page.takeRequests(), page.rows.length], [[log], 100]);
    await page.send('more', null);
    assert.deepEqual([page.takeRequests(), page.rows.length], [[log, log], 120]); // an empty page is the end
    assert.deepEqual(page.last('state')?.text, 'No older activity.');
    assert.equal(page.last('state')?.summary, '120 entries');
    await page.send('more', null);
    assert.deepEqual(page.takeRequests(), []);
    assert.deepEqual(
      page.rows.map(({ time }) => time),
      page.rows
        .map(({ time }) => time)
        .toSorted()
        .toReversed(),
    );
  });

  it('asks for the rows once where the page asks twice', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(120)) });
    page.takeRequests();
    await page.account.advanceUntil(Promise.all([page.sendOnly('more', null), page.sendOnly('more', null)]));
    assert.deepEqual(page.takeRequests(), [log]);
  });

  it('stops reading when it is cancelled, and goes on when it is told to', async () => {
    const simulator = homeWith(entries(120));
    const page = await ActivityHarness.open({ simulator });
    page.takeRequests();
    simulator.home.fault({ path: /\/log/, wait: 10_000 });
    const reading = page.sendOnly('more', null);
    await page.account.advance(1);
    assert.deepEqual(page.last('state')?.buttons, [{ name: 'cancel', label: 'Cancel' }]);
    await page.send('press', 'cancel');
    await page.account.advanceUntil(reading);
    assert.deepEqual(
      [page.last('state')?.kind, page.last('state')?.text, page.rows.length],
      ['stopped', 'There may be older activity.', 50],
    );
    await page.send('press', 'more');
    assert.deepEqual([page.takeRequests(), page.rows.length], [[log, log], 100]);
  });

  it('is not read on while it is hidden; shown again it has its rows and asks for nothing', async () => {
    const simulator = homeWith(entries(120));
    const page = await ActivityHarness.open({ simulator });
    page.takeRequests();
    simulator.home.fault({ path: /\/log/, wait: 10_000 });
    const reading = page.sendOnly('more', null);
    await page.account.advance(1);
    page.session.setVisible(false);
    await page.account.advanceUntil(reading);
    await page.account.advance(600);
    assert.deepEqual(page.takeRequests(), [log]);
    page.rows.length = 0;
    page.session.setVisible(true);
    await page.send('ready', null);
    assert.deepEqual([page.takeRequests(), page.rows.length], [[], 50]);
    assert.equal(page.last('state')?.kind, 'idle');
  });

  it('does not begin to read once it is hidden', async () => {
    const page = await ActivityHarness.unread({ simulator: homeWith(entries(120)) });
    const { store, source, simulator } = page.account;
    store.setSources([]);
    store.setSources([source]);
    simulator.home.fault({ path: /\/smartlock/, wait: 10_000 });
    const opening = page.sendOnly('ready', null);
    await page.account.advance(1);
    page.session.setVisible(false);
    await page.account.advanceUntil(opening);
    await page.account.advance(60);
    assert.deepEqual(page.takeRequests(), ['GET /smartlock']);
    page.session.setVisible(true);
    await page.send('ready', null);
    assert.equal(page.rows.length, 50);
  });

  it('hidden while it reads and shown again at once, has its rows', async () => {
    const simulator = homeWith(entries(120));
    const page = await ActivityHarness.unread({ simulator });
    simulator.home.fault({ path: /\/log/, wait: 10_000 });
    const opening = page.sendOnly('ready', null);
    await page.account.advance(1);
    page.session.setVisible(false);
    page.session.setVisible(true);
    const again = page.sendOnly('ready', null);
    await page.account.advanceUntil(Promise.all([opening, again]));
    await page.account.advance(30);
    assert.deepEqual([page.rows.length, page.last('state')?.kind], [50, 'idle']);
  });

  it('asks Nuki for a time and for one account user; what ended otherwise is found among what was read', async () => {
    const refused = entries(60, (index) => (index % 10 === 0 ? { state: 224, trigger: 253, source: 1, name: '' } : {}));
    const page = await ActivityHarness.open({ simulator: homeWith(refused) });
    await page.send('more', null);
    page.takeRequests();
    await page.filter({ result: 'refused' });
    assert.deepEqual([page.takeRequests(), page.rows.length], [[], 6]);
    assert.equal(page.last('show')?.answeredByText, 'Filtered here, among what was read: Result.');
    await page.filter({ span: 'week', person: 'user/1000101', result: '' });
    assert.deepEqual(page.last('show')?.answeredBy, { time: 'nuki', person: 'nuki' });
    assert.equal(page.last('show')?.answeredByText, 'Filtered by Nuki: Period and Person.');
    assert.match(queriesOf(page).at(-1) ?? '', /fromDate=2026-11-16.*accountUserId=1000101/);
    await page.filter({ span: 'own', from: '2026-11-20', until: '2026-11-21', person: '', doors: [frontDoor] });
    assert.match(
      queriesOf(page).at(-1) ?? '',
      new RegExp(`^/smartlock/${frontDoor}/log.*fromDate=2026-11-(19|20)T.*toDate=`),
    );
  });

  it('opened for one device, asks for the log of that device alone', async () => {
    const page = await ActivityHarness.open({ filter: firstFilter(frontDoor) });
    assert.ok(page.takeRequests().includes(`GET /smartlock/${frontDoor}/log`));
    assert.deepEqual([...new Set(page.rows.map(({ door }) => door))], ['Front Door']);
    assert.deepEqual(page.last('show')?.answeredBy, { doors: 'nuki' });
  });

  it('says how far it has looked back in vain, and looks further when it is told to', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(1_000)) });
    page.takeRequests();
    await page.filter({ result: 'refused' });
    const asked = page.takeRequests().length;
    assert.equal(asked, 10);
    const state = page.last('state');
    assert.deepEqual([state?.kind, state?.text], ['stopped', 'No loaded activity matches the filter.']);
    assert.deepEqual(state?.buttons, [{ name: 'more', label: 'Look Further Back' }]);
    assert.match(state?.summary ?? '', /^0 of 550 entries · read back to /);
    await page.send('press', 'more');
    assert.equal(page.last('state')?.text, 'No activity matches the filter.');
  });

  it('refreshed, asks for what is newer, and puts it before the rest', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(60)) });
    await page.send('more', null);
    const before = page.rows.map(({ id }) => id);
    page.takeRequests();
    page.account.simulator.home.turnByHand(garage, 1);
    await page.account.advance(120);
    await page.send('press', 'refresh');
    assert.deepEqual(page.takeRequests(), [log]);
    assert.deepEqual(
      page.rows.slice(-before.length).map(({ id }) => id),
      before,
    );
    assert.deepEqual([page.rows[0]?.who, page.rows[0]?.words], ['By hand', 'locked']);
  });

  it('says where the rows would be that the token may not read them, and what helps', async () => {
    const simulator = homeWith(entries(60));
    simulator.home.fault({ path: /\/log/, answer: { status: 401 } });
    const page = await ActivityHarness.open({ simulator });
    const state = page.last('state');
    assert.equal(state?.kind, 'failed');
    assert.match(state?.text ?? '', /^The token of "Home" can't read the activity log\./);
    assert.deepEqual(
      state?.buttons.map(({ name }) => name),
      ['openWeb', 'replaceToken', 'more'],
    );
    await page.send('press', 'replaceToken');
    assert.deepEqual(page.pressed, ['replaceToken']);
    await page.send('press', 'more');
    assert.equal(page.rows.length, 50);
  });

  it('keeps its rows and sends nothing before Nuki lets it, and then goes on', async () => {
    const simulator = homeWith(entries(120));
    const page = await ActivityHarness.open({ simulator });
    simulator.home.fault({ path: /\/log/, answer: { status: 429, headers: { 'retry-after': '120' } } });
    await page.send('more', null);
    assert.equal(page.rows.length, 50);
    assert.match(page.last('state')?.text ?? '', /until \d\d:\d\d/);
    page.takeRequests();
    await page.send('press', 'more');
    assert.deepEqual(page.takeRequests(), []);
    await page.account.advance(120);
    await page.send('press', 'more');
    assert.deepEqual([page.takeRequests(), page.rows.length], [[log], 100]);
  });

  it('shows no code of whoever was refused, neither in the row nor in its details', async () => {
    const typed = entries(1, () => ({ state: 224, trigger: 253, source: 1, name: '739486' }));
    const page = await ActivityHarness.open({ simulator: homeWith(typed) });
    await page.send('expand', page.rows[0]?.id ?? '');
    assert.deepEqual([page.rows[0]?.outcome, page.rows[0]?.who], ['refused', 'Unknown code']);
    assert.equal(page.last('details')?.facts.find(({ field }) => field === 'Result')?.value, 'invalid code');
    assert.ok(!JSON.stringify(page.posted).includes('739486'));
  });

  it('tells a refused attempt as what was tried, never as done', async () => {
    const page = await ActivityHarness.open({
      simulator: homeWith(entries(1, () => ({ state: 9, trigger: 255, source: 1 }))),
    });
    const [row] = page.rows;
    assert.deepEqual([row?.outcome, row?.words, row?.more], ['refused', 'rejected', 'tried: unlock · keypad code']);
    assert.doesNotMatch(JSON.stringify(row), /unlocked/);
    const { marks = [] } =
      page
        .last('picture')
        ?.doors.find(({ name }) => name === 'Garage')
        ?.days.at(-1) ?? {};
    assert.deepEqual(
      marks.map(({ isRefused }) => isRefused),
      [true],
    );
  });

  it('shows times by the clock of each lock, and says where that is unless the user sees the same', async () => {
    const inZones = [entry(0), entry(1, { smartlockId: guestHouse })];
    const { devices } = demoHomeOptions(new FakeClock(), 1);
    const simulator = new TestSimulator({
      devices: devices.map((device) => ({
        ...device,
        log: inZones.filter(({ smartlockId }) => smartlockId === device.listed.smartlockId),
      })),
    });
    const page = await ActivityHarness.open({ simulator });
    assert.deepEqual(
      page.rows.map(({ door, time, zone }) => [door, time, zone]),
      [
        ['Garage', '13:00', ''],
        ['Guest House', '06:59', 'New York'],
      ],
    );
    await page.send('expand', page.rows[1]?.id ?? '');
    const facts = new Map(page.last('details')?.facts.map(({ field, value }) => [field, value]));
    assert.match(facts.get('Your time') ?? '', /12:59:00 \(Europe\/Berlin\)$/);
    assert.match(facts.get('Time at the lock') ?? '', /06:59:00 \(America\/New_York\)$/);
  });

  it('marks the first use of a code once the log was read whole, also in rows that are there', async () => {
    const uses = entries(70, (index) => ({ trigger: 255, source: 1, authId: index > 40 ? 'aa' : 'bb', name: 'Guest' }));
    const page = await ActivityHarness.open({ simulator: homeWith(uses) });
    const marked = (): number[] => page.rows.flatMap(({ badge }, index) => (badge === '' ? [] : [index]));
    assert.deepEqual(marked(), []);
    await page.send('more', null);
    assert.deepEqual(marked(), [40, 69]);
    assert.equal(page.rows[40]?.badge, 'First use of this code');
  });

  it('sends no message of more rows than agreed, however many there are', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(1_000)) });
    for (let asked = 0; asked < 30 && page.last('state')?.kind !== 'end'; asked++) await page.send('more', null);
    assert.equal(page.rows.length, 1_000);
    page.rows.length = 0;
    await page.send('ready', null);
    assert.equal(page.rows.length, rowsPerMessage);
    await page.send(
      'find',
      page
        .last('picture')
        ?.doors.flatMap(({ days }) => days.flatMap(({ marks }) => marks))
        .at(-1)?.id ?? '',
    );
    assert.ok(page.rows.some(({ id }) => id === page.last('found')?.id));
    assert.equal(page.largestPage, rowsPerMessage);
  });

  it('saves a filter by a name, shows it again, and says where there is no room', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(60)) });
    await page.filter({ result: 'refused', doors: [garage] });
    await page.send('saveFilter', 'Refused');
    assert.deepEqual([page.last('show')?.saved, page.last('show')?.savedAs], [['Refused'], 'Refused']);
    await page.filter({ result: '', doors: [] });
    assert.deepEqual([page.rows.length, page.last('show')?.savedAs], [50, '']);
    await page.send('chooseSaved', 'Refused');
    assert.deepEqual([page.last('show')?.filter.result, page.last('show')?.filter.doors], ['refused', [garage]]);
    await page.send('saveFilter', 'Second');
    await page.send('saveFilter', 'Third');
    assert.match(page.last('failed') ?? '', /^The filter couldn't be saved\./);
    await page.send('deleteSaved', 'Refused');
    assert.deepEqual(page.last('show')?.saved, ['Second']);
  });

  it('has the page keep the filter, but no name of a person', async () => {
    const page = await ActivityHarness.open();
    await page.filter({ person: 'name/Family' });
    assert.ok(page.rows.length > 0);
    assert.ok(page.rows.every(({ who }) => who === 'Family'));
    assert.equal(page.last('show')?.kept.filter.person, '');
    assert.doesNotMatch(JSON.stringify(page.last('show')?.kept), /Family/);
  });

  it('shows the device of a row in the sidebar', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(3)) });
    await page.send('showInSidebar', page.rows[0]?.id ?? '');
    await page.send('showInSidebar', 'another id');
    assert.deepEqual(page.shown, [garage]);
  });

  it('does nothing for messages that do not follow the protocol', async () => {
    const page = await ActivityHarness.open({ simulator: homeWith(entries(120)) });
    const before = page.posted.length;
    page.takeRequests();
    for (const message of [
      undefined,
      { panel: 'another', name: 'more', body: null },
      { panel, name: 'more', body: {} },
      { panel, name: 'press', body: 'unlock' },
      { panel, name: 'filter', body: { span: 'all' } },
      { panel, name: 'filter', body: { ...firstFilter(undefined), doors: Array.from({ length: 1_001 }, () => 1) } },
      { panel, name: 'find', body: 'x'.repeat(400) },
      { panel, name: 'saveFilter', body: '' },
      { panel, name: 'filter', body: { ...firstFilter(undefined), span: 'between', from: 'yesterday' } },
      { panel, name: '__proto__', body: null },
    ]) {
      await page.account.advance(1);
      await page.account.advanceUntil(page.session.receive(message));
    }
    assert.equal(page.posted.length, before);
    assert.deepEqual(page.takeRequests(), []);
  });

  it('does nothing for what its page says once it is closed', async () => {
    const page = await ActivityHarness.open();
    page.takeRequests();
    page.session.dispose();
    await page.send('saveFilter', 'Mine');
    await page.send('press', 'refresh');
    await page.send('press', 'exportAll');
    assert.deepEqual([[...page.saved], page.exported, page.takeRequests()], [[], [], []]);
  });

  it('says that the account was removed, and asks for nothing any more', async () => {
    const page = await ActivityHarness.open();
    page.account.store.setSources([]);
    page.takeRequests();
    await page.send('more', null);
    assert.equal(page.last('failed'), 'The account was removed.');
    assert.deepEqual(page.takeRequests(), []);
  });
});
