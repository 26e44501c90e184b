import { inEnglish } from '../../base/locale.ts';
import { reportOf } from '../clientCheck/check.ts';
import { ruleIds, rules } from '../clientCheck/rules.ts';
import { checkQuery } from './body.ts';
import type { ControlCall, ControlRoute } from './routes.ts';

export const checkRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_sim/check',
    does: 'what clients did that the real API punishes, and which rules the run could have broken',
    answer: check,
  },
];

function check({ simulation, query }: ControlCall): object {
  checkQuery(query, []);
  const result = simulation.check();
  const findings = result.findings.map(({ rule, exchanges }) => {
    const { title, meaning, advice } = rules[rule];
    return { rule, title, exchanges, meaning, advice };
  });
  const { seen } = result;
  return { findings, seen, unseen: ruleIds.filter((id) => !seen.includes(id)), report: reportOf([result], inEnglish) };
}
