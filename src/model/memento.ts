/** Where small values are kept from one start to the next; VS Code's globalState is one. */
export interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
