import assert from 'node:assert/strict';
import * as v from 'valibot';
import { demoToken } from '../../../../../src/simulator/demo/demo.ts';
import {
  cellar,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  terrace,
} from '../../../../../src/simulator/demo/demoDevices.ts';
import type { Draft, Moment } from '../../../../../src/webview/protocol/form.ts';
import { accountId } from '../../../model/fakes.ts';
import { TestSimulator } from '../../../simulator/testSimulator.ts';
import { FormHarness, panel } from '../../formHarness.ts';

const weber: Partial<Draft> = {
  credential: 'code',
  name: 'Guest Weber',
  devices: [frontDoor],
  code: '345678',
  from: { date: '2027-06-16', time: '10:30', disambiguation: null },
  until: { date: '2027-06-30', time: '18:00', disambiguation: null },
  weekdays: 124,
  hours: { from: '09:00', until: '17:00' },
};

const eva: Partial<Draft> = {
  credential: 'app',
  name: 'Eva',
  devices: [garage],
  person: { name: 'Eva Lang', email: 'eva.lang@example.com' },
};

/** The limits that another client gives a code: Monday to Friday, all day, since long ago. */
const monToFri = {
  allowedFromDate: '2020-01-01T00:00:00.000Z',
  allowedWeekDays: 124,
  allowedFromTime: 0,
  allowedUntilTime: 0,
};

const newOn = (smartlockId: number) => ({ kind: 'new', accountId, smartlockId }) as const;

function momentAt(text: string): Moment {
  const [date = '', time = ''] = text.split(' ');
  return { date, time, disambiguation: null };
}

/** Takes the date of an authorization out of a list, as long as the lock has not confirmed it. */
function withoutDateOf(name: string): (answer: Response) => Promise<Response> {
  return async (answer) => {
    const list = v.parse(v.array(v.looseObject({ name: v.string() })), await answer.json());
    return Response.json(list.map((entry) => (entry.name === name ? { ...entry, updateDate: null } : entry)));
  };
}

/** Takes a device out of the list of the account. */
async function withoutTerrace(answer: Response): Promise<Response> {
  const list = v.parse(v.array(v.looseObject({ smartlockId: v.number() })), await answer.json());
  return Response.json(list.filter(({ smartlockId }) => smartlockId !== terrace));
}

