import { randomUUID } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Emitter, type Disposable } from './base/event.ts';
import type { SharedRecords } from './model/sharedRecords.ts';

/** In milliseconds. What is written in one go is read once. */
const settlingMs = 100;

const suffix = '.json';

/** Records in a folder on this computer, each in a file of its own, which is replaced whole. */
export class SharedFolder implements SharedRecords, Disposable {
  readonly #folder: string;
  readonly #changed = new Emitter<void>();
  readonly #watching: Disposable;
  readonly onDidChange = this.#changed.event;
  #records: ReadonlyMap<string, unknown>;

  constructor(folder: string) {
    this.#folder = folder;
    this.#watching = watchFolder(folder, () => this.reload());
    this.#records = readRecords(folder);
  }

  read(): ReadonlyMap<string, unknown> {
    return this.#records;
  }

  has(key: string): boolean {
    return existsSync(this.#file(key));
  }

  create(key: string, value: unknown): boolean {
    return this.#put(key, value, (part, file) => {
      try {
        linkSync(part, file); // unlike a rename, it fails where the file is there
        return true;
      } catch (error) {
        if (isThere(error)) return false;
        throw error;
      } finally {
        rmSync(part, { force: true });
      }
    });
  }

  write(key: string, value: unknown): void {
    this.#put(key, value, (part, file) => {
      renameSync(part, file);
      return true;
    });
  }

  /** Writes a file of another name, and has `place` put it where it belongs: no window ever reads half a file. */
  #put(key: string, value: unknown, place: (part: string, file: string) => boolean): boolean {
    const json = JSON.stringify(value);
    const part = join(this.#folder, `${randomUUID()}.part`);
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(part, json, { mode: 0o600, flush: true }); // else a power cut may leave an empty file
      if (!place(part, this.#file(key))) return false;
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
    this.#records = new Map([...this.#records, [key, JSON.parse(json)]]);
    return true;
  }

  delete(key: string): void {
    rmSync(this.#file(key), { force: true });
    this.#records = new Map([...this.#records].filter(([other]) => other !== key));
  }

  reload(): void {
    const before = contentOf(this.#records);
    this.#records = readRecords(this.#folder);
    if (contentOf(this.#records) !== before) this.#changed.fire();
  }

  dispose(): void {
    this.#watching.dispose();
    this.#changed.dispose();
  }

  #file(key: string): string {
    return join(this.#folder, encodeURIComponent(key) + suffix);
  }
}

/** Makes the folder where it is missing. A folder that cannot be watched is read again when the window gets the focus. */
function watchFolder(folder: string, onChange: () => void): Disposable {
  let due: ReturnType<typeof setTimeout> | undefined;
  const settle = (): void => {
    due ??= setTimeout(() => {
      due = undefined;
      onChange();
    }, settlingMs);
  };
  try {
    mkdirSync(folder, { recursive: true });
    const watcher = watch(folder, { persistent: false }, settle);
    watcher.on('error', () => watcher.close());
    return {
      dispose: () => {
        clearTimeout(due);
        watcher.close();
      },
    };
  } catch {
    return { dispose: () => undefined };
  }
}

/** A file that cannot be read is left out. One that holds no JSON, as after a power cut, is a record without a value: its key is taken. */
function readRecords(folder: string): ReadonlyMap<string, unknown> {
  return new Map(namesIn(folder).flatMap((name) => readRecord(folder, name)));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(suffix));
  } catch {
    return [];
  }
}

function readRecord(folder: string, name: string): [key: string, value: unknown][] {
  try {
    const key = decodeURIComponent(name.slice(0, -suffix.length));
    return [[key, valueOf(readFileSync(join(folder, name), 'utf8'))]];
  } catch {
    return [];
  }
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function contentOf(records: ReadonlyMap<string, unknown>): string {
  return JSON.stringify([...records].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
