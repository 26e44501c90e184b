import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';
import type { NewAuthorization } from '../../../../src/nuki/authorization/authorizationWrites.ts';
import { limitFields } from '../../../../src/nuki/authorization/completeLimits.ts';
import type { Clock } from '../../../../src/base/clock.ts';
import { AuthorizationWriter } from '../../../../src/model/authorizations/authorizationWriter.ts';
import { Store } from '../../../../src/model/store.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { demoHomeOptions } from '../../../../src/simulator/demo/demo.ts';
import { cellar, frontDoor, garage, guestHouse, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { TestSimulator } from '../../simulator/testSimulator.ts';
import { TestAccount } from '../testAccount.ts';
import { accountId, sourceOf } from '../fakes.ts';

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

/** The demo home, where the authorizations of the front door lack some limits, as other clients leave them. */
function withoutLimits(...fields: readonly (typeof limitFields)[number][]): TestSimulator {
  const devices = demoHomeOptions(new FakeClock(), 1).devices.map((device) => {
    const authorizations = device.authorizations?.map((entry) => {
      const cut = { ...entry };
      for (const field of fields) delete cut[field];
      return cut;
    });
    return device.listed.smartlockId === frontDoor ? { ...device, ...(authorizations && { authorizations }) } : device;
  });
  return new TestSimulator({ devices });
}

describe('creating an authorization', () => {
  it('sends the limits in the same request, once, and follows it until the lock has it', async () => {
    const account = await TestAccount.open();
    const result = await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    assert.ok(result.sent);
    assert.equal(account.pendingChanges(frontDoor).length, 1);
    assert.deepEqual(await account.advanceUntil(result.followed), []);
    assert.deepEqual(account.writes, [`PUT /smartlock/${frontDoor}/auth`]);
    const { allowedWeekDays, allowedFromTime, code } = account.onLock(frontDoor, 'Guest Weber') ?? {};
    assert.deepEqual(
      { allowedWeekDays, allowedFromTime, code },
      { allowedWeekDays: 124, allowedFromTime: 540, code: 345678 },
    );
  });

  it('sends all limits where there is one, from now on where no start was chosen, and finds it on the lock', async () => {
    const account = await TestAccount.open();
    const allowedUntilDate = '2027-06-30T16:00:00.000Z';
    const requested = { type: 13, name: 'Guest Weber', remoteAllowed: false, code: 345678, allowedUntilDate };
    const result = await account.advanceUntil(account.writer.create(accountId, [frontDoor], requested));
    assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 0);
    const stored = account.onLock(frontDoor, 'Guest Weber');
    assert.deepEqual(
      limitFields.map((field) => stored?.[field]),
      ['2026-11-23T12:00:01.000Z', allowedUntilDate, 127, 0, 0],
    );
  });

  it('asks for several devices in one request, and reads all of them in one list', async () => {
    const account = await TestAccount.open();
    account.requests.length = 0;
    const result = await account.advanceUntil(
      account.writer.create(accountId, [frontDoor, terrace, guestHouse], weber),
    );
    assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 0);
    assert.deepEqual(account.writes, ['PUT /smartlock/auth']);
    for (const id of [frontDoor, terrace, guestHouse]) assert.ok(account.onLock(id, 'Guest Weber'), String(id));
    assert.equal(account.requests[0], 'GET /smartlock/auth/paged');
  });

  it('refuses a code that one of the devices has, though it has expired there, and sends nothing', async () => {
    const account = await TestAccount.open();
    const requested = { ...weber, code: 951357 };
    const result = await account.advanceUntil(account.writer.create(accountId, [terrace, frontDoor], requested));
    assert.deepEqual(result, { sent: false, kind: 'codeTaken', smartlockId: frontDoor });
    assert.deepEqual(account.writes, []);
  });

  it('refuses a code that is still on its way to the lock', async () => {
    const account = await TestAccount.open();
    await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    const again = await account.advanceUntil(
      account.writer.create(accountId, [frontDoor], { ...weber, name: 'Other' }),
    );
    assert.ok(!again.sent && again.kind === 'codeTaken');
    assert.equal(account.writes.length, 1);
  });

  it('refuses a second app authorization of one person on a lock', async () => {
    const account = await TestAccount.open();
    const requested: NewAuthorization = { type: 0, name: 'Anna', remoteAllowed: true, accountUserId: 1_000_101 };
    const result = await account.advanceUntil(account.writer.create(accountId, [frontDoor], requested));
    assert.ok(!result.sent && result.kind === 'personHasOne');
  });

  it('that never arrives is said not to be there, when it was looked for last, and is not sent again', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', never: true });
    const result = await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    const [{ pendingChange: left } = { pendingChange: undefined }] = result.sent
      ? await account.advanceUntil(result.followed)
      : [];
    assert.equal(left?.givenUp, true);
    assert.ok((left.checkedAt ?? 0) > left.since + 200_000);
    assert.equal(account.writes.length, 1);
  });

  it('on a device that the account does not have sends nothing', async () => {
    const account = await TestAccount.open();
    for (const devices of [[99], [frontDoor, terrace, guestHouse, 99]]) {
      await assert.rejects(
        account.advanceUntil(account.writer.create(accountId, devices, weber)),
        (error) => error instanceof NukiError && error.reason === 'notFound',
      );
    }
    assert.deepEqual(account.writes, []);
  });

  it('fails with what Nuki says where authorizations are refused', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ path: /auth/, answer: { status: 401 } });
    await assert.rejects(
      account.advanceUntil(account.writer.create(accountId, [frontDoor], weber)),
      (error) => error instanceof NukiError && error.reason === 'unauthorized',
    );
    assert.deepEqual(account.writes, []);
  });

  it('is not seen done because one list leaves its device out, nor because the account is gone', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', path: /auth/, unpublished: true });
    const result = await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    assert.ok(result.sent);
    account.simulator.home.fault({ method: 'GET', path: /^\/smartlock$/, answer: { status: 200, body: [] } });
    await account.advanceUntil(account.store.refresh(accountId));
    assert.equal(account.store.device(ref(frontDoor)), undefined);
    await account.advanceUntil(account.store.refresh(accountId));
    assert.equal(account.pendingChanges(frontDoor).length, 1);
    account.store.setSources([]);
    assert.equal((await account.advanceUntil(result.followed)).length, 1);
  });

  it('whose answer is lost is followed like one that was taken', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', loseAnswer: true });
    const result = await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 0);
    assert.equal(account.writes.length, 1);
  });

  it('is pending until it is there or is given up', async () => {
    const account = await TestAccount.open();
    await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    const [work] = account.pendingChanges(frontDoor);
    assert.ok(work?.kind === 'create');
    assert.deepEqual([work.givenUp, work.listedAs, work.requested.name], [false, [], 'Guest Weber']);
    assert.ok(!('code' in work.requested));
  });

  it('is followed apart from another one, which is refused or never arrives', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', never: true, times: 1 });
    const first = await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    account.simulator.home.fault({ method: 'PUT', answer: { status: 400 }, times: 1 });
    const other = { ...weber, name: 'Other', code: 345679 };
    await assert.rejects(account.advanceUntil(account.writer.create(accountId, [frontDoor], other)));
    assert.equal(account.pendingChanges(frontDoor).length, 1);
    const third = await account.advanceUntil(account.writer.create(accountId, [frontDoor], other));
    assert.ok(first.sent && third.sent && first.key !== third.key);
    assert.deepEqual(await account.advanceUntil(third.followed), []);
    assert.equal((await account.advanceUntil(first.followed)).length, 1);
  });

  it('is not taken for one that was there before', async () => {
    const account = await TestAccount.open();
    const requested: NewAuthorization = { type: 2, name: 'Anna', remoteAllowed: false, accountUserId: 1_000_101 };
    const first = await account.advanceUntil(account.writer.create(accountId, [frontDoor], requested));
    assert.ok(first.sent && (await account.advanceUntil(first.followed)).length === 0);
    account.simulator.home.fault({ method: 'PUT', never: true });
    const second = await account.advanceUntil(account.writer.create(accountId, [frontDoor], requested));
    assert.ok(second.sent && (await account.advanceUntil(second.followed)).length === 1);
  });

  it('is looked for when the user asks', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', never: true });
    const result = await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    assert.ok(result.sent);
    await account.advanceUntil(result.followed);
    const checked = account.pendingChanges(frontDoor)[0]?.checkedAt ?? 0;
    await account.advanceUntil(account.writer.look(accountId, [frontDoor]));
    assert.ok((account.pendingChanges(frontDoor)[0]?.checkedAt ?? 0) > checked);
  });

  it('that Nuki refuses leaves nothing to wait for', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', answer: { status: 409 } });
    await assert.rejects(
      account.advanceUntil(account.writer.create(accountId, [frontDoor], weber)),
      (error) => error instanceof NukiError && error.reason === 'conflict',
    );
    assert.deepEqual(account.pendingChanges(frontDoor), []);
  });
});

