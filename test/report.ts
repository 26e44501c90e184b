// What a suite of mocha has reported as JSON, in words.
import * as v from 'valibot';

const reportSchema = v.object({
  stats: v.object({ passes: v.number(), failures: v.number(), pending: v.optional(v.number(), 0) }),
  failures: v.array(
    v.object({
      fullTitle: v.string(),
      err: v.looseObject({ stack: v.optional(v.string()), message: v.optional(v.string()) }),
    }),
  ),
});

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Prints every failure, and the counts in a line of their own. @throws when `json` is no report of mocha */
export function printReport(suite: string, json: string): Counts {
  const { stats, failures } = v.parse(reportSchema, JSON.parse(json));
  for (const { fullTitle, err } of failures) console.error(`\n✘ ${fullTitle}\n${err.stack ?? err.message ?? ''}`);
  const counts = { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
  console.log(`${suite}: ${inWords(counts)}`);
  return counts;
}

export function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
