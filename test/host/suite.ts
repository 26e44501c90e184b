import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Runs the test files in the extension host, leaves mocha's JSON in `report`, and fails when a test has failed or none has run. */
export async function runSuite(loads: readonly (() => Promise<unknown>)[], report: string): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, reporter: 'json', reporterOptions: { output: report } });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  try {
    for (const load of loads) await load();
  } catch (error) {
    writeFileSync(report, JSON.stringify({ stats: { passes: 0, failures: 1 }, failures: [failureOf(error)] }));
    throw error;
  }
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      if (failures > 0 || runner.stats?.passes === 0) reject(new Error(`${failures} tests have failed`));
      else resolve();
    });
  });
}

function failureOf(error: unknown): unknown {
  return { fullTitle: 'loading the tests', err: { stack: error instanceof Error ? error.stack : String(error) } };
}
