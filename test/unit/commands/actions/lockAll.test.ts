import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { createConfirm } from '../../../../src/commands/actions/confirm.ts';
import { lockAll } from '../../../../src/commands/actions/lockAll.ts';
import { Doorkeeper } from '../../../../src/model/actions/doorkeeper.ts';
import { Journal } from '../../../../src/model/actions/journal.ts';
import type { Operation, Outcome } from '../../../../src/model/actions/operation.ts';
import type { Unreadable } from '../../../../src/nuki/http/decode.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import { clockSecond } from '../../../../src/views/text/timeText.ts';
import { idOf } from '../../../../src/views/tree/nodes.ts';
import { lock, lockId, opener, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, failing, FakeRecords, ScriptedApi, storeOf } from '../../model/fakes.ts';
import { user, type Message } from '../../vscodeStandIn.ts';
import type { ActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import { renderContextBy } from '../../renderContextBy.ts';
import { asCommand, servicesFor } from '../services.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Circumstances {
  /** How things were when they were last read, before the command; as they are now if left out. */
  readonly before?: readonly Smartlock[];
  /** How things are. */
  readonly now: readonly Smartlock[];
  readonly unreadable?: readonly Unreadable[];
  readonly operation?: Operation;
  /** What another window is doing with the front door, and how that ends; a missing end is told by no one. */
  readonly elsewhere?: { readonly action: ActionName; readonly outcome?: Outcome };
  /** Which buttons the user presses; none if left out. */
  readonly press?: (message: Message) => string | undefined;
  /** What the API makes of `lock`; the lock is locked if left out. */
  readonly onAct?: (api: ScriptedApi, id: number) => Promise<void>;
}

const cellarId = lockId + 1;
const garageId = lockId + 2;
const [open, closed] = ['2026-11-23T11:59:30.000Z', '2026-11-23T12:00:30.000Z'];

function named(name: string, smartlockId: number, fields: Fields = {}, state: Fields = {}): Smartlock {
  return lock({ name, smartlockId, updateDate: open, ...fields }, state);
}
const frontDoor = (state: Fields = {}, fields: Fields = {}): Smartlock => named('Front door', lockId, fields, state);
const garage = (state: Fields = {}, fields: Fields = {}): Smartlock => named('Garage', garageId, fields, state);
const cellar = (state: Fields = {}, fields: Fields = {}): Smartlock => named('Cellar', cellarId, fields, state);
const offline = { serverState: 4, updateDate: '2026-11-20T12:19:00.000Z' };
const unlocked = { state: 3, lastAction: 1 };

/** What a user sees who locks all of an account, and what was sent. */
async function lockAllOf({ before, now, unreadable = [], operation, elsewhere, press, onAct }: Circumstances) {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = before ?? now;
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  store.setOperation(ref(lockId), operation);
  api.calls.length = 0;
  api.times.length = 0;
  api.devices = now;
  api.onSmartlocks = () => Promise.resolve({ items: api.devices, unreadable });
  api.onAct = (id) => {
    if (onAct) return onAct(api, id);
    const isIt = ({ smartlockId }: Smartlock): boolean => smartlockId === id;
    api.devices = api.devices.map((device) =>
      isIt(device)
        ? { ...device, updateDate: closed, state: { ...device.state, state: 1, lastAction: 2, operationId: false } }
        : device,
    );
    const done = { action: 2, trigger: 4, state: 0, name: undefined, source: undefined };
    api.log = [{ id: `lock ${id}`, date: closed, ...done }, ...api.log];
    return Promise.resolve();
  };
  user.seen.length = 0;
  user.press = (message) => {
    clock.jump(1_000); // the user reads it
    return press?.(message);
  };
  const disk = new Map<string, unknown>();
  const other = new Journal(new FakeRecords(disk), 'other', clock);
  if (elsewhere) other.begin(ref(lockId), elsewhere.action);
  const journal = new Journal(new FakeRecords(disk), 'this', clock);
  const confirm = createConfirm(store, renderContextBy(clock), clock);
  const doorkeeper = new Doorkeeper(store, clock, confirm, () => clock.now(), journal);
  const services = servicesFor(store, clock, { doorkeeper });
  const running = asCommand(services, () => lockAll(idOf({ kind: 'account', accountId }), services));
  await clock.advance(3_000);
  if (elsewhere?.outcome) other.end(ref(lockId), elsewhere.outcome);
  await clock.advance(60_000);
  await running;
  const dialogs = user.seen.filter(({ options }) => options.modal);
  const results = user.seen.filter(({ options }) => !options.modal);
  return { api, dialogs, results, sent: api.calls.filter((call) => call.startsWith('act ')) };
}

