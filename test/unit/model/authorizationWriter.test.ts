import assert from 'node:assert/strict';
import type { NewAuthorization } from '../../../src/nuki/authorization/authorizationWrites.ts';
import type { Clock } from '../../../src/base/clock.ts';
import { AuthorizationWriter } from '../../../src/model/authorizationWriter.ts';
import { Store } from '../../../src/model/store.ts';
import { NukiError } from '../../../src/nuki/http/errors.ts';
import { cellar, frontDoor, garage, guestHouse, terrace } from '../../../src/simulator/demoDevices.ts';
import { ref } from '../devices.ts';
import { Desk } from './desk.ts';
import { accountId, sourceOf } from './fakes.ts';

const weber: NewAuthorization = {
  type: 13,
  name: 'Guest Weber',
  remoteAllowed: false,
  code: 345678,
  allowedFromDate: '2027-06-16T08:30:00.000Z',
  allowedUntilDate: '2027-06-30T16:00:00.000Z',
  allowedWeekDays: 124,
  allowedFromTime: 540,
  allowedUntilTime: 1020,
};

describe('creating an authorization', () => {
  it('sends the limits in the same request, once, and follows it until the lock has it', async () => {
    const desk = await Desk.open();
    const result = await desk.during(desk.writer.create(accountId, [frontDoor], weber));
    assert.ok(result.sent);
    assert.equal(desk.work(frontDoor).length, 1);
    assert.deepEqual(await desk.during(result.followed), []);
    assert.deepEqual(desk.writes, [`PUT /smartlock/${frontDoor}/auth`]);
    const { allowedWeekDays, allowedFromTime, code } = desk.onLock(frontDoor, 'Guest Weber') ?? {};
    assert.deepEqual(
      { allowedWeekDays, allowedFromTime, code },
      { allowedWeekDays: 124, allowedFromTime: 540, code: 345678 },
    );
  });

  it('asks for several devices in one request, and reads all of them in one list', async () => {
    const desk = await Desk.open();
    desk.requests.length = 0;
    const result = await desk.during(desk.writer.create(accountId, [frontDoor, terrace, guestHouse], weber));
    assert.ok(result.sent && (await desk.during(result.followed)).length === 0);
    assert.deepEqual(desk.writes, ['PUT /smartlock/auth']);
    for (const id of [frontDoor, terrace, guestHouse]) assert.ok(desk.onLock(id, 'Guest Weber'), String(id));
    assert.equal(desk.requests[0], 'GET /smartlock/auth/paged');
  });

  it('refuses a code that one of the devices has, though it has expired there, and sends nothing', async () => {
    const desk = await Desk.open();
    const requested = { ...weber, code: 951357 };
    const result = await desk.during(desk.writer.create(accountId, [terrace, frontDoor], requested));
    assert.deepEqual(result, { sent: false, why: 'codeTaken', smartlockId: frontDoor });
    assert.deepEqual(desk.writes, []);
  });

  it('refuses a code that is still on its way to the lock', async () => {
    const desk = await Desk.open();
    await desk.during(desk.writer.create(accountId, [frontDoor], weber));
    const again = await desk.during(desk.writer.create(accountId, [frontDoor], { ...weber, name: 'Other' }));
    assert.ok(!again.sent && again.why === 'codeTaken');
    assert.equal(desk.writes.length, 1);
  });

  it('refuses a second app authorization of one person on a lock', async () => {
    const desk = await Desk.open();
    const requested: NewAuthorization = { type: 0, name: 'Anna', remoteAllowed: true, accountUserId: 1_000_101 };
    const result = await desk.during(desk.writer.create(accountId, [frontDoor], requested));
    assert.ok(!result.sent && result.why === 'personHasOne');
  });

  it('that never arrives is said not to be there, when it was looked for last, and is not sent again', async () => {
    const desk = await Desk.open();
    desk.play.home.fault({ method: 'PUT', never: true });
    const result = await desk.during(desk.writer.create(accountId, [frontDoor], weber));
    const [{ pendingChange: left } = { pendingChange: undefined }] = result.sent
      ? await desk.during(result.followed)
      : [];
    assert.equal(left?.givenUp, true);
    assert.ok((left.checkedAt ?? 0) > left.since + 200_000);
    assert.equal(desk.writes.length, 1);
  });

  it('on a device that the account does not have sends nothing', async () => {
    const desk = await Desk.open();
    for (const devices of [[99], [frontDoor, terrace, guestHouse, 99]]) {
      await assert.rejects(
        desk.during(desk.writer.create(accountId, devices, weber)),
        (error) => error instanceof NukiError && error.reason === 'notFound',
      );
    }
    assert.deepEqual(desk.writes, []);
  });

  it('fails with what Nuki says where authorizations are refused', async () => {
    const desk = await Desk.open();
    desk.play.home.fault({ path: /auth/, answer: { status: 401 } });
    await assert.rejects(
      desk.during(desk.writer.create(accountId, [frontDoor], weber)),
      (error) => error instanceof NukiError && error.reason === 'unauthorized',
    );
    assert.deepEqual(desk.writes, []);
  });

  it('is not seen done because one list leaves its device out, nor because the account is gone', async () => {
    const desk = await Desk.open();
    desk.play.home.fault({ method: 'PUT', path: /auth/, unpublished: true });
    const result = await desk.during(desk.writer.create(accountId, [frontDoor], weber));
    assert.ok(result.sent);
    desk.play.home.fault({ method: 'GET', path: /^\/smartlock$/, answer: { status: 200, body: [] } });
    await desk.during(desk.store.refresh(accountId));
    assert.equal(desk.store.device(ref(frontDoor)), undefined);
    await desk.during(desk.store.refresh(accountId));
    assert.equal(desk.work(frontDoor).length, 1);
    desk.store.setSources([]);
    assert.equal((await desk.during(result.followed)).length, 1);
  });

  it('whose answer is lost is followed like one that was taken', async () => {
    const desk = await Desk.open();
    desk.play.home.fault({ method: 'PUT', loseAnswer: true });
    const result = await desk.during(desk.writer.create(accountId, [frontDoor], weber));
    assert.ok(result.sent && (await desk.during(result.followed)).length === 0);
    assert.equal(desk.writes.length, 1);
  });

  it('is pending until it is there or nobody waits any longer', async () => {
    const desk = await Desk.open();
    await desk.during(desk.writer.create(accountId, [frontDoor], weber));
    const [work] = desk.work(frontDoor);
    assert.ok(work?.kind === 'create');
    assert.deepEqual([work.givenUp, work.listedAs, work.requested.name], [false, [], 'Guest Weber']);
    assert.ok(!('code' in work.requested));
  });

  it('is followed apart from another one, which is refused or never arrives', async () => {
    const desk = await Desk.open();
    desk.play.home.fault({ method: 'PUT', never: true, times: 1 });
    const first = await desk.during(desk.writer.create(accountId, [frontDoor], weber));
    desk.play.home.fault({ method: 'PUT', answer: { status: 400 }, times: 1 });
    const other = { ...weber, name: 'Other', code: 345679 };
    await assert.rejects(desk.during(desk.writer.create(accountId, [frontDoor], other)));
    assert.equal(desk.work(frontDoor).length, 1);
    const third = await desk.during(desk.writer.create(accountId, [frontDoor], other));
    assert.ok(first.sent && third.sent && first.key !== third.key);
    assert.deepEqual(await desk.during(third.followed), []);
    assert.equal((await desk.during(first.followed)).length, 1);
  });

  it('is not taken for one that was there before', async () => {
    const desk = await Desk.open();
    const requested: NewAuthorization = { type: 2, name: 'Anna', remoteAllowed: false, accountUserId: 1_000_101 };
    const first = await desk.during(desk.writer.create(accountId, [frontDoor], requested));
    assert.ok(first.sent && (await desk.during(first.followed)).length === 0);
    desk.play.home.fault({ method: 'PUT', never: true });
    const second = await desk.during(desk.writer.create(accountId, [frontDoor], requested));
    assert.ok(second.sent && (await desk.during(second.followed)).length === 1);
  });

  it('is looked for when somebody asks', async () => {
    const desk = await Desk.open();
    desk.play.home.fault({ method: 'PUT', never: true });
    const result = await desk.during(desk.writer.create(accountId, [frontDoor], weber));
    assert.ok(result.sent);
    await desk.during(result.followed);
    const checked = desk.work(frontDoor)[0]?.checkedAt ?? 0;
    await desk.during(desk.writer.look(accountId, [frontDoor]));
    assert.ok((desk.work(frontDoor)[0]?.checkedAt ?? 0) > checked);
  });

  it('that Nuki refuses leaves nothing to wait for', async () => {
    const desk = await Desk.open();
    desk.play.home.fault({ method: 'PUT', answer: { status: 409 } });
    await assert.rejects(
      desk.during(desk.writer.create(accountId, [frontDoor], weber)),
      (error) => error instanceof NukiError && error.reason === 'conflict',
    );
    assert.deepEqual(desk.work(frontDoor), []);
  });
});