describe('a form for a new authorization', () => {
  it('begins with a code on the device that it was opened for, without limits', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    assert.deepEqual(form.draft, {
      credential: 'code',
      name: '',
      person: null,
      devices: [frontDoor],
      remoteAllowed: false,
      from: null,
      until: null,
      weekdays: 127,
      hours: null,
      code: '',
    });
    assert.equal(form.last('show')?.subheading, 'Home');
  });

  it('offers the devices in the order of the sidebar, favourites first', async () => {
    const form = await FormHarness.open();
    assert.deepEqual(
      form.last('show')?.devices.map(({ name }) => name),
      ['Front Door', 'Cellar', 'Garage', 'Guest House', 'Intercom', 'Parcel Box', 'Terrace'],
    );
  });

  it('begins with an app user where there is no keypad, and with no device where there are several', async () => {
    assert.equal((await FormHarness.open(newOn(garage))).draft.credential, 'app');
    assert.deepEqual((await FormHarness.open()).draft.devices, []);
  });

  it('begins with what the group is of that it was opened from', async () => {
    for (const [group, credential] of [
      ['people', 'app'],
      ['codes', 'code'],
      ['fobs', 'fob'],
      ['system', 'code'],
    ] as const) {
      const form = await FormHarness.open({ kind: 'new', accountId, smartlockId: frontDoor, group });
      assert.equal(form.draft.credential, credential, group);
    }
  });

  for (const { day, smartlockId, from, until, sent } of [
    {
      day: 'in summer',
      smartlockId: frontDoor,
      from: '2027-06-16 10:30',
      until: '2027-06-16 14:00',
      sent: ['2027-06-16T08:30', '2027-06-16T12:00'],
    },
    {
      day: 'when clocks go forward',
      smartlockId: frontDoor,
      from: '2027-03-28 00:00',
      until: '2027-03-28 06:00',
      sent: ['2027-03-27T23:00', '2027-03-28T04:00'],
    },
    {
      day: 'when clocks go back',
      smartlockId: frontDoor,
      from: '2027-10-31 00:00',
      until: '2027-11-01 00:00',
      sent: ['2027-10-30T22:00', '2027-10-31T23:00'],
    },
  ]) {
    it(`begins with the times that it was opened for, on the clock of the lock, ${day}`, async () => {
      const times = { from: momentAt(from), until: momentAt(until), weekdays: 127, hours: null };
      const form = await FormHarness.open({ ...newOn(smartlockId), times }, { ownZone: 'Asia/Tokyo' });
      assert.deepEqual(form.draft, form.changed({ devices: [smartlockId], ...times, code: '', name: '' }));
      await form.submit({ name: 'Guest Weber', code: '345678' });
      const [body] = form.bodies;
      const limits = v.parse(v.object({ allowedFromDate: v.string(), allowedUntilDate: v.string() }), body);
      assert.deepEqual(
        [limits.allowedFromDate, limits.allowedUntilDate].map((date) => date.slice(0, 16)),
        sent,
      );
    });
  }

  it('begins with weekdays and hours that it was opened for', async () => {
    const times = { weekdays: 3, hours: { from: '15:00', until: '18:00' } };
    const form = await FormHarness.open({ ...newOn(frontDoor), times });
    assert.deepEqual(form.draft, form.changed({ ...times, from: null, until: null }));
    await form.submit({ name: 'Guest Weber', code: '345678' });
    assert.deepEqual(
      v.parse(
        v.object({ allowedWeekDays: v.number(), allowedFromTime: v.number(), allowedUntilTime: v.number() }),
        form.bodies[0],
      ),
      {
        allowedWeekDays: 3,
        allowedFromTime: 900,
        allowedUntilTime: 1080,
      },
    );
  });

  it('sends nothing for times that it was opened for and that the clock does not show, or shows twice, until the user has chosen', async () => {
    const skipped = await FormHarness.open({ ...newOn(frontDoor), times: { from: momentAt('2027-03-28 02:30') } });
    await skipped.submit({ name: 'Guest Weber', code: '345678' });
    assert.match(skipped.last('refused')?.problems.from ?? '', /^28 Mar 2027 02:30 doesn't exist/);
    const twice = await FormHarness.open({ ...newOn(frontDoor), times: { until: momentAt('2027-10-31 02:30') } });
    await twice.submit({ name: 'Guest Weber', code: '345678' });
    assert.equal(twice.last('refused')?.problems.until, 'Choose the first or the second 02:30.');
    assert.deepEqual([...skipped.bodies, ...twice.bodies], []);
  });

  it('offers no closed draft in the place of times that it was opened for', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.send('preview', form.changed({ name: 'Eva' }));
    const times = { from: momentAt('2027-06-16 10:30') };
    assert.equal((await form.next({ ...newOn(frontDoor), times })).last('show')?.closedDraft, '');
  });

  it('where Nuki has the code though no list shows it, names what may bring it to light', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'PUT', path: /auth/, answer: { status: 409 } });
    await form.submit(weber);
    assert.match(form.last('failed') ?? '', /^Nuki already has this code.*"Wake and Refresh" on the device/);
    assert.equal(form.writes.length, 1);
  });

  it('tells a token that was revoked while it was filled in, and a missing permission, and has the account know', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const { store, simulator } = form.account;
    simulator.home.fault({ method: 'PUT', path: /auth/, answer: { status: 401 } });
    await form.submit(weber);
    assert.match(form.last('failed') ?? '', /^The token of "Home" doesn't have the permission/);
    assert.equal(store.account(accountId)?.error, undefined);
    simulator.home.revoke(demoToken);
    await form.submit(weber);
    assert.match(form.last('failed') ?? '', /^Nuki rejected the token of "Home"\./);
    assert.equal(store.account(accountId)?.error?.reason, 'tokenRefused');
    assert.deepEqual(form.writes, [`PUT /smartlock/${frontDoor}/auth`]);
  });

  it('sends no other times than it has shown: where the zone of the lock is not told any more, they are shown anew', async () => {
    const simulator = new TestSimulator();
    const form = await FormHarness.open(newOn(frontDoor), { simulator });
    const until = { date: '2027-06-30', time: '18:00', disambiguation: null };
    const requested: Partial<Draft> = {
      credential: 'code',
      name: 'Weber',
      devices: [frontDoor],
      code: '345678',
      until,
    };
    await form.preview(requested);
    simulator.home.fault({
      method: 'GET',
      path: /^\/smartlock$/,
      change: async (answer) => new Response((await answer.text()).replaceAll('"timezoneId"', '"zone"'), answer),
    });
    await form.account.advanceUntil(form.account.store.refresh(accountId));
    await form.submit(requested);
    assert.deepEqual(form.writes, []);
    assert.match(form.last('failed') ?? '', /^The lock's time zone has changed\./);
    await form.account.advanceUntil(form.account.store.refresh(accountId));
    await form.preview(requested);
    await form.submit(requested);
    assert.equal(Reflect.get(form.bodies.at(-1) ?? {}, 'allowedUntilDate'), '2027-06-30T16:00:00.000Z');
  });

  it('sends at once also for a device that was chosen after the last preview', async () => {
    const form = await FormHarness.open();
    await form.preview({ ...weber, devices: [] });
    await form.submit(weber);
    assert.equal(form.writes.length, 1);
  });

  describe('whose device a list leaves out after it was sent', () => {
    const sendAndLose = async (): Promise<FormHarness> => {
      const form = await FormHarness.open(newOn(frontDoor));
      form.account.simulator.home.fault({ method: 'PUT', path: /auth/, never: true });
      await form.submit(weber);
      const fault = { method: 'GET', path: /^\/smartlock$/, times: 999, answer: { status: 200, body: [] } };
      form.account.simulator.home.fault(fault);
      await form.account.advanceUntil(form.account.store.refresh(accountId));
      return form;
    };

    it('is not said to be on the lock, and waits for it no longer than usual', async () => {
      const form = await sendAndLose();
      assert.equal(form.last('progress')?.rows[0]?.state, 'working');
      await form.account.advance(400);
      assert.equal(form.last('progress')?.rows[0]?.state, 'open');
      assert.equal(form.last('progress')?.canCheck, true);
    });

    it('tells how far it is to a page that is shown again', async () => {
      const form = await sendAndLose();
      form.posted.length = 0;
      await form.send('ready', { draft: { ...form.draft, code: '' }, hadCode: true });
      assert.ok(form.posted.some(({ name }) => name === 'progress'));
    });

    it('is not said to be on the lock either when its account is removed', async () => {
      const form = await sendAndLose();
      form.account.store.setSources([]);
      await form.account.advance(400);
      assert.notEqual(form.last('progress')?.rows[0]?.state, 'done');
      assert.match(form.told[0]?.sentence ?? '', /hasn't reached the lock yet\./);
    });
  });

  it('sends the limits with the code in one request, once, and follows it to the lock', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.submit(weber);
    assert.deepEqual(form.last('progress')?.rows, [
      { device: 'Front Door', state: 'working', words: 'waiting for the lock' },
    ]);
    await form.account.advance(30);
    assert.deepEqual(form.writes, [`PUT /smartlock/${frontDoor}/auth`]);
    assert.deepEqual(form.bodies, [
      {
        type: 13,
        name: 'Guest Weber',
        remoteAllowed: false,
        allowedFromDate: '2027-06-16T08:30:00.000Z',
        allowedUntilDate: '2027-06-30T16:00:00.000Z',
        allowedWeekDays: 124,
        allowedFromTime: 540,
        allowedUntilTime: 1020,
        code: 345678,
      },
    ]);
    assert.deepEqual(form.last('progress')?.rows, [
      { device: 'Front Door', state: 'done', words: 'saved on the lock' },
    ]);
    assert.deepEqual(form.told, []);
  });

  it('allows no remote use of a code or a fob, whatever the page says', async () => {
    for (const changes of [weber, { ...weber, credential: 'fob', person: 1_000_103, code: '' }] as const) {
      const form = await FormHarness.open(newOn(frontDoor));
      await form.submit({ ...changes, remoteAllowed: true });
      assert.equal(Reflect.get(form.bodies[0] ?? {}, 'remoteAllowed'), false, changes.credential);
    }
    const edit = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    await edit.submit({ remoteAllowed: true });
    assert.deepEqual(edit.writes, []);
  });

  it('remembers for the next form whether what is sent was unfolded', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    assert.equal(form.last('show')?.isUnfolded, false);
    await form.send('unfold', true);
    await form.send('ready', null);
    assert.equal(form.last('show')?.isUnfolded, true);
  });

  it('sends once, however often it is asked to', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const draft = form.changed(weber);
    await Promise.all(Array.from({ length: 5 }, () => form.send('submit', draft)));
    for (let again = 0; again < 20; again++) await form.send('submit', { ...draft, code: `34567${again % 9 || 9}` });
    assert.deepEqual(form.writes, [`PUT /smartlock/${frontDoor}/auth`]);
  });

  it('sends what it previewed: a device that is named twice once, and none that the account does not have', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const draft = form.changed({ ...weber, devices: [frontDoor, frontDoor, 99] });
    await form.send('preview', draft);
    assert.equal(form.last('previewed')?.submit, 'Create on Front Door');
    await form.send('submit', draft);
    assert.deepEqual(form.writes, [`PUT /smartlock/${frontDoor}/auth`]);
    assert.equal(form.last('progress')?.rows.length, 1);
  });

  it('refuses what the page lets through, names it and sends nothing', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    for (const [changes, field] of [
      [{ code: '12345' }, 'code'],
      [{ code: '445566' }, 'code'],
      [{ code: '951357' }, 'code'],
      [{ name: ' ' }, 'name'],
      [{ devices: [] }, 'devices'],
      [{ devices: [garage] }, 'devices'],
      [{ weekdays: 0 }, 'weekdays'],
      [{ until: { date: '2027-06-16', time: '10:00', disambiguation: null } }, 'until'],
      [{ hours: { from: '17:00', until: '09:00' } }, 'hours'],
      [{ from: { date: '2027-03-28', time: '02:30', disambiguation: null } }, 'from'],
      [{ credential: 'app' }, 'person'],
      [{ credential: 'fob', person: 5 }, 'person'],
    ] as const) {
      await form.submit({ ...weber, ...changes });
      assert.ok(form.last('refused')?.problems[field], JSON.stringify(changes));
    }
    assert.deepEqual(form.writes, []);
  });

  it('says what Nuki refuses, and may be sent again after that', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'PUT', answer: { status: 409 } });
    await form.submit(weber);
    assert.match(form.last('failed') ?? '', /./);
    await form.submit(weber);
    assert.equal(form.writes.length, 2);
    assert.ok(form.last('progress'));
  });

  it('says on which device a code was taken meanwhile, and sends nothing', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.send('preview', form.changed(weber));
    const other = { type: 13, name: 'Other', remoteAllowed: false, code: 345678 };
    await form.account.simulator.status('PUT', `/smartlock/${frontDoor}/auth`, other);
    await form.account.advance(30);
    await form.submit(weber);
    assert.equal(form.last('failed'), 'Front Door already uses this code. Choose another. Nothing was sent.');
    assert.deepEqual(form.writes, []);
  });

  for (const [what, fault] of [
    ['the connection breaks', { loseAnswer: true }],
    ['nothing answers', { hang: true }],
    ['a server answers 500', { answer: { status: 500 } }],
    ['a gateway answers 502', { answer: { status: 502, body: '<html>' } }],
    ['somebody redirects', { answer: { status: 302, headers: { location: 'https://example.com/' } } }],
  ] as const) {
    it(`does not say that Nuki has taken it where ${what}, looks for it, and sends it once`, async () => {
      const form = await FormHarness.open(newOn(frontDoor));
      form.account.simulator.home.fault({ method: 'PUT', never: true, ...fault });
      const saying = form.send('submit', form.changed(weber));
      await form.account.advanceUntil(saying);
      const words = 'result unknown: Nuki may or may not have accepted it';
      assert.deepEqual(form.last('progress')?.rows, [{ device: 'Front Door', state: 'working', words }]);
      assert.match(form.last('progress')?.note ?? '', /^It is not known whether Nuki has accepted it\./);
      assert.match(form.logged[0] ?? '', /^Guest Weber: /);
      await form.account.advance(260);
      const { rows: [row] = [], note } = form.last('progress') ?? {};
      assert.match(row?.words ?? '', /^result unknown: Nuki may or may not have accepted it \(checked /);
      assert.match(note ?? '', /^Keyturner won't send it again\. Nuki may have it: refresh before you send it/);
      assert.equal(form.writes.length, 1);
    });
  }

  it('says that it is on the lock where only the answer was lost', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'PUT', loseAnswer: true });
    await form.submit(weber);
    await form.account.advance(30);
    assert.deepEqual(form.last('progress')?.rows, [
      { device: 'Front Door', state: 'done', words: 'saved on the lock' },
    ]);
    assert.deepEqual([form.last('progress')?.note, form.writes.length], ['', 1]);
  });

  it('says of one that Nuki lists no more than that, until the lock has dated it', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const undated = { method: 'GET', path: /auth$/, times: 999, change: withoutDateOf('Guest Weber') };
    form.account.simulator.home.fault(undated);
    await form.submit(weber);
    await form.account.advance(30);
    const words = 'listed by Nuki, not yet confirmed by the lock';
    assert.deepEqual(form.last('progress')?.rows, [{ device: 'Front Door', state: 'working', words }]);
    await form.account.advance(230);
    assert.match(form.last('progress')?.note ?? '', /^Nuki lists it, which does not prove that it opens the door\./);
    form.account.simulator.home.clearFaults();
    await form.send('checkAgain', null);
    assert.equal(form.last('progress')?.rows[0]?.words, 'saved on the lock');
  });

  it('says of a device that dates nothing that it never tells', async () => {
    const simulator = new TestSimulator();
    for (const entry of simulator.home.authorizationsOnLock(frontDoor)) Object.assign(entry, { updateDate: undefined });
    const form = await FormHarness.open(newOn(frontDoor), { simulator });
    simulator.home.fault({ method: 'GET', path: /auth$/, times: 999, change: withoutDateOf('Guest Weber') });
    await form.submit(weber);
    await form.account.advance(30);
    const words = 'listed by Nuki; this lock never confirms';
    assert.equal(form.last('progress')?.rows[0]?.state, 'open');
    assert.ok(form.last('progress')?.rows[0]?.words.startsWith(words));
  });

  it('tells once of a chosen device that has left the account, before it is sent without it', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const both = { ...weber, devices: [frontDoor, terrace] };
    assert.equal((await form.preview(both)).submit, 'Create on 2 devices');
    form.account.simulator.home.fault({
      method: 'GET',
      path: /^\/smartlock$/,
      times: 999,
      change: withoutTerrace,
    });
    await form.account.advanceUntil(form.account.store.refresh(accountId));
    await form.submit(both);
    assert.deepEqual(form.writes, []);
    assert.equal(
      form.last('failed'),
      'No longer in this account: Terrace. Nothing was sent. Check the devices, then submit again.',
    );
    assert.equal(form.last('previewed')?.submit, 'Create on Front Door');
    await form.submit(both);
    assert.deepEqual(form.writes, [`PUT /smartlock/${frontDoor}/auth`]);
  });

  it('says that it is not on the lock yet, looks again when asked, and has the lock read', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'PUT', unpublished: true });
    await form.submit(weber);
    await form.account.advance(260);
    const open = form.last('progress');
    assert.match(open?.rows[0]?.words ?? '', /^hasn't reached the lock yet \(checked /);
    assert.deepEqual([open?.rows[0]?.state, open?.canCheck], ['open', true]);
    await form.send('checkAgain', null);
    assert.equal(form.last('progress')?.rows[0]?.state, 'open');
    await Promise.all([form.send('updateFromLock', null), form.send('updateFromLock', null)]);
    await form.account.advance(20);
    assert.deepEqual(form.synced, [frontDoor]);
    assert.equal(form.last('progress')?.rows[0]?.state, 'done');
  });

  it('refuses a code that was asked for and is not in any list yet', async () => {
    const simulator = new TestSimulator();
    const form = await FormHarness.open(newOn(frontDoor), { simulator });
    form.account.simulator.home.fault({ method: 'PUT', path: /auth/, never: true });
    const requested = { type: 13, name: 'Other', remoteAllowed: false, code: 345678 };
    await form.account.advanceUntil(form.account.writer.create(accountId, [frontDoor], requested));
    const { problems } = await form.preview(weber);
    assert.equal(problems.code, 'Front Door already uses this code. Expired codes count too.');
  });

  it('generates a code that none of the chosen devices has', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.send('generate', form.changed({ devices: [frontDoor, terrace] }));
    assert.match(form.last('generated')?.code ?? '', /^(?!12)[1-9]{6}$/);
  });

  it('copies what is sent, the code masked', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.send('copyPayload', form.changed(weber));
    assert.deepEqual(form.copied[0]?.split('\n').slice(0, 3), [
      `PUT /smartlock/${frontDoor}/auth`,
      '  type: 13',
      '  name: "Guest Weber"',
    ]);
    assert.ok(!form.copied[0]?.includes('345678'));
  });

  it('goes when it is cancelled', async () => {
    const form = await FormHarness.open();
    await form.send('cancel', null);
    assert.equal(form.closings, 1);
  });

  it('comes again as it was when the page was hidden, without its code', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const kept = form.changed({ ...weber, code: '' });
    await form.send('ready', { draft: kept, hadCode: true });
    assert.deepEqual(form.draft, kept);
    assert.equal(form.last('show')?.lacksCode, true);
    await form.send('ready', { draft: kept, hadCode: false });
    assert.equal(form.last('show')?.lacksCode, false);
  });

  it('is said to have no code any more when its page was hidden, also by an answer that comes late', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'GET', path: /auth/, wait: 4_000 });
    const previewing = form.send('preview', form.changed({ ...weber, devices: [frontDoor, terrace] }));
    await form.account.advance(1);
    assert.match(JSON.stringify(form.last('previewed')?.payload), /••••••/);
    form.session.setVisible(false);
    await form.account.advanceUntil(previewing);
    assert.doesNotMatch(JSON.stringify(form.last('previewed')?.payload), /••••••/);
  });

  it('becomes two over midnight: this one until 23:59, another one from 00:00 on the days after', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const night = form.changed({ ...weber, hours: { from: '22:00', until: '06:00' } });
    await form.send('split', night);
    assert.deepEqual(form.draft, { ...night, hours: { from: '22:00', until: '23:59' }, code: '' });
    const hours = { from: '00:00', until: '06:00' };
    const [opened] = form.opened;
    assert.ok(opened?.kind === 'new');
    assert.deepEqual(opened.draft, { ...night, hours, weekdays: 62, code: '' });
  });

  it('is told of and handed over with the other half of a night, as long as both forms are open', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.send(
      'split',
      form.changed({ ...weber, from: null, until: null, hours: { from: '22:00', until: '06:00' } }),
    );
    const [request] = form.opened;
    assert.ok(request);
    const other = await form.beside(request);
    await form.submit({ code: '345678' });
    const belongs = () => form.last('progress')?.facts.find(({ field }) => field === 'Belongs to it')?.value;
    assert.equal(belongs(), 'The other form is not sent yet, and not in the message.');
    await other.submit({ code: '456789' });
    assert.equal(belongs(), 'Guest Weber · Keypad code · Tue–Sat 00:00–06:00 (Europe/Berlin)');
    await form.send('copyMessage', 'en');
    assert.deepEqual(form.copied, [
      'Code for Front Door: 345678\nMon–Fri 22:00–23:59\n\nCode for Front Door: 456789\nTue–Sat 00:00–06:00',
    ]);
    other.session.dispose();
    assert.equal(belongs(), undefined);
    await form.send('copyMessage', 'en');
    assert.equal(form.copied.at(-1), 'Code for Front Door: 345678\nMon–Fri 22:00–23:59');
  });

  it('becomes two for nothing else', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const night = { from: '22:00', until: '06:00' };
    for (const changes of [
      { ...weber },
      { ...weber, hours: { from: 'late', until: '06:00' } },
      { ...weber, credential: 'app', hours: night } as const,
    ]) {
      await form.send('split', form.changed(changes));
      assert.equal(form.draft.name, '', JSON.stringify(changes));
    }
    assert.deepEqual(form.opened, []);
  });
});

