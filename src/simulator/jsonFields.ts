/** A JSON object of a request or an answer, of which nothing else is known. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of `json`; `undefined` where that is no object. */
export function fieldOf(json: unknown, name: string): unknown {
  return isFields(json) ? json[name] : undefined;
}