describe('changing an authorization', () => {
  it('to another name keeps every limit that it had, and adds the start that was missing', async () => {
    const account = await TestAccount.open(withoutLimits('allowedFromDate'));
    const before = account.onLock(frontDoor, 'Housekeeping Cleanin');
    assert.deepEqual([before?.allowedFromDate, before?.allowedWeekDays], [undefined, 36]);
    const id = await account.idOf(frontDoor, 'Housekeeping Cleanin');
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Cleaning' }));
    assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 0);
    const after = account.onLock(frontDoor, 'Cleaning');
    assert.deepEqual(
      { ...after, updateDate: '' },
      { ...before, name: 'Cleaning', updateDate: '', allowedFromDate: before?.creationDate },
    );
  });

  it('that gives more access asks first, and sends nothing after a no', async () => {
    const account = await TestAccount.open();
    account.answer = false;
    const id = await account.idOf(frontDoor, 'Plumber');
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { enabled: true }));
    assert.ok(!result.sent && result.kind === 'declined');
    assert.deepEqual(account.questions[0]?.gains, ['enabled']);
    assert.deepEqual(account.writes, []);
  });

  it('that was half limited completes its limits with what changes nothing, and asks for nothing more than that', async () => {
    const account = await TestAccount.open(withoutLimits('allowedWeekDays', 'allowedFromTime', 'allowedUntilTime'));
    const id = await account.idOf(frontDoor, 'Guest Emil');
    const before = account.onLock(frontDoor, 'Guest Emil');
    assert.deepEqual([before?.allowedWeekDays, typeof before?.allowedUntilDate], [undefined, 'string']);
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { enabled: false }));
    assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 0);
    const { allowedFromDate, allowedUntilDate } = before ?? {};
    const idle = { allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 };
    const after = account.onLock(frontDoor, 'Guest Emil');
    assert.deepEqual(
      limitFields.map((field) => after?.[field]),
      Object.values({ allowedFromDate, allowedUntilDate, ...idle }),
    );
    assert.deepEqual(account.questions, []);
  });

  it('of a code whose name is longer than a keypad holds sends what it holds, and finds it', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    account.simulator.home.fault({
      method: 'GET',
      path: new RegExp(`/auth/${id}$`),
      times: Infinity,
      change: async (answer) =>
        new Response((await answer.text()).replace('Family', 'PIN for guest99@example.com'), answer),
    });
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { enabled: false }));
    assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 0);
    assert.equal(account.onLock(frontDoor, 'PIN for guest99@exam')?.enabled, false);
  });

  it('that takes access away does not ask', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { enabled: false }));
    assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 0);
    assert.equal(account.onLock(frontDoor, 'Family')?.enabled, false);
    assert.equal(account.questions.length, 0);
  });

  it('that changes nothing sends nothing', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { enabled: true }));
    assert.ok(!result.sent && result.kind === 'nothing');
    assert.deepEqual(account.writes, []);
  });

  it('is refused when another client has changed it since it was seen', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    const client = await account.store.client(accountId);
    const seen = await account.advanceUntil(client.authorization(frontDoor, id));
    const fields = { ...seen.fields, allowedWeekDays: 3 };
    await account.advanceUntil(client.replaceAuthorization(frontDoor, id, fields).then(() => account.advance(30)));
    const sent = account.writes.length;
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Mine' }, seen));
    assert.ok(!result.sent && result.kind === 'changed');
    assert.equal(result.now.authorization.allowedWeekDays, 3);
    assert.equal(account.writes.length, sent);
  });

  for (const [what, times, isSent] of [
    ['asks again where an older copy answers, so that it takes nothing back', 2, true],
    ['sends nothing where none but older copies answer', 99, false],
  ] as const) {
    it(what, async () => {
      const account = await TestAccount.open();
      await account.advanceUntil(account.store.readAuthorizations(ref(frontDoor)));
      const id = await account.idOf(frontDoor, 'Family');
      account.simulator.home.fault({
        method: 'GET',
        path: new RegExp(`/auth/${id}$`),
        times,
        change: async (answer) => {
          const older = { updateDate: '2020-01-01T00:00:00.000Z', allowedWeekDays: 3 };
          return Response.json(Object.assign({}, await answer.json(), older));
        },
      });
      const before = account.onLock(frontDoor, 'Family');
      const changing = account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Relatives' }));
      if (!isSent) {
        await assert.rejects(changing, (error) => error instanceof NukiError && error.reason === 'outdated');
        return assert.deepEqual(account.writes, []);
      }
      const result = await changing;
      assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 0);
      const after = account.onLock(frontDoor, 'Relatives');
      assert.deepEqual(
        [after?.allowedWeekDays, after?.remoteAllowed],
        [before?.allowedWeekDays, before?.remoteAllowed],
      );
    });
  }

  it('is refused while an earlier one is not seen on the lock', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    const one = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'One' }));
    assert.ok(one.sent);
    const two = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Two' }));
    assert.ok(!two.sent && two.kind === 'busy');
    assert.deepEqual(await account.advanceUntil(one.followed), []);
  });

  it('is refused while the lock still takes one of another client', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    const client = await account.store.client(accountId);
    const { fields } = await account.advanceUntil(client.authorization(frontDoor, id));
    await account.advanceUntil(client.replaceAuthorization(frontDoor, id, { ...fields, name: 'Theirs' }));
    const sent = account.writes.length;
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Ours' }));
    assert.ok(!result.sent && result.kind === 'busy');
    assert.equal(account.writes.length, sent);
  });

  it('is refused while another one is being asked about, and lets the next one through', async () => {
    const account = await TestAccount.open();
    account.answer = false;
    const id = await account.idOf(frontDoor, 'Plumber');
    const both = [
      account.writer.change(ref(frontDoor), id, { enabled: true }),
      account.writer.change(ref(frontDoor), id, { name: 'B' }),
    ];
    const [first, second] = await account.advanceUntil(Promise.all(both));
    assert.ok(first && !first.sent && first.kind === 'declined');
    assert.ok(second && !second.sent && second.kind === 'busy');
    const third = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'C' }));
    assert.equal(third.sent, true);
  });

  it('of a device that the account does not have sends nothing', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    await assert.rejects(
      account.advanceUntil(account.writer.change(ref(99), id, { enabled: false })),
      (error) => error instanceof NukiError && error.reason === 'notFound',
    );
    assert.deepEqual(account.writes, []);
  });

  it('fails with what Nuki says where authorizations are refused', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    account.simulator.home.fault({ path: /auth/, answer: { status: 401 } });
    await assert.rejects(
      account.advanceUntil(account.writer.change(ref(frontDoor), id, { enabled: false })),
      (error) => error instanceof NukiError && error.reason === 'unauthorized',
    );
  });

  it('is refused while an earlier one is lost on its way, until that is given up; others are not', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    const other = await account.idOf(frontDoor, 'Housekeeping Cleanin');
    account.simulator.home.fault({ method: 'POST', never: true, times: 1 });
    const lost = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Lost' }));
    assert.ok(lost.sent);
    assert.equal(account.pendingChanges(frontDoor)[0]?.givenUp, false);
    const early = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Early' }));
    assert.ok(!early.sent && early.kind === 'busy');
    assert.equal(
      (await account.advanceUntil(account.writer.change(ref(frontDoor), other, { name: 'Theirs' }))).sent,
      true,
    );
    assert.equal((await account.advanceUntil(lost.followed)).length, 1);
    const late = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Late' }));
    assert.ok(late.sent);
    assert.equal(account.pendingChanges(frontDoor).length, 1);
    assert.deepEqual(await account.advanceUntil(late.followed), []);
  });

  it('is not refused because of one of another authorization, which is being asked about', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Plumber');
    const other = await account.idOf(frontDoor, 'Family');
    const both = [
      account.writer.change(ref(frontDoor), id, { enabled: true }),
      account.writer.change(ref(frontDoor), other, { name: 'B' }),
    ];
    const results = await account.advanceUntil(Promise.all(both));
    assert.deepEqual(
      results.map(({ sent }) => sent),
      [true, true],
    );
  });

  it('is refused while it is being deleted', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    account.simulator.home.fault({ method: 'DELETE', never: true });
    await account.advanceUntil(account.writer.remove(accountId, [{ smartlockId: frontDoor, id, name: 'Family' }]));
    assert.equal(account.pendingChanges(frontDoor)[0]?.givenUp, false);
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Late' }));
    assert.ok(!result.sent && result.kind === 'busy');
  });

  it('that is lost on its way is said not to be there', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    account.simulator.home.fault({ method: 'POST', never: true });
    const result = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { enabled: false }));
    const [{ pendingChange: left } = { pendingChange: undefined }] = result.sent
      ? await account.advanceUntil(result.followed)
      : [];
    assert.ok(left?.kind === 'change' && left.givenUp);
  });
});

