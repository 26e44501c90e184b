// Loads sources and tests again within one process: each time under another address, as Node keeps what it has loaded. It remembers who
// imports whom, so that of the tests only those are loaded again that reach a file.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

export class FreshSources {
  readonly #root: string;
  readonly #imports = new Map<string, Set<string>>();
  readonly #round = { number: 0 };

  /** Of all that is below this folder, but for the libraries. */
  constructor(folder: string) {
    this.#root = pathToFileURL(folder).href;
    registerHooks({
      resolve: (specifier, context, next) => {
        const found = next(specifier, context);
        if (!this.#isOurs(found.url)) return found;
        if (context.parentURL !== undefined) this.#remember(context.parentURL, found.url);
        return { ...found, url: this.#fresh(found.url) };
      },
    });
  }

  /** What is imported from now on is loaded again. */
  renew(): void {
    this.#round.number += 1;
  }

  async load(file: string): Promise<void> {
    await import(this.#fresh(pathToFileURL(file).href));
  }

  /** True too where that is not known yet. */
  reaches(from: string, to: string): boolean {
    const wanted = pathToFileURL(to).href;
    const begin = pathToFileURL(from).href;
    if (!this.#imports.has(begin)) return true;
    const reached = new Set([begin]);
    for (const url of reached) for (const next of this.#imports.get(url) ?? []) reached.add(next);
    return reached.has(wanted);
  }

  #fresh(url: string): string {
    return `${addressOf(url)}?round=${this.#round.number}`;
  }

  #isOurs(url: string): boolean {
    return url.startsWith(this.#root) && !url.includes('/node_modules/');
  }

  #remember(from: string, to: string): void {
    const key = addressOf(from);
    const known = this.#imports.get(key) ?? new Set();
    this.#imports.set(key, known.add(addressOf(to)));
  }
}

function addressOf(url: string): string {
  return url.replace(/\?.*$/, '');
}
