/** What a file can hold: a value of JSON without `null`. */
export type Plain = string | number | boolean | readonly Plain[] | PlainFields;

export interface PlainFields {
  readonly [key: string]: Plain;
}

/** A way to a part of a file: `['access', 3, 'hours']`. */
export type FilePath = readonly (string | number)[];

/** A value of a file that is set, or taken away where it is `undefined`. Those of a list that are taken away come last, from its end. */
export interface EditStep {
  readonly path: FilePath;
  readonly value: Plain | undefined;
}
