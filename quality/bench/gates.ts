import type { Gate } from './bench.ts';

/** Everything that is promised of speed and size: what it is called in a table, and what it must not exceed. */
export const limits = {
  'activation without account, × empty extension': 2,
  'activation with three accounts, × empty extension': 2,
  'heap at rest, MB over the empty extension': 0.5,
  'requests at start-up without account': 0,
  'requests per refresh of an account': 1,
  'more requests for a device that is opened': 1,
  'requests while hidden': 0,
  'fetch to paint of 1,000 devices, × bare fetch and plain tree': 1.3,
  'first paint of 5,000 devices, × plain tree': 1.3,
  'memory per device of 5,000, × its JSON': 2,
  'rows redrawn by 10 changes among 5,000': 10,
  'getChildren by 10 changes among 5,000': 0,
  'change to paint among 5,000, ms': 60,
  'opening 200 authorizations to paint, ms': 60,
  'stall while an account is read, ms': 50,
  'stall while an account is searched, ms': 50,
  'stall while an account is exported, ms': 50,
  'memory of 200,000 authorizations, × their JSON': 2,
  'JSON.parse and decode, × JSON.parse': 2.5,
  'mean lag, s': 0.55,
  '95 % lag, s': 1,
  'looks per action': 4.5,
  'hover on 1 MB of JSON, ms': 5,
  'form open to paint, × empty panel': 2,
  'preview, ms': 16,
  'process start to first answer of the simulated API, ms': 300,
  'processor time of 1,000 answers of the simulated API, ms': 1000,
} as const;

export type GateName = keyof typeof limits;

export function gate(name: GateName, value: number): Gate {
  return { name, value, limit: limits[name] };
}
