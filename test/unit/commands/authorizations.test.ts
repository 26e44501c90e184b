import assert from 'node:assert/strict';
import { removeAll, type AuthorizationContext } from '../../../src/commands/authorizations.ts';
import { cleanUpExpired } from '../../../src/commands/expiredAuthorizations.ts';
import { frontDoor, garage, terrace } from '../../../src/simulator/demoDevices.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { ref } from '../devices.ts';
import { Desk } from '../model/desk.ts';
import { accountId } from '../model/fakes.ts';
import { person } from '../vscodeStandIn.ts';
import { glanceBy, reportWithoutLog } from './surroundings.ts';

async function setUp() {
  const desk = await Desk.open();
  const { store, writer, play } = desk;
  const report = reportWithoutLog();
  const renderContext = glanceBy(play.clock);
  const ran: unknown[] = [];
  const run = (...what: unknown[]): Promise<void> => Promise.resolve(void ran.push(what));
  const openForm = (): Promise<void> => Promise.resolve();
  const context: AuthorizationContext = { store, writer, report, renderContext, run, openForm };
  person.seen.length = 0;
  person.press = () => undefined;
  const pick = async (smartlockId: number) => {
    await desk.during(store.readAuthorizations(ref(smartlockId)));
    const state = store.device(ref(smartlockId));
    const authorization = state?.authorizations?.items[0];
    assert.ok(state && authorization);
    return { state, authorization };
  };
  return { desk, context, ran, pick };
}

const looks = ({ requests }: Desk): readonly string[] => requests.filter((request) => request.startsWith('GET'));
const said = (): readonly string[] => person.seen.map(({ text }) => text);

describe('a deletion on several devices', () => {
  it('names the one on which somebody may still have access, and looks at that again', async () => {
    const { desk, context, ran, pick } = await setUp();
    const picked = [await pick(frontDoor), await pick(garage)];
    const [gone] = picked;
    desk.play.home.fault({ method: 'DELETE', never: true, times: 2 });
    desk.play.home.fault({
      method: 'GET',
      path: new RegExp(`/smartlock/${frontDoor}/auth$`),
      times: 999,
      change: async (answer) =>
        new Response((await answer.text()).replaceAll(String(gone?.authorization.id), 'x'), answer),
    });
    person.press = () => ((desk.requests.length = 0), 'Check Again');
    await desk.during(removeAll(picked, context));
    await desk.pass(1);
    assert.deepEqual(said(), ['Garage: the deletion is not confirmed. Whoever was to lose access may still have it.']);
    assert.deepEqual(looks(desk), [`GET /smartlock/${garage}/auth`]);
    person.press = () => 'Update from Lock';
    await desk.during(removeAll(picked.slice(1), context));
    await desk.pass(1);
    assert.deepEqual(ran, [['nuki.device.sync', idOf({ kind: 'device', accountId, smartlockId: garage })]]);
  });

  it('names all of them, and looks at all at once', async () => {
    const { desk, context, pick } = await setUp();
    const picked = [await pick(frontDoor), await pick(garage), await pick(terrace)];
    desk.play.home.fault({ method: 'DELETE', never: true });
    person.press = () => ((desk.requests.length = 0), 'Check Again');
    await desk.during(removeAll(picked, context));
    await desk.pass(1);
    assert.match(said()[0] ?? '', /^Front Door, Garage, Terrace: the deletion is not confirmed\./);
    assert.deepEqual(person.seen[0]?.buttons, ['Check Again']);
    assert.deepEqual(looks(desk), ['GET /smartlock/auth/paged']);
  });

  it('names the account where Nuki refuses all of it', async () => {
    const { desk, context, pick } = await setUp();
    const picked = [await pick(frontDoor), await pick(garage)];
    desk.play.home.fault({ method: 'DELETE', answer: { status: 423 } });
    await desk.during(removeAll(picked, context));
    assert.deepEqual(said(), ['Home is busy with another operation. Nothing was done.']);
  });
});

describe('a clean-up', () => {
  it('that fails names the device that it was called on', async () => {
    const { desk, context } = await setUp();
    desk.play.home.fault({ method: 'GET', path: /auth/, answer: { status: 404 } });
    const row = idOf({ kind: 'device', accountId, smartlockId: garage });
    await desk.during(cleanUpExpired(row, context));
    assert.deepEqual(said(), ['Garage is no longer available in this account.']);
  });
});
