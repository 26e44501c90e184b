import assert from 'node:assert/strict';
import { removeAll } from '../../../src/commands/authorizations.ts';
import { cleanUpExpired } from '../../../src/commands/expiredAuthorizations.ts';
import { frontDoor, garage, terrace } from '../../../src/simulator/demoDevices.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { ref } from '../devices.ts';
import { Desk } from '../model/desk.ts';
import { accountId } from '../model/fakes.ts';
import { person } from '../vscodeStandIn.ts';
import { asCommand, servicesFor } from './services.ts';

async function setUp() {
  const desk = await Desk.open();
  const { store, writer, play } = desk;
  const ran: unknown[] = [];
  const run = (...command: unknown[]): Promise<void> => Promise.resolve(void ran.push(command));
  const services = servicesFor(store, play.clock, { writer, run });
  person.seen.length = 0;
  person.press = () => undefined;
  const pick = async (smartlockId: number) => {
    await desk.during(store.readAuthorizations(ref(smartlockId)));
    const state = store.device(ref(smartlockId));
    const authorization = state?.authorizations?.items[0];
    assert.ok(state && authorization);
    return { state, authorization };
  };
  return { desk, services, ran, pick };
}

const looks = ({ requests }: Desk): readonly string[] => requests.filter((request) => request.startsWith('GET'));
const said = (): readonly string[] => person.seen.map(({ text }) => text);

describe('a deletion on several devices', () => {
  it('names the one on which somebody may still have access, and looks at that again', async () => {
    const { desk, services, ran, pick } = await setUp();
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
    await desk.during(asCommand(services, () => removeAll(picked, services)));
    await desk.pass(1);
    assert.deepEqual(said(), ['Garage: the deletion is not confirmed. Whoever was to lose access may still have it.']);
    assert.deepEqual(looks(desk), [`GET /smartlock/${garage}/auth`]);
    person.press = () => 'Update from Lock';
    await desk.during(asCommand(services, () => removeAll(picked.slice(1), services)));
    await desk.pass(1);
    assert.deepEqual(ran, [['nuki.device.sync', ref(garage)]]);
  });

  it('names all of them, and looks at all at once', async () => {
    const { desk, services, pick } = await setUp();
    const picked = [await pick(frontDoor), await pick(garage), await pick(terrace)];
    desk.play.home.fault({ method: 'DELETE', never: true });
    person.press = () => ((desk.requests.length = 0), 'Check Again');
    await desk.during(asCommand(services, () => removeAll(picked, services)));
    await desk.pass(1);
    assert.match(said()[0] ?? '', /^Front Door, Garage, Terrace: the deletion is not confirmed\./);
    assert.deepEqual(person.seen[0]?.buttons, ['Check Again']);
    assert.deepEqual(looks(desk), ['GET /smartlock/auth/paged']);
  });

  it('names the account where Nuki refuses all of it', async () => {
    const { desk, services, pick } = await setUp();
    const picked = [await pick(frontDoor), await pick(garage)];
    desk.play.home.fault({ method: 'DELETE', answer: { status: 423 } });
    await desk.during(asCommand(services, () => removeAll(picked, services)));
    assert.deepEqual(said(), ['Home is busy with another operation. Nothing was done.']);
  });
});

describe('a clean-up', () => {
  it('that fails names the device that it was called on', async () => {
    const { desk, services } = await setUp();
    desk.play.home.fault({ method: 'GET', path: /auth/, answer: { status: 404 } });
    const row = idOf({ kind: 'device', accountId, smartlockId: garage });
    await desk.during(asCommand(services, () => cleanUpExpired(row, services)));
    assert.deepEqual(said(), ['Garage is no longer available in this account.']);
  });
});