describe('a form for a new person', () => {
  it('invites them, and gives them the authorization', async () => {
    const form = await FormHarness.open(newOn(garage));
    await form.submit(eva);
    await form.account.advance(30);
    assert.deepEqual(form.writes, ['PUT /account/user', `PUT /smartlock/${garage}/auth`]);
    const user = form.account.simulator.home.users.find(({ email }) => email === 'eva.lang@example.com');
    assert.equal(form.account.onLock(garage, 'Eva')?.accountUserId, user?.accountUserId);
  });

  it('invites them once, however often the rest fails', async () => {
    const form = await FormHarness.open(newOn(garage));
    form.account.simulator.home.fault({ method: 'PUT', path: /auth/, answer: { status: 400 }, times: 3 });
    for (let tries = 0; tries < 4; tries++) await form.submit(eva);
    assert.equal(form.last('refused'), undefined);
    assert.equal(form.writes.filter((request) => request === 'PUT /account/user').length, 1);
    assert.ok(form.last('progress'));
  });

  it('invites them once, and gives them one authorization, however often it is asked to at the same time', async () => {
    const form = await FormHarness.open(newOn(garage));
    const draft = form.changed(eva);
    await Promise.all(Array.from({ length: 5 }, () => form.send('submit', draft)));
    assert.deepEqual(form.writes, ['PUT /account/user', `PUT /smartlock/${garage}/auth`]);
  });

  it('finds them in the list where the answer to the invitation is lost', async () => {
    const form = await FormHarness.open(newOn(garage));
    form.account.simulator.home.fault({ method: 'PUT', path: /user/, loseAnswer: true });
    await form.submit(eva);
    assert.deepEqual(form.writes, ['PUT /account/user', `PUT /smartlock/${garage}/auth`]);
  });

  it('does not invite them again when the list could not be read after a lost answer', async () => {
    const form = await FormHarness.open(newOn(garage));
    form.account.simulator.home.fault({ method: 'PUT', path: /user/, loseAnswer: true });
    form.account.simulator.home.fault({ method: 'GET', path: /user/, answer: { status: 401 } });
    await form.submit(eva);
    assert.match(form.last('failed') ?? '', /./);
    await form.submit(eva);
    assert.deepEqual(form.writes, ['PUT /account/user', `PUT /smartlock/${garage}/auth`]);
  });

  it('may try again where Nuki refuses the invitation', async () => {
    const form = await FormHarness.open(newOn(garage));
    form.account.simulator.home.fault({ method: 'PUT', path: /user/, answer: { status: 403 } });
    await form.submit(eva);
    assert.deepEqual(form.writes, ['PUT /account/user']);
    await form.submit(eva);
    assert.deepEqual(form.writes.slice(1), ['PUT /account/user', `PUT /smartlock/${garage}/auth`]);
  });

  it('lets codes be made where people cannot be read, and says so of app users', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ method: 'GET', path: /account\/user/, answer: { status: 401 }, times: 100 });
    const form = await FormHarness.open(newOn(frontDoor), { simulator });
    assert.deepEqual(form.last('show')?.people, []);
    const { problems } = await form.preview({ ...eva, devices: [frontDoor] });
    assert.match(problems.person ?? '', /permission/);
    await form.submit(weber);
    assert.deepEqual(form.writes, [`PUT /smartlock/${frontDoor}/auth`]);
  });
});

