import { Emitter } from '../../base/event.ts';
import { redact } from '../../base/redact.ts';
import { hiddenSecret, withoutCodes, withoutSecrets } from '../../nuki/http/maskSecrets.ts';
import { isFields } from '../jsonFields.ts';
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

const secretInQuery = /([?&][\w-]*(?:token|secret|password|pin|key|code|authorization)=)[^&#]*/gi;

/** An exchange as a journal shows it: codes, tokens and other secrets masked, also in its address, and nothing that only the check knows. */
export function withoutItsSecrets(exchange: Exchange): Exchange {
  const { known: _, ...shown } = exchange;
  const { path, body, answer } = shown;
  return {
    ...shown,
    path: path.replace(secretInQuery, `$1${hiddenSecret}`),
    ...(body !== undefined && { body: masked(body) }),
    ...(answer !== undefined && { answer: masked(answer) }),
  };
}

const refusedSecret = /'[^']*'(?= for parameter '(?:code|\w*(?:pin|token|secret|password))')/gi;

function masked(content: unknown): unknown {
  if (typeof content === 'string') return withoutCodes(redact(content));
  if (!isFields(content)) return Array.isArray(content) ? withoutSecrets(content) : content;
  const { code, detailMessage } = content;
  return Object.assign({}, withoutSecrets(content), {
    // Errors have a status under this name.
    ...(typeof code === 'number' && code < 1000 && { code }),
    ...(typeof detailMessage === 'string' && {
      detailMessage: detailMessage.replace(refusedSecret, `'${hiddenSecret}'`),
    }),
  });
}
