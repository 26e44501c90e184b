import type { DeviceEvent } from '../devices/deviceEvents.ts';

/** How an accepted write came out on a device, long after its answer. `at`: ms since 1970 by the home's clock. */
export type Outcome = { readonly exchange: number; readonly smartlockId: number; readonly at: number } & (
  | { readonly kind: 'ended'; readonly completion: number }
  /** `id`: that of the authorization. */
  | { readonly kind: 'stored' | 'refused' | 'overtaken'; readonly id: string }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'configured' }
);

/** What device events call the deed of a request. */
export function deedOfRequest(number: number): string {
  return `request ${number}`;
}

/** The outcome that a device event tells of; `undefined` where it tells of none, or of a deed that is no request's. */
export function outcomeOf(event: DeviceEvent): Outcome | undefined {
  const { kind, smartlockId, at } = event;
  const exchange = Number(/^request (\d+)$/.exec(event.deed)?.[1] ?? 0);
  if (exchange === 0) return undefined;
  if (kind === 'ended') return { exchange, smartlockId, at, kind, completion: event.completion };
  if (kind === 'accepted' || kind === 'state' || kind === 'entry' || kind === 'listed') return undefined;
  if (kind === 'dropped' || kind === 'configured') return { exchange, smartlockId, at, kind };
  return { exchange, smartlockId, at, kind, id: event.id };
}
