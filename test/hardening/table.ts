import type { Figure } from './figures.ts';
import type { Goal } from './goals.ts';

export interface Verdict {
  readonly goal: Goal;
  readonly figures: readonly string[];
  readonly is: 'pass' | 'FAIL' | 'no figure' | 'not here';
}

/** A goal passes when it was measured, and every figure of it holds. */
export function judge(goals: readonly Goal[], figures: readonly Figure[]): readonly Verdict[] {
  return goals.map((goal) => {
    const own = figures.filter((figure) => figure.goal === goal.id);
    return { goal, figures: [...new Set(own.map(({ measured }) => measured))], is: verdictOn(own) };
  });
}

function verdictOn(figures: readonly Figure[]): Verdict['is'] {
  if (figures.length === 0) return 'no figure';
  if (figures.some(({ holds }) => holds === false)) return 'FAIL';
  return figures.some(({ holds }) => holds === undefined) ? 'not here' : 'pass';
}

/** One goal below the other, each with its figures. */
export function tableOf(verdicts: readonly Verdict[]): string {
  return verdicts
    .flatMap(({ goal, figures, is }) => [
      `${goal.id.padEnd(4)}${is.padEnd(10)}${goal.what}: ${goal.threshold}`,
      ...figures.map((figure) => `${' '.repeat(14)}= ${figure}`),
    ])
    .join('\n');
}