describe('a form for an edit', () => {
  it('holds everything but the code, for its device alone', async () => {
    const form = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    const { name, credential, weekdays, hours, code } = form.draft;
    assert.deepEqual(
      { name, credential, weekdays, hours, code },
      {
        name: 'Housekeeping Cleanin',
        credential: 'code',
        weekdays: 36,
        hours: { from: '09:00', until: '13:00' },
        code: '',
      },
    );
    const model = form.last('show');
    assert.deepEqual(
      model?.devices.map(({ id }) => id),
      [frontDoor],
    );
    assert.equal(model?.subheading, 'Front Door · Home');
    assert.deepEqual(model?.locked, ['credential', 'devices', 'person']);
  });

  it('opened and saved unchanged sends nothing, and says so', async () => {
    const form = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    await form.submit({});
    assert.deepEqual(form.writes, []);
    assert.equal(form.last('informed'), 'No changes to save.');
    assert.equal(form.last('failed'), undefined);
  });

  it('hears its page also where the authorization has an endless name, which stays as it is', async () => {
    const simulator = new TestSimulator();
    const [first] = simulator.home.authorizationsOnLock(frontDoor);
    assert.ok(first);
    const name = 'x'.repeat(20_000);
    Object.assign(first, { name });
    const form = await FormHarness.edit(frontDoor, name, simulator);
    await form.submit({ weekdays: 64 });
    assert.equal(form.writes.length, 1);
    assert.ok(JSON.stringify(form.bodies).includes(`"name":"${name}"`));
  });

  it('shows the seconds of an end that another client has written, and keeps them where only the date is changed', async () => {
    const simulator = new TestSimulator();
    const fritz = simulator.home.authorizationsOnLock(frontDoor).find(({ name }) => name === 'Guest Fritz');
    assert.ok(fritz);
    Object.assign(fritz, { allowedUntilDate: '2027-06-30T21:59:59.000Z' });
    const form = await FormHarness.edit(frontDoor, 'Guest Fritz', simulator);
    assert.deepEqual(form.draft.until, { date: '2027-06-30', time: '23:59:59', disambiguation: null });
    const until = { date: '2027-12-31', time: '23:59:59', disambiguation: null };
    const { sentences } = await form.preview({ until });
    assert.match(sentences[1] ?? '', /until 31 Dec 2027, 23:59:59$/);
    await form.submit({ until });
    assert.equal(Reflect.get(form.bodies[0] ?? {}, 'allowedUntilDate'), '2027-12-31T22:59:59.000Z');
  });

  it('asks before it gives more access, and sends nothing after a no', async () => {
    const form = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    form.account.answer = false;
    await form.submit({ weekdays: 127, hours: { from: '08:00', until: '13:00' } });
    assert.deepEqual(form.questions[0]?.gains, ['weekdays', 'hours']);
    assert.ok(form.last('refused'));
    assert.deepEqual(form.writes, []);
    form.account.answer = true;
    await form.submit({ weekdays: 127 });
    assert.equal(form.writes.length, 1);
  });

  it('changes neither device, means nor person, whatever the page says, and no code without looking at it', async () => {
    const form = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    await form.submit({ credential: 'app', person: 1_000_101, devices: [terrace], name: 'Cleaning', code: 'none' });
    assert.ok(form.last('refused')?.problems.code);
    assert.deepEqual(form.writes, []);
    const fob = await FormHarness.edit(frontDoor, "Ben's Fob");
    await fob.submit({ name: "Ben's", code: '345678' });
    assert.equal(fob.writes.length, 1);
    assert.deepEqual(fob.bodies, [{ name: "Ben's", enabled: true, remoteAllowed: true, accountUserId: 1_000_102 }]);
  });

  it('keeps its own code where it is typed again', async () => {
    const form = await FormHarness.edit(frontDoor, 'Family');
    await form.submit({ code: '445566' });
    assert.equal(form.last('informed'), 'No changes to save.');
    assert.equal(form.last('failed'), undefined);
    const { problems } = await form.preview({ code: '738291' });
    assert.match(problems.code ?? '', /^Front Door already uses/);
  });

  it('shows both where another client has changed it meanwhile, and sends nothing; then takes what is there', async () => {
    const form = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    const path = await form.account.simulator.pathOf(frontDoor, 'Housekeeping Cleanin');
    const theirs = { name: 'Housekeeping Cleanin', remoteAllowed: false, code: 738291, ...monToFri };
    await form.account.simulator.status('POST', path, theirs);
    await form.account.advance(30);
    await form.submit({ name: 'Cleaning', hours: null });
    assert.deepEqual(form.last('conflict')?.rows, [
      { field: 'Name', yours: 'Cleaning', theirs: 'Housekeeping Cleanin' },
      { field: 'Schedule', yours: 'Tue, Fri', theirs: 'Mon–Fri' },
    ]);
    assert.deepEqual(form.writes, []);
    const shown = form.account.store.device({ accountId, smartlockId: frontDoor })?.authorizations?.items;
    assert.equal(shown?.find(({ name }) => name === 'Housekeeping Cleanin')?.allowedWeekDays, 124, 'in the sidebar');
    await form.send('reload', null);
    assert.equal(form.draft.weekdays, 124);
    await form.submit({ name: 'Cleaning' });
    assert.equal(form.writes.length, 1);
    assert.equal(Reflect.get(form.bodies.at(-1) ?? {}, 'allowedWeekDays'), 124);
  });

  it('takes what is there also where the page was hidden before it came, with what it had kept', async () => {
    const form = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    const mine = form.changed({ name: 'Cleaning', hours: null });
    const path = await form.account.simulator.pathOf(frontDoor, 'Housekeeping Cleanin');
    const theirs = { name: 'Housekeeping Cleanin', remoteAllowed: false, code: 738291, ...monToFri };
    await form.account.simulator.status('POST', path, theirs);
    await form.account.advance(30);
    await form.submit({ name: 'Cleaning', hours: null });
    assert.ok(form.last('conflict'));
    await form.send('reload', null);
    await form.send('ready', { draft: mine, hadCode: false });
    assert.equal(form.draft.weekdays, 124);
    await form.send('preview', form.changed({ name: 'Mine' }));
    await form.send('ready', { draft: form.changed({ name: 'Mine' }), hadCode: false });
    assert.equal(form.draft.name, 'Mine');
  });

  it('can be read again where that has failed', async () => {
    const form = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    form.account.simulator.home.fault({ method: 'GET', path: /auth\/[0-9a-f]+$/, answer: { status: 403 } });
    await form.send('reload', null);
    assert.match(form.last('failed') ?? '', /permission/);
    const shown = form.posted.filter(({ name }) => name === 'show').length;
    await form.send('reload', null);
    assert.equal(form.posted.filter(({ name }) => name === 'show').length, shown + 1);
  });

  it('is refused while another change of it is under way', async () => {
    const form = await FormHarness.edit(frontDoor, 'Family');
    const id = await form.account.idOf(frontDoor, 'Family');
    const other = form.account.writer.change({ accountId, smartlockId: frontDoor }, id, { enabled: false });
    await form.account.advanceUntil(other);
    await form.submit({ name: 'Everybody' });
    assert.equal(form.last('failed'), 'A change to it is still in progress. Nothing was sent.');
    assert.equal(form.writes.length, 1);
  });

  it('says why it cannot be shown', async () => {
    const form = await FormHarness.open({
      kind: 'edit',
      accountId,
      smartlockId: frontDoor,
      id: '5f0c1d2e3a4b5c6d7e8f9a0b',
    });
    assert.equal(form.last('failed'), 'This authorization no longer exists. Nothing was sent.');
    assert.equal(form.last('show'), undefined);
  });

  it('judges what is touched and nothing else', async () => {
    const simulator = new TestSimulator();
    const [first] = simulator.home.authorizationsOnLock(frontDoor);
    assert.ok(first);
    Object.assign(first, { allowedWeekDays: 0, allowedUntilTime: 1440, allowedFromTime: 60 });
    Object.assign(first, { allowedUntilDate: '2025-01-01T00:00:00.000Z' });
    const form = await FormHarness.edit(frontDoor, first.name, simulator);
    assert.deepEqual((await form.preview({ from: null, remoteAllowed: false })).problems, {});
    assert.deepEqual((await form.preview({ hours: { from: '09:00', until: '17:00' } })).problems, {});
    const from = { date: '2027-01-01', time: '00:00', disambiguation: null };
    assert.deepEqual(Object.keys((await form.preview({ from })).problems), ['until']);
  });
});

