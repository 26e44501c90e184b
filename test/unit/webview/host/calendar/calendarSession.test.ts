import assert from 'node:assert/strict';
import * as v from 'valibot';
import { demoHomeOptions, demoToken } from '../../../../../src/simulator/demo/demo.ts';
import { frontDoor, garage, guestHouse } from '../../../../../src/simulator/demo/demoDevices.ts';
import { FakeClock } from '../../../fakeClock.ts';
import { accountId } from '../../../model/fakes.ts';
import { TestSimulator } from '../../../simulator/testSimulator.ts';
import { CalendarHarness, panel, weekOfDoors } from '../../calendarHarness.ts';

const reads = ['GET /smartlock/auth/paged', 'GET /account/user'];

describe('the host of the calendar', () => {
  it('reads authorizations and people when it is opened, and nothing while it is hidden', async () => {
    const calendar = await CalendarHarness.unread();
    assert.deepEqual(calendar.reads, []);
    await calendar.send('ready', null);
    assert.deepEqual(calendar.reads, reads);
    calendar.session.setVisible(false);
    const posted = calendar.posted.length;
    await calendar.account.advanceUntil(calendar.account.store.refresh(accountId));
    await calendar.account.advance(10);
    assert.deepEqual(calendar.reads, [...reads, 'GET /smartlock']);
    assert.equal(calendar.posted.length, posted);
  });

  it('reads nothing where it is hidden before it has begun', async () => {
    const calendar = await CalendarHarness.unread();
    const opening = calendar.session.receive({ panel, name: 'ready', body: null });
    calendar.session.setVisible(false);
    await calendar.account.advanceUntil(opening);
    assert.deepEqual(calendar.reads, []);
  });

  it('stops reading once it is hidden, and reads anew once it is shown', async () => {
    const calendar = await CalendarHarness.unread();
    calendar.account.simulator.home.fault({ method: 'GET', path: /paged/, hang: true });
    const opening = calendar.session.receive({ panel, name: 'ready', body: null });
    await calendar.account.advance(1);
    calendar.session.setVisible(false);
    await calendar.account.advance(1);
    await calendar.send('ready', null);
    assert.equal(calendar.reads.filter((read) => read.endsWith('/paged')).length, 2);
    await calendar.account.advanceUntil(opening);
    assert.deepEqual([calendar.model.isBusy, calendar.model.notes], [false, []]);
  });

  it('does nothing for what its page says once it is closed', async () => {
    const calendar = await CalendarHarness.open();
    const { key } = calendar.row('Front Door', 'Clara Novak');
    const posted = calendar.posted.length;
    calendar.session.dispose();
    await calendar.send('edit', key);
    await calendar.send('copy', null);
    assert.deepEqual([calendar.edited, calendar.copied, calendar.posted.length], [[], [], posted]);
  });

  it('sends no rows of an earlier order', async () => {
    const calendar = await CalendarHarness.open();
    const { revision } = calendar.model;
    await calendar.send('view', { ...weekOfDoors, order: 'persons' });
    await calendar.send('rows', { revision, from: 0 });
    assert.equal(calendar.last('rows'), undefined);
    await calendar.send('rows', { revision: calendar.model.revision, from: 0 });
    assert.equal(calendar.last('rows')?.revision, calendar.model.revision);
  });

  it('says of a dead token that it is refused, once, and of no permission', async () => {
    const calendar = await CalendarHarness.unread();
    calendar.account.simulator.home.revoke(demoToken);
    await calendar.send('ready', null);
    const rejected =
      'Nuki rejected the token of "Home". It may have been revoked, or the account\'s password has changed.';
    assert.deepEqual(calendar.model.notes, [rejected]);
    await calendar.send('view', { ...weekOfDoors, order: 'persons' });
    assert.deepEqual(calendar.model.notes, [
      rejected,
      'People are grouped by the names of their authorizations, which is a guess.',
    ]);
  });

  it('reads no more when it is shown again soon, once when it is later, and for Refresh', async () => {
    const calendar = await CalendarHarness.open();
    calendar.session.setVisible(false);
    await calendar.send('ready', weekOfDoors);
    assert.deepEqual(calendar.reads, reads);
    await calendar.account.advance(61);
    await calendar.send('ready', weekOfDoors);
    assert.deepEqual(calendar.reads, [...reads, ...reads]);
    await calendar.send('refresh', null);
    assert.deepEqual(calendar.reads, [...reads, ...reads, ...reads]);
    for (const [name, body] of [
      ['view', { ...weekOfDoors, period: 'month' }],
      ['move', 1],
      ['copy', null],
      ['ask', { date: '2026-11-29', time: '15:00' }],
    ] as const) {
      await calendar.send(name, body);
    }
    assert.equal(calendar.reads.length, 6);
  });

  it('shows at once that it is reading, then the doors in the order of the sidebar with who can enter', async () => {
    const calendar = await CalendarHarness.open();
    const shows = calendar.posted.filter(({ name }) => name === 'show');
    assert.ok(shows.some(({ body }) => Reflect.get(body ?? {}, 'isBusy') === true));
    assert.equal(calendar.model.isBusy, false);
    assert.match(calendar.model.subheading, /^Home · as of \d\d:\d\d$/);
    assert.deepEqual(
      calendar.rows.filter(({ isUnfolded }) => isUnfolded !== null).map(({ name }) => name),
      ['Front Door', 'Cellar', 'Garage', 'Guest House', 'Intercom', 'Parcel Box', 'Terrace'],
    );
    const clara = calendar.row('Front Door', 'Clara Novak');
    assert.deepEqual(clara.cells, ['08:00–12:00', '08:00–12:00', '08:00–12:00', '08:00–12:00', '08:00–12:00', '', '']);
    assert.equal(clara.bars.length, 5);
    assert.deepEqual(clara.bars[0], { from: 480, until: 720, certainty: 'sure' });
    assert.deepEqual(calendar.row('Front Door', 'Anna Berger').bars, [
      { from: 0, until: 7 * 1_440, certainty: 'sure' },
    ]);
  });

  it('tells what is disabled, expired, not confirmed or ends soon, and shows nothing of it as certain', async () => {
    const calendar = await CalendarHarness.open();
    const kinds = (group: string, name: string): readonly string[] =>
      calendar.row(group, name).marks.map(({ kind }) => kind);
    assert.deepEqual(kinds('Front Door', 'Dora Lind'), ['disabled']);
    assert.ok(calendar.row('Front Door', 'Dora Lind').bars.every(({ certainty }) => certainty === 'off'));
    assert.deepEqual(calendar.row('Front Door', 'Dora Lind').cells, ['', '', '', '', '', '', '']);
    assert.deepEqual(kinds('Front Door', 'Guest Emil'), ['expired']);
    assert.deepEqual(kinds('Guest House', 'Guest Gerda'), ['expiring']);
    assert.deepEqual(kinds('Guest House', 'Guest Ida'), ['unconfirmed']);
    const ida = calendar.row('Guest House', 'Guest Ida');
    assert.ok(ida.bars.length > 0);
    assert.ok(ida.bars.every(({ certainty }) => certainty === 'unsure'));
    assert.ok(ida.cells.some((words) => words.startsWith('possibly')));
    assert.ok(ida.cells.every((words) => words === '' || words.startsWith('possibly')));
  });

  it('counts who can enter through a door over the day, apart from those who only may', async () => {
    const calendar = await CalendarHarness.open();
    const { counts, cells } = calendar.row('Front Door');
    const at = (minute: number) => counts.find(({ from, until }) => from <= minute && until > minute);
    assert.equal(at(300)?.sure, 4); // Anna, Ben, his fob and the family
    assert.equal(at(600)?.sure, 5);
    assert.equal(cells[0], '4–5 can enter');
    assert.ok(calendar.row('Guest House').counts.some(({ sure, possible }) => possible > sure));
  });

  it('has each door by its own clock, and names the zone where there are several', async () => {
    const calendar = await CalendarHarness.open();
    assert.match(calendar.row('Front Door').detail, /Europe\/Berlin$/);
    assert.match(calendar.row('Guest House').detail, /America\/New_York$/);
    const [berlin, newYork] = [calendar.row('Front Door').now ?? 0, calendar.row('Guest House').now ?? 0];
    assert.equal(berlin - newYork, 6 * 60);
  });

  it('draws a day on which clocks change as its clock shows it, and says so', async () => {
    const calendar = await CalendarHarness.open({ view: { ...weekOfDoors, date: '2027-03-28' } });
    const anna = calendar.row('Front Door', 'Anna Berger');
    const sunday = 6 * 1_440;
    assert.deepEqual(anna.clockChanges, [{ kind: 'gap', from: sunday + 120, until: sunday + 180 }]);
    assert.deepEqual(anna.bars, [
      { from: 0, until: sunday + 120, certainty: 'sure' },
      { from: sunday + 180, until: sunday + 1_440, certainty: 'sure' },
    ]);
    assert.equal(anna.cells[6], 'all day · 02:00–03:00 skipped');
    assert.deepEqual(calendar.row('Guest House').clockChanges, []);
    assert.deepEqual(calendar.model.notes, [
      'Europe/Berlin: On 28 Mar 2027, clocks go forward and 02:00–03:00 is skipped.',
    ]);
    await calendar.send('view', { ...weekOfDoors, date: '2026-10-25' });
    assert.equal(calendar.row('Front Door', 'Anna Berger').cells[6], 'all day · 02:00–03:00 twice');
  });

  it('goes from week to week and month to month, and back to today', async () => {
    const calendar = await CalendarHarness.open({ view: { ...weekOfDoors, date: '2026-12-31' } });
    assert.equal(calendar.model.period, '28 Dec 2026–3 Jan 2027');
    await calendar.send('move', 1);
    assert.equal(calendar.model.period, '4–10 Jan 2027');
    await calendar.send('view', { ...calendar.model.view, period: 'month' });
    await calendar.send('move', 1);
    assert.equal(calendar.model.period, 'February 2027');
    assert.equal(calendar.model.days.length, 28);
    await calendar.send('view', { ...calendar.model.view, date: '' });
    assert.ok(calendar.model.days.some(({ isToday }) => isToday));
  });

  it('has a row for each person with their doors, and counts the doors', async () => {
    const calendar = await CalendarHarness.open({ view: { ...weekOfDoors, order: 'persons' } });
    const anna = calendar.row('Anna Berger');
    assert.equal(anna.cells[0], '7 devices');
    assert.equal(anna.opens, null);
    assert.equal(calendar.row('Anna Berger', 'Guest House').opens, 'edit');
    assert.ok(calendar.row('Guest Ida').counts.every(({ sure }) => sure === 0));
  });

  it('opens the form of an authorization, and one for a new authorization with times on the clock of the lock', async () => {
    const calendar = await CalendarHarness.open({ view: { ...weekOfDoors, date: '2027-03-28' } });
    await calendar.send('edit', calendar.row('Front Door', 'Clara Novak').key);
    assert.deepEqual(calendar.edited, [
      { smartlockId: frontDoor, id: await calendar.account.idOf(frontDoor, 'Clara Novak') },
    ]);
    await calendar.send('create', { key: calendar.row('Guest House').key, from: 1_440 + 540, until: 7 * 1_440 });
    assert.deepEqual(calendar.created, [
      {
        smartlockId: guestHouse,
        from: { date: '2027-03-23', time: '09:00' },
        until: { date: '2027-03-29', time: '00:00' },
      },
    ]);
    await calendar.send('edit', calendar.row('Front Door').key);
    await calendar.send('edit', 9_999);
    await calendar.send('create', { key: calendar.row('Front Door', 'Clara Novak').key, from: 0, until: 60 });
    await calendar.send('create', { key: calendar.row('Front Door').key, from: 60, until: 60 });
    assert.equal(calendar.edited.length + calendar.created.length, 2);
  });

  it('folds and unfolds doors, and keeps that through a refresh', async () => {
    const calendar = await CalendarHarness.open();
    const { rowCount } = calendar.model;
    const { key } = calendar.row('Front Door');
    await calendar.send('unfold', [{ key, isUnfolded: false }]);
    const { detail } = calendar.row('Front Door');
    assert.match(detail, /^10 authorizations · Europe\/Berlin$/);
    assert.equal(calendar.model.rowCount, rowCount - 10);
    await calendar.send('refresh', null);
    assert.equal(calendar.row('Front Door').isUnfolded, false);
    assert.equal(calendar.row('Front Door').key, key);
  });

  it('shows one device alone, and all of them when it is asked to', async () => {
    const calendar = await CalendarHarness.open({ view: { ...weekOfDoors, smartlockId: garage } });
    assert.deepEqual(
      calendar.rows.map(({ name }) => name),
      ['Garage', 'Anna Berger', 'Ben Berger'],
    );
    assert.match(calendar.model.subheading, /^Home · Garage · /);
    await calendar.send('view', weekOfDoors);
    assert.ok(calendar.rows.length > 20);
  });

  it('shows a change of an authorization as soon as the store knows it', async () => {
    const calendar = await CalendarHarness.open();
    const { revision } = calendar.model;
    await calendar.account.advanceUntil(calendar.account.store.refresh(accountId));
    await calendar.account.advance(5);
    assert.equal(calendar.model.revision, revision, 'nothing has changed');
    const cleaning = { type: 13, name: 'Cleaning', code: 345_678, remoteAllowed: false } as const;
    const pending = calendar.account.writer.create(accountId, [frontDoor], cleaning);
    await calendar.account.advance(2);
    assert.equal(calendar.row('Front Door', 'Cleaning').marks[0]?.kind, 'pending');
    assert.ok(calendar.row('Front Door', 'Cleaning').bars.every(({ certainty }) => certainty === 'unsure'));
    await calendar.account.advanceUntil(Promise.allSettled([pending]));
  });

  it('says what a missing permission means, and what to do', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ path: /^\/smartlock\/auth\b/, times: 9, answer: { status: 401 } });
    const calendar = await CalendarHarness.open({ simulator });
    assert.match(calendar.model.notes[0] ?? '', /^The token of "Home" can't read authorizations, .*Replace Token\.$/);
    assert.equal(calendar.rows.length, 7);
    for (const { marks, cells } of calendar.rows) {
      assert.deepEqual(marks, [{ kind: 'unknown', words: 'not read' }]);
      assert.ok(cells.every((words) => words === 'not read'));
    }
  });

  it('says that people are told apart by names alone where they may not be read', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ path: /^\/account\/user\b/, times: 9, answer: { status: 401 } });
    const calendar = await CalendarHarness.open({ simulator });
    assert.deepEqual(calendar.model.notes, []);
    await calendar.send('view', { ...weekOfDoors, order: 'persons' });
    assert.deepEqual(calendar.model.notes.slice(1), [
      'People are grouped by the names of their authorizations, which is a guess.',
    ]);
  });

  it('says by people, too, that some of what a door has is not known', async () => {
    const simulator = new TestSimulator();
    const withText = async (answer: Response): Promise<Response> => {
      const page = v.parse(v.looseObject({ results: v.array(v.unknown()) }), await answer.json());
      return Response.json({ ...page, results: page.results.with(0, { id: 'x' }) });
    };
    simulator.home.fault({ path: /\/auth\/paged/, change: withText });
    const calendar = await CalendarHarness.open({ simulator, view: { ...weekOfDoors, order: 'persons' } });
    const note = "Some authorizations couldn't be read. They aren't listed here.";
    assert.ok(calendar.model.notes.includes(note), calendar.model.notes.join('; '));
    await calendar.send('refresh', null);
    assert.ok(!calendar.model.notes.includes(note));
  });

  it('says that a device could not be read', async () => {
    const calendar = await CalendarHarness.unread();
    const { account } = calendar;
    const withText = async (answer: Response): Promise<Response> =>
      Response.json([...v.parse(v.array(v.unknown()), await answer.json()), 'a text']);
    account.simulator.home.fault({ path: /\/smartlock$/, change: withText });
    await account.advanceUntil(account.store.refresh(accountId));
    await calendar.send('ready', null);
    assert.deepEqual(calendar.model.notes, ["1 device couldn't be read"]);
  });

  it('shows what was known when Nuki cannot be reached, and says so', async () => {
    const calendar = await CalendarHarness.open();
    calendar.account.simulator.home.fault({ method: 'GET', path: /./, times: 99, answer: { status: 503 } });
    await calendar.send('refresh', null);
    await calendar.account.advance(30);
    assert.match(calendar.model.notes[0] ?? '', /^Nuki's servers have a problem/);
    assert.equal(calendar.row('Front Door', 'Clara Novak').bars.length, 5);
  });

  it('says that the account was removed', async () => {
    const calendar = await CalendarHarness.open();
    calendar.account.store.setSources([]);
    await calendar.account.advance(1);
    assert.deepEqual(calendar.model.notes, ['The account was removed.']);
    assert.equal(calendar.model.rowCount, 0);
    await calendar.send('refresh', null);
    assert.deepEqual(calendar.reads, reads);
  });

  it('copies the table, with no cell that a spreadsheet runs', async () => {
    const simulator = new TestSimulator();
    const [first] = simulator.home.authorizationsOnLock(garage);
    assert.ok(first);
    await simulator.send('POST', `/smartlock/${garage}/auth/${first.id}`, { name: '=HYPERLINK("x")' });
    await simulator.clock.advance(60_000);
    const calendar = await CalendarHarness.open({ simulator });
    await calendar.send('copy', null);
    const lines = calendar.copied[0]?.split('\n') ?? [];
    assert.equal(lines[0]?.split('\t').length, 9);
    assert.equal(lines.length, calendar.model.rowCount + 2);
    assert.ok(
      lines.some((line) => line.startsWith(`'=HYPERLINK("x")`)),
      lines.join('\n'),
    );
    assert.equal(calendar.last('informed'), 'Copied the table.');
  });

  it('has people as rows when these are asked for while it is hidden, until the user has others', async () => {
    const calendar = await CalendarHarness.open();
    assert.ok(calendar.session.isOf({ accountId, view: weekOfDoors }));
    assert.ok(!calendar.session.isOf({ accountId, view: { ...weekOfDoors, smartlockId: garage } }));
    calendar.session.setVisible(false);
    await calendar.session.showPeople();
    await calendar.send('ready', weekOfDoors);
    assert.equal(calendar.model.view.order, 'persons');
    calendar.session.setVisible(false);
    await calendar.send('ready', weekOfDoors);
    assert.equal(calendar.model.view.order, 'doors');
  });

  it('says in the file, and after it, that it holds the first rows alone', async () => {
    const { devices } = demoHomeOptions(new FakeClock(), 1);
    const like = devices[0]?.authorizations?.find(({ name }) => name === 'Anna Berger');
    assert.ok(like);
    const many = (smartlockId: number) =>
      Array.from({ length: 300 }, (_, index) => ({ ...like, smartlockId, id: `${smartlockId}/${index}` }));
    const simulator = new TestSimulator({
      devices: devices.map((device) => ({ ...device, authorizations: many(device.listed.smartlockId) })),
    });
    const calendar = await CalendarHarness.open({ simulator });
    const doors = calendar.rows.map(({ key }) => ({ key, isUnfolded: true }));
    await calendar.send('unfold', doors);
    await calendar.send('save', null);
    assert.deepEqual(calendar.saved, ['Saved the first 2000 rows.']);
    assert.equal(doors.length, 7);
    for (const file of Object.values(calendar.files)) assert.match(file, /Only the first 2000 of 2107 rows\./);
    await calendar.send('copy', null);
    assert.equal(calendar.last('informed'), 'Copied the first 2000 rows.');
  });

  it('sends no code, and no token', async () => {
    const calendar = await CalendarHarness.open();
    await calendar.send('copy', null);
    await calendar.send('save', null);
    const all = JSON.stringify([calendar.posted, calendar.copied, calendar.files]);
    for (const secret of ['445566', '738291', '951357', '428571', demoToken]) assert.ok(!all.includes(secret), secret);
  });

  it('takes no message of another page, none that is not of the protocol, and few in a second', async () => {
    const calendar = await CalendarHarness.open();
    const posted = calendar.posted.length;
    for (const message of [
      null,
      { panel: 'another', name: 'refresh', body: null },
      { panel, name: 'refresh', body: { now: true } },
      { panel, name: 'erase', body: null },
      { panel, name: 'view', body: { ...weekOfDoors, date: '9999-99-99' } },
      { panel, name: 'rows', body: { revision: 1, from: 7 } },
    ]) {
      await calendar.account.advanceUntil(calendar.session.receive(message));
      await calendar.account.advance(1);
    }
    assert.equal(calendar.posted.length, posted);
    await Promise.all(Array.from({ length: 50 }, () => calendar.session.receive({ panel, name: 'move', body: 1 })));
    await calendar.account.advance(1);
    assert.ok(calendar.posted.length <= posted + 10);
  });
});
