import { AuthorizationWriter, type BroaderAccessQuestion } from '../../../src/model/authorizationWriter.ts';
import type { PendingChange } from '../../../src/model/pendingChanges.ts';
import { Store } from '../../../src/model/store.ts';
import { createClient } from '../../../src/nuki/http/client.ts';
import { demoToken } from '../../../src/simulator/demo.ts';
import { Play } from '../simulator/play.ts';
import { ref } from '../devices.ts';
import { accountId, sourceOf } from './fakes.ts';

/** A person at the demo home, or at the home of `play`, whose requests are counted. */
export class Desk {
  readonly play: Play;
  readonly store: Store;
  readonly requests: string[] = [];
  readonly questions: BroaderAccessQuestion[] = [];
  answer = true;
  readonly writer: AuthorizationWriter;

  private constructor(play: Play) {
    this.play = play;
    this.store = new Store(play.clock);
    this.writer = new AuthorizationWriter(this.store, play.clock, (question) => {
      this.questions.push(question);
      return Promise.resolve(this.answer);
    });
  }

  static async open(play = new Play()): Promise<Desk> {
    const desk = new Desk(play);
    const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      desk.requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return desk.play.api(request);
    };
    const client = createClient(demoToken, { fetch, clock: desk.play.clock, random: () => 0 });
    desk.store.setSources([sourceOf(client)]);
    await desk.during(desk.store.refresh(accountId));
    return desk;
  }

  /** How often something was written. */
  get writes(): readonly string[] {
    return this.requests.filter((request) => !request.startsWith('GET'));
  }

  /** Lets time pass until `work` has ended. */
  async during<T>(work: Promise<T>): Promise<T> {
    const end = { isThere: false };
    const settle = (): void => void (end.isThere = true);
    work.then(settle, settle);
    for (let seconds = 0; !end.isThere && seconds < 600; seconds++) await this.pass(1);
    return await work;
  }

  async pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds * 4; passed++) {
      await this.play.clock.advance(250);
      for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate);
    }
  }

  work(smartlockId: number): readonly PendingChange[] {
    return this.store.device(ref(smartlockId))?.pendingChanges ?? [];
  }

  onLock(smartlockId: number, name: string) {
    return this.play.home.authorizationsOnLock(smartlockId).find((entry) => entry.name === name);
  }

  async idOf(smartlockId: number, name: string): Promise<string> {
    return (await this.play.pathOf(smartlockId, name)).split('/').at(-1) ?? '';
  }
}
