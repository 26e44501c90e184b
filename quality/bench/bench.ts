/** A line of a table: column → value. */
export type Row = Readonly<Record<string, string | number>>;

/** A number that must not exceed its limit. */
export interface Gate {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

export interface Figures {
  /** How many were measured. */
  readonly samples: number;
  readonly rows: readonly Row[];
  readonly gates: readonly Gate[];
}

/** Something that is measured. The same seed gives the same figures where no time is taken. */
export interface Bench {
  readonly name: string;
  readonly run: (seed: number) => Figures | Promise<Figures>;
}

/** What has missed its limit; not a number misses every limit. */
export function missed(gates: readonly Gate[]): readonly Gate[] {
  return gates.filter(({ value, limit }) => !(value <= limit));
}