describe('changing an authorization', () => {
  it('to another name keeps every limit that it had', async () => {
    const desk = await Desk.open();
    const before = desk.onLock(frontDoor, 'Housekeeping Cleanin');
    const id = await desk.idOf(frontDoor, 'Housekeeping Cleanin');
    const result = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'Cleaning' }));
    assert.ok(result.sent && (await desk.during(result.followed)).length === 0);
    const after = desk.onLock(frontDoor, 'Cleaning');
    assert.deepEqual({ ...after, updateDate: '' }, { ...before, name: 'Cleaning', updateDate: '' });
  });

  it('that gives more access asks first, and sends nothing after a no', async () => {
    const desk = await Desk.open();
    desk.answer = false;
    const id = await desk.idOf(frontDoor, 'Plumber');
    const result = await desk.during(desk.writer.change(ref(frontDoor), id, { enabled: true }));
    assert.ok(!result.sent && result.kind === 'declined');
    assert.deepEqual(desk.questions[0]?.gains, ['enabled']);
    assert.deepEqual(desk.writes, []);
  });

  it('that takes access away does not ask', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    const result = await desk.during(desk.writer.change(ref(frontDoor), id, { enabled: false }));
    assert.ok(result.sent && (await desk.during(result.followed)).length === 0);
    assert.equal(desk.onLock(frontDoor, 'Family')?.enabled, false);
    assert.equal(desk.questions.length, 0);
  });

  it('that changes nothing sends nothing', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    const result = await desk.during(desk.writer.change(ref(frontDoor), id, { enabled: true }));
    assert.ok(!result.sent && result.kind === 'nothing');
    assert.deepEqual(desk.writes, []);
  });

  it('is refused when somebody else has changed it since it was seen', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    const client = await desk.store.client(accountId);
    const seen = await desk.during(client.authorization(frontDoor, id));
    const fields = { ...seen.fields, allowedWeekDays: 3 };
    await desk.during(client.replaceAuthorization(frontDoor, id, fields).then(() => desk.pass(30)));
    const sent = desk.writes.length;
    const result = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'Mine' }, seen));
    assert.ok(!result.sent && result.kind === 'changed');
    assert.equal(result.now.authorization.allowedWeekDays, 3);
    assert.equal(desk.writes.length, sent);
  });

  it('is refused while an earlier one is not seen on the lock', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    const one = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'One' }));
    assert.ok(one.sent);
    const two = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'Two' }));
    assert.ok(!two.sent && two.kind === 'busy');
    assert.deepEqual(await desk.during(one.followed), []);
  });

  it('is refused while the lock still takes one of somebody else', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    const client = await desk.store.client(accountId);
    const { fields } = await desk.during(client.authorization(frontDoor, id));
    await desk.during(client.replaceAuthorization(frontDoor, id, { ...fields, name: 'Theirs' }));
    const sent = desk.writes.length;
    const result = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'Ours' }));
    assert.ok(!result.sent && result.kind === 'busy');
    assert.equal(desk.writes.length, sent);
  });

  it('is refused while another one is being asked about, and lets the next one through', async () => {
    const desk = await Desk.open();
    desk.answer = false;
    const id = await desk.idOf(frontDoor, 'Plumber');
    const both = [
      desk.writer.change(ref(frontDoor), id, { enabled: true }),
      desk.writer.change(ref(frontDoor), id, { name: 'B' }),
    ];
    const [first, second] = await desk.during(Promise.all(both));
    assert.ok(first && !first.sent && first.kind === 'declined');
    assert.ok(second && !second.sent && second.kind === 'busy');
    const third = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'C' }));
    assert.equal(third.sent, true);
  });

  it('of a device that the account does not have sends nothing', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    await assert.rejects(
      desk.during(desk.writer.change(ref(99), id, { enabled: false })),
      (error) => error instanceof NukiError && error.reason === 'notFound',
    );
    assert.deepEqual(desk.writes, []);
  });

  it('fails with what Nuki says where authorizations are refused', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    desk.play.home.fault({ path: /auth/, answer: { status: 401 } });
    await assert.rejects(
      desk.during(desk.writer.change(ref(frontDoor), id, { enabled: false })),
      (error) => error instanceof NukiError && error.reason === 'unauthorized',
    );
  });

  it('is refused while an earlier one is lost on its way, until nobody waits for that; others are not', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    const other = await desk.idOf(frontDoor, 'Housekeeping Cleanin');
    desk.play.home.fault({ method: 'POST', never: true, times: 1 });
    const lost = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'Lost' }));
    assert.ok(lost.sent);
    assert.equal(desk.work(frontDoor)[0]?.givenUp, false);
    const early = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'Early' }));
    assert.ok(!early.sent && early.kind === 'busy');
    assert.equal((await desk.during(desk.writer.change(ref(frontDoor), other, { name: 'Theirs' }))).sent, true);
    assert.equal((await desk.during(lost.followed)).length, 1);
    const late = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'Late' }));
    assert.ok(late.sent);
    assert.equal(desk.work(frontDoor).length, 1);
    assert.deepEqual(await desk.during(late.followed), []);
  });

  it('is not refused because of one of another authorization, which is being asked about', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Plumber');
    const other = await desk.idOf(frontDoor, 'Family');
    const both = [
      desk.writer.change(ref(frontDoor), id, { enabled: true }),
      desk.writer.change(ref(frontDoor), other, { name: 'B' }),
    ];
    const results = await desk.during(Promise.all(both));
    assert.deepEqual(
      results.map(({ sent }) => sent),
      [true, true],
    );
  });

  it('is refused while it is being deleted', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    desk.play.home.fault({ method: 'DELETE', never: true });
    await desk.during(desk.writer.remove(accountId, [{ smartlockId: frontDoor, id }]));
    assert.equal(desk.work(frontDoor)[0]?.givenUp, false);
    const result = await desk.during(desk.writer.change(ref(frontDoor), id, { name: 'Late' }));
    assert.ok(!result.sent && result.kind === 'busy');
  });

  it('that is lost on its way is said not to be there', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    desk.play.home.fault({ method: 'POST', never: true });
    const result = await desk.during(desk.writer.change(ref(frontDoor), id, { enabled: false }));
    const [{ pendingChange: left } = { pendingChange: undefined }] = result.sent
      ? await desk.during(result.followed)
      : [];
    assert.ok(left?.kind === 'change' && left.givenUp);
  });
});

