import { systemClock, type Clock } from '../../base/clock.ts';
import { badParameter } from '../answers.ts';
import type { CloudChange } from '../devices/cloud.ts';
import type { DeviceEvent } from '../devices/deviceEvents.ts';
import type { DeliveryFault } from '../faults/faults.ts';
import type { Timeline } from '../time/timeline.ts';
import type { AccountUserJson } from '../wire.ts';
import { Deliveries, hasSucceeded, type Delivery, type Message, type Receiver, type Send } from './deliveries.ts';
import { payloadsOf, userPayloads, webhookFeatures, type Payload, type WebhookFeature } from './payloads.ts';
import { RequestOutcomes, type RequestTarget, type RequestType } from './requestOutcomes.ts';
import { isLoopback } from './target.ts';

/** A registration in the API's JSON: "DecentralWebhook" of Nuki's OpenAPI. */
export interface DecentralWebhookJson {
  readonly id: number;
  readonly secret: string;
  readonly webhookUrl: string;
  readonly webhookFeatures: readonly WebhookFeature[];
}

/** A delivery in the API's JSON: "WebhookLog" of Nuki's OpenAPI. In the example of Nuki's guide `response` holds what was sent. */
export interface WebhookLogJson {
  readonly id: string;
  readonly requestId?: string;
  readonly succeeded: boolean;
  readonly responseStatus?: number;
  /** How long it took, in ms. */
  readonly duration?: number;
  readonly accountId: number;
  readonly response: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
    readonly timestamp: string;
    readonly path: string;
  };
  readonly apiKeyId: number;
  readonly updated: string;
  readonly created: string;
}

/** How webhooks leave a home. */
export interface Post {
  readonly send: Send;
  /** The receivers' clock, which is not the home's where that one runs faster or stands still. */
  readonly clock: Clock;
  /** The application's own URL and client secret, which get all features. */
  readonly central?: Receiver;
}

/** The fault of the next delivery, which tells of a device or of the account. */
type TakeFault = (smartlockId?: number) => DeliveryFault | undefined;

/** A receiver with what it is registered for. */
interface Registered extends Receiver {
  /** Missing for the application's own. */
  readonly id?: number;
  readonly features: readonly WebhookFeature[];
}

/** The only API key of the account, to which all API tokens and registrations belong. */
export const apiKeyId = 1_010_101;

/** The webhooks of a home: who gets them, and what the cloud tells them. */
export class Webhooks {
  readonly deliveries: Deliveries;
  readonly #accountId: number;
  readonly #timeline: Timeline;
  readonly #takeFault: TakeFault;
  readonly #outcomes: RequestOutcomes;
  #registered: readonly Registered[];
  #lastId = 100_000_000;

