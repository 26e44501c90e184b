const mostBytes = 2 ** 30;
const firstBytes = 2 ** 16;

/** A text in UTF-8 that is appended to, in one place that grows: pieces would be there twice when they are joined. */
export class GrowingText {
  readonly #encoder = new TextEncoder();
  readonly #buffer = new ArrayBuffer(firstBytes, { maxByteLength: mostBytes });
  #length = 0;

  get bytes(): Uint8Array {
    return new Uint8Array(this.#buffer, 0, this.#length);
  }

  /** @throws RangeError past 1 GiB */
  append(text: string): void {
    const piece = this.#encoder.encode(text);
    const end = this.#length + piece.byteLength;
    if (end > this.#buffer.byteLength)
      this.#buffer.resize(Math.max(end, Math.min(mostBytes, this.#buffer.byteLength * 1.5)));
    new Uint8Array(this.#buffer).set(piece, this.#length);
    this.#length = end;
  }
}