describe('deleting authorizations', () => {
  it('of one is done when no list has it any more', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(garage, 'Ben Berger');
    const { followed } = await desk.during(desk.writer.remove(accountId, [{ smartlockId: garage, id }]));
    assert.equal(desk.work(garage)[0]?.kind, 'delete');
    assert.deepEqual(await desk.during(followed), []);
    assert.equal(desk.onLock(garage, 'Ben Berger'), undefined);
    assert.deepEqual(desk.writes, [`DELETE /smartlock/${garage}/auth/${id}`]);
  });

  it('of several is one request', async () => {
    const desk = await Desk.open();
    const addresses = [
      { smartlockId: garage, id: await desk.idOf(garage, 'Ben Berger') },
      { smartlockId: guestHouse, id: await desk.idOf(guestHouse, 'Guest Hanna') },
    ] as const;
    const { followed } = await desk.during(desk.writer.remove(accountId, addresses));
    assert.deepEqual(await desk.during(followed), []);
    assert.deepEqual(desk.writes, ['DELETE /smartlock/auth']);
  });

  it('on a device that a list has left out before is not said to be done', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(frontDoor, 'Family');
    desk.play.home.fault({ method: 'GET', path: /^\/smartlock$/, answer: { status: 200, body: [] } });
    await desk.during(desk.store.refresh(accountId));
    desk.play.home.fault({ method: 'DELETE', path: /auth/, never: true });
    const { followed } = await desk.during(desk.writer.remove(accountId, [{ smartlockId: frontDoor, id }]));
    await desk.during(desk.store.refresh(accountId));
    assert.equal((await desk.during(followed)).length, 1);
  });

  it('is looked for as often as ever, and seen done, after the clock was set back', async () => {
    const desk = await Desk.open();
    const setBack = { by: 0 };
    const timers = desk.play.clock;
    const clock: Clock = { now: () => timers.now() - setBack.by, wait: (ms, signal) => timers.wait(ms, signal) };
    const store = new Store(clock);
    store.setSources([sourceOf(await desk.store.client(accountId))]);
    await desk.during(store.refresh(accountId));
    const writer = new AuthorizationWriter(store, clock, () => Promise.resolve(true));
    const id = await desk.idOf(garage, 'Ben Berger');
    const { followed } = await desk.during(writer.remove(accountId, [{ smartlockId: garage, id }]));
    setBack.by = 3_600_000;
    await desk.pass(30);
    assert.deepEqual(store.pendingChanges(ref(garage)), []);
    assert.deepEqual(await desk.during(followed), []);
  });

  it('of one that stays listed is never said to be done', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(cellar, 'Cellar Fob');
    desk.play.home.fault({ method: 'DELETE', unpublished: true });
    const { followed } = await desk.during(desk.writer.remove(accountId, [{ smartlockId: cellar, id }]));
    const [left] = await desk.during(followed);
    assert.equal(left?.smartlockId, cellar);
    assert.ok(
      left.pendingChange.kind === 'delete' && left.pendingChange.givenUp && left.pendingChange.checkedAt !== undefined,
    );
  });

  it('a closed window looks no more', async () => {
    const desk = await Desk.open();
    const id = await desk.idOf(garage, 'Ben Berger');
    await desk.during(desk.writer.remove(accountId, [{ smartlockId: garage, id }]));
    desk.writer.dispose();
    const asked = desk.requests.length;
    await desk.pass(60);
    assert.equal(desk.requests.length, asked);
    assert.equal(desk.play.clock.waiting, 0);
  });
});
