import type { Owned } from '../record/accessRecord.ts';
import { recordText } from '../record/recordText.ts';
import type { RecordFile } from './applyPlan.ts';

/** The record while a plan is applied: one change after the other, and only over what was last read or written here. */
export class KeptRecord {
  readonly #file: RecordFile;
  #owned: readonly Owned[];
  #text: string | undefined;
  #stopped: 'record' | 'notWritten' | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** `text`: what the file was when the plan was made. `owned`: what the plan makes of it. */
  constructor(file: RecordFile, text: string | undefined, owned: readonly Owned[]) {
    this.#file = file;
    this.#text = text;
    this.#owned = owned;
  }

  get owned(): readonly Owned[] {
    return this.#owned;
  }

  /** Why it is written no more: someone else has written it, or it could not be written. */
  get stopped(): 'record' | 'notWritten' | undefined {
    return this.#stopped;
  }

  /** @returns whether the file has the change; once it has not, nothing is written any more */
  change(update: (owned: readonly Owned[]) => readonly Owned[]): Promise<boolean> {
    const change = this.#last.then(() => this.#change(update));
    this.#last = change;
    return change;
  }

  async #change(update: (owned: readonly Owned[]) => readonly Owned[]): Promise<boolean> {
    if (this.#stopped) return false;
    const owned = update(this.#owned);
    const text = recordText({ owned });
    try {
      if ((await this.#file.read()) !== this.#text) {
        this.#stopped = 'record';
        return false;
      }
      if (text !== this.#text) await this.#file.write(text);
    } catch {
      this.#stopped = 'notWritten';
      return false;
    }
    this.#owned = owned;
    this.#text = text;
    return true;
  }
}
