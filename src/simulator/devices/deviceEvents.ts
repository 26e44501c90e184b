import type { ActionName } from '../../nuki/vocabulary/kinds.ts';
import type { LogJson, StateJson } from '../wire.ts';

/** Who does something on a device, and how state and log tell of it. */
export interface Actor {
  /** Which of all commands and hands this one is; no API shows it. */
  readonly deed: string;
  /** The `name` in the log. */
  readonly name: string;
  /** The `trigger` in the log. */
  readonly trigger: number;
  /** The `trigger` in the state. Nuki guide, "Trigger": it is 0 for remote actions too. */
  readonly stateTrigger: number;
  readonly source?: number;
  readonly autoUnlock?: boolean;
  /** The id of the authorization that let someone in. */
  readonly authId?: string;
}

/** What really happens on a device, whatever the API shows of it. `at`: ms since 1970. */
export type DeviceEvent = { readonly smartlockId: number; readonly at: number } & (
  | { readonly kind: 'accepted'; readonly deed: string; readonly action: ActionName; readonly byApi: boolean }
  /** An accepted write that is never carried out. */
  | { readonly kind: 'dropped'; readonly deed: string }
  /** 0 is success. A lock 'n' go may end twice: unlocked, and then blocked while it locks. */
  | { readonly kind: 'ended'; readonly deed: string; readonly completion: number }
  /** The device has stored or removed the authorization `id`. */
  | { readonly kind: 'stored'; readonly deed: string; readonly id: string }
  /** The device has no room for the authorization `id`, or has its code already. */
  | { readonly kind: 'refused'; readonly deed: string; readonly id: string }
  /** Another write to the authorization `id` came before the device was reached, and won. */
  | { readonly kind: 'overtaken'; readonly deed: string; readonly id: string }
  /** A setting has reached the device. */
  | { readonly kind: 'configured'; readonly deed: string }
  | { readonly kind: 'state'; readonly state: Readonly<StateJson>; readonly deed: string }
  | { readonly kind: 'entry'; readonly entry: LogJson; readonly deed: string }
  /** The API lists the entry from now on, with this id. */
  | { readonly kind: 'listed'; readonly id: string; readonly deed: string }
);

export type DeviceListener = (event: DeviceEvent) => void;
