import { inEnglish } from '../base/locale.ts';
import { maskedAddress } from '../simulator/journal/withoutItsSecrets.ts';
import { exchangeText, outcomeText } from '../simulator/journal/exchangeText.ts';
import { Names } from '../simulator/journal/names.ts';
import type { Simulation } from '../simulator/simulation.ts';
import type { Receipt } from '../simulator/webhooks/deliveries.ts';

/** Tells of each request when it is answered, of what it changes on a device when that is known, and of each webhook that was sent. */
export function showRequests(simulation: Simulation, show: (line: string) => void): void {
  const { exchanges } = simulation;
  const names = new Names(() => simulation.home);
  exchanges.onDidEnd((exchange) => {
    const { number, at, endedAt = at, method, status, fault } = exchange;
    const parts = [`${status ?? '–'}`, `${endedAt - at} ms`, exchangeText(exchange, names, inEnglish)];
    if (fault !== undefined) parts.push(`fault: ${fault}`);
    show(`${number} ${method} ${maskedAddress(exchange.path)} → ${parts.filter((part) => part !== '').join(' · ')}`);
  });
  simulation.onDidComeOut((outcome) => {
    const exchange = exchanges.numbered(outcome.exchange);
    show(`${outcome.exchange} ${outcomeText(outcome, exchange, names, inEnglish)}`);
  });
  simulation.onDidDeliver(({ number, about, receipt }) => {
    show(`webhook ${number} ${about} → ${receipt === undefined ? '–' : receiptText(receipt)}`);
  });
}

function receiptText(receipt: Receipt): string {
  const texts = {
    dropped: 'not sent, as those before it failed',
    timedOut: 'no answer in time',
    unreachable: 'not reached',
  };
  return receipt.kind === 'answered' ? `${receipt.status} · ${receipt.ms} ms` : texts[receipt.kind];
}
