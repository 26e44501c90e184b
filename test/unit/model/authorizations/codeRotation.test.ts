import assert from 'node:assert/strict';
import * as v from 'valibot';
import { planRotation, type CodeRotation, type LeftCode } from '../../../../src/model/authorizations/codeRotation.ts';
import { limitFields } from '../../../../src/nuki/authorization/completeLimits.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { demoHomeOptions } from '../../../../src/simulator/demo/demo.ts';
import { frontDoor, guestHouse, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import type { ConfigJson } from '../../../../src/simulator/wire.ts';
import { ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { neverTelling, TestSimulator } from '../../simulator/testSimulator.ts';
import { accountId } from '../fakes.ts';
import { TestAccount } from '../testAccount.ts';

const never = new AbortController().signal;

/** What ends a code of no limits on a day to come. */
const untilDecember = {
  name: 'Family',
  remoteAllowed: false,
  enabled: true,
  allowedFromDate: '2026-01-01T00:00:00.000Z',
  allowedUntilDate: '2026-12-01T00:00:00.000Z',
  allowedWeekDays: 127,
  allowedFromTime: 0,
  allowedUntilTime: 0,
};

/** The demo home, with one of its authorizations on the front door, or the door itself, otherwise. */
function homeWith(
  name: string,
  changes: object,
  { serverState = 0, config = {} }: { readonly serverState?: number; readonly config?: Partial<ConfigJson> } = {},
): TestSimulator {
  const devices = demoHomeOptions(new FakeClock(), 1).devices.map((device) =>
    device.listed.smartlockId === frontDoor
      ? {
          ...device,
          listed: { ...device.listed, serverState, config: { ...device.listed.config, ...config } },
          authorizations: (device.authorizations ?? []).map((entry) =>
            entry.name === name ? { ...entry, ...changes } : entry,
          ),
        }
      : device,
  );
  return new TestSimulator({ devices });
}

interface Planned {
  readonly account: TestAccount;
  readonly rotation: CodeRotation;
  readonly left: readonly LeftCode[];
}

function rotatingIn(
  { store, writer, simulator }: TestAccount,
  randomInt: () => number,
): Parameters<typeof planRotation>[2] {
  return { store, writer, now: () => simulator.clock.now(), randomInt };
}

const digits = (account: TestAccount, smartlockId: number, name: string): readonly (number | undefined)[] =>
  account.simulator.home
    .authorizationsOnLock(smartlockId)
    .filter((entry) => entry.name === name)
    .map(({ code }) => code);

/** Plans for the authorizations with these names on these doors. */
async function plan(
  names: readonly (readonly [smartlockId: number, name: string])[],
  simulator?: TestSimulator,
): Promise<Planned> {
  const account = await TestAccount.open(simulator);
  const addresses = await Promise.all(
    names.map(async ([smartlockId, name]) => ({ smartlockId, name, id: await account.idOf(smartlockId, name) })),
  );
  let drawn = 0;
  const rotating = rotatingIn(account, () => (drawn++ * 5) % 7); // some digits, the same each time
  return { account, ...(await account.advanceUntil(planRotation(accountId, addresses, rotating))) };
}

const family = [
  [frontDoor, 'Family'],
  [terrace, 'Family'],
] as const;

/** The other codes, confirmed by the locks. */
async function created(names: Parameters<typeof plan>[0] = family, simulator?: TestSimulator): Promise<Planned> {
  const planned = await plan(names, simulator);
  await planned.account.advanceUntil(planned.rotation.create({ signal: never }));
  return planned;
}

const made = ({ rotation }: Planned): readonly string[] => rotation.codes.map((each) => each.made.kind);
const ended = ({ rotation }: Planned): readonly string[] =>
  rotation.codes.map(({ ended: end }) => (end.kind === 'left' ? `left: ${end.why}` : end.kind));
const end = ({ account, rotation }: Planned, isTried = false, signal = never): Promise<void> =>
  account.advanceUntil(rotation.end(rotation.codes, isTried, { signal }));

describe('a code that is not replaced', () => {
  const refused: readonly (readonly [string, string, TestSimulator, string])[] = [
    ['is disabled', 'Plumber', new TestSimulator(), 'disabled'],
    ['has expired', 'Guest Emil', new TestSimulator(), 'expired'],
    ['belongs to no keypad', "Ben's Fob", new TestSimulator(), 'gone'],
    ['is not on Nuki’s list', 'No One', new TestSimulator(), 'gone'],
    ['opens on days that mean nothing', 'Family', homeWith('Family', { allowedWeekDays: 0 }), 'unclear'],
    [
      'opens over midnight, as far as anyone knows',
      'Family',
      homeWith('Family', { allowedFromTime: 1320, allowedUntilTime: 360 }),
      'unclear',
    ],
    ['has half a limit', 'Family', homeWith('Family', { allowedFromTime: 480 }), 'unclear'],
    ['has a date that cannot be read', 'Family', homeWith('Family', { allowedUntilDate: 'some day' }), 'unclear'],
    [
      'has no day left within its dates',
      'Family',
      // A Monday; it opens on Sundays.
      homeWith('Family', { allowedUntilDate: '2026-11-24T12:00:00.000Z', allowedWeekDays: 1 }),
      'never',
    ],
    ['has fingerprints', 'Family', homeWith('Family', { fingerprints: { 1: 'x' } }), 'fingerprints'],
    ['has a name that the keypad would cut', 'Family', homeWith('Family', { name: 'Fämilie Müller-Lüdens' }), 'name'],
    ['is on a lock that is offline', 'Family', homeWith('Family', {}, { serverState: 4 }), 'offline'],
    [
      'is on a lock without a keypad',
      'Family',
      homeWith('Family', {}, { config: { keypad2Paired: false } }),
      'noKeypad',
    ],
  ];
  for (const [what, name, simulator, problem] of refused) {
    it(`as it ${what}`, async () => {
      const renamed = simulator.home.authorizationsOnLock(frontDoor).find(({ code }) => code === 445566)?.name ?? '';
      const planned = await plan([[frontDoor, name === 'Family' ? renamed : name]], simulator);
      assert.deepEqual(
        planned.left.map((each) => each.problem),
        [problem],
      );
      await planned.account.advanceUntil(planned.rotation.create({ signal: never }));
      assert.deepEqual(planned.account.writes, []);
    });
  }

  it('as the lock has not confirmed it', async () => {
    const { left } = await plan([[guestHouse, 'Guest Ida']]);
    assert.deepEqual(
      left.map(({ problem }) => problem),
      ['notConfirmed'],
    );
  });

  it('as Nuki names an error of it', async () => {
    const { left } = await plan([[frontDoor, 'Family']], homeWith('Family', { error: 'not saved' }));
    assert.deepEqual(
      left.map(({ problem }) => problem),
      ['notConfirmed'],
    );
  });

  it('as a change of it, or another code of its name, is on its way', async () => {
    const account = await TestAccount.open();
    const id = await account.idOf(frontDoor, 'Family');
    account.simulator.home.fault({ method: 'POST', path: /auth/, never: true });
    const changed = await account.advanceUntil(account.writer.change(ref(frontDoor), id, { name: 'Familie' }));
    assert.ok(changed.sent);
    const other = await account.advanceUntil(
      account.writer.create(accountId, [terrace], { type: 13, name: 'Family', remoteAllowed: false, code: 345678 }),
    );
    assert.ok(other.sent);
    const addresses = [
      { smartlockId: frontDoor, id, name: 'Family' },
      { smartlockId: terrace, id: await account.idOf(terrace, 'Family'), name: 'Family' },
    ];
    const rotating = rotatingIn(account, () => 1);
    const { left } = await account.advanceUntil(planRotation(accountId, addresses, rotating));
    assert.deepEqual(
      left.map(({ problem }) => problem),
      ['busy', 'busy'],
    );
  });

  it('as there is no slot for the time in which both exist', async () => {
    const devices = demoHomeOptions(new FakeClock(), 1).devices.map((device) => {
      if (device.listed.smartlockId !== frontDoor) return device;
      const like = device.authorizations?.find(({ name }) => name === 'Family');
      assert.ok(like);
      const more = Array.from({ length: 194 }, (_, index) => ({
        ...like,
        id: `more${index}`,
        name: `More ${index}`,
        code: 311_111 + index,
      }));
      return { ...device, authorizations: [...(device.authorizations ?? []), ...more] };
    });
    const both = [
      [frontDoor, 'Family'],
      [frontDoor, 'Guest Fritz'],
    ] as const;
    const { left, rotation } = await plan(both, new TestSimulator({ devices }));
    assert.deepEqual([left.map(({ problem }) => problem), rotation.codes.length], [['full'], 1]);
  });

  it('as every code that is drawn is in use', async () => {
    const account = await TestAccount.open();
    const address = { smartlockId: frontDoor, id: await account.idOf(frontDoor, 'Family'), name: 'Family' };
    const rotating = rotatingIn(account, () => 0);
    account.simulator.home.fault({
      method: 'GET',
      path: /auth/,
      times: 9,
      change: async (answer) => new Response((await answer.text()).replaceAll('445566', '111111'), answer),
    });
    const { left } = await account.advanceUntil(planRotation(accountId, [address], rotating));
    assert.deepEqual(
      left.map(({ problem }) => problem),
      ['noneFree'],
    );
  });
});

describe('codes that are replaced', () => {
  it('get the same other digits where theirs were the same, in one request, with the same limits, and both stay', async () => {
    const planned = await created();
    const { account, rotation } = planned;
    const [code, other] = rotation.codes.map((each) => Number(each.code));
    assert.equal(code, other);
    assert.deepEqual(made(planned), ['confirmed', 'confirmed']);
    assert.deepEqual(account.writes, ['PUT /smartlock/auth']);
    for (const id of [frontDoor, terrace]) assert.deepEqual(digits(account, id, 'Family'), [445566, code]);
  });

  it('get different digits where theirs were not the same, and limits that are complete', async () => {
    const planned = await created([
      [frontDoor, 'Family'],
      [frontDoor, 'Housekeeping Cleanin'],
    ]);
    const { account, rotation } = planned;
    assert.equal(new Set(rotation.codes.map(({ code }) => code)).size, 2);
    const [old, other] = account.simulator.home
      .authorizationsOnLock(frontDoor)
      .filter(({ name }) => name === 'Housekeeping Cleanin');
    for (const field of limitFields.filter((each) => each !== 'allowedUntilDate'))
      assert.notEqual(other?.[field], undefined);
    assert.deepEqual(
      limitFields.map((field) => other?.[field]),
      limitFields.map((field) => old?.[field]),
    );
    assert.equal(other?.remoteAllowed, false);
  });

  it('are those of the same account user', async () => {
    const { account } = await created([[terrace, 'Ben']]);
    const users = account.simulator.home
      .authorizationsOnLock(terrace)
      .flatMap(({ name, accountUserId }) => (name === 'Ben' ? [accountUserId] : []));
    assert.deepEqual(users, [1_000_102, 1_000_102]);
  });

  it('get no digits that another one of the same plan gets', async () => {
    const account = await TestAccount.open();
    const names = ['Family', 'Housekeeping Cleanin'];
    const addresses = await Promise.all(
      names.map(async (name) => ({ smartlockId: frontDoor, name, id: await account.idOf(frontDoor, name) })),
    );
    const rotating = rotatingIn(account, () => 1);
    const { rotation, left } = await account.advanceUntil(planRotation(accountId, addresses, rotating));
    assert.deepEqual([rotation.codes.length, left.map(({ problem }) => problem)], [1, ['noneFree']]);
  });

  it('avoid every code of every door, expired ones too', async () => {
    const account = await TestAccount.open();
    const address = { smartlockId: frontDoor, id: await account.idOf(frontDoor, 'Family'), name: 'Family' };
    const draws = Array.from('951357864297345678', (digit) => Number(digit) - 1);
    const rotating = rotatingIn(account, () => draws.shift() ?? 0);
    const { rotation } = await account.advanceUntil(planRotation(accountId, [address], rotating));
    assert.deepEqual(
      rotation.codes.map(({ code }) => code),
      ['345678'],
    );
  });

  it('are not planned any further once the user has stopped the reading', async () => {
    const account = await TestAccount.open();
    const addresses = await Promise.all(
      family.map(async ([smartlockId, name]) => ({ smartlockId, name, id: await account.idOf(smartlockId, name) })),
    );
    const stopped = new AbortController();
    account.simulator.home.fault({
      method: 'GET',
      path: /auth\/[0-9a-f]+$/,
      change: (answer) => {
        stopped.abort();
        return Promise.resolve(answer);
      },
    });
    const rotating = rotatingIn(account, () => 1);
    await assert.rejects(
      account.advanceUntil(planRotation(accountId, addresses, rotating, stopped.signal)),
      new NukiError('cancelled'),
    );
    assert.equal(account.requests.filter((request) => /auth\/[0-9a-f]+$/.test(request)).length, 1);
  });

  it('end only where the user says so, each in a request of its own, and are gone from the lock', async () => {
    const planned = await created();
    const { account, rotation } = planned;
    const [first] = rotation.codes;
    assert.ok(first);
    await account.advanceUntil(rotation.end([first], false, { signal: never }));
    assert.deepEqual(ended(planned), ['done', 'no']);
    assert.deepEqual(digits(account, frontDoor, 'Family'), [Number(first.code)]);
    assert.deepEqual(digits(account, terrace, 'Family'), [445566, Number(first.code)]);
    await end(planned);
    assert.deepEqual(ended(planned), ['done', 'done']);
    assert.equal(account.writes.length, 3);
  });

  it('stay where Nuki refuses the other one', async () => {
    const simulator = new TestSimulator();
    const planned = await plan(family, simulator);
    simulator.home.fault({ method: 'PUT', answer: { status: 400 } });
    await planned.account.advanceUntil(planned.rotation.create({ signal: never }));
    assert.deepEqual(made(planned), ['refused', 'refused']);
    await end(planned);
    assert.deepEqual(ended(planned), ['left: other', 'left: other']);
    assert.equal(planned.account.writes.length, 1);
  });

  it('are left out where their code was given to another meanwhile, and replaced on the other doors', async () => {
    const planned = await plan(family);
    const { account, rotation } = planned;
    const code = Number(rotation.codes[0]?.code);
    await account.simulator.send('PUT', `/smartlock/${terrace}/auth`, {
      type: 13,
      name: 'X',
      remoteAllowed: false,
      code,
    });
    await account.advance(20);
    await account.advanceUntil(rotation.create({ signal: never }));
    assert.deepEqual(made(planned), ['confirmed', 'refused']);
    await end(planned);
    assert.deepEqual(ended(planned), ['done', 'left: other']);
    assert.ok(digits(account, terrace, 'Family').includes(445566));
  });

  it('stay where the lock has not confirmed the other one, and end once it has', async () => {
    const simulator = new TestSimulator();
    const planned = await plan([[frontDoor, 'Family']], simulator);
    simulator.home.fault({ method: 'PUT', never: true, unconfirmed: true });
    await planned.account.advanceUntil(planned.rotation.create({ signal: never }));
    assert.deepEqual(made(planned), ['open']);
    await end(planned, true);
    assert.deepEqual(ended(planned), ['left: other']);
    assert.deepEqual(digits(planned.account, frontDoor, 'Family'), [445566]);
    assert.equal(await simulator.status('POST', `/smartlock/${frontDoor}/sync`), 204);
    await planned.account.advance(30);
    await planned.account.advanceUntil(planned.rotation.check());
    assert.deepEqual(made(planned), ['confirmed']);
    await end(planned);
    assert.deepEqual(ended(planned), ['done']);
  });

  it('stay where the answer was lost and no list shows the other one', async () => {
    const simulator = new TestSimulator();
    const planned = await plan([[frontDoor, 'Family']], simulator);
    simulator.home.fault({ method: 'PUT', vanishes: true, loseAnswer: true });
    await planned.account.advanceUntil(planned.rotation.create({ signal: never }));
    const [{ made: how } = { made: undefined }] = planned.rotation.codes;
    assert.ok(how?.kind === 'open' && how.pending.answer === 'unknown');
    await end(planned, true);
    assert.deepEqual(ended(planned), ['left: other']);
    assert.equal(planned.account.writes.length, 1);
  });

  it('are not asked for where the old one was narrowed meanwhile', async () => {
    const planned = await plan(family);
    const { account, rotation } = planned;
    const path = await account.simulator.pathOf(frontDoor, 'Family');
    await account.simulator.send('POST', path, { ...untilDecember, code: 445566 });
    await account.advance(20);
    await account.advanceUntil(rotation.create({ signal: never }));
    assert.deepEqual(made(planned), ['changed', 'confirmed']);
    assert.deepEqual(digits(account, frontDoor, 'Family'), [445566]);
  });

  it('are not asked for, and do not end, while Nuki is at work on the old one', async () => {
    for (const step of ['create', 'end'] as const) {
      const planned = step === 'create' ? await plan([[frontDoor, 'Family']]) : await created([[frontDoor, 'Family']]);
      const { account, rotation } = planned;
      const busy = async (answer: Response): Promise<Response> =>
        Response.json({ ...v.parse(v.looseObject({}), await answer.json()), operationId: '1' });
      account.simulator.home.fault({ method: 'GET', path: /\/auth\/\w{24}$/, times: 9, change: busy });
      account.requests.length = 0;
      if (step === 'create') await account.advanceUntil(rotation.create({ signal: never }));
      else await end(planned);
      assert.deepEqual(
        [...made(planned), ...ended(planned)],
        {
          create: ['changed', 'no'],
          end: ['confirmed', 'left: busy'],
        }[step],
      );
      assert.deepEqual(account.writes, []);
    }
  });

  it('stay where they were changed elsewhere since the other one was made', async () => {
    const planned = await created();
    const { account } = planned;
    await account.simulator.send('POST', await account.simulator.pathOf(frontDoor, 'Family'), {
      name: 'Family',
      remoteAllowed: false,
      enabled: false,
      code: 445566,
    });
    await account.advance(20);
    await end(planned);
    assert.deepEqual(ended(planned), ['left: changed', 'done']);
    assert.equal(account.writes.filter((request) => request.startsWith('DELETE')).length, 1);
  });

  it('stay where the other one is gone, narrower or broader by now', async () => {
    const changes = [
      { name: 'Family', method: 'DELETE', limits: undefined },
      { name: 'Family', method: 'POST', limits: untilDecember },
      { name: 'Housekeeping Cleanin', method: 'POST', limits: { allowedFromTime: 0, allowedUntilTime: 0 } },
    ];
    for (const { name, method, limits } of changes) {
      const planned = await created([[frontDoor, name]]);
      const { account } = planned;
      const { simulator } = account;
      const [old, other] = simulator.home.authorizationsOnLock(frontDoor).filter((entry) => entry.name === name);
      const body = limits && { ...other, ...limits };
      assert.equal(await simulator.status(method, `/smartlock/${frontDoor}/auth/${other?.id}`, body), 204);
      await account.advance(20);
      await end(planned);
      assert.deepEqual(ended(planned), ['left: other'], `${method} ${name}`);
      assert.ok(digits(account, frontDoor, name).includes(old?.code));
    }
  });

  for (const [what, changes] of [
    ['names an error of the other one', [{ error: 'full' }]],
    ['is at work on the other one', [{ operationId: '1' }]],
    ['lists the digits of the other one twice', [{}, { id: 'f'.repeat(24) }]],
  ] as const) {
    it(`stay where Nuki ${what}`, async () => {
      const planned = await created([[frontDoor, 'Family']]);
      const { account, rotation } = planned;
      const code = Number(rotation.codes[0]?.code);
      const changed = async (answer: Response): Promise<Response> => {
        const list = v.parse(v.array(v.looseObject({})), await answer.json());
        return Response.json(
          list.flatMap((each) => (each['code'] === code ? changes.map((change) => ({ ...each, ...change })) : [each])),
        );
      };
      account.simulator.home.fault({ method: 'GET', path: /\/auth$/, change: changed, times: 9 });
      await end(planned);
      assert.deepEqual(ended(planned), ['left: other']);
      assert.ok(digits(account, frontDoor, 'Family').includes(445566));
    });
  }

  it('stay while a change of the other one from here is not seen done', async () => {
    const planned = await created([[frontDoor, 'Family']]);
    const { account } = planned;
    const { simulator } = account;
    const other = (await simulator.authorizations(frontDoor)).filter(({ name }) => name === 'Family')[1];
    simulator.home.fault({ method: 'POST', path: /auth/, never: true });
    const { sent } = await account.advanceUntil(
      account.writer.change(ref(frontDoor), other?.id ?? '', { enabled: false }),
    );
    assert.ok(sent);
    await account.advance(60); // Nuki is at work on it no longer
    await end(planned);
    assert.deepEqual(ended(planned), ['left: other']);
    assert.ok(digits(account, frontDoor, 'Family').includes(445566));
  });

  it('that are gone already are said to be', async () => {
    const planned = await created([[frontDoor, 'Family']]);
    const { simulator } = planned.account;
    const [old] = (await simulator.authorizations(frontDoor)).filter(({ name }) => name === 'Family');
    await simulator.send('DELETE', `/smartlock/${frontDoor}/auth/${old?.id}`);
    await planned.account.advance(20);
    await end(planned);
    assert.deepEqual(ended(planned), ['left: gone']);
  });

  it('whose deletion is not confirmed may still open', async () => {
    const planned = await created([[frontDoor, 'Family']]);
    planned.account.simulator.home.fault({ method: 'DELETE', never: true });
    await end(planned);
    assert.deepEqual(ended(planned), ['open']);
    assert.ok(digits(planned.account, frontDoor, 'Family').includes(445566));
  });

  it('whose deletion Nuki refuses stay', async () => {
    const planned = await created([[frontDoor, 'Family']]);
    planned.account.simulator.home.fault({ method: 'DELETE', answer: { status: 423 } });
    await end(planned);
    assert.deepEqual(ended(planned), ['refused']);
  });

  it('on a lock that never tells end only once someone has opened with the other one', async () => {
    const planned = await created([[frontDoor, 'Family']], neverTelling());
    assert.deepEqual(made(planned), ['open']);
    await end(planned);
    assert.deepEqual(ended(planned), ['left: other']);
    await end(planned, true);
    assert.deepEqual(ended(planned), ['done']);
    assert.deepEqual(digits(planned.account, frontDoor, 'Family'), [Number(planned.rotation.codes[0]?.code)]);
  });
});

describe('a rotation that the user stops', () => {
  it('before anything was sent sends nothing', async () => {
    const planned = await plan(family);
    await planned.account.advanceUntil(planned.rotation.create({ signal: AbortSignal.abort() }));
    assert.deepEqual([made(planned), planned.account.writes], [['no', 'no'], []]);
  });

  it('while the locks are awaited ends no old code, and has told of each step', async () => {
    const planned = await plan(family);
    const stopped = new AbortController();
    const seen: string[] = [];
    planned.account.simulator.home.fault({ method: 'PUT', after: 60_000 });
    const onChange = (): void => void seen.push(made(planned).join());
    const creating = planned.rotation.create({ signal: stopped.signal, onChange });
    await planned.account.advance(5);
    stopped.abort();
    await planned.account.advanceUntil(creating);
    assert.ok(seen.includes('open,open'));
    assert.deepEqual(made(planned), ['open', 'open']);
    await end(planned, true, AbortSignal.abort());
    assert.deepEqual(ended(planned), ['no', 'no']);
    assert.equal(planned.account.writes.length, 1);
    await planned.account.advance(120);
    assert.deepEqual(made(planned), ['confirmed', 'confirmed']);
  });

  it('while the old code is looked at once more deletes nothing', async () => {
    const planned = await created([[frontDoor, 'Family']]);
    const stopped = new AbortController();
    const stop = (answer: Response): Response => {
      stopped.abort();
      return answer;
    };
    planned.account.simulator.home.fault({ method: 'GET', path: /\/auth\/\w{24}$/, change: stop });
    await end(planned, false, stopped.signal);
    assert.ok(stopped.signal.aborted);
    assert.deepEqual(ended(planned), ['no']);
    assert.equal(planned.account.writes.length, 1);
  });

  it('on an account that is gone confirms nothing', async () => {
    const planned = await plan([[frontDoor, 'Family']]);
    const onChange = (): void => assert.notDeepEqual(made(planned), ['confirmed']);
    const creating = planned.rotation.create({ signal: never, onChange });
    await planned.account.advance(1);
    planned.account.store.setSources([]);
    await planned.account.advanceUntil(creating);
    assert.deepEqual(made(planned), ['open']);
    await end(planned).catch((error: unknown) => assert.ok(error instanceof NukiError));
    assert.ok(digits(planned.account, frontDoor, 'Family').includes(445566));
  });
});
