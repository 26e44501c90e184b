import { AccountBook, inTime, type AccountSource, type Memento, type Secrets } from './model/accounts.ts';
import type { NukiClient } from './nuki/client.ts';
import type { World } from './nuki/http.ts';

/** Where accounts come from: the book of the person's own, and the demo home. Both load the client when the first one is looked at. */
export function createAccountBook(secrets: Secrets, memento: Memento, world: World): AccountBook {
  return new AccountBook(inTime(secrets, world.clock), memento, (token) => loadClient(token, world));
}

/** A simulated Nuki home on this computer, loaded when it is first looked at. */
export function demoSource(world: World): AccountSource {
  const load = async (): Promise<NukiClient> => {
    const { demoApi, demoToken } = await import('./simulator/demo.ts');
    const api = demoApi(world.clock, Math.floor(world.random() * 2 ** 32));
    return loadClient(demoToken, { ...world, fetch: (input, init) => api(new Request(input, init)) });
  };
  const loading: { client?: Promise<NukiClient> } = {};
  return { id: 'demo', label: 'Demo Home', demo: true, client: () => (loading.client ??= load()) };
}

async function loadClient(token: string, world: World): Promise<NukiClient> {
  const { createClient } = await import('./nuki/client.ts');
  return createClient(token, world);
}
