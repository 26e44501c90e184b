import type { Clock } from '../base/clock.ts';
import { Emitter, type Disposable } from '../base/event.ts';
import { isSameSecret } from '../base/sameSecret.ts';
import { simulatedApi, unobservedApi, type Handler } from './api/api.ts';
import { unauthorized } from './answers.ts';
import { checkClient, type CheckResult } from './clientCheck/check.ts';
import { control, isControlPath } from './control/control.ts';
import { served } from './conditions.ts';
import { Exchanges } from './journal/exchanges.ts';
import { setFault, type FaultName } from './faults/namedFaults.ts';
import { SimulatedHome, type HomeOptions, type SimulatedToken } from './home.ts';
import { outcomeOf, type Outcome } from './journal/outcomes.ts';
import { playOnTime } from './time/playOnTime.ts';
import { SettableClock } from './time/settableClock.ts';
import { tokenOf } from './tokens.ts';
import type { Delivery, Receiver, Send } from './webhooks/deliveries.ts';

export interface SimulationOptions {
  /** The computer's clock. */
  readonly clock: Clock;
  readonly seed: number;
  /** Where the home's clock starts, ms since 1970; now by default. */
  readonly time?: number;
  /** How many times as fast as the computer's clock the home's runs, 1 by default; 0 stands still until it is advanced. */
  readonly speed?: number;
  /** The home, without regard to its tokens. */
  readonly home: (clock: Clock, seed: number) => HomeOptions;
  readonly tokens: readonly SimulatedToken[];
  /** What requests meet from the beginning, and after each reset. */
  readonly faults?: readonly { readonly name: FaultName; readonly times?: number }[];
  /** How webhooks leave; without it they reach no one. */
  readonly send?: Send;
  /** Where all webhooks go, and the key of their signatures. */
  readonly webhook?: Receiver;
}

/** The token of the editor's own account: `own` alone takes it. */
export const ownToken = 'the-own-account-of-the-simulated-api';

/** What is remembered of a run. */
const memory = { exchanges: 10_000, bodies: 16_000_000, answers: 16_000_000 };

/** A home from its beginning to the next reset. */
interface Run extends Disposable {
  readonly home: SimulatedHome;
  readonly clock: SettableClock;
  readonly api: Handler;
  readonly ownApi: Handler;
}

/** A simulated home with its Web API, as programs are tried against it. */
export class Simulation implements Disposable {
  readonly exchanges: Exchanges;
  readonly #options: SimulationOptions;
  readonly #comeOut = new Emitter<Outcome>();
  readonly #changes = new Emitter<void>();
  /** Told how an accepted write came out later, by the number of its exchange. */
  readonly onDidComeOut = this.#comeOut.event;
  /** Told when the API shows something else than before. */
  readonly onDidChange = this.#changes.event;
  readonly #deliveries = new Emitter<Delivery>();
  /** Told of each webhook delivery that has ended. */
  readonly onDidDeliver = this.#deliveries.event;
  readonly #outcomes: Outcome[] = [];
  /** What the check says of the runs that a reset has ended. */
  readonly #pastChecks: CheckResult[] = [];
  #run: Run;

  /** @throws {RangeError} for a time or a speed that no clock has, and for faults that are set less than once */
  constructor(options: SimulationOptions) {
    this.#options = options;
    this.exchanges = new Exchanges(options.seed, memory);
    this.#run = this.#begin();
  }

  /** The home of now: `reset` makes another one. */
  get home(): SimulatedHome {
    return this.#run.home;
  }

  /** The clock of that home. */
  get clock(): SettableClock {
    return this.#run.clock;
  }

  /** How accepted writes came out, the last of them, oldest first. */
  get outcomes(): readonly Outcome[] {
    return this.#outcomes;
  }

  /** Answers a request; it rejects only as `fetch` does, where it is aborted or a fault breaks the connection. */
  readonly handle: Handler = async (request) => {
    const isControl = isControlPath(new URL(request.url).pathname);
    return marked(await (isControl ? control(this, request) : this.#run.api(request)));
  };

  /** Answers the editor's own account: the same home, met by no fault and not in the journal. */
  readonly own: Handler = async (request) => {
    const isOwn = isSameSecret(tokenOf(request), ownToken);
    return marked(isOwn ? await this.#run.ownApi(request) : unauthorized().toResponse());
  };

  /** What clients did since the last reset, as far as it is remembered, that the real API punishes. */
  check(): CheckResult {
    return checkClient(this.exchanges.all, { webhook: this.#options.webhook !== undefined });
  }

  /** The same of each run: a reset ends one and begins the next. Those without a request are left out. */
  checks(): readonly CheckResult[] {
    return this.exchanges.all.length > 0 ? [...this.#pastChecks, this.check()] : this.#pastChecks;
  }

  /** Begins anew with the same seed, home and options. */
  reset(): void {
    this.#run.dispose();
    if (this.exchanges.all.length > 0) this.#pastChecks.push(this.check());
    this.exchanges.clear();
    this.#outcomes.length = 0;
    this.#run = this.#begin();
    this.#changes.fire();
  }

  dispose(): void {
    this.#run.dispose();
    this.exchanges.dispose();
    this.#comeOut.dispose();
    this.#changes.dispose();
    this.#deliveries.dispose();
  }

  #begin(): Run {
    const { clock: computer, seed, time = computer.now(), speed, tokens, faults = [] } = this.#options;
    const { send, webhook: central } = this.#options;
    const clock = new SettableClock(computer, time, speed);
    const options = this.#options.home(clock, seed);
    const conditions = { ...served, ...options.conditions };
    const home = new SimulatedHome({
      ...options,
      clock,
      seed,
      tokens,
      conditions,
      exchanges: this.exchanges,
      ...(send && { webhooks: { send, clock: computer, ...(central && { central }) } }),
    });
    home.watch((event) => {
      const outcome = outcomeOf(event);
      if (outcome !== undefined) this.#tell(outcome);
    });
    home.onDidLearn(() => this.#changes.fire());
    for (const { name, times } of faults) setFault(home, name, times === undefined ? {} : { times });
    home.webhooks.deliveries.onDidEnd((delivery) => this.#deliveries.fire(delivery));
    const playing = playOnTime(home.timeline, clock);
    const dispose = (): void => {
      playing.dispose();
      home.dispose();
      clock.dispose();
    };
    return { home, clock, api: simulatedApi(home), ownApi: unobservedApi(home), dispose };
  }

  #tell(outcome: Outcome): void {
    this.#outcomes.push(outcome);
    if (this.#outcomes.length > memory.exchanges) this.#outcomes.shift();
    this.#comeOut.fire(outcome);
  }
}

/** An answer that no one can take for one of Nuki's. */
function marked(response: Response): Response {
  response.headers.set('x-simulated', 'keyturner');
  return response;
}
