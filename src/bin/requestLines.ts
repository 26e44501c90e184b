import { inEnglish } from '../base/locale.ts';
import { withoutItsSecrets } from '../simulator/exchanges.ts';
import { exchangeText, outcomeText } from '../simulator/exchangeText.ts';
import { Names } from '../simulator/names.ts';
import type { Simulation } from '../simulator/simulation.ts';

/** Tells of each request when it is answered, and of what it changes on a device when that is known. */
export function showRequests(simulation: Simulation, show: (line: string) => void): void {
  const { exchanges } = simulation;
  const names = new Names(() => simulation.home);
  exchanges.onDidEnd((exchange) => {
    const { number, at, endedAt = at, method, status, fault } = exchange;
    const { path } = withoutItsSecrets({ number, at, method, path: exchange.path });
    const parts = [`${status ?? '–'}`, `${endedAt - at} ms`, exchangeText(exchange, names, inEnglish)];
    if (fault !== undefined) parts.push(`fault: ${fault}`);
    show(`${number} ${method} ${path} → ${parts.filter((part) => part !== '').join(' · ')}`);
  });
  simulation.outcomes((outcome) => {
    const exchange = exchanges.all.find(({ number }) => number === outcome.exchange);
    show(`${outcome.exchange} ${outcomeText(outcome, exchange, names, inEnglish)}`);
  });
}
