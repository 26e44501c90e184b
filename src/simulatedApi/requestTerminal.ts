import { EventEmitter, ThemeIcon, window, type Disposable, type Pseudoterminal, type Terminal } from 'vscode';
import type { Clock } from '../base/clock.ts';

/** Lines for a terminal of so many columns. */
export type Lines = (columns: number) => readonly string[];

/** What the user does with the terminal. */
export interface TerminalEvents {
  /** Ctrl+C, or the terminal was closed. */
  onEnd(): void;
}

const ctrlC = '\u0003';
const usualColumns = 80;

/** In ms. A client may send a thousand requests a second: their lines go to the window together. */
const gatheredFor = 30;

/** A terminal that shows lines and takes no commands but Ctrl+C. Once it has ended, any key closes it. */
export class RequestTerminal implements Disposable {
  readonly #clock: Clock;
  readonly #events: TerminalEvents;
  readonly #written = new EventEmitter<string>();
  readonly #closed = new EventEmitter<void>();
  readonly #terminal: Terminal;
  #waiting: Lines[] = [];
  #columns = usualColumns;
  #isOpen = false;
  #hasEnded = false;

  constructor(name: string, clock: Clock, events: TerminalEvents) {
    this.#clock = clock;
    this.#events = events;
    const pty: Pseudoterminal = {
      onDidWrite: this.#written.event,
      onDidClose: this.#closed.event,
      open: (dimensions) => {
        this.#columns = dimensions?.columns ?? usualColumns;
        this.#isOpen = true;
        this.#flush();
      },
      setDimensions: ({ columns }) => void (this.#columns = columns),
      handleInput: (keys) => this.#take(keys),
      close: () => this.#end(),
    };
    this.#terminal = window.createTerminal({ name, pty, iconPath: new ThemeIcon('beaker'), isTransient: true });
  }

  write(lines: Lines): void {
    this.#waiting.push(lines);
    if (this.#isOpen && this.#waiting.length === 1) void this.#clock.wait(gatheredFor).then(() => this.#flush());
  }

  show(): void {
    this.#terminal.show();
  }

  /** Writes the last lines; the terminal stays until the user presses a key in it. */
  end(lines: Lines): void {
    this.#hasEnded = true;
    this.write(lines);
  }

  dispose(): void {
    this.#hasEnded = true;
    this.#terminal.dispose();
    this.#written.dispose();
    this.#closed.dispose();
  }

  #take(keys: string): void {
    if (this.#hasEnded) this.#closed.fire();
    else if (keys.includes(ctrlC)) this.#end();
  }

  #end(): void {
    if (!this.#hasEnded) this.#events.onEnd();
  }

  #flush(): void {
    const lines = this.#waiting.flatMap((each) => each(this.#columns));
    this.#waiting = [];
    if (lines.length > 0) this.#written.fire(lines.map((line) => `${line}\r\n`).join(''));
  }
}
