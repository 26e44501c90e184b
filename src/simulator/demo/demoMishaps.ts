import { conflict } from '../answers.ts';
import { garage, guestHouse, terrace } from './demoDevices.ts';
import type { SimulatedHome } from '../home.ts';

/**
 * What goes wrong in the demo home, once each, so that a user sees how that looks: the garage's motor blocks, a code for the
 * terrace is refused as one that is used already, and what is created for the guest house never reaches its lock.
 */
export function addMishaps(home: SimulatedHome): void {
  home.fault({ method: 'POST', path: new RegExp(`^/smartlock/${garage}/action`), completion: 1 });
  const { status, body = {} } = conflict('code');
  home.fault({
    method: 'PUT',
    path: new RegExp(`^/smartlock/${terrace}/auth$`),
    body: /"code":/,
    answer: { status, body },
  });
  home.fault({ method: 'PUT', path: new RegExp(`^/smartlock/${guestHouse}/auth$`), never: true });
}
