// Runs the tests of changed files for Stryker, in one process for all changes: Stryker has a runner that starts a program for each of them,
// which takes ten times as long. For a change that counts while its file is loaded, sources and tests are loaded again.
// What Stryker wants is written down here as far as it is needed; its own types are in @stryker-mutator/api.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Mocha from 'mocha';
import * as v from 'valibot';
import { FreshSources } from './freshSources.ts';

/** What Stryker and the code that it has changed tell each other. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { readonly perTest: Record<string, unknown> };
}

declare global {
  // oxlint-disable-next-line no-underscore-dangle -- Stryker's own name
  var __stryker__: Switch | undefined;
}

const passed = 0;
const failed = 1;

interface TestResult {
  readonly id: string;
  readonly name: string;
  readonly timeSpentMs: number;
  readonly status: 0 | 1;
  readonly failureMessage?: string;
}

interface Change {
  readonly activeMutant: { readonly id: string };
  readonly mutantActivation: 'runtime' | 'static';
  readonly reloadEnvironment: boolean;
  readonly sandboxFileName: string;
  readonly hitLimit?: number;
  /** The tests that reach it; all without. */
  readonly testFilter?: readonly string[];
}

/** In ms; with a change that has a test wait for ever, so long each time. */
const longestTest = 5_000;
/** In ms, without a change. */
const longestFirstTest = 60_000;
/** In ms. A test that takes longer without a change is left out: changes by the hundred would each wait for it. */
const slowTest = 1_500;
/** In the copy that Stryker works in: a change that never ends takes this process with it. */
const slowTestsFile = 'slow-tests.json';

class MutationRunner {
  static inject = ['options'];
  readonly #files: readonly string[];
  readonly #oneOf: number;
  // oxlint-disable-next-line no-underscore-dangle -- Stryker's own name
  readonly #switch: Switch = (globalThis.__stryker__ ??= {});
  #sources: FreshSources | undefined;
  #mocha: Mocha | undefined;

  constructor({ testsOfFile, oneOf }: { readonly testsOfFile: readonly string[]; readonly oneOf: number }) {
    this.#files = testsOfFile;
    this.#oneOf = oneOf;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const tests = await this.#run(await this.#load(this.#tests(), longestFirstTest));
    const { mutantCoverage } = this.#switch;
    const slow = tests.filter(isSlow).map(({ id }) => id);
    for (const id of slow) delete mutantCoverage?.perTest[id];
    writeFileSync(slowTestsFile, JSON.stringify(slow));
    return { status: 'complete', tests: tests.filter((test) => !isSlow(test)), mutantCoverage };
  }

  async mutantRun({
    activeMutant,
    mutantActivation,
    reloadEnvironment,
    sandboxFileName,
    hitLimit,
    testFilter,
  }: Change) {
    if (reloadEnvironment) this.#mocha = undefined;
    if (!isTried(activeMutant, this.#oneOf)) return { status: 'error', errorMessage: 'not tried' };
    const change = { activeMutant: activeMutant.id, hitCount: 0, hitLimit };
    try {
      return await (mutantActivation === 'static'
        ? this.#runFromLoading(change, sandboxFileName)
        : this.#runLoaded(change, testFilter ?? []));
    } finally {
      this.#switch.activeMutant = undefined;
    }
  }

  async #runLoaded(change: Switch, testFilter: readonly string[]) {
    this.#mocha ??= await this.#load(this.#tests());
    Object.assign(this.#switch, change);
    return verdictOn(await this.#run(this.#mocha, testFilter));
  }

  async #runFromLoading(change: Switch, file: string) {
    const sources = await this.#freshSources();
    Object.assign(this.#switch, change);
    try {
      this.#mocha = await this.#load(this.#tests().filter((test) => sources.reaches(test, file)));
    } catch (error) {
      return { status: 'killed', killedBy: [], failureMessage: `cannot be loaded: ${String(error)}`, nrOfTests: 0 };
    }
    return verdictOn(await this.#run(this.#mocha, []));
  }

  #tests(): string[] {
    return this.#files.map((file) => resolve(file));
  }

  async #load(files: readonly string[], timeout = longestTest): Promise<Mocha> {
    const mocha = new Mocha({ timeout, reporter: 'min' });
    mocha.cleanReferencesAfterRun(false);
    const sources = await this.#freshSources();
    sources.renew();
    for (const file of files) {
      mocha.suite.emit('pre-require', globalThis, file, mocha); // describe() and it() are of this mocha from now on
      await sources.load(file);
    }
    return mocha;
  }

  async #freshSources(): Promise<FreshSources> {
    await import(pathToFileURL(resolve('test/unit/vscode.ts')).href);
    return (this.#sources ??= new FreshSources(resolve()));
  }

  /** Those that are named, or all, until one fails; without a change all. */
  async #run(mocha: Mocha, only?: readonly string[]): Promise<TestResult[]> {
    const results: TestResult[] = [];
    mocha.bail(only !== undefined);
    mocha.grep(only && only.length > 0 ? titlesAmong(only) : titlesBeside(slowTests()));
    await new Promise<void>((ended) => {
      const runner = mocha.run(() => ended());
      const note = (test: Mocha.Test, status: TestResult['status'], failureMessage = ''): void => {
        const id = test.fullTitle();
        results.push({ id, name: id, timeSpentMs: test.duration ?? 0, status, failureMessage });
      };
      runner.on('test', (test) => (this.#switch.currentTestId = test.fullTitle()));
      runner.on('test end', () => (this.#switch.currentTestId = undefined));
      runner.on('pass', (test) => note(test, passed));
      runner.on('fail', (test, error: Error) => note(test, failed, error.message));
    });
    return results;
  }
}

/** One of so many, in the order of the sources. */
export function isTried({ id }: { readonly id: string }, oneOf: number): boolean {
  return Number(id) % oneOf === 0;
}

function slowTests(): readonly string[] {
  return existsSync(slowTestsFile) ? v.parse(v.array(v.string()), JSON.parse(readFileSync(slowTestsFile, 'utf8'))) : [];
}

function isSlow({ timeSpentMs }: TestResult): boolean {
  return timeSpentMs > slowTest;
}

function verdictOn(tests: readonly TestResult[]) {
  const killer = tests.find(({ status }) => status === failed);
  const nrOfTests = tests.length;
  if (!killer) return { status: 'survived', nrOfTests };
  return { status: 'killed', killedBy: [killer.id], failureMessage: killer.failureMessage ?? '', nrOfTests };
}

function titlesAmong(titles: readonly string[]): RegExp {
  return new RegExp(`^(?:${titles.map(escaped).join('|')})$`);
}

function titlesBeside(titles: readonly string[]): RegExp {
  return new RegExp(`^(?!(?:${titles.map(escaped).join('|')})$)`);
}

function escaped(title: string): string {
  return title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'mutation', injectableClass: MutationRunner }];