describe('a form for a duplicate', () => {
  it('is new, with the same limits and without the code', async () => {
    const simulator = new TestSimulator();
    const id = (await simulator.pathOf(frontDoor, 'Housekeeping Cleanin')).split('/').at(-1) ?? '';
    const form = await FormHarness.open({ kind: 'duplicate', accountId, smartlockId: frontDoor, id }, { simulator });
    assert.equal(form.last('show')?.mode, 'create');
    assert.equal(form.last('show')?.heading, 'Duplicate authorization');
    assert.equal(form.draft.code, '');
    await form.submit({ code: '345678', devices: [frontDoor, terrace] });
    assert.deepEqual(form.writes, ['PUT /smartlock/auth']);
    const [body] = form.bodies;
    assert.deepEqual(body, {
      type: 13,
      name: 'Housekeeping Cleanin',
      remoteAllowed: false,
      allowedFromDate: '2026-11-23T12:00:03.000Z', // when it was sent
      allowedWeekDays: 36,
      allowedFromTime: 540,
      allowedUntilTime: 780,
      code: 345678,
      smartlockIds: [frontDoor, terrace],
    });
  });

  it('never has more time than the original: asks for an end that could not be read', async () => {
    const simulator = new TestSimulator();
    const [authorization] = simulator.home.authorizationsOnLock(frontDoor).filter(({ type }) => type === 13);
    assert.ok(authorization);
    Object.assign(authorization, { allowedUntilDate: '2027-06-16T18:00:00' });
    const { id } = authorization;
    const form = await FormHarness.open({ kind: 'duplicate', accountId, smartlockId: frontDoor, id }, { simulator });
    assert.deepEqual(form.draft.until, { date: '', time: '', disambiguation: null });
    assert.equal(
      (await form.preview({})).problems.until,
      'Enter a date such as 23 Nov 2026, and a time such as 15:00.',
    );
    await form.submit({ code: '345678' });
    assert.deepEqual(form.writes, []);
    await form.submit({ code: '345678', until: { date: '2027-06-16', time: '18:00', disambiguation: null } });
    assert.equal(form.writes.length, 1);
  });
});

