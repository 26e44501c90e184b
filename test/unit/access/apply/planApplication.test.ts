import assert from 'node:assert/strict';
import type { Step } from '../../../../src/access/plan/accessPlan.ts';
import type { Written } from '../../../../src/access/record/accessRecord.ts';
import { readRecord } from '../../../../src/access/record/readRecord.ts';
import { recordText } from '../../../../src/access/record/recordText.ts';
import { frontDoor, garage, guestHouse, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { accountId } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { neverTelling } from '../../simulator/testSimulator.ts';
import { entry, written } from '../entries.ts';
import { add, apply, change, MemoryRecord, ownedOf, remove } from './applying.ts';

const weber = entry('weber', { name: 'Guest Weber' });
const stay: Written = {
  ...written('Guest Weber'),
  allowedFromDate: '2027-06-16T13:00:00.000Z',
  allowedUntilDate: '2027-06-30T08:00:00.000Z',
};

/** With these the same entry gets another code. */
const otherDraws = [6, 2, 7, 1, 5, 3];

/** The names of what this file may have added, with each that is there twice. */
function namesOnLock({ simulator }: TestAccount): readonly string[] {
  const names = simulator.home.authorizationsOnLock(frontDoor).map(({ name }) => name);
  return names.filter((name) => [weber.name, 'Mira'].includes(name));
}

describe('applying a plan', () => {
  it('adds an entry at several doors in one request, with one code, and writes down the ids', async () => {
    const account = await TestAccount.open();
    const { kinds, record } = await apply(account, [add(frontDoor, weber, stay), add(terrace, weber, stay)]);
    assert.deepEqual(kinds, ['done', 'done']);
    assert.deepEqual(account.writes, ['PUT /smartlock/auth']);
    const [front, back] = [frontDoor, terrace].map((door) => account.onLock(door, 'Guest Weber'));
    assert.equal(front?.code, back?.code);
    assert.equal(front?.allowedUntilDate, stay.allowedUntilDate);
    assert.deepEqual(
      record.owned.map(({ smartlockId, id, asked }) => [smartlockId, id, asked]),
      [
        [terrace, back?.id, undefined],
        [frontDoor, front?.id, undefined],
      ].toSorted(([a], [b]) => Number(a) - Number(b)),
    );
  });

  it('writes down what it asks before it is sent, and no code anywhere', async () => {
    const account = await TestAccount.open();
    const writesAt: number[] = [];
    const record = new MemoryRecord();
    const write = record.write.bind(record);
    record.write = (text) => {
      writesAt.push(account.writes.length);
      return write(text);
    };
    const { application } = await apply(account, [add(frontDoor, weber, stay)], { record });
    const asked = record.texts.findIndex((text) => text.includes('"add"'));
    assert.equal(writesAt[asked], 0);
    const code = String(account.onLock(frontDoor, 'Guest Weber')?.code);
    assert.match(code, /^[1-9]{6}$/);
    assert.ok(!JSON.stringify([record.texts, application.outcomes]).includes(code));
  });

  it('writes down what it changes and removes before it is sent', async () => {
    const account = await TestAccount.open();
    const steps = [
      await change(account, frontDoor, 'Family', entry('family'), { name: 'Kin' }),
      await remove(account, frontDoor, 'Guest Fritz', 'fritz'),
    ];
    const asked: string[] = [];
    const record = new MemoryRecord(recordText({ owned: steps.map(({ owned }) => owned) }));
    const write = record.write.bind(record);
    record.write = (text) => {
      const kinds = readRecord(text)?.owned.map((each) => each.asked?.kind) ?? [];
      asked.push(`${account.writes.length} sent: ${kinds.join()}`);
      return write(text);
    };
    assert.deepEqual((await apply(account, steps, { record })).kinds, ['done', 'done']);
    assert.deepEqual(asked, ['0 sent: change,', '1 sent: ,', '1 sent: ,remove', '2 sent: ']);
  });

  it('writes down what tells later whether a lock has confirmed a change', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'POST', never: true, unconfirmed: true });
    const step = await change(account, frontDoor, 'Family', entry('family'), { name: 'Kin' });
    const { kinds, record } = await apply(account, [step]);
    assert.deepEqual(kinds, ['pending']);
    const [owned] = record.owned;
    assert.equal(owned?.asked?.kind === 'change' && owned.asked.updatedBefore, step.before.updateDate);
    assert.ok(step.before.updateDate);
  });

  it('gives an entry the digits that it has at another door', async () => {
    const account = await TestAccount.open();
    const owned = [await ownedOf(account, frontDoor, 'Guest Fritz', 'fritz')];
    const fritz = entry('fritz', { name: 'Guest Fritz' });
    const { outcomes } = await apply(account, [add(terrace, fritz)], { owned });
    assert.equal(account.onLock(terrace, 'Guest Fritz')?.code, 246_813);
    assert.deepEqual(
      outcomes.map(({ hasOwnCode }) => hasOwnCode),
      [false],
    );
  });

  it('gives it a code of its own where those digits are taken, and says so', async () => {
    const account = await TestAccount.open();
    const owned = [await ownedOf(account, frontDoor, 'Family', 'family')];
    const { kinds, outcomes } = await apply(account, [add(terrace, entry('family', { name: 'Kin' }))], { owned });
    assert.deepEqual(kinds, ['done']);
    assert.notEqual(account.onLock(terrace, 'Kin')?.code, 445_566);
    assert.deepEqual(
      outcomes.map(({ hasOwnCode }) => hasOwnCode),
      [true],
    );
  });

  it('changes nothing of an authorization but what is wanted, and asks no one again', async () => {
    const account = await TestAccount.open();
    account.answer = false;
    const before = account.onLock(frontDoor, 'Guest Fritz');
    const until = '2027-01-05T10:00:00.000Z';
    const changes = { allowedUntilDate: until };
    const step = await change(account, frontDoor, 'Guest Fritz', entry('fritz'), changes, ['until']);
    const { kinds, record } = await apply(account, [step]);
    assert.deepEqual(kinds, ['done']);
    assert.deepEqual(account.questions, []);
    const { allowedUntilDate, code, allowedFromDate } = account.onLock(frontDoor, 'Guest Fritz') ?? {};
    assert.deepEqual(
      { allowedUntilDate, code, allowedFromDate },
      { allowedUntilDate: until, code: before?.code, allowedFromDate: before?.allowedFromDate },
    );
    assert.equal(record.owned[0]?.written?.allowedUntilDate, until);
    assert.equal(record.owned[0]?.asked, undefined);
  });

  it('does not change what would be widened in another way than the plan has asked', async () => {
    const account = await TestAccount.open();
    const step = await change(account, frontDoor, 'Guest Fritz', entry('fritz'), { allowedUntilDate: null }, ['from']);
    const { kinds, record } = await apply(account, [step]);
    assert.deepEqual(kinds, ['failed: changed']);
    assert.deepEqual(account.writes, []);
    assert.deepEqual(record.owned, [step.owned]);
  });

  it('does not touch what was changed elsewhere since the plan', async () => {
    const account = await TestAccount.open();
    const steps = [
      await remove(account, frontDoor, 'Guest Fritz', 'fritz'),
      await change(account, frontDoor, 'Family', entry('family'), { name: 'Kin' }),
    ];
    for (const name of ['Guest Fritz', 'Family']) {
      const body = { name, remoteAllowed: false, allowedWeekDays: 64, enabled: true };
      await account.simulator.send('POST', await account.simulator.pathOf(frontDoor, name), body);
    }
    await account.advance(20);
    const { kinds, record } = await apply(account, steps);
    assert.deepEqual(kinds, ['failed: changed', 'failed: changed']);
    assert.deepEqual(account.writes, []);
    assert.equal(record.owned.length, 2);
  });

  it('forgets an id once the removal is proven', async () => {
    const account = await TestAccount.open();
    const { kinds, record } = await apply(account, [await remove(account, frontDoor, 'Guest Fritz', 'fritz')]);
    assert.deepEqual(kinds, ['done']);
    assert.deepEqual(record.owned, []);
    assert.equal(account.onLock(frontDoor, 'Guest Fritz'), undefined);
  });

  it('takes away only after the lock has confirmed what the entry is given', async () => {
    const account = await TestAccount.open();
    const app = entry('fritz', { by: 'app', email: 'ben.berger@example.com', name: 'Ben' });
    const steps = [add(terrace, app), await remove(account, terrace, 'Ben', 'fritz')];
    const { kinds } = await apply(account, steps);
    assert.deepEqual(kinds, ['done', 'done']);
    assert.deepEqual(
      account.writes.map((write) => write.split(' ')[0]),
      ['PUT', 'DELETE'],
    );
  });

  it('takes nothing away as long as it has not', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', never: true });
    const app = entry('fritz', { by: 'app', email: 'ben.berger@example.com', name: 'Ben' });
    const steps = [add(terrace, app), await remove(account, terrace, 'Ben', 'fritz')];
    const { kinds, record } = await apply(account, steps);
    assert.deepEqual(kinds, ['pending', 'notBegun: waits']);
    assert.deepEqual(
      account.writes.map((write) => write.split(' ')[0]),
      ['PUT'],
    );
    assert.deepEqual(new Set(record.owned.map(({ asked }) => asked?.kind)), new Set(['add', undefined]));
  });

  it('takes nothing away where the user has left out what comes before it', async () => {
    const account = await TestAccount.open();
    const added = add(frontDoor, entry('fritz', { by: 'app', email: 'ben.berger@example.com' }));
    const removed = await remove(account, frontDoor, 'Guest Fritz', 'fritz');
    const { kinds } = await apply(account, [added, removed], { chosen: [removed] });
    assert.deepEqual(kinds, ['notBegun: leftOut', 'notBegun: waits']);
    assert.deepEqual(account.writes, []);
  });

  it('claims nothing of a lock that never tells', async () => {
    const account = await TestAccount.open(neverTelling());
    const { kinds, record } = await apply(account, [add(frontDoor, weber, stay)]);
    assert.deepEqual(kinds, ['untold']);
    assert.equal(record.owned[0]?.id, account.onLock(frontDoor, 'Guest Weber')?.id);
  });

  it('creates an account user once for all doors', async () => {
    const account = await TestAccount.open();
    const jan = entry('jan', { by: 'app', email: 'jan@example.com', name: 'Jan' });
    const { kinds } = await apply(account, [add(frontDoor, jan), add(terrace, jan)]);
    assert.deepEqual(kinds, ['done', 'done']);
    assert.deepEqual(account.writes, ['PUT /account/user', 'PUT /smartlock/auth']);
    const user = account.simulator.home.users.find(({ email }) => email === 'jan@example.com');
    assert.equal(account.onLock(terrace, 'Jan')?.accountUserId, user?.accountUserId);
  });

  it('creates no account user where one who is not understood may be the one', async () => {
    const account = await TestAccount.open();
    const body = [{ accountUserId: '1', email: 'jan@example.com' }];
    account.simulator.home.fault({ method: 'GET', path: /user/, answer: { status: 200, body } });
    const { kinds } = await apply(account, [add(frontDoor, entry('jan', { by: 'app', email: 'jan@example.com' }))]);
    assert.deepEqual(account.writes, []);
    assert.deepEqual(kinds, ['failed: unexpectedAnswer']);
  });

  it('has Nuki read a lock before it asks again for what never came, and finds it there', async () => {
    const account = await TestAccount.open();
    const step = add(frontDoor, weber, stay);
    account.simulator.home.fault({ method: 'PUT', unpublished: true });
    const first = await apply(account, [step]);
    assert.deepEqual(first.kinds, ['pending']);
    const again = await apply(account, [step], { owned: first.record.owned });
    assert.deepEqual(again.kinds, ['failed: changed']);
    assert.deepEqual(account.writes, [`PUT /smartlock/${frontDoor}/auth`, `POST /smartlock/${frontDoor}/sync`]);
    assert.deepEqual(again.record.owned, first.record.owned);
  });

  it('asks again for what never came, and is not there', async () => {
    const account = await TestAccount.open();
    const step = add(frontDoor, weber, stay);
    account.simulator.home.fault({ method: 'PUT', vanishes: true });
    const first = await apply(account, [step]);
    const again = await apply(account, [step], { owned: first.record.owned });
    assert.deepEqual([first.kinds, again.kinds], [['pending'], ['done']]);
    assert.deepEqual(
      again.record.owned.map(({ id }) => id),
      [account.onLock(frontDoor, 'Guest Weber')?.id],
    );
  });

  for (const [status, reason] of [
    [401, 'permissionMissing'],
    [429, 'rateLimited'],
  ] as const)
    it(`asks for nothing again where Nuki answers ${status} instead of reading the lock, and does the others`, async () => {
      const account = await TestAccount.open();
      const step = add(frontDoor, weber, stay);
      account.simulator.home.fault({ method: 'PUT', unpublished: true });
      const first = await apply(account, [step]);
      const other = add(frontDoor, entry('mira', { name: 'Mira' }));
      const answer = { status, headers: { 'retry-after': '2' } };
      account.simulator.home.fault({ method: 'POST', path: /sync/, answer });
      const again = await apply(account, [step, other], { owned: first.record.owned, draws: otherDraws });
      assert.deepEqual(again.kinds, [`failed: ${reason}`, 'done']);
      assert.deepEqual(namesOnLock(account), ['Guest Weber', 'Mira']);
      assert.deepEqual(
        again.record.owned.filter((owned) => owned.entry === weber.key),
        first.record.owned,
      );
    });

  it('asks for nothing again at a lock that went offline since the plan', async () => {
    const account = await TestAccount.open();
    const step = add(frontDoor, weber, stay);
    account.simulator.home.fault({ method: 'PUT', unpublished: true });
    const first = await apply(account, [step]);
    account.simulator.home.setServerState(frontDoor, 4);
    const again = await apply(account, [step], { owned: first.record.owned, draws: otherDraws });
    account.simulator.home.setServerState(frontDoor, 0);
    await account.advance(60);
    assert.deepEqual(again.kinds, ['notBegun: offline']);
    assert.deepEqual(namesOnLock(account), ['Guest Weber']);
    assert.deepEqual(again.record.owned, first.record.owned);
  });

  it('asks for nothing again where the list cannot be read after Nuki has read the lock', async () => {
    const account = await TestAccount.open();
    const step = add(frontDoor, weber, stay);
    account.simulator.home.fault({ method: 'PUT', unpublished: true });
    const first = await apply(account, [step]);
    account.simulator.home.fault({ method: 'GET', path: /auth/, answer: { status: 503 }, times: 9 });
    const again = await apply(account, [step], { owned: first.record.owned, draws: otherDraws });
    assert.deepEqual(again.kinds, ['failed: server']);
    assert.deepEqual(namesOnLock(account), ['Guest Weber']);
    assert.deepEqual(again.record.owned, first.record.owned);
  });

  it('says of an app without a person that there is none', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'PUT', path: /user/, answer: { status: 500 } });
    const { kinds } = await apply(account, [add(frontDoor, entry('jan', { by: 'app', email: 'jan@example.com' }))]);
    assert.deepEqual(kinds, ['failed: noSuchPerson']);
    assert.deepEqual(account.writes, ['PUT /account/user']);
  });

  it('waits with what has no place for the removals of that door, and tries it once', async () => {
    const account = await TestAccount.open();
    const ben = entry('ben-2', { by: 'app', email: 'ben.berger@example.com', name: 'Ben Two' });
    const steps = [add(frontDoor, ben), await remove(account, frontDoor, 'Ben Berger', 'ben')];
    const { kinds } = await apply(account, steps);
    assert.deepEqual(kinds, ['done', 'done']);
    assert.deepEqual(
      account.writes.map((write) => write.split(' ')[0]),
      ['DELETE', 'PUT'],
    );
  });

  it('fails what still has no place then, and asks for it nowhere', async () => {
    const account = await TestAccount.open();
    const ben = entry('ben-2', { by: 'app', email: 'ben.berger@example.com', name: 'Ben Two' });
    const { kinds, record } = await apply(account, [add(frontDoor, ben), add(terrace, ben)]);
    assert.deepEqual(kinds, ['failed: personHasOne', 'done']);
    assert.deepEqual(
      record.owned.map(({ smartlockId }) => smartlockId),
      [terrace],
    );
  });

  it('says that it waits where the removal that would make room is not proven', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'DELETE', never: true });
    const ben = entry('ben-2', { by: 'app', email: 'ben.berger@example.com', name: 'Ben Two' });
    const added = { ...add(frontDoor, ben), waitsForRemovals: true };
    const { kinds } = await apply(account, [added, await remove(account, frontDoor, 'Ben Berger', 'ben')]);
    assert.deepEqual(kinds, ['notBegun: waits', 'pending']);
    assert.equal(account.writes.length, 1);
  });

  it('knows what it asked for first, though it comes only when it has asked again', async () => {
    const account = await TestAccount.open();
    const step = add(frontDoor, weber, stay);
    account.simulator.home.fault({ method: 'PUT', vanishes: true });
    const first = await apply(account, [step]);
    account.simulator.home.fault({ method: 'PUT', vanishes: true });
    const again = await apply(account, [step], { owned: first.record.owned });
    const [one, other] = [first, again].map(({ record }) => record.owned[0]?.asked);
    assert.ok(one?.kind === 'add' && other?.kind === 'add');
    assert.deepEqual([other.since, other.others], [one.at, one.others]);
    assert.ok(other.at > one.at);
  });

  it('keeps what was asked for before where asking again is refused', async () => {
    const account = await TestAccount.open();
    const step = add(frontDoor, weber, stay);
    account.simulator.home.fault({ method: 'PUT', vanishes: true });
    const first = await apply(account, [step]);
    account.simulator.home.fault({ method: 'PUT', answer: { status: 409 } });
    const again = await apply(account, [step], { owned: first.record.owned });
    assert.deepEqual(again.kinds, ['failed: conflict']);
    assert.deepEqual(again.record.owned, first.record.owned);
  });

  it('begins nothing more once it is cancelled', async () => {
    const account = await TestAccount.open();
    const stop = new AbortController();
    const steps = [
      await remove(account, frontDoor, 'Guest Fritz', 'fritz'),
      await remove(account, frontDoor, 'Guest Emil', 'emil'),
    ];
    const { kinds, record } = await apply(account, steps, {
      signal: stop.signal,
      onChange: () => {
        if (account.writes.length === 1) stop.abort();
      },
    });
    assert.equal(kinds[1], 'notBegun: cancelled');
    assert.equal(account.writes.length, 1);
    assert.equal(record.owned.length, kinds[0] === 'done' ? 1 : 2);
  });

  it('begins nothing at a lock that is offline', async () => {
    const account = await TestAccount.open();
    const step = await remove(account, frontDoor, 'Guest Fritz', 'fritz');
    account.simulator.home.setServerState(frontDoor, 4);
    await account.advance(5);
    await account.advanceUntil(account.store.refresh(accountId));
    assert.deepEqual((await apply(account, [step])).kinds, ['notBegun: offline']);
    assert.deepEqual(account.writes, []);
  });

  it('does one step after the other at a lock, and different locks side by side', async () => {
    const account = await TestAccount.open();
    const front: readonly Step[] = [add(frontDoor, entry('a')), add(frontDoor, entry('b'))];
    const steps = [
      ...front,
      add(terrace, entry('c')),
      add(guestHouse, entry('d', { by: 'app', email: 'ben.berger@example.com' })),
      add(garage, entry('e', { by: 'app', email: 'clara.novak@example.com' })),
    ];
    let most = 0;
    const { kinds } = await apply(account, steps, {
      onChange: ({ outcomes }) => {
        const underWay = outcomes.filter(({ state }) => state.kind === 'underWay').map(({ step }) => step);
        assert.ok(!front.every((step) => underWay.includes(step)));
        most = Math.max(most, underWay.length);
      },
    });
    assert.deepEqual(kinds, ['done', 'done', 'done', 'done', 'done']);
    assert.equal(most, 4);
  });

  it('asks for nothing more once Nuki refuses the account', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'DELETE', answer: { status: 402 } });
    const steps = [
      await remove(account, frontDoor, 'Guest Fritz', 'fritz'),
      await remove(account, frontDoor, 'Guest Emil', 'emil'),
    ];
    const { kinds, record } = await apply(account, steps);
    assert.deepEqual(kinds, ['failed: subscription', 'notBegun: refused']);
    assert.deepEqual(
      record.owned.map(({ asked }) => asked),
      [undefined, undefined],
    );
  });

  it('waits as long as Nuki asks to before the next step', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'DELETE', answer: { status: 429, headers: { 'retry-after': '60' } } });
    const steps = [
      await remove(account, frontDoor, 'Guest Fritz', 'fritz'),
      await remove(account, frontDoor, 'Guest Emil', 'emil'),
    ];
    const { kinds } = await apply(account, steps);
    assert.deepEqual(kinds, ['failed: rateLimited', 'done']);
  });
});

