import assert from 'node:assert/strict';
import { ThemeIcon, window } from 'vscode';
import { watchAccounts } from '../../src/commands/sidebar/notices.ts';
import { Refresher } from '../../src/model/refresh.ts';
import { simulatedApi } from '../../src/simulator/api/api.ts';
import { demoHomeOptions, demoToken } from '../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { SimulatedHome } from '../../src/simulator/home.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { Report } from '../../src/report.ts';
import { FakeClock } from '../unit/fakeClock.ts';
import { heapInUse, timersUnderWay } from './heap.ts';
import { treeOfFetch } from './testTree.ts';

// A day of a window that the user leaves alone, on a clock that runs by itself: 20 devices, and one answer in twenty goes wrong.

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_123);
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const interval = minute;
const hours = 24;
const devices = 20;
/** How often the rows are drawn, in ms. */
const step = 15 * second;

/** What can be wrong with one answer in twenty. */
const faults: readonly ((answer: Response) => Response)[] = [
  () => {
    throw new TypeError('fetch failed');
  },
  () => new Response('<html>', { status: 502 }),
  () => new Response('{}', { status: 503, headers: { 'retry-after': '90' } }),
  () => new Response('{}', { status: 429, headers: { 'retry-after': '120' } }),
  () => new Response('<html>sign in', { headers: { 'content-type': 'text/html' } }),
  () => new Response('[{"smartlockId":', { headers: { 'content-type': 'application/json' } }),
  (answer) => new Response(null, answer),
];

class Soak {
  readonly clock = new FakeClock();
  readonly #random = seededRandom(seed);
  readonly home: SimulatedHome;
  readonly log: string[] = [];
  /** When something was asked, in ms since 1970. */
  readonly asked: number[] = [];
  /** Requests before the time until which the API has asked to wait. */
  hasty = 0;
  isDown = false;
  isFaulty = true;
  isVisible = true;
  readonly parts;
  readonly refresher: Refresher;
  readonly #disposables: readonly { dispose(): unknown }[];
  #waitUntil = 0;

  constructor() {
    const options = demoHomeOptions(this.clock, seed);
    const [first] = options.devices;
    assert.ok(first);
    const many = Array.from({ length: devices }, (_, index) => ({
      ...first,
      listed: { ...first.listed, smartlockId: frontDoor + index, name: `Door ${index}` },
    }));
    this.home = new SimulatedHome({ ...options, devices: many });
    const api = simulatedApi(this.home);
    this.parts = treeOfFetch(async (input, init) => this.#answer(await api(new Request(input, init))), this.clock);
    const { store, renderContext, tree } = this.parts;
    const channel = window.createOutputChannel('Soak', { log: true });
    for (const level of ['info', 'warn', 'error'] as const) {
      channel[level] = (line: string | Error) => void this.log.push(String(line));
    }
    const report = new Report(channel, () => [demoToken]);
    const attention = () => ({ shown: this.isVisible, accountIds: ['7'] });
    const services = { clock: this.clock, random: () => this.#random.next() };
    this.refresher = new Refresher(
      store,
      services,
      attention,
      () => interval,
      (error) => assert.fail(String(error)),
    );
    this.#disposables = [watchAccounts({ store, renderContext, report }), this.refresher, tree, report];
    this.refresher.update();
  }

  #answer(answer: Response): Response {
    const now = this.clock.now();
    this.asked.push(now);
    if (now < this.#waitUntil) this.hasty += 1;
    if (this.isDown) throw new TypeError('fetch failed');
    if (!this.isFaulty || this.#random.next() > 0.05) return answer;
    const wrong = faults[Math.floor(this.#random.next() * faults.length)]?.(answer) ?? answer;
    const wait = Number(wrong.headers.get('retry-after') ?? 0);
    if (wait > 0) this.#waitUntil = now + wait * second;
    return wrong;
  }

  /** Lets time pass, and all rows be drawn as VS Code draws them; ends early once `isDone`. Answers how long that took, in ms. */
  async pass(ms: number, isDone: () => boolean = () => false): Promise<number> {
    const began = this.clock.now();
    while (this.clock.now() < began + ms && !isDone()) {
      await this.clock.advance(step);
      for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      this.icon();
    }
    return this.clock.now() - began;
  }

  icon(): string {
    const { iconPath } = this.parts.tree.getTreeItem(`account/7/device/${frontDoor}`);
    return iconPath instanceof ThemeIcon ? iconPath.id : '';
  }

  get error() {
    return this.parts.store.account('7')?.error?.reason;
  }

  /** How often something was asked in an hour that ends now, or in the worst hour of all. */
  get lastHour(): number {
    return this.asked.filter((at) => at > this.clock.now() - hour).length;
  }

  get worstHour(): number {
    return Math.max(...this.asked.map((from) => this.asked.filter((at) => at >= from && at < from + hour).length));
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

describe(`${hours} hours of a window with ${devices} devices, of which nothing is asked (KEYTURNER_SEED=${seed})`, function () {
  this.timeout(5 * minute);

  let soak: Soak;
  before(() => (soak = new Soak()));

  it('cost a request a minute while they are seen, and none while they are not', async () => {
    soak.isFaulty = false;
    await soak.pass(hour);
    const visible = soak.lastHour;
    soak.isVisible = false;
    soak.refresher.update();
    await soak.pass(2 * hour);
    const hidden = soak.lastHour;
    soak.isVisible = true;
    soak.refresher.update();
    assert.ok(visible <= 75, `${visible} requests in an hour that is seen`);
    assert.equal(hidden, 0, `${hidden} requests in an hour that is not seen`);
  });

  it('a Nuki that is away for an hour is two lines in the log', async () => {
    const before = soak.log.length;
    soak.isDown = true;
    const stale = await soak.pass(hour, () => soak.icon() === 'history');
    await soak.pass(hour - stale);
    soak.isDown = false;
    const back = await soak.pass(hour, () => soak.error === undefined);
    const lines = soak.log.slice(before);
    assert.ok(stale <= 2 * interval + step, `stale only after ${stale / second} s`);
    assert.ok(back <= 11.25 * minute, `back only after ${back / minute} min, at an interval of 10 min`);
    assert.equal(lines.length, 2, lines.join('\n'));
    await soak.pass(10 * minute);
  });

  it('leave nothing behind', async () => {
    soak.isFaulty = true;
    await soak.pass(2 * hour);
    const [heap, timersBefore] = [await heapInUse(), timersUnderWay()];
    await soak.pass((hours - 6) * hour);
    const growth = (await heapInUse()) - heap;
    const kept = timersUnderWay() - timersBefore;
    const waits = soak.clock.waiting;
    assert.ok(soak.worstHour <= 300, `${soak.worstHour} requests in the worst hour with faults`);
    assert.equal(soak.hasty, 0, `${soak.hasty} requests before Retry-After`);
    assert.ok(growth < 5, `grown by ${growth.toFixed(2)} MB`);
    assert.ok(waits <= 2, `${waits} waits`); // for the next reading, and for what is shown to grow older
    assert.ok(kept <= 2, `${kept} more timers`);
  });

  it('a dead token is told by the next request', async () => {
    soak.isFaulty = false;
    await soak.pass(15 * minute, () => soak.error === undefined);
    soak.home.revoke(demoToken);
    const took = await soak.pass(hour, () => soak.error === 'tokenRefused');
    assert.ok(took <= 1.1 * interval + step, `told only after ${took / second} s`);
  });

  it('leave no wait once they are over', () => {
    soak.dispose();
    assert.equal(soak.clock.waiting, 0);
  });
});
