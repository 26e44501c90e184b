import { Emitter } from '../../base/event.ts';
import type { Exchange } from './exchange.ts';

/** How much is remembered; what is older is forgotten. */
export interface Memory {
  /** How many exchanges. */
  readonly exchanges: number;
  /** How much of requests and of answers, in characters of their JSON each; 0 remembers no answers. */
  readonly bodies: number;
  readonly answers: number;
}

/** What is known of a request when it comes, and of its end. Sizes are characters of the JSON. */
export type Beginning = Pick<
  Exchange,
  'at' | 'method' | 'path' | 'operation' | 'client' | 'missingScopes' | 'body' | 'fault' | 'known'
> & {
  readonly size?: number;
};
export type Ending = Pick<Exchange, 'endedAt' | 'status' | 'retryAfter' | 'answer'> & {
  readonly end: NonNullable<Exchange['end']>;
  readonly size?: number;
};

interface Remembered {
  exchange: Exchange;
  body: number;
  answer: number;
}

/** The requests that reached a simulated home, with their answers: its journal. */
export class Exchanges {
  readonly #seed: number;
  readonly #memory: Memory;
  readonly #begun = new Emitter<Exchange>();
  readonly #ended = new Emitter<Exchange>();
  readonly onDidBegin = this.#begun.event;
  readonly onDidEnd = this.#ended.event;
  #remembered: Remembered[] = [];
  #count = 0;
  #bodies = 0;
  #answers = 0;
  /** How many of those remembered, oldest first, have lost their answers. */
  #emptied = 0;

  constructor(seed: number, memory: Memory = { exchanges: 1000, bodies: 4_000_000, answers: 0 }) {
    this.#seed = seed;
    this.#memory = memory;
  }

  /** Those that are remembered, in the order in which they came. */
  get all(): readonly Exchange[] {
    return this.#remembered.map(({ exchange }) => exchange);
  }

  /** The one with this number, where it is still remembered. */
  numbered(number: number): Exchange | undefined {
    return this.#remembered[this.#placeOf(number)]?.exchange;
  }

  get keepsAnswers(): boolean {
    return this.#memory.answers > 0;
  }

  /** What a token is called here: eight hex digits, too few to tell the token from. The same seed calls it the same. */
  clientOf(token: string): string {
    let hash = this.#seed ^ 0x9e3779b9;
    for (let index = 0; index < token.length; index += 1) {
      hash = Math.imul(hash ^ token.charCodeAt(index), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }

  /** Remembers a request. @returns its number, and a function to call at its end */
  begin({ size = 0, ...beginning }: Beginning): { readonly number: number; readonly end: (ending: Ending) => void } {
    this.#count += 1;
    const number = this.#count;
    const remembered: Remembered = { exchange: { number, ...beginning }, body: size, answer: 0 };
    this.#remembered.push(remembered);
    this.#bodies += size;
    this.#forget();
    this.#begun.fire(remembered.exchange);
    return { number, end: (ending) => this.#end(remembered, ending) };
  }

  /** Forgets all; the next one is number 1. What is under way is told to no one. */
  clear(): void {
    this.#remembered = [];
    this.#count = this.#bodies = this.#answers = this.#emptied = 0;
  }

  dispose(): void {
    this.#begun.dispose();
    this.#ended.dispose();
  }

  #end(remembered: Remembered, { size = 0, answer, ...ending }: Ending): void {
    const keeps = this.keepsAnswers && answer !== undefined;
    const ended: Exchange = { ...remembered.exchange, ...ending, ...(keeps && { answer }) };
    // It may be forgotten, or of a run before.
    if (this.#remembered[this.#placeOf(ended.number)] !== remembered) return;
    remembered.exchange = ended;
    if (keeps) {
      remembered.answer = size;
      this.#answers += size;
    }
    this.#forget();
    this.#ended.fire(ended);
  }

  /** Those remembered are the last ones, without gaps. */
  #placeOf(number: number): number {
    return number - 1 - this.#count + this.#remembered.length;
  }

  #forget(): void {
    for (let oldest = this.#remembered[this.#emptied]; oldest; oldest = this.#remembered[this.#emptied]) {
      if (this.#answers <= this.#memory.answers) break;
      const { answer: _, ...emptied } = oldest.exchange;
      this.#answers -= oldest.answer;
      oldest.answer = 0;
      oldest.exchange = emptied;
      this.#emptied += 1;
    }
    while (this.#remembered.length > this.#memory.exchanges || this.#bodies > this.#memory.bodies) {
      const oldest = this.#remembered.shift();
      this.#bodies -= oldest?.body ?? 0;
      this.#answers -= oldest?.answer ?? 0;
      this.#emptied = Math.max(0, this.#emptied - 1);
    }
  }
}