describe('what must never happen while a plan is applied', () => {
  it('success claimed on 204', async () => {
    const account = await TestAccount.open();
    const { home } = account.simulator;
    const steps = [
      add(frontDoor, weber, stay),
      await remove(account, frontDoor, 'Guest Fritz', 'fritz'),
      await change(account, terrace, 'Family', entry('family'), { name: 'Kin' }),
    ];
    for (const method of ['PUT', 'DELETE', 'POST']) home.fault({ method, never: true });
    assert.deepEqual((await apply(account, steps)).kinds, ['pending', 'pending', 'pending']);
  });

  it('an id thrown away after a failed delete', async () => {
    for (const fault of [
      { answer: { status: 423 } },
      { answer: { status: 500 } },
      { loseAnswer: true, never: true },
      { never: true },
      { unpublished: true },
    ]) {
      const account = await TestAccount.open();
      const step = await remove(account, frontDoor, 'Guest Fritz', 'fritz');
      account.simulator.home.fault({ method: 'DELETE', ...fault });
      const { record, kinds } = await apply(account, [step]);
      assert.deepEqual(
        record.owned.map(({ id }) => id),
        [step.before.id],
        kinds.join(),
      );
      assert.notDeepEqual(kinds, ['done']);
    }
  });

  it('the same code refused (409) at turnover', async () => {
    const account = await TestAccount.open();
    const steps = [add(frontDoor, weber, stay), await remove(account, frontDoor, 'Guest Fritz', 'fritz')];
    // The code of the guest who leaves is drawn first.
    const { kinds } = await apply(account, steps, { draws: [1, 3, 5, 7, 0, 2, 4, 7, 2, 8, 1, 6] });
    assert.deepEqual(kinds, ['done', 'done']);
    assert.equal(account.onLock(frontDoor, 'Guest Weber')?.code, 583_927);
  });

  it('two windows or two people applying at once', async () => {
    const account = await TestAccount.open();
    const record = new MemoryRecord();
    const first = add(frontDoor, entry('a'));
    const second = add(frontDoor, entry('b'));
    const { kinds } = await apply(account, [first, second], {
      record,
      onChange: ({ outcomes }) => {
        if (outcomes[0]?.state.kind === 'done') record.text = 'written by someone else';
      },
    });
    assert.deepEqual(kinds, ['done', 'notBegun: record']);
    assert.equal(account.writes.length, 1);
    assert.equal(record.text, 'written by someone else');
  });
});
