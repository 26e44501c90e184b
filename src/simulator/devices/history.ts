/** What something was in the last while. `keepFor`: how far back one can look, in ms. */
export class History<T> {
  readonly #keepFor: number;
  /** What it was, and until when (ms since 1970); oldest first. */
  readonly #past: { readonly until: number; readonly value: T }[] = [];
  #now: T;

  constructor(value: T, keepFor: number) {
    this.#now = value;
    this.#keepFor = keepFor;
  }

  get now(): T {
    return this.#now;
  }

  set(value: T, at: number): void {
    if (this.#keepFor > 0) {
      this.#past.push({ until: at, value: this.#now });
      while ((this.#past[0]?.until ?? Infinity) < at - this.#keepFor) this.#past.shift();
    }
    this.#now = value;
  }

  /** What it was at `instant`, ms since 1970. */
  at(instant: number): T {
    return this.#past.find(({ until }) => until > instant)?.value ?? this.#now;
  }
}
