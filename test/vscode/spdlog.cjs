// Writes VS Code's log files in place of its native module, which npm does not compile here: without one, every log stays empty.
const { appendFileSync, mkdirSync } = require('node:fs');
const path = require('node:path');

/** The levels that the module knows, from 0, as its files name them. */
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  /** @type {string} */
  #file;
  #level = 2;
  #isPlain = false;

  /** @param {string} _name @param {string} file */
  constructor(_name, file) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.#file = file;
  }

  trace = (/** @type {string} */ text) => this.#write(0, text);
  debug = (/** @type {string} */ text) => this.#write(1, text);
  info = (/** @type {string} */ text) => this.#write(2, text);
  warn = (/** @type {string} */ text) => this.#write(3, text);
  error = (/** @type {string} */ text) => this.#write(4, text);
  critical = (/** @type {string} */ text) => this.#write(5, text);
  getLevel = () => this.#level;
  setLevel = (/** @type {number} */ level) => void (this.#level = level);
  clearFormatters = () => void (this.#isPlain = true);
  setPattern() {}
  flush() {}
  drop() {}

  /** @param {number} level @param {string} text */
  #write(level, text) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.#file, this.#isPlain ? text : `${time} [${levels[level]}] ${text}\n`);
  }
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;

/** @param {string} name @param {string} file */
async function create(name, file) {
  return new Logger(name, file);
}
