/** The faults that a client can be made to meet, by the names under which the simulated API is told of them. */
export const faultNames = [
  'offline',
  'slow',
  'lost-answer',
  'never-executed',
  'late',
  'motor-blocked',
  'busy-423',
  'rate-limit',
  'bad-gateway-html',
  'block-page-403',
  'truncated-json',
  'stale-copy',
  'ghost',
  'lost-write',
  'unconfirmed',
  'token-dies',
  'scope-missing',
  'us-lock',
  'webhook-duplicate',
  'webhook-late',
] as const;

export type FaultName = (typeof faultNames)[number];

export function isFaultName(name: string): name is FaultName {
  return faultNames.some((known) => known === name);
}
