import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/event.ts';
import { masked, maskedAddress } from '../journal/withoutItsSecrets.ts';
import type { Timeline } from '../time/timeline.ts';
import { signatureOf } from '../../nuki/webhookSignature.ts';

/** How a webhook leaves; rejects where no one answers. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** Where webhooks go: the URL and key of the application, or of a decentral registration. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
}

/** What is to be sent. */
export interface Message {
  /** Its feature, or the type of an API-triggered one. */
  readonly about: string;
  /** JSON, with keypad codes as they are. */
  readonly body: string;
  /** The request whose outcome an API-triggered one tells. */
  readonly requestId?: string;
  /** The fault that it meets, by its name. */
  readonly fault?: string;
  /** The number of the delivery that it repeats. */
  readonly replayOf?: number;
}

/**
 * How the receiver has taken it. `body`: the beginning of its answer. `dropped`: it was not sent, as its receiver was deactivated or had gone. `ms`: from
 * when it was sent.
 */
export type Receipt =
  | { readonly kind: 'answered'; readonly ms: number; readonly status: number; readonly body: string }
  | { readonly kind: 'timedOut' | 'unreachable'; readonly ms: number }
  | { readonly kind: 'dropped' };

/** A message on its way to a receiver. */
export interface Delivery extends Message {
  /** From 1 on, in the order in which the cloud had something to tell. */
  readonly number: number;
  /** An ObjectId, by which the API's log knows it. */
  readonly id: string;
  /** When that was, ms since 1970 by the home's clock. */
  readonly at: number;
  readonly receiver: Receiver;
  /** Missing until it is sent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Missing until it has ended. */
  readonly receipt?: Receipt;
}

/** How long a receiver has to answer; Nuki publishes no time. */
export const deliveryTimeout = 10_000;

/** After how many failures in a row a receiver gets nothing more; Nuki publishes no number. */
export const failuresUntilDeactivation = 10;

/** How many deliveries are remembered. Nuki's guide, "Monitoring Webhooks". */
const remembered = 300;

/** How much of a receiver's answer is read, in characters. */
const readLength = 2000;

export function hasSucceeded({ receipt }: Delivery): boolean {
  return receipt?.kind === 'answered' && receipt.status >= 200 && receipt.status < 300;
}

/** A delivery as `/_sim` lists it: secrets in its body are masked, and the key of its signature is left out. */
export function listedDelivery(delivery: Delivery): object {
  const { number, at, about, requestId, fault, replayOf, receiver, receipt } = delivery;
  return {
    number,
    at,
    url: maskedAddress(receiver.url),
    about,
    ...(requestId !== undefined && { requestId }),
    ...(fault !== undefined && { fault }),
    ...(replayOf !== undefined && { replayOf }),
    ...(receipt && { end: receipt.kind }),
    ...(receipt && receipt.kind !== 'dropped' && { ms: receipt.ms }),
    ...(receipt?.kind === 'answered' && { status: receipt.status, answer: masked(receipt.body) }),
    body: masked(JSON.parse(delivery.body)),
  };
}

/** What is on its way to one receiver. */
interface Way {
  readonly waiting: Delivery[];
  isBusy: boolean;
  failures: number;
}

/** Sends each message once, and those to one receiver one after the other. */
export class Deliveries {
  readonly #send: Send;
  readonly #clock: Clock;
  readonly #timeline: Timeline;
  readonly #ways = new Map<Receiver, Way>();
  #all: readonly Delivery[] = [];
  #count = 0;
  readonly #stopped = new AbortController();
  readonly #ended = new Emitter<Delivery>();
  /** Told of each delivery that has its receipt. */
  readonly onDidEnd = this.#ended.event;

  constructor(send: Send, clock: Clock, timeline: Timeline) {
    this.#send = send;
    this.#clock = clock;
    this.#timeline = timeline;
  }

  /** The last 300, oldest first. */
  get all(): readonly Delivery[] {
    return this.#all;
  }

