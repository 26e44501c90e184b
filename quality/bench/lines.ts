/** A promise of speed or size. */
export interface Line {
  readonly unit: string;
  /** What it is measured beside: by how many times that it may take, or with `more` by how many units more. */
  readonly beside?: string;
  readonly more?: true;
  /** Must not be exceeded by the median of the samples, or by that of ours beside that of the other. */
  readonly limit: number;
  /** Must be reached instead. */
  readonly atLeast?: true;
  /** The largest sample is judged: what must hold each time. */
  readonly eachTime?: true;
}

const twin = 'static twin';
const emptyExtension = 'empty extension';
const emptyPanel = 'empty panel';

/** Everything that is promised, in the order of the table. */
export const lines = {
  'first paint of 1,000 devices': { unit: 'ms', beside: twin, limit: 1.5 },
  'first paint of 5,000 devices': { unit: 'ms', beside: twin, limit: 1.5 },
  'a device with 200 authorizations opened': { unit: 'ms', beside: twin, limit: 1.5 },
  'ten changed rows among 5,000, once they are known': { unit: 'ms', beside: twin, limit: 1.5 },
  'ten changed rows among 5,000, from asking anew': { unit: 'ms', beside: twin, limit: 1.5 },
  'cold start, view open: window to first rows': { unit: 'ms', beside: twin, limit: 1.2 },
  'activation without account': { unit: 'ms', beside: emptyExtension, limit: 5 },
  'activation with three accounts': { unit: 'ms', beside: emptyExtension, limit: 5 },
  'heap at rest without account': { unit: 'MB', beside: emptyExtension, more: true, limit: 0.6 },
  'form: command to painted': { unit: 'ms', beside: emptyPanel, limit: 2 },
  'calendar: command to painted': { unit: 'ms', beside: emptyPanel, limit: 2 },
  'activity: command to painted': { unit: 'ms', beside: emptyPanel, limit: 2 },
  'a keystroke in the form, on its host': { unit: 'ms', limit: 16 },
  'requests of a refresh': { unit: 'per account', limit: 1, eachTime: true },
  'requests while hidden': { unit: 'in 5 min', limit: 0, eachTime: true },
  'memory of 200,000 authorizations': { unit: 'MB', beside: 'their JSON', limit: 2 },
  'longest turn, 200,000 authorizations read': { unit: 'ms', limit: 100 },
  'longest turn, 200,000 log entries read': { unit: 'ms', limit: 100 },
  'action: click to request': { unit: 'round trips', limit: 2, eachTime: true },
  "action: door's arrival to confirmed, mean": { unit: 's', limit: 0.55 },
  'action: looks until confirmed, mean': { unit: 'looks', limit: 4.5 },
  'Lock All on 40 locks: last request': { unit: 's', limit: 10, eachTime: true },
  'Lock All on 40 locks: an unlock meanwhile': { unit: 's', limit: 3, eachTime: true },
  'simulated API: start to first answer': { unit: 'ms', limit: 300 },
  'simulated API: answers': { unit: 'a second', limit: 1_000, atLeast: true },
  'plan of 200 entries on 20 doors': { unit: 'ms', limit: 200 },
  'npm test': { unit: 'min', limit: 10 },
} as const satisfies Readonly<Record<string, Line>>;

export type LineName = keyof typeof lines;

/** The same with all fields there may be. */
export function lineOf(name: LineName): Line {
  return lines[name];
}
