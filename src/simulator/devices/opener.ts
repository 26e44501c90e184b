import { kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import type { OpenerLogJson, SmartlockJson, StateJson } from '../wire.ts';

/** Changes the state of an Opener that carries out `action` at `now`, ms since 1970. */
export function switchOpener(action: ActionName, state: StateJson, device: SmartlockJson, now: number): void {
  if (action === 'activateContinuousMode') state.mode = 3;
  if (action === 'deactivateContinuousMode') state.mode = 2;
  if (action === 'deactivateRingToOpen') delete state.ringToOpenEnd;
  if (action === 'activateRingToOpen') {
    const minutes = device.openerAdvancedConfig?.rtoTimeout ?? 20;
    state.ringToOpenEnd = new Date(now + minutes * 60_000).toISOString();
  }
}

/** What the log tells of a ring: ring to open or continuous mode lets the visitor in, or nothing does. */
export function ringLog({ mode, state }: StateJson): OpenerLogJson {
  const flags = { flagGeoFence: false, flagForce: false, flagDoorbellSuppression: false };
  return { activeCm: mode === 3, activeRto: state === 3, source: 0, ...flags };
}

/** Changes the state of an Opener that lets a visitor in; ring to open may be used up by that. */
export function letIn(
  state: StateJson,
  { type, openerAdvancedConfig }: SmartlockJson,
  { activeCm }: OpenerLogJson,
): void {
  if (openerAdvancedConfig?.disableRtoAfterRing && !activeCm) delete state.ringToOpenEnd;
  state.lastAction = kindOf(type).actions.open ?? 3;
  state.trigger = activeCm ? 6 : 0;
}