describe('deleting authorizations', () => {
  it('of one that was just created is not done by a list from before that', async () => {
    const account = await TestAccount.open();
    const { home } = account.simulator;
    const created = await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    assert.ok(created.sent);
    assert.deepEqual(await account.advanceUntil(created.followed), []);
    const id = await account.idOf(frontDoor, 'Guest Weber');
    home.fault({ method: 'DELETE', never: true });
    home.fault({ method: 'GET', path: /auth/, lag: 120_000, times: 2 });
    const address = { smartlockId: frontDoor, id, name: 'Guest Weber' };
    const { followed } = await account.advanceUntil(account.writer.remove(accountId, [address]));
    const unconfirmed = await account.advanceUntil(followed);
    assert.deepEqual([unconfirmed.length, account.onLock(frontDoor, 'Guest Weber')?.id], [1, id]);
  });

  it('of one that was just created is done after about a minute', async () => {
    const account = await TestAccount.open();
    const created = await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    assert.ok(created.sent);
    await account.advanceUntil(created.followed);
    const id = await account.idOf(frontDoor, 'Guest Weber');
    const address = { smartlockId: frontDoor, id, name: 'Guest Weber' };
    const { followed } = await account.advanceUntil(account.writer.remove(accountId, [address]));
    const from = account.simulator.clock.now();
    assert.deepEqual(await account.advanceUntil(followed), []);
    const seconds = (account.simulator.clock.now() - from) / 1_000;
    assert.ok(seconds > 60 && seconds < 130, `${seconds} s`);
  });

  it('of one is done when no list has it any more', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(garage, 'Ben Berger');
    const { followed } = await account.advanceUntil(
      account.writer.remove(accountId, [{ smartlockId: garage, id, name: 'Ben Berger' }]),
    );
    assert.equal(account.pendingChanges(garage)[0]?.kind, 'delete');
    assert.deepEqual(await account.advanceUntil(followed), []);
    assert.equal(account.onLock(garage, 'Ben Berger'), undefined);
    assert.deepEqual(account.writes, [`DELETE /smartlock/${garage}/auth/${id}`]);
  });

  it('of several is one request', async () => {
    const account = await TestAccount.open();
    const addresses = [
      { smartlockId: garage, id: await account.idOf(garage, 'Ben Berger'), name: 'Ben Berger' },
      { smartlockId: guestHouse, id: await account.idOf(guestHouse, 'Guest Hanna'), name: 'Guest Hanna' },
    ] as const;
    const { followed } = await account.advanceUntil(account.writer.remove(accountId, addresses));
    assert.deepEqual(await account.advanceUntil(followed), []);
    assert.deepEqual(account.writes, ['DELETE /smartlock/auth']);
  });

  it('on a device that a list has left out before is not said to be done', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    account.simulator.home.fault({ method: 'GET', path: /^\/smartlock$/, answer: { status: 200, body: [] } });
    await account.advanceUntil(account.store.refresh(accountId));
    account.simulator.home.fault({ method: 'DELETE', path: /auth/, never: true });
    const { followed } = await account.advanceUntil(
      account.writer.remove(accountId, [{ smartlockId: frontDoor, id, name: 'Family' }]),
    );
    await account.advanceUntil(account.store.refresh(accountId));
    assert.equal((await account.advanceUntil(followed)).length, 1);
  });

  it('is looked for as often as ever, and seen done, after the clock was set back', async () => {
    const account = await TestAccount.open();
    const setBack = { by: 0 };
    const timers = account.simulator.clock;
    const clock: Clock = { now: () => timers.now() - setBack.by, wait: (ms, signal) => timers.wait(ms, signal) };
    const store = new Store(clock);
    store.setSources([sourceOf(await account.store.client(accountId))]);
    await account.advanceUntil(store.refresh(accountId));
    const writer = new AuthorizationWriter(store, clock, () => Promise.resolve(true));
    const id = await account.idOf(garage, 'Ben Berger');
    const { followed } = await account.advanceUntil(
      writer.remove(accountId, [{ smartlockId: garage, id, name: 'Ben Berger' }]),
    );
    setBack.by = 3_600_000;
    await account.advance(30);
    assert.deepEqual(store.pendingChanges(ref(garage)), []);
    assert.deepEqual(await account.advanceUntil(followed), []);
  });

  it('of one that stays listed is never said to be done', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(cellar, 'Cellar Fob');
    account.simulator.home.fault({ method: 'DELETE', unpublished: true });
    const { followed } = await account.advanceUntil(
      account.writer.remove(accountId, [{ smartlockId: cellar, id, name: 'Cellar Fob' }]),
    );
    const [left] = await account.advanceUntil(followed);
    assert.equal(left?.smartlockId, cellar);
    assert.ok(
      left.pendingChange.kind === 'delete' && left.pendingChange.givenUp && left.pendingChange.checkedAt !== undefined,
    );
  });

  it('a closed window looks no more', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(garage, 'Ben Berger');
    await account.advanceUntil(account.writer.remove(accountId, [{ smartlockId: garage, id, name: 'Ben Berger' }]));
    account.writer.dispose();
    const asked = account.requests.length;
    await account.advance(60);
    assert.equal(account.requests.length, asked);
    assert.equal(account.simulator.clock.waiting, 0);
  });
});

