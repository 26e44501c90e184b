// What a suite of mocha has reported as JSON, in words.
import * as v from 'valibot';

const test = v.object({ fullTitle: v.string() });

const reportSchema = v.object({
  stats: v.object({ passes: v.number(), failures: v.number(), pending: v.optional(v.number(), 0) }),
  passes: v.optional(v.array(test), []),
  pending: v.optional(v.array(test), []),
  failures: v.array(
    v.object({
      ...test.entries,
      err: v.looseObject({ stack: v.optional(v.string()), message: v.optional(v.string()) }),
    }),
  ),
});

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Failure {
  readonly title: string;
  /** The first line of what was thrown. */
  readonly reason: string;
}

/** @throws when `json` is no report of mocha */
export function countsOf(json: string): Counts {
  const { stats } = v.parse(reportSchema, JSON.parse(json));
  return { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
}

/** @throws when `json` is no report of mocha */
export function failuresOf(json: string): Failure[] {
  return v.parse(reportSchema, JSON.parse(json)).failures.map(({ fullTitle, err }) => {
    const [reason = ''] = (err.message ?? err.stack ?? '').split('\n');
    return { title: fullTitle, reason };
  });
}

/** Prints every test, every failure, and the counts in a line of their own. @throws when `json` is no report of mocha */
export function printReport(suite: string, json: string): void {
  const { passes, pending, failures } = v.parse(reportSchema, JSON.parse(json));
  for (const { fullTitle } of passes) console.log(`  ✔ ${fullTitle}`);
  for (const { fullTitle } of pending) console.log(`  - ${fullTitle}`);
  for (const { fullTitle, err } of failures) console.error(`\n  ✘ ${fullTitle}\n${err.stack ?? err.message ?? ''}`);
  console.log(`${suite}: ${inWords(countsOf(json))}`);
}

export function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Such as "9 min 12 s". `seconds`: whole ones, 0 or more. */
export function inMinutes(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes > 0 && `${minutes} min`, (rest > 0 || minutes === 0) && `${rest} s`].filter(Boolean).join(' ');
}