const noLimits = {
  allowedFromDate: undefined,
  allowedUntilDate: undefined,
  allowedWeekDays: undefined,
  allowedFromTime: undefined,
  allowedUntilTime: undefined,
};

describe('a form for a duplicate of limits that nobody understands', () => {
  for (const [part, limits] of [
    ['weekdays', { allowedWeekDays: 0 }],
    ['weekdays', { allowedWeekDays: '124' }],
    ['hours', { allowedFromTime: '540', allowedUntilTime: '1020' }],
    ['hours', { allowedUntilTime: 540.5 }],
    ['from', { allowedFromDate: 1_830_000_000_000 }],
    ['until', { allowedUntilDate: 1_830_000_000_000 }],
  ] as const) {
    it(`asks for the ${part} instead of leaving them open: ${JSON.stringify(limits)}`, async () => {
      const simulator = new TestSimulator();
      const [authorization] = simulator.home.authorizationsOnLock(frontDoor).filter(({ type }) => type === 13);
      assert.ok(authorization);
      Object.assign(authorization, noLimits, limits);
      const { id } = authorization;
      const form = await FormHarness.open({ kind: 'duplicate', accountId, smartlockId: frontDoor, id }, { simulator });
      assert.deepEqual(Object.keys((await form.preview({ code: '345678' })).problems), [part]);
      await form.submit({ code: '345678' });
      assert.deepEqual(form.writes, []);
    });
  }
});

describe('what is told of an authorization that was sent', () => {
  const sent = async (changes: Partial<Draft> = weber): Promise<FormHarness> => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.submit(changes);
    return form;
  };
  const evaByApp: Partial<Draft> = {
    credential: 'app',
    name: 'Eva',
    person: { name: 'Eva Lang', email: 'eva@example.com' },
  };

  it('is what was created, on which devices, and where it stands', async () => {
    const form = await sent({ ...weber, devices: [frontDoor, terrace] });
    assert.deepEqual(form.last('progress')?.facts, [
      { field: 'Type', value: 'Keypad code' },
      {
        field: 'Schedule',
        value: 'Mon–Fri 09:00–17:00, from 16 Jun 2027, 10:30, until 30 Jun 2027, 18:00 (Europe/Berlin)',
      },
    ]);
    assert.equal(form.last('progress')?.heading, 'Guest Weber was sent');
    assert.equal(form.title, 'Guest Weber');
    await form.account.advance(30);
    assert.equal(form.last('progress')?.heading, 'Guest Weber is saved on all 2 devices');
  });

  it('names the person of an app user', async () => {
    const form = await sent(evaByApp);
    assert.deepEqual(form.last('progress')?.facts, [
      { field: 'Type', value: 'App user' },
      { field: 'Person', value: 'Eva Lang · eva@example.com' },
      { field: 'Schedule', value: 'always' },
    ]);
  });

  it('has the code to copy, which the page is never told', async () => {
    const form = await sent();
    assert.equal(form.last('progress')?.hasCode, true);
    const copying = form.session.receive({ panel, name: 'copyCode', body: null });
    await form.account.advance(1);
    assert.deepEqual(form.copied, ['345678']);
    const { copied = '' } = form.last('progress') ?? {};
    assert.equal(
      copied,
      'Code copied. The clipboard is cleared after 30 seconds. Not yet confirmed: Front Door. The door may not open until it is.',
    );
    await form.account.advance(20);
    assert.equal(form.last('progress')?.rows[0]?.state, 'done');
    assert.equal(form.last('progress')?.copied, 'Code copied. The clipboard is cleared after 30 seconds.');
    await form.account.advanceUntil(copying);
    assert.equal(form.last('progress')?.copied, '');
    assert.doesNotMatch(JSON.stringify([form.posted, form.told, form.logged]), /345678/);
  });

  it('has a message for the guest, in both languages, also before the lock has it', async () => {
    const form = await sent({ ...weber, devices: [frontDoor, terrace] });
    assert.equal(form.last('progress')?.messageLanguage, 'en');
    await form.send('copyMessage', 'en');
    await form.send('copyMessage', 'de');
    assert.deepEqual(form.copied, [
      'Code for Front Door and Terrace: 345678\nValid from 16 Jun 2027, 10:30\nValid until 30 Jun 2027, 18:00\nMon–Fri 09:00–17:00',
      'Code für Front Door und Terrace: 345678\nGültig ab 16. Juni 2027, 10:30\nGültig bis 30. Juni 2027, 18:00\nMo–Fr 09:00–17:00',
    ]);
    assert.match(
      form.posted.map(({ body }) => JSON.stringify(body)).join('\n'),
      /Message copied\..*Front Door and Terrace/,
    );
  });

  it('has no code of an app user, whom Nuki invites', async () => {
    const form = await sent(evaByApp);
    assert.equal(form.last('progress')?.hasCode, false);
    await form.send('copyCode', null);
    await form.send('copyMessage', 'en');
    assert.deepEqual(form.copied, [
      'Access to Front Door with the Nuki app\nNuki sends the invitation by email. It expires, so accept it soon.',
    ]);
  });

  it('has no code any more once the form is closed, or has been hidden for five minutes', async () => {
    const closed = await sent();
    closed.session.dispose();
    await closed.send('copyCode', null);
    await closed.send('copyMessage', 'en');
    assert.deepEqual(closed.copied, []);

    const hidden = await sent();
    hidden.session.setVisible(false);
    await hidden.account.advance(299);
    hidden.session.setVisible(true);
    await hidden.account.advance(300);
    assert.equal(hidden.last('progress')?.hasCode, true, 'shown again in time');
    hidden.session.setVisible(false);
    await hidden.account.advance(301);
    hidden.session.setVisible(true);
    await hidden.send('ready', null);
    const { hasCode, hasMessage, facts } = hidden.last('progress') ?? {};
    assert.deepEqual([hasCode, hasMessage], [false, false]);
    assert.deepEqual(facts?.at(-1), {
      field: 'Code',
      value: 'No longer kept here. Reveal Code in the sidebar shows it.',
    });
    await hidden.send('copyCode', null);
    await hidden.send('copyMessage', 'en');
    assert.deepEqual(hidden.copied, []);
  });

  it('leads to another form for the same devices and the same type, without name and code', async () => {
    const form = await sent({ ...weber, devices: [frontDoor, terrace] });
    await form.send('createAnother', null);
    const request = form.openedInFront[0]?.request;
    assert.ok(request?.kind === 'new' && request.draft);
    const { credential, name, code, devices, until } = request.draft;
    assert.deepEqual(
      { credential, name, code, devices, until },
      { credential: 'code', name: '', code: '', devices: [frontDoor, terrace], until: null },
    );
  });

  it('leads to its device in the sidebar', async () => {
    const form = await sent();
    await form.send('showInSidebar', null);
    assert.deepEqual(form.shown, [frontDoor]);
  });

  it('is of an edit what was changed, and its code only where that was', async () => {
    const form = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    await form.submit({ name: 'Cleaning', weekdays: 32 });
    const { heading, facts, hasCode, hasMessage, canCreateAnother } = form.last('progress') ?? {};
    assert.equal(heading, 'The changes to Cleaning were sent');
    assert.deepEqual(facts, [
      { field: 'Name', value: 'Housekeeping Cleanin → Cleaning' },
      { field: 'Schedule', value: 'Tue, Fri 09:00–13:00 → Tue 09:00–13:00' },
    ]);
    assert.deepEqual([hasCode, hasMessage, canCreateAnother], [false, false, false]);
    await form.send('createAnother', null);
    assert.deepEqual(form.openedInFront, []);

    const other = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    await other.submit({ code: '345678' });
    assert.deepEqual(other.last('progress')?.facts, [{ field: 'Code', value: 'changed' }]);
    await other.send('copyMessage', 'en');
    assert.deepEqual(other.copied, ['Code for Front Door: 345678\nTue, Fri 09:00–13:00']);
  });
});