  isDeactivated(receiver: Receiver): boolean {
    return (this.#ways.get(receiver)?.failures ?? 0) >= failuresUntilDeactivation;
  }

  /** Sends to every receiver again that was deactivated. */
  reactivate(): void {
    for (const way of this.#ways.values()) way.failures = 0;
  }

  /** Sends a message once those before it have ended; a deactivated receiver gets none, but for one that is asked for by hand. */
  add(receiver: Receiver, message: Message): void {
    if (this.#stopped.signal.aborted) return;
    const id = this.#timeline.newId(); // for all, so that ids do not depend on what receivers answer
    if (this.isDeactivated(receiver) && message.replayOf === undefined) return;
    const way = this.#ways.get(receiver) ?? { waiting: [], isBusy: false, failures: 0 };
    this.#ways.set(receiver, way);
    this.#count += 1;
    const { now: at } = this.#timeline;
    const delivery: Delivery = { ...message, number: this.#count, id, at, receiver };
    this.#all = [...this.#all, delivery].slice(-remembered);
    way.waiting.push(delivery);
    if (!way.isBusy) void this.#sendAll(receiver, way);
  }

  /** Sends nothing more to a receiver. */
  forget(receiver: Receiver): void {
    const way = this.#ways.get(receiver);
    if (way !== undefined) this.#drop(way);
    this.#ways.delete(receiver);
  }

  /** Sends nothing more at all. */
  stop(): void {
    for (const { waiting } of this.#ways.values()) waiting.length = 0;
    this.#stopped.abort();
    this.#ended.dispose();
  }

  async #sendAll(receiver: Receiver, way: Way): Promise<void> {
    way.isBusy = true;
    for (let delivery = way.waiting.shift(); delivery !== undefined; delivery = way.waiting.shift()) {
      const headers = await headersOf(delivery.body, receiver.secret);
      const sent = this.#replace(delivery, { ...delivery, headers });
      const init = { method: 'POST', headers, body: delivery.body };
      const ended = this.#replace(sent, { ...sent, receipt: await this.#receipt(receiver.url, init) });
      if (this.#stopped.signal.aborted) return;
      way.failures = hasSucceeded(ended) ? 0 : way.failures + 1;
      this.#ended.fire(ended);
      if (way.failures >= failuresUntilDeactivation) this.#drop(way);
    }
    way.isBusy = false;
  }

  #drop({ waiting }: Way): void {
    for (const delivery of waiting.splice(0)) {
      this.#ended.fire(this.#replace(delivery, { ...delivery, receipt: { kind: 'dropped' } }));
    }
  }

  #replace(before: Delivery, after: Delivery): Delivery {
    this.#all = this.#all.map((delivery) => (delivery === before ? after : delivery));
    return after;
  }

  async #receipt(url: string, init: RequestInit): Promise<Receipt> {
    const over = new AbortController();
    const end = (): void => over.abort();
    const { signal: stopped } = this.#stopped;
    stopped.addEventListener('abort', end);
    if (stopped.aborted) end();
    const since = this.#clock.now();
    const ms = (): number => this.#clock.now() - since;
    try {
      return await Promise.race([
        this.#answerOf(url, { ...init, redirect: 'manual', signal: over.signal }, ms),
        this.#clock.wait(deliveryTimeout, over.signal).then((): Receipt => ({ kind: 'timedOut', ms: ms() })),
      ]);
    } finally {
      end();
      stopped.removeEventListener('abort', end);
    }
  }

  async #answerOf(url: string, init: RequestInit, ms: () => number): Promise<Receipt> {
    if (init.signal?.aborted) return { kind: 'unreachable', ms: 0 };
    try {
      const answer = await this.#send(url, init);
      return { kind: 'answered', status: answer.status, body: await beginningOf(answer), ms: ms() };
    } catch {
      return { kind: 'unreachable', ms: ms() };
    }
  }
}

/** Both signatures are sent: the message in Nuki's guide, "Monitoring Webhooks", has both. */
async function headersOf(body: string, secret: string): Promise<Record<string, string>> {
  const bytes = new TextEncoder().encode(body);
  return {
    'Content-Type': 'application/json; charset=UTF-8',
    'X-Nuki-Signature-SHA256': await signatureOf(bytes, secret, 'X-Nuki-Signature-SHA256'),
    'X-Nuki-Signature': await signatureOf(bytes, secret, 'X-Nuki-Signature'),
    'X-Simulated': 'keyturner',
  };
}

/** The first characters of an answer, which may never end. */
async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done && text.length < readLength; part = await reader.read()) {
    text += part.value;
  }
  await reader.cancel();
  return text.slice(0, readLength);
}
