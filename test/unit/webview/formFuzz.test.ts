import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { demoToken } from '../../../src/simulator/demo/demo.ts';
import { demoAuthorizations } from '../../../src/simulator/demo/demoAuthorizations.ts';
import { demoSmartlocks, frontDoor, garage, guestHouse, terrace } from '../../../src/simulator/demo/demoDevices.ts';
import type { Fault } from '../../../src/simulator/home.ts';
import type { FormRequest } from '../../../src/webview/host/form/formServices.ts';
import type { Draft, Envelope } from '../../../src/webview/protocol/form.ts';
import { accountId } from '../model/fakes.ts';
import { TestSimulator } from '../simulator/testSimulator.ts';
import { anyDraftFor, anyMessageWith, brokenOf } from './anyMessage.ts';
import { FormHarness, panel } from './formHarness.ts';

// What a page could say that is not ours, or that has gone mad, to forms over a simulated home. `KEYTURNER_SEED=…` says the same again.

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_123);
const messageCount = Number(process.env['KEYTURNER_MESSAGES'] ?? 60_000);
const formCount = Number(process.env['KEYTURNER_FORMS'] ?? 200);

const draft = anyDraftFor([frontDoor, garage, guestHouse, terrace]);
const message = anyMessageWith(draft);

/** A form for each purpose. */
const requests: readonly FormRequest[] = (() => {
  const id = new TestSimulator().home
    .authorizationsOnLock(frontDoor)
    .find(({ name }) => name === 'Housekeeping Cleanin')?.id;
  const address = { accountId, smartlockId: frontDoor, id: id ?? '' };
  return [
    { kind: 'new', accountId, smartlockId: frontDoor },
    { kind: 'edit', ...address },
    { kind: 'duplicate', ...address },
  ];
})();

const { clock } = new TestSimulator();
const codes = demoSmartlocks(clock.now())
  .flatMap((device) => demoAuthorizations(device, clock.now()))
  .flatMap(({ code }) => code ?? []);

/** Everything that a page may never be told, as it would stand in what it is told. */
const secrets = new RegExp([demoToken, ...codes.map((code) => `\\b${code}\\b`)].join('|'));

function assertNoSecret(form: FormHarness): void {
  const told = [form.posted, form.told, form.copied, form.opened].map((each) => JSON.stringify(each)).join();
  assert.doesNotMatch(told, secrets);
}

describe('what is no message of the form', () => {
  let heard = 0;

  const foreign: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    anything: fc.anything({
      maxDepth: 3,
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withBoxedValues: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
    }),
    'messages with the id of another panel': fc
      .tuple(message, fc.oneof(fc.constantFrom('', panel.slice(1), panel.toUpperCase(), `${panel} `), fc.string()))
      .map(([sent, other]) => ({ ...sent, panel: other })),
    'broken messages': brokenOf(message),
  };

  for (const [what, arbitrary] of Object.entries(foreign)) {
    const count = Math.ceil(messageCount / Object.keys(foreign).length);
    it(`${count} of ${what} ask for nothing, answer nothing and throw nothing (KEYTURNER_SEED=${seed})`, async function () {
      this.timeout(180_000);
      const forms = await Promise.all(requests.map((request) => FormHarness.open(request)));
      const before = forms.map(({ posted, account }) => [posted.length, account.requests.length]);
      let received = 0;
      const hear = async (sent: unknown): Promise<void> => {
        const form = forms[received++ % forms.length];
        form?.account.simulator.clock.jump(1_000); // else most of them would not even be looked at
        await form?.session.receive(sent);
      };
      await fc.assert(fc.asyncProperty(arbitrary, hear), { seed, numRuns: count, endOnFailure: true });
      for (const { account } of forms) await account.advance(5);
      assert.equal(received, count);
      assert.deepEqual(
        forms.map(({ posted, account }) => [posted.length, account.requests.length]),
        before,
      );
      assert.deepEqual(
        forms.map(({ told, copied, opened, synced, closings }) => [told, copied, opened, synced, closings]),
        forms.map(() => [[], [], [], [], 0]),
      );
      for (const form of forms) {
        await form.preview({ name: 'Still there' });
        assertNoSecret(form);
      }
      heard += received;
    });
  }

  it('they are enough', () => {
    assert.ok(heard >= 50_000, `only ${heard} messages`);
  });
});

describe('messages of the form in any order', () => {
  const good: fc.Arbitrary<Draft> = fc.record(
    {
      credential: fc.constantFrom('code', 'app'),
      name: fc.constantFrom('Guest Weber', 'Eva'),
      person: fc.constantFrom(null, 1_000_103, { name: 'Eva Lang', email: 'eva.lang@example.com' }),
      devices: fc.subarray([frontDoor, terrace], { minLength: 1 }),
      remoteAllowed: fc.boolean(),
      from: fc.constant(null),
      until: fc.constantFrom(null, { date: '2027-06-30', time: '18:00', disambiguation: null }),
      weekdays: fc.constantFrom(127, 124),
      hours: fc.constantFrom(null, { from: '09:00', until: '17:00' }, { from: '22:00', until: '06:00' }),
      code: fc.constantFrom('345678', '987654', ''),
    },
    { noNullPrototype: true },
  );
  const step = fc.record({
    sent: fc.oneof(
      anyMessageWith(good),
      good.map((body): Envelope => ({ panel, name: 'submit', body })),
      message,
    ),
    /** ms until the next one. */
    gap: fc.constantFrom(0, 0, 100, 250, 3_000),
  });
  const anyFault = fc.constantFrom<Omit<Fault, 'method'>>(
    {},
    { loseAnswer: true },
    { never: true },
    { unpublished: true },
    { wait: 4_000 },
    { answer: { status: 502 } },
  );

  it(`send once at most, tell no secret and throw nothing, in ${formCount} forms (KEYTURNER_SEED=${seed})`, async function () {
    this.timeout(180_000);
    let [sent, said] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...requests),
        fc.array(step, { minLength: 1, maxLength: 25 }),
        anyFault,
        async (request, steps, fault) => {
          const form = await FormHarness.unread(request);
          for (const method of ['PUT', 'POST']) form.account.simulator.home.fault({ ...fault, method, path: /auth/ });
          const receive = (each: unknown): Promise<void> => form.session.receive(each);
          const running = [receive({ panel, name: 'ready', body: null })];
          await form.account.advance(5);
          for (const { sent: each, gap } of steps) {
            running.push(receive(each));
            await form.account.advance(gap / 1_000);
          }
          await form.account.advanceUntil(Promise.all(running));
          await form.account.advance(10);
          const writes = form.writes.filter((made) => !made.endsWith('/sync'));
          const invitations = writes.filter((made) => made === 'PUT /account/user').length;
          assert.ok(invitations <= 1 && writes.length - invitations <= 1, writes.join(', '));
          assertNoSecret(form);
          form.session.dispose();
          sent += writes.length;
          said += steps.length + 1;
        },
      ),
      { seed, numRuns: formCount },
    );
    console.log(`      ${said} messages, ${sent} requests that wrote something`);
    assert.ok(sent > formCount / 10);
  });
});