  constructor(timeline: Timeline, accountId: number, { send, clock, central }: Post = noPost, takeFault: TakeFault) {
    this.#accountId = accountId;
    this.#timeline = timeline;
    this.#takeFault = takeFault;
    this.#registered = central === undefined ? [] : [{ ...central, features: webhookFeatures }];
    this.deliveries = new Deliveries(send, clock, timeline);
    this.#outcomes = new RequestOutcomes(timeline, (outcome) => {
      const { type: about, requestId, smartlockId } = outcome;
      this.#sendTo(this.#registered, { about, requestId, body: JSON.stringify(outcome) }, smartlockId);
    });
  }

  /** The decentral registrations, oldest first. */
  get registered(): readonly DecentralWebhookJson[] {
    return this.#registered.flatMap(({ id, secret, url: webhookUrl, features }) =>
      id === undefined ? [] : [{ id, secret, webhookUrl, webhookFeatures: features }],
    );
  }

  /** @throws {Refusal} 400 for an unknown feature, and for a URL that does not lead to this computer */
  register(webhookUrl: unknown, features: unknown): DecentralWebhookJson {
    if (typeof webhookUrl !== 'string' || !isLoopback(webhookUrl)) {
      throw badParameter('webhookUrl', webhookUrl, whyOnlyHere);
    }
    const named = Array.isArray(features) ? (features as unknown[]) : [];
    const known = webhookFeatures.filter((feature) => named.includes(feature));
    if (named.length === 0) throw badParameter('webhookFeatures', features);
    for (const name of named) if (!isFeature(name)) throw badParameter('webhookFeatures', name);
    this.#lastId += 1;
    const secret = this.#timeline.random.hex(40);
    this.#registered = [...this.#registered, { id: this.#lastId, url: webhookUrl, secret, features: known }];
    return { id: this.#lastId, secret, webhookUrl, webhookFeatures: known };
  }

  /** Ends a registration and what is on its way to it. @returns whether there was one with this id */
  unregister(id: number): boolean {
    const found = this.#registered.find((registered) => registered.id === id);
    if (found === undefined) return false;
    this.#registered = this.#registered.filter((registered) => registered !== found);
    this.deliveries.forget(found);
    return true;
  }

  /** Sends to every receiver again that was deactivated for its failures. */
  reactivate(): void {
    this.deliveries.reactivate();
  }

  /** The log of the API, newest first, of entries that are older than the one with the id `before`; `limit` over 100 counts as 100. */
  logs(limit = 50, before?: string): readonly WebhookLogJson[] {
    return this.deliveries.all
      .filter(({ id }) => before === undefined || id < before)
      .toReversed()
      .slice(0, Math.min(limit, 100))
      .map((delivery) => this.#logged(delivery));
  }

  /** Sends a delivery once more, as it was. @returns whether there is one with this number, to someone who is still registered */
  replay(number: number): boolean {
    const found = this.deliveries.all.find((delivery) => delivery.number === number);
    if (found === undefined || !this.#registered.some((registered) => registered === found.receiver)) return false;
    const { receiver, about, body, requestId } = found;
    this.deliveries.add(receiver, { about, body, replayOf: number, ...(requestId !== undefined && { requestId }) });
    return true;
  }

  /** Tells how an accepted request of the advanced API ends, once that is known. `deed`: its own. @returns the id for its answer */
  awaitOutcome(type: RequestType, deed: string, targets: readonly RequestTarget[]): string {
    const requestId = this.#timeline.newId();
    if (this.#registered.length > 0) this.#outcomes.await(type, requestId, deed, targets);
    return requestId;
  }

  /** The cloud has learned something of a device. */
  learn(change: CloudChange): void {
    if (this.#registered.length > 0) this.#announce(payloadsOf(change), change.after.listed.smartlockId);
  }

  /** The account's users have changed. */
  learnUsers(before: readonly AccountUserJson[], after: readonly AccountUserJson[]): void {
    if (this.#registered.length > 0) this.#announce(userPayloads(before, after));
  }

  /** Something has happened on a device. */
  hear(event: DeviceEvent): void {
    this.#outcomes.hear(event);
  }

  /** Sends nothing more. */
  dispose(): void {
    this.#registered = [];
    this.deliveries.stop();
  }

  #announce(payloads: readonly Payload[], smartlockId?: number): void {
    for (const payload of payloads) {
      const receivers = this.#registered.filter(({ features }) => features.includes(payload.feature));
      this.#sendTo(receivers, { about: payload.feature, body: JSON.stringify(payload) }, smartlockId);
    }
  }

  #sendTo(receivers: readonly Registered[], sound: Message, smartlockId?: number): void {
    for (const receiver of receivers) {
      const { name: fault, twice = false, wait = 0 } = this.#takeFault(smartlockId) ?? {};
      const message = fault === undefined ? sound : { ...sound, fault };
      const send = (): void => {
        if (!this.#registered.includes(receiver)) return;
        this.deliveries.add(receiver, message);
        if (twice) this.deliveries.add(receiver, message);
      };
      if (wait > 0) this.#timeline.after(wait, send);
      else send();
    }
  }

  #logged(delivery: Delivery): WebhookLogJson {
    const { id, at, receipt, receiver, headers = {}, body, requestId } = delivery;
    const created = new Date(at).toISOString();
    const duration = receipt === undefined || receipt.kind === 'dropped' ? undefined : receipt.ms;
    return {
      id,
      ...(requestId !== undefined && { requestId }),
      succeeded: hasSucceeded(delivery),
      ...(receipt?.kind === 'answered' && { responseStatus: receipt.status }),
      ...(duration !== undefined && { duration }),
      accountId: this.#accountId,
      response: { headers, body: JSON.parse(body), timestamp: created, path: receiver.url },
      apiKeyId,
      updated: new Date(at + (duration ?? 0)).toISOString(),
      created,
    };
  }
}

const whyOnlyHere =
  'The simulation sends webhooks that a request registers to this computer alone: to 127.0.0.1, [::1] or localhost.';

function isFeature(name: unknown): boolean {
  return webhookFeatures.some((feature) => feature === name);
}

const noPost: Post = { send: () => Promise.reject(new TypeError('fetch failed')), clock: systemClock };