describe('a form that is closed', () => {
  const isFollowed = {
    sentence: 'Guest Weber was sent. Keyturner will tell you the result.',
    isWarning: false,
  };

  it('tells the end of what was sent, once', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.submit(weber);
    form.session.dispose();
    const posted = form.posted.length;
    await form.account.advance(300);
    assert.deepEqual(form.told, [isFollowed, { sentence: 'Guest Weber is saved on the lock.', isWarning: false }]);
    assert.equal(form.posted.length, posted);
  });

  it('tells that what was sent is not there, once', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'PUT', never: true });
    await form.submit(weber);
    form.session.dispose();
    await form.account.advance(300);
    assert.deepEqual(form.told, [
      isFollowed,
      {
        sentence: "Guest Weber hasn't reached the lock yet. It may still arrive; Keyturner won't send it again.",
        isWarning: true,
      },
    ]);
  });

  it('while it is being sent, goes on and tells the end, once', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'PUT', wait: 4_000 });
    const saying = form.send('submit', form.changed(weber));
    await form.account.advance(2);
    form.session.dispose();
    await form.account.advanceUntil(saying);
    await form.account.advance(300);
    assert.deepEqual(form.writes, [`PUT /smartlock/${frontDoor}/auth`]);
    assert.deepEqual(form.told, [isFollowed, { sentence: 'Guest Weber is saved on the lock.', isWarning: false }]);
  });

  it('while it is being sent, tells that Nuki refused it, once', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'PUT', wait: 4_000, answer: { status: 423 } });
    const saying = form.send('submit', form.changed(weber));
    await form.account.advance(2);
    form.session.dispose();
    assert.deepEqual(form.told, [isFollowed]);
    await form.account.advanceUntil(saying);
    assert.deepEqual(
      form.told.map(({ isWarning }) => isWarning),
      [false, true],
    );
  });

  it('before it is sent, sends nothing and says so', async () => {
    for (const form of [await FormHarness.open(newOn(frontDoor)), await FormHarness.edit(frontDoor, 'Family')]) {
      form.account.simulator.home.fault({ method: 'GET', path: /auth/, wait: 4_000 });
      const saying = form.send('submit', form.changed({ ...weber, code: '345678' }));
      await form.account.advance(2);
      form.session.dispose();
      await form.account.advanceUntil(saying);
      assert.deepEqual(form.writes, []);
      const sentence = 'Guest Weber was not sent because the form was closed first.';
      assert.deepEqual(form.told, [{ sentence, isWarning: false }]);
    }
  });

  it('after the end of what was sent, says nothing more', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.submit(weber);
    await form.account.advance(30);
    form.session.dispose();
    assert.deepEqual(form.told, []);
  });

  it('at the very moment in which Nuki refuses it, tells so, once', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.simulator.home.fault({ method: 'PUT', wait: 4_000, answer: { status: 423 } });
    const saying = form.send('submit', form.changed(weber));
    await form.account.advance(2);
    form.isPageGone = true;
    await form.account.advanceUntil(saying);
    form.session.dispose();
    assert.equal(form.told.length, 1);
    assert.equal(form.told[0]?.isWarning, true);
  });

  it('while it is being saved, tells that another client has changed it, once', async () => {
    const form = await FormHarness.edit(frontDoor, 'Family');
    const path = await form.account.simulator.pathOf(frontDoor, 'Family');
    await form.account.simulator.status('POST', path, { name: 'Theirs', remoteAllowed: false, code: 445566 });
    await form.account.advance(30);
    form.account.simulator.home.fault({ method: 'GET', path: /auth/, wait: 4_000 });
    const saying = form.send('submit', form.changed({ name: 'Mine' }));
    await form.account.advance(2);
    form.session.dispose();
    await form.account.advanceUntil(saying);
    assert.deepEqual(form.writes, []);
    assert.deepEqual(form.told, [
      {
        sentence: 'This authorization was changed elsewhere while you were editing. Nothing was sent.',
        isWarning: true,
      },
    ]);
  });

  it('does nothing that the page still says', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const [posted, asked] = [form.posted.length, form.account.requests.length];
    form.session.dispose();
    await form.submit(weber);
    await form.send('ready', null);
    await form.send('cancel', null);
    assert.deepEqual([form.posted.length, form.account.requests.length, form.closings], [posted, asked, 0]);
  });
});

describe('the draft of a form that is closed', () => {
  const edited = async (name: string) => {
    const form = await FormHarness.edit(frontDoor, name);
    const id = await form.account.idOf(frontDoor, name);
    return { form, request: { kind: 'edit', accountId, smartlockId: frontDoor, id } as const };
  };
  const offer = (form: FormHarness): string | undefined => form.last('show')?.closedDraft;

  it('is offered in the next new form, once, and comes back as it was but for its code', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    assert.equal(offer(form), '');
    await form.preview(weber);
    const next = await form.next({ kind: 'new', accountId });
    assert.equal(offer(next), 'A draft for Guest Weber was closed.');
    await next.send('continueDraft', null);
    assert.equal(next.closings, 1);
    const [opened] = next.openedInFront;
    assert.ok(opened?.resumed);
    assert.doesNotMatch(JSON.stringify(opened), /345678/);
    const again = await next.next(opened.request, opened.resumed);
    assert.deepEqual(again.draft, form.changed({ ...weber, code: '' }));
    assert.equal(again.last('show')?.lacksCode, true);
    assert.equal(offer(again), '');
    await again.submit({ code: '345678' });
    assert.equal(again.writes.length, 1);
    assert.equal(offer(await again.next(newOn(frontDoor))), '', 'it was sent');
  });

  it('is kept again where it was continued and closed once more, also when it was hidden before', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.preview(weber);
    form.session.setVisible(false);
    form.session.setVisible(true);
    await form.send('ready', { draft: form.changed({ ...weber, code: '' }), hadCode: true });
    await form.preview({});
    const next = await form.next(newOn(frontDoor));
    await next.send('continueDraft', null);
    const resumed = await next.next(newOn(frontDoor), next.openedInFront[0]?.resumed);
    assert.equal(resumed.last('show')?.lacksCode, true);
    assert.equal(offer(await resumed.next(newOn(frontDoor))), 'A draft for Guest Weber was closed.');
  });

  it('is not offered where nothing was written, where it was cancelled or sent, and after it was discarded', async () => {
    const untouched = await FormHarness.open(newOn(frontDoor));
    await untouched.preview({});
    assert.equal(offer(await untouched.next(newOn(frontDoor))), '');

    const cancelled = await FormHarness.open(newOn(frontDoor));
    await cancelled.preview(weber);
    await cancelled.send('cancel', null);
    assert.equal(offer(await cancelled.next(newOn(frontDoor))), '');

    const sent = await FormHarness.open(newOn(frontDoor));
    await sent.preview(weber);
    await sent.submit(weber);
    assert.equal(offer(await sent.next(newOn(frontDoor))), '');

    const discarded = await FormHarness.open(newOn(frontDoor));
    await discarded.preview(weber);
    const next = await discarded.next(newOn(frontDoor));
    await next.send('discardDraft', null);
    assert.equal(offer(await next.next(newOn(frontDoor))), '');
  });

  it('is offered to no form that has been given a draft, and to no other account', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.preview({ name: '', code: '345678' });
    const { closedDraft } = form;
    const subject = { kind: 'new', accountId, smartlockId: null } as const;
    const next = await form.next(newOn(frontDoor));
    assert.equal(offer(next), 'A draft was closed.');
    assert.equal(offer(await next.next({ ...newOn(frontDoor), draft: form.draft })), '');
    assert.equal(closedDraft.for({ ...subject, accountId: 'another' }), undefined);
    closedDraft.forgetUnlessFor([accountId]);
    assert.ok(closedDraft.for(subject));
    closedDraft.forgetUnlessFor(['another']);
    assert.equal(closedDraft.for(subject), undefined);
  });

  it('is kept where closing the form took back what was to be sent, and where Nuki refuses it after that', async () => {
    for (const fault of [
      { method: 'GET', path: /auth/, wait: 4_000 },
      { method: 'PUT', wait: 4_000, answer: { status: 423 } },
    ]) {
      const form = await FormHarness.open(newOn(frontDoor));
      await form.preview(weber);
      form.account.simulator.home.fault(fault);
      const saying = form.send('submit', form.changed(weber));
      await form.account.advance(2);
      form.session.dispose();
      await form.account.advanceUntil(saying);
      assert.equal(offer(await form.next(newOn(frontDoor))), 'A draft for Guest Weber was closed.', fault.method);
    }
  });

  it('of an edit is offered when the same authorization is edited again, with what was changed meanwhile', async () => {
    const { form, request } = await edited('Housekeeping Cleanin');
    await form.preview({ name: 'Cleaning' });
    assert.equal(offer(await form.next(newOn(frontDoor))), '');
    const family = { ...request, id: await form.account.idOf(frontDoor, 'Family') };
    assert.equal(offer(await form.next(family)), '');
    const path = await form.account.simulator.pathOf(frontDoor, 'Housekeeping Cleanin');
    const theirs = { name: 'Housekeeping Cleanin', remoteAllowed: false, code: 738291, ...monToFri };
    await form.account.simulator.status('POST', path, theirs);
    await form.account.advance(30);
    const next = await form.next(request);
    assert.equal(offer(next), 'A draft for Cleaning was closed.');
    await next.send('continueDraft', null);
    const resumed = await next.next(request, next.openedInFront[0]?.resumed);
    assert.equal(resumed.draft.name, 'Cleaning');
    assert.ok(resumed.last('conflict'));
  });
});

