/** Something that ends when it is disposed: the shape that VS Code uses too. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes a listener until the answer is disposed. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Tells its listeners of each value, in the order in which they subscribed. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<{ readonly listener: (value: T) => void }>();

  readonly event: Event<T> = (listener) => {
    const subscription = { listener };
    this.#listeners.add(subscription);
    return { dispose: () => void this.#listeners.delete(subscription) };
  };

  fire(value: T): void {
    for (const { listener } of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
