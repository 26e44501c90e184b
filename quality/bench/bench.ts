import type { LineName } from './lines.ts';

/** What was measured for a line of the table, in the unit of that line. */
export interface Samples {
  readonly line: LineName;
  readonly ours: readonly number[];
  /** The same of what it is measured beside, taken in turn with ours. */
  readonly beside?: readonly number[];
}

/** Something that is measured. The same seed draws the same, where anything is drawn. */
export interface Bench {
  readonly name: string;
  readonly run: (seed: number) => Promise<readonly Samples[]> | readonly Samples[];
}