describe('the devices of a form', () => {
  it('are all of the account, with what is unusual and what they cannot be given', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    const devices = new Map(form.last('show')?.devices.map((device) => [device.id, device]));
    assert.equal(devices.size, 7);
    assert.equal(devices.get(frontDoor)?.detail, '');
    assert.deepEqual(devices.get(garage), {
      id: garage,
      name: 'Garage',
      detail: 'no keypad',
      cannot: ['code'],
    });
    assert.equal(devices.get(cellar)?.detail, 'no keypad · offline');
    assert.equal(devices.get(guestHouse)?.detail, 'America/New_York');
    assert.deepEqual(devices.get(intercom)?.cannot, ['code']);
  });
});

describe('a form whose window was loaded again', () => {
  it('comes back as it was written, without its code, and says that the code is missing', async () => {
    const before = await FormHarness.open(newOn(frontDoor));
    await before.preview(weber);
    const form = await before.resume(before.changed(weber), { hadCode: true });
    assert.deepEqual(form.draft, before.changed({ ...weber, code: '' }));
    assert.equal(form.last('show')?.lacksCode, true);
    const { problems } = await form.preview({});
    assert.ok(problems.code);
    assert.deepEqual(form.writes, []);
    await form.submit({ code: '345678' });
    assert.equal(form.writes.length, 1);
  });

  it('reads the devices first where nothing was read yet', async () => {
    const before = await FormHarness.open(newOn(frontDoor));
    const { subject } = before.last('show') ?? assert.fail();
    const form = await FormHarness.unread({ kind: 'new', accountId, smartlockId: frontDoor });
    form.account.store.setSources([]);
    form.account.store.setSources([form.account.source]);
    await form.send('ready', null);
    assert.deepEqual(form.draft.devices, [frontDoor]);
    assert.deepEqual(subject, form.last('show')?.subject);
  });

  it('goes on with an edit that nobody else has changed', async () => {
    const before = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    const form = await before.resume(before.changed({ name: 'Cleaning' }));
    assert.equal(form.last('conflict'), undefined);
    assert.equal(form.draft.name, 'Cleaning');
    await form.submit({});
    assert.equal(Reflect.get(form.bodies.at(-1) ?? {}, 'name'), 'Cleaning');
  });

  it('shows what somebody else has changed before it came back, and sends nothing until that was taken', async () => {
    const before = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    const path = await before.account.simulator.pathOf(frontDoor, 'Housekeeping Cleanin');
    const theirs = { name: 'Housekeeping Cleanin', remoteAllowed: false, code: 738291, ...monToFri };
    await before.account.simulator.status('POST', path, theirs);
    await before.account.advance(30);
    const form = await before.resume(before.changed({ name: 'Cleaning', hours: null }));
    assert.deepEqual(form.last('conflict')?.rows, [
      { field: 'Name', yours: 'Cleaning', theirs: 'Housekeeping Cleanin' },
      { field: 'Schedule', yours: 'Tue, Fri', theirs: 'Mon–Fri' },
    ]);
    await form.submit({});
    assert.deepEqual(form.writes, []);
    const again = await form.resume(form.draft);
    assert.ok(again.last('conflict'), 'also when it was loaded once more');
    await again.send('reload', null);
    assert.equal(again.draft.weekdays, 124);
    await again.submit({ name: 'Cleaning' });
    assert.equal(again.writes.length, 1);
  });

  it('is not offered again where it was sent, or was being sent', async () => {
    const before = await FormHarness.open(newOn(frontDoor));
    const form = await before.resume(before.changed(weber), { isSent: true });
    assert.equal(form.last('show'), undefined);
    assert.match(form.last('failed') ?? '', /Keyturner won't send it again\.$/);
    await form.send('submit', before.changed(weber));
    assert.deepEqual(form.writes, []);
  });

  it('says that its authorization is gone', async () => {
    const before = await FormHarness.edit(frontDoor, 'Housekeeping Cleanin');
    const { simulator } = before.account;
    await simulator.status('DELETE', await simulator.pathOf(frontDoor, 'Housekeeping Cleanin'));
    await before.account.advance(30);
    const form = await before.resume(before.draft);
    assert.equal(form.last('failed'), 'This authorization no longer exists. Nothing was sent.');
    assert.equal(form.last('show'), undefined);
  });

  it('names devices that have left the account', async () => {
    const before = await FormHarness.open(newOn(frontDoor));
    before.account.simulator.home.fault({ method: 'GET', path: /^\/smartlock$/, times: 9, change: withoutTerrace });
    const form = await before.resume(before.changed({ ...weber, devices: [frontDoor, terrace] }));
    assert.deepEqual(form.draft.devices, [frontDoor]);
    assert.match(form.last('failed') ?? '', /^No longer in this account: /);
  });
});

describe('a form whose account is removed', () => {
  it('says so at once, and sends nothing', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.store.setSources([]);
    assert.equal(form.last('failed'), 'The account was removed. Nothing was sent.');
    form.posted.length = 0;
    const asked = form.account.requests.length;
    for (const name of ['submit', 'generate', 'split', 'preview'] as const) await form.send(name, form.changed(weber));
    assert.deepEqual([...new Set(form.posted.map(({ name }) => name))], ['failed']);
    assert.equal(form.account.requests.length, asked);
    await form.send('cancel', null);
    assert.equal(form.closings, 1);
  });

  it('does not say that nothing was sent where it was', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    await form.submit(weber);
    form.account.store.setSources([]);
    assert.equal(form.last('failed'), 'The account was removed. Stopped waiting for this authorization.');
  });

  it('works on where the account is added again', async () => {
    const form = await FormHarness.open(newOn(frontDoor));
    form.account.store.setSources([]);
    form.account.store.setSources([form.account.source]);
    await form.account.advanceUntil(form.account.store.refresh(accountId));
    await form.submit(weber);
    assert.equal(form.writes.length, 1);
  });
});
