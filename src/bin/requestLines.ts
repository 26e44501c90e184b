import { withoutItsSecrets } from '../simulator/exchanges.ts';
import type { Simulation } from '../simulator/simulation.ts';

/** Tells of each request when it is answered. */
export function showRequests({ exchanges }: Simulation, show: (line: string) => void): void {
  exchanges.onDidEnd((exchange) => {
    const { number, at, endedAt = at, method, path, status, end } = withoutItsSecrets(exchange);
    show(`${number} ${method} ${path} → ${status ?? end ?? ''} ${endedAt - at} ms`);
  });
}