const noon = clockSecond(Date.UTC(2026, 10, 23, 12), { language: 'en', t: inEnglish });
/** Said in the status bar and in a message that may fade. */
function saidTwice(text: string): readonly Message[] {
  return [text, text].map((said) => ({ text: said, options: {}, buttons: [] }));
}

const yes = ({ options }: Message): string | undefined => (options.modal ? 'Lock All' : undefined);

describe('Lock All', () => {
  it('says that all is locked of what it has just read', async () => {
    const { api, dialogs, results, sent } = await lockAllOf({ now: [frontDoor()] });
    assert.deepEqual(api.calls, ['smartlocks']);
    assert.deepEqual(results, saidTwice(`Home: the only reachable lock is locked (checked ${noon}).`));
    assert.deepEqual([dialogs, sent], [[], []]);
  });

  it('asks about a lock that was unlocked since the last look', async () => {
    const before = [frontDoor({}, { updateDate: '2026-11-23T11:00:00Z' })];
    const { dialogs } = await lockAllOf({ before, now: [frontDoor(unlocked)] });
    assert.equal(dialogs[0]?.text, 'Lock 1 device of Home?');
    assert.deepEqual(dialogs[0].options.detail?.split('\n'), [
      'Front door: unlocked',
      '',
      `Updated ${noon}. Each lock is checked again before it is locked.`,
    ]);
  });

  it('claims and sends nothing where it cannot read', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    api.onSmartlocks = () => failing('network');
    user.seen.length = 0;
    const services = servicesFor(store, clock);
    await asCommand(services, () => lockAll(idOf({ kind: 'account', accountId }), services));
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      ["Can't reach Nuki."],
    );
  });

  it('takes the word of an older copy for nothing', async () => {
    const before = [frontDoor({}, { updateDate: open })];
    const { dialogs } = await lockAllOf({ before, now: [frontDoor({}, { updateDate: '2026-11-23T11:00:00Z' })] });
    assert.equal(dialogs[0]?.text, 'Lock 1 device of Home?');
  });

  const outcome = { kind: 'unconfirmed', at: 0, reason: 'unseen' } as const;
  for (const [what, device, operation] of [
    ['was unlocked, and the end was not seen', frontDoor({ lastAction: 1 }), { action: 'unlock', since: 0, outcome }],
    ['is being unlocked', frontDoor(), { action: 'unlock', since: 0 }],
    ["works on another client's operation", frontDoor({}, { operationId: 'x' }), undefined],
    ['has no state', frontDoor({ state: null }), undefined],
    ['is locked with its door open', frontDoor({ doorState: 3 }), undefined],
  ] as const) {
    it(`asks about what ${what}`, async () => {
      const { dialogs } = await lockAllOf({ now: [device], ...(operation && { operation }) });
      assert.equal(dialogs[0]?.text, 'Lock 1 device of Home?');
    });
  }

  it('names what it leaves out and why, before and after, in a message that stays', async () => {
    const now = [frontDoor(unlocked), cellar(unlocked, offline), opener()];
    const { dialogs, results, sent } = await lockAllOf({ now, press: yes });
    const lines = dialogs[0]?.options.detail?.split('\n') ?? [];
    assert.equal(lines[2], 'Not included:');
    assert.match(lines[3] ?? '', /^Cellar: offline · reported 20 Nov, unlocked$/);
    assert.deepEqual(sent, [`act ${lockId} 2`]);
    const [announced, result] = results;
    assert.match(
      result?.text ?? '',
      /^Cellar could not be locked: offline\. Front door locked, confirmed at \d\d:\d\d:\d\d\.$/,
    );
    assert.deepEqual([result?.isError, result?.buttons], [true, ['Refresh']]);
    assert.equal(announced?.text, `$(warning) ${result?.text}`);
  });

  it('names it where there is nothing else to lock', async () => {
    const unreadable = [{ index: 2, id: undefined, problem: 'type' }];
    const { dialogs, results } = await lockAllOf({
      now: [frontDoor(), cellar(unlocked, offline), named('Gate', 99, { type: 99 })],
      unreadable,
    });
    assert.equal(dialogs.length, 0);
    assert.equal(
      results.at(-1)?.text,
      "Cellar could not be locked: offline. Gate could not be locked: unknown kind (99). 1 device couldn't be read. " +
        `Home: the only reachable lock is locked (checked ${noon}).`,
    );
    assert.equal(results.at(-1)?.isError, true);
  });

  it('says which it has locked, in a message that may fade', async () => {
    const { results, sent } = await lockAllOf({ now: [frontDoor(unlocked), garage(unlocked)], press: yes });
    const [announced, result] = results;
    assert.match(announced?.text ?? '', /^Front door and Garage locked, confirmed at \d\d:\d\d:\d\d\.$/);
    assert.deepEqual(result, announced);
    assert.deepEqual(sent.toSorted(), [`act ${lockId} 2`, `act ${garageId} 2`].toSorted());
  });

  it('says what became of each that it could not lock, and offers to try again', async () => {
    const { results } = await lockAllOf({
      now: [frontDoor(unlocked), garage(unlocked)],
      press: yes,
      onAct: (_, id) => (id === garageId ? failing('conflict', 409) : Promise.resolve()),
    });
    const [announced, result] = results;
    assert.equal(
      result?.text,
      'Front door didn\'t confirm "Lock" within 30 seconds. Keyturner won\'t retry. Check the door. Garage was not locked. Garage: this conflicts with what Nuki already has. Nothing was done.',
    );
    assert.deepEqual(result.buttons, ['Try Again']);
    assert.equal(announced?.text, `$(warning) ${result.text}`);
  });

  const at = Date.UTC(2026, 10, 23, 12, 0, 2);
  const locked = { kind: 'confirmed', at } as const;
  for (const [what, action, end, sentence] of [
    ['has locked', 'lock', locked, /^Front door locked, confirmed at \d\d:\d\d:\d\d\.$/],
    [
      'failed to lock',
      'lock',
      { kind: 'failed', at, completion: 1 },
      /^Front door: "Lock" failed: motor blocked\. Check the door\. It was sent from another window\.$/,
    ],
    [
      'has locked, which has been unlocked since',
      'lock',
      { ...locked, now: frontDoor(unlocked) },
      /^Front door: another window sent "Lock", but the result is unknown\. Check the door\.$/,
    ],
    [
      'has tried to lock without telling an end',
      'lock',
      undefined,
      /^Front door: another window sent "Lock", but the result is unknown\. Check the door\.$/,
    ],
    [
      'unlocks',
      'unlock',
      undefined,
      /^Front door: another window is running "Unlock"\. Nothing was sent from this window\.$/,
    ],
  ] as const) {
    it(`says how it ends of a lock that another window ${what}`, async () => {
      const elsewhere = { action, ...(end && { outcome: end }) };
      const { results, sent } = await lockAllOf({ now: [frontDoor(unlocked)], elsewhere, press: yes });
      assert.match(results.at(-1)?.text ?? '', sentence);
      assert.deepEqual(sent, []);
    });
  }

  it('says of an account without locks that there is none to lock', async () => {
    const { results } = await lockAllOf({ now: [opener()] });
    const sentence = `Home: there is no lock that can be reached and locked (checked ${noon}).`;
    assert.deepEqual(results, saidTwice(sentence));
  });

  it('asks anew before it tries again', async () => {
    const { dialogs, sent } = await lockAllOf({
      now: [frontDoor(unlocked)],
      press: ({ options, buttons }) => (options.modal && user.seen.length > 1 ? undefined : buttons[0]),
      onAct: () => failing('conflict', 409),
    });
    assert.deepEqual(
      dialogs.map(({ text }) => text),
      ['Lock 1 device of Home?', 'Lock 1 device of Home?'],
    );
    assert.equal(sent.length, 1);
  });

  it('says so of a device that is listed no more, or has gone offline, when it is to be locked', async () => {
    const now = [frontDoor(unlocked), garage(unlocked)];
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    api.devices = now;
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    const services = servicesFor(store, clock);
    user.seen.length = 0;
    user.press = ({ options }) => {
      clock.jump(1_000);
      api.devices = [garage(unlocked, { serverState: 4 })];
      return options.modal ? 'Lock All' : undefined;
    };
    const running = lockAll(idOf({ kind: 'account', accountId }), services);
    await clock.advance(60_000);
    await running;
    assert.equal(api.count('act'), 0);
    assert.equal(
      user.seen.at(-1)?.text,
      'Front door was not locked. Front door is no longer in this account. Nothing was sent. Garage could not be locked: offline.',
    );
  });

  it('asks once more about a lock whose door is open, and leaves it if the user does', async () => {
    const ajar = frontDoor({ ...unlocked, doorState: 3 });
    const question = (message: Message): string | undefined =>
      message.text === 'Lock Front door with the door open?' ? undefined : yes(message);
    const { dialogs, results, sent } = await lockAllOf({ now: [ajar, garage(unlocked)], press: question });
    assert.deepEqual(dialogs[0]?.options.detail?.split('\n').slice(0, 4), [
      'Garage: unlocked',
      '',
      'Door open – Keyturner asks about each:',
      'Front door: door open · unlocked',
    ]);
    assert.equal(dialogs[1]?.text, 'Lock Front door with the door open?');
    assert.match(dialogs[1].options.detail ?? '', /^The door is open\. The bolt would extend into the air\.$/m);
    assert.deepEqual(sent, [`act ${garageId} 2`]);
    assert.match(
      results.at(-1)?.text ?? '',
      /^Front door was not locked, as you chose\. Garage locked, confirmed at .+\.$/,
    );
  });

  it('says of a lock that it locked with the door open, in a message that stays', async () => {
    const ajar = frontDoor({ ...unlocked, doorState: 3 });
    const press = ({ options, buttons }: Message): string | undefined => (options.modal ? buttons[0] : undefined);
    const { results } = await lockAllOf({ now: [ajar, garage(unlocked)], press });
    const result = results.at(-1);
    assert.match(
      result?.text ?? '',
      /^Front door locked with the door open, confirmed at .+\. Garage locked, confirmed at .+\.$/,
    );
    assert.equal(result?.isError, true);
  });

  it('asks forty locks a few at a time, the last of them within 10 s', async () => {
    const many = Array.from({ length: 40 }, (_, index) => named(`Door ${index}`, lockId + index, {}, unlocked));
    const { api, sent } = await lockAllOf({ now: many, press: yes });
    assert.equal(sent.length, 40);
    const times = api.times.filter((_, index) => api.calls[index]?.startsWith('act '));
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    assert.ok(last - first <= 10_000);
    for (const time of times) assert.ok(times.filter((other) => other >= time && other < time + 1_000).length <= 8);
  });

  it('cuts long lists', async () => {
    const many = Array.from({ length: 40 }, (_, index) => named(`Door ${index}`, lockId + index, {}, unlocked));
    const gone = Array.from({ length: 40 }, (_, index) =>
      named(`Gate ${index}`, lockId + 50 + index, offline, unlocked),
    );
    const { dialogs } = await lockAllOf({ now: [...many, ...gone] });
    const lines = dialogs[0]?.options.detail?.split('\n') ?? [];
    assert.ok(lines.length < 30, `${lines.length} lines`);
    assert.equal(lines.filter((line) => line === 'and 30 more').length, 2);
    const { results } = await lockAllOf({ now: [frontDoor(), ...gone] });
    assert.match(results.at(-1)?.text ?? '', /Gate 11 could not be locked: offline\. And 36 more\. Home: /);
  });

  it('says all of its result with a name that looks like a link, and makes none of it', async () => {
    const name = 'Büro [EG](command:nuki.account.remove)';
    const { results } = await lockAllOf({ now: [frontDoor(), cellar({}, { ...offline, name })] });
    assert.match(
      results.at(-1)?.text ?? '',
      /Büro \[EG\]\s\(command\s:nuki\.account\.remove\) could not be locked: offline/,
    );
  });

  it('looks again after a question that was left open, and asks anew where there is more to lock', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    api.devices = [frontDoor(unlocked), garage()];
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    user.seen.length = 0;
    user.press = () => {
      if (user.seen.length > 1) return undefined;
      clock.jump(8 * 3_600_000);
      api.devices = [frontDoor(unlocked), garage(unlocked, { updateDate: closed })];
      return 'Lock All';
    };
    await lockAll(idOf({ kind: 'account', accountId }), servicesFor(store, clock));
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      ['Lock 1 device of Home?', 'Lock 2 devices of Home?'],
    );
    assert.equal(api.count('act'), 0);
  });

  it('is not set off by a second Enter that was meant for the list of accounts', async () => {
    const answers = ['Lock All', undefined];
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    api.devices = [frontDoor(unlocked)];
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    user.seen.length = 0;
    user.press = () => answers.shift();
    await lockAll(idOf({ kind: 'account', accountId }), servicesFor(store, clock));
    assert.equal(user.seen.length, 2);
    assert.equal(api.count('act'), 0);
  });
});
