// Runs the tests of a changed file for Stryker, in one process for all its changes: Stryker has a runner that starts a program for each of
// them, which takes ten times as long. For a change that counts while the file is loaded Stryker starts another process.
// What Stryker wants is written down here as far as it is needed; its own types are in @stryker-mutator/api.
import { resolve } from 'node:path';
import Mocha from 'mocha';

/** What Stryker and the code that it has changed tell each other. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: unknown;
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
  readonly hitLimit?: number;
  /** The tests that reach it; all without. */
  readonly testFilter?: readonly string[];
}

/** In ms; with a change that has a test wait for ever, so long each time. */
const longestTest = 5_000;

class MutationRunner {
  static inject = ['options'];
  readonly #files: readonly string[];
  readonly #mocha = new Mocha({ timeout: longestTest, reporter: 'min' });
  // oxlint-disable-next-line no-underscore-dangle
  readonly #switch: Switch = (globalThis.__stryker__ ??= {});
  readonly #loaded = { isSo: false };

  constructor({ testsOfFile }: { readonly testsOfFile: readonly string[] }) {
    this.#files = testsOfFile;
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun() {
    const tests = await this.#run({ bail: false });
    return { status: 'complete', tests, mutantCoverage: this.#switch.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, hitLimit, testFilter }: Change) {
    if (mutantActivation === 'runtime') await this.#load();
    Object.assign(this.#switch, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const tests = await this.#run({ bail: true, only: testFilter });
    this.#switch.activeMutant = undefined;
    const killer = tests.find(({ status }) => status === failed);
    const nrOfTests = tests.length;
    if (!killer) return { status: 'survived', nrOfTests };
    return { status: 'killed', killedBy: [killer.id], failureMessage: killer.failureMessage ?? '', nrOfTests };
  }

  async #load(): Promise<void> {
    if (this.#loaded.isSo) return;
    this.#loaded.isSo = true;
    await import(resolve('test/unit/vscode.ts'));
    for (const file of this.#files) this.#mocha.addFile(resolve(file));
    this.#mocha.cleanReferencesAfterRun(false);
    await this.#mocha.loadFilesAsync();
  }

  async #run({ bail, only }: { bail: boolean; only?: readonly string[] | undefined }): Promise<TestResult[]> {
    await this.#load();
    const results: TestResult[] = [];
    this.#mocha.bail(bail);
    this.#mocha.grep(only ? new RegExp(`^(?:${only.map(escaped).join('|')})$`) : /^/);
    await new Promise<void>((ended) => {
      const runner = this.#mocha.run(() => ended());
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

function escaped(title: string): string {
  return title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'mutation', injectableClass: MutationRunner }];