describe('the code of a creation', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = v.parse(v.function(), runInNewContext('gc'));

  it('is held by nothing once it is followed no longer, though it never arrives', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', never: true });
    const asked = ((): { once: NewAuthorization | undefined; readonly reference: WeakRef<NewAuthorization> } => {
      const requested = { ...weber };
      return { once: requested, reference: new WeakRef(requested) };
    })();
    assert.ok(asked.once);
    const result = await account.advanceUntil(account.writer.create(accountId, [frontDoor], asked.once));
    asked.once = undefined;
    assert.ok(result.sent && (await account.advanceUntil(result.followed)).length === 1);
    collectGarbage();
    assert.equal(asked.reference.deref(), undefined);
    for (const change of account.pendingChanges(frontDoor)) assert.equal(Reflect.get(change, 'hasCode'), undefined);
  });
});

describe('two windows', () => {
  /** Two windows on one account. */
  async function twoWindows() {
    const mine = await TestAccount.open();
    const theirs = await TestAccount.open(mine.simulator);
    const id = await mine.idOf(frontDoor, 'Family');
    return { mine, theirs, id, family: ref(frontDoor) };
  }

  it('do not undo each other: what was changed in the one since the other has read it is not sent over', async () => {
    const { mine, theirs, id, family } = await twoWindows();
    const client = await mine.store.client(accountId);
    const seen = await mine.advanceUntil(client.authorization(frontDoor, id));
    const first = await theirs.advanceUntil(theirs.writer.change(family, id, { name: 'Theirs' }));
    assert.ok(first.sent && (await theirs.advanceUntil(first.followed)).length === 0);
    const second = await mine.advanceUntil(mine.writer.change(family, id, { enabled: false }, seen));
    assert.ok(!second.sent && second.kind === 'changed');
    assert.deepEqual([theirs.writes.length, mine.writes.length], [1, 0]);
    const names = mine.store.device(family)?.authorizations?.items.map(({ name }) => name);
    assert.ok(names?.includes('Theirs'), 'the sidebar shows what is there now');
  });

  it('that change one authorization at once: one is taken whole, the other refused or not sent', async () => {
    const { mine, theirs, id, family } = await twoWindows();
    const results = await mine.advanceUntil(
      Promise.allSettled([
        mine.writer.change(family, id, { name: 'Mine' }),
        theirs.writer.change(family, id, { enabled: false }),
      ]),
    );
    await mine.advance(30);
    const sent = results.filter((result) => result.status === 'fulfilled' && result.value.sent);
    assert.equal(sent.length, 1);
    const entry = mine.simulator.home.authorizationsOnLock(frontDoor).find((each) => each.id === id);
    const isMine = results[0]?.status === 'fulfilled' && results[0].value.sent;
    assert.deepEqual([entry?.name, entry?.enabled], isMine ? ['Mine', true] : ['Family', false]);
  });

  it('that delete the same authorization at once: it is gone, and neither says more', async () => {
    const { mine, theirs, id } = await twoWindows();
    const addresses = [{ smartlockId: frontDoor, id, name: 'Family' }] as const;
    const results = await mine.advanceUntil(
      Promise.allSettled([mine, theirs].map(({ writer }) => writer.remove(accountId, addresses))),
    );
    await mine.advance(300);
    assert.ok(results.some(({ status }) => status === 'fulfilled'));
    assert.equal(mine.onLock(frontDoor, 'Family'), undefined);
    for (const { store } of [mine, theirs]) assert.deepEqual(store.pendingChanges(ref(frontDoor)), []);
  });
});
