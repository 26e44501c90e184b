import type { AccountSource } from '../../../src/model/accounts/accountBook.ts';
import {
  AuthorizationWriter,
  type BroaderAccessQuestion,
} from '../../../src/model/authorizations/authorizationWriter.ts';
import type { PendingChange } from '../../../src/model/authorizations/pendingChanges.ts';
import { Store } from '../../../src/model/store.ts';
import { createClient } from '../../../src/nuki/http/client.ts';
import { demoToken } from '../../../src/simulator/demo/demo.ts';
import { TestSimulator } from '../simulator/testSimulator.ts';
import { ref } from '../devices.ts';
import { accountId, sourceOf } from './fakes.ts';

/** The account of the demo home, or of the home of `simulator`, with its store and writer; its requests are kept. */
export class TestAccount {
  readonly simulator: TestSimulator;
  readonly store: Store;
  readonly requests: string[] = [];
  readonly questions: BroaderAccessQuestion[] = [];
  answer = true;
  /** What the store reads the account from. */
  readonly source: AccountSource;
  readonly writer: AuthorizationWriter;

  private constructor(simulator: TestSimulator) {
    this.simulator = simulator;
    const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      this.requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return this.simulator.api(request);
    };
    this.source = sourceOf(createClient(demoToken, { fetch, clock: simulator.clock, random: () => 0 }));
    this.store = new Store(simulator.clock);
    this.writer = new AuthorizationWriter(this.store, simulator.clock, (question) => {
      this.questions.push(question);
      return Promise.resolve(this.answer);
    });
  }

  static async open(simulator = new TestSimulator()): Promise<TestAccount> {
    const account = new TestAccount(simulator);
    account.store.setSources([account.source]);
    await account.advanceUntil(account.store.refresh(accountId));
    return account;
  }

  /** The requests that write something. */
  get writes(): readonly string[] {
    return this.requests.filter((request) => !request.startsWith('GET'));
  }

  /** Lets time pass until `work` has ended. */
  async advanceUntil<T>(work: Promise<T>): Promise<T> {
    const end = { isThere: false };
    const settle = (): void => void (end.isThere = true);
    work.then(settle, settle);
    const late = AbortSignal.timeout(30_000); // the test has failed by then, and its process would never end
    while (!end.isThere && !late.aborted) await this.advance(1);
    return await work;
  }

  async advance(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds * 4; passed++) {
      await this.simulator.clock.advance(250);
      for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate);
    }
  }

  pendingChanges(smartlockId: number): readonly PendingChange[] {
    return this.store.device(ref(smartlockId))?.pendingChanges ?? [];
  }

  onLock(smartlockId: number, name: string) {
    return this.simulator.home.authorizationsOnLock(smartlockId).find((entry) => entry.name === name);
  }

  async idOf(smartlockId: number, name: string): Promise<string> {
    return (await this.simulator.pathOf(smartlockId, name)).split('/').at(-1) ?? '';
  }
}
