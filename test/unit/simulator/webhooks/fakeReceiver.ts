import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import type { Send } from '../../../../src/simulator/webhooks/deliveries.ts';
import type { Post } from '../../../../src/simulator/webhooks/webhooks.ts';
import { FakeClock } from '../../fakeClock.ts';

/** A request that came, as the receiver reads it. */
export interface Received {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Headers;
  readonly body: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly redirect: string | undefined;
  readonly signal: AbortSignal | undefined;
}

export const receiverUrl = 'http://127.0.0.1:9000/hook';
export const receiverSecret = 'the key of the central webhook';

/** Someone who gets webhooks, with a clock of their own. */
export class FakeReceiver {
  readonly clock = new FakeClock();
  readonly received: Received[] = [];
  /** What is answered next. */
  answer: (received: Received) => Response | Promise<Response> = () => new Response(null, { status: 204 });

  readonly send: Send = async (url, { method, headers, body, redirect, signal }) => {
    const text = v.parse(v.string(), body);
    const json = v.parse(v.record(v.string(), v.unknown()), JSON.parse(text));
    const common = { url, method, headers: new Headers(headers), body: text, json, redirect };
    const received = { ...common, signal: signal ?? undefined };
    this.received.push(received);
    return await this.answer(received);
  };

  /** Itself as the application's own receiver. */
  get central(): Post {
    return { send: this.send, clock: this.clock, central: { url: receiverUrl, secret: receiverSecret } };
  }

  /** As one that only requests can register. */
  get decentral(): Post {
    return { send: this.send, clock: this.clock };
  }

  /** Those about `about`: a feature, or the type of an outcome. */
  about(about: string): readonly Received[] {
    return this.received.filter(({ json }) => json['feature'] === about || json['type'] === about);
  }
}

/** The signature by Node's crypto rather than by the Web's. */
export function signatureByNode(algorithm: 'sha256' | 'sha1', body: string, secret: string): string {
  return createHmac(algorithm, secret).update(body).digest('hex');
}

/** Waits until `condition` holds, which what is on its way brings about. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
