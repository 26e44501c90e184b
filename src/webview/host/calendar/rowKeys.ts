/** What a row stands for. */
export type RowSubject =
  | { readonly kind: 'group'; readonly key: string; readonly smartlockId?: number | undefined }
  | { readonly kind: 'entry'; readonly smartlockId: number; readonly id?: string | undefined };

/** The numbers by which messages call rows: the same row has the same one as long as the page is open. */
export class RowKeys {
  readonly #numbers = new Map<string, number>();
  readonly #subjects: RowSubject[] = [];

  /** The number of the row with this name, which no other has. */
  numberOf(name: string, subject: RowSubject): number {
    const number = this.#numbers.get(name) ?? this.#subjects.length;
    this.#numbers.set(name, number);
    this.#subjects[number] = subject;
    return number;
  }

  subject(number: number): RowSubject | undefined {
    return this.#subjects[number];
  }
}
