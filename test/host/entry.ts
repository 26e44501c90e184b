// The extension as it ships but for this: Nuki is a simulated home in this very process, where the tests can look at it, and its
// account is there from the start.
import type { ExtensionContext } from 'vscode';
import { systemClock } from '../../src/base/clock.ts';
import { start } from '../../src/extension.ts';
import { simulatedApi } from '../../src/simulator/api/api.ts';
import { SimulatedHome } from '../../src/simulator/home.ts';
import { recordRequestUrls } from './requestUrls.ts';

const token = 'host-token-0123456789abcdef';

export async function activate(context: ExtensionContext): Promise<void> {
  globalThis.keyturnerAsked = recordRequestUrls();
  const { demoHomeOptions } = await import('../../src/simulator/demo/demo.ts');
  const home = new SimulatedHome({ ...demoHomeOptions(systemClock, 5), tokens: [{ token }] });
  const api = simulatedApi(home);
  globalThis.keyturnerHome = home;
  const accountId = String(home.account.accountId);
  await context.secrets.store(`nuki.token.${accountId}`, token);
  await context.globalState.update('nuki.accounts', [{ id: accountId, label: 'Home' }]);
  const before = process.cpuUsage();
  start(context, { fetch: (input, init) => api(new Request(input, init)), clock: systemClock, random: Math.random });
  const { user, system } = process.cpuUsage(before);
  globalThis.keyturnerStart = (user + system) / 1_000;
}
