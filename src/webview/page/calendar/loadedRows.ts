import { rowsPerPage, type CalendarModel, type Row, type RowPage } from '../../protocol/calendar.ts';

/** The rows that the host has sent, of all that there are. What is missing is asked for, a page at a time. */
export class LoadedRows {
  readonly #request: (revision: number, from: () => number) => void;
  readonly #listeners: (() => void)[] = [];
  #rows = new Map<number, Row>();
  #revision = -1;
  /** The pages that are wanted and have not come. */
  #wanted: readonly number[] = [];
  count = 0;

  /** `request` asks for the page whose number `from` gives when it is sent. */
  constructor(request: (revision: number, from: () => number) => void) {
    this.#request = request;
  }

  onLoad(listener: () => void): void {
    this.#listeners.push(listener);
  }

  row(index: number): Row | undefined {
    return this.#rows.get(index);
  }

  replace({ revision, rowCount, pages }: CalendarModel): void {
    this.#revision = revision;
    this.count = rowCount;
    this.#rows = new Map();
    this.#wanted = [];
    for (const page of pages) this.#keep(page);
  }

  take({ revision, from, rows }: RowPage): void {
    if (revision !== this.#revision) return;
    this.#keep({ from, rows });
    this.#wanted = this.#wanted.filter((page) => page !== from);
    for (const listener of this.#listeners) listener();
    this.#askForNext();
  }

  /** Has the rows from `first` to before `end` loaded, where they are not. */
  want(first: number, end: number): void {
    const pages: number[] = [];
    for (let from = first - (first % rowsPerPage); from < Math.min(end, this.count); from += rowsPerPage) {
      if (!this.#rows.has(from)) pages.push(from);
    }
    this.#wanted = pages;
    this.#askForNext();
  }

  #keep({ from, rows }: Omit<RowPage, 'revision'>): void {
    rows.forEach((row, index) => this.#rows.set(from + index, row));
  }

  #askForNext(): void {
    const [next] = this.#wanted;
    if (next !== undefined) this.#request(this.#revision, () => this.#wanted[0] ?? next);
  }
}
