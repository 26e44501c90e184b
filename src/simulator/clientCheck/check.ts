import type { Translate } from '../../base/locale.ts';
import type { Exchange } from '../journal/exchange.ts';
import { ruleIds, rules, type RuleId } from './rules.ts';
import type { Run } from './run.ts';

export type { RuleId } from './rules.ts';

/** A rule that was broken, and by which requests, by their numbers. */
export interface Finding {
  readonly rule: RuleId;
  readonly exchanges: readonly number[];
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** The rules that could have been broken: of the others the run says nothing. */
  readonly seen: readonly RuleId[];
}

/**
 * What clients did that the real API punishes. Each client, told by its token, is judged by itself. `webhook`: all are told by webhooks
 * what becomes of their requests; otherwise those that registered one. Times are those of the home's clock.
 */
export function checkClient(
  exchanges: readonly Exchange[],
  { webhook = false }: { readonly webhook?: boolean } = {},
): CheckResult {
  const runs = runsIn(exchanges, webhook);
  const findings = ruleIds.flatMap((rule) => {
    const broken = runs.flatMap((run) => rules[rule].judgement.broken(run).map(({ number }) => number));
    return broken.length === 0 ? [] : [{ rule, exchanges: [...new Set(broken)].toSorted((a, b) => a - b) }];
  });
  const seen = ruleIds.filter((rule) => runs.some((run) => rules[rule].judgement.concerns(run)));
  return { findings, seen };
}

function runsIn(exchanges: readonly Exchange[], webhook: boolean): readonly Run[] {
  const ofClients = new Map<string | undefined, Exchange[]>();
  for (const exchange of exchanges) {
    const known = ofClients.get(exchange.client);
    if (known) known.push(exchange);
    else ofClients.set(exchange.client, [exchange]);
  }
  return [...ofClients.values()].map((own) => ({ exchanges: own, webhook: webhook || own.some(registersWebhook) }));
}

function registersWebhook({ operation, status = 0 }: Exchange): boolean {
  return operation === 'PUT /api/decentralWebhook' && status >= 200 && status < 300;
}

/** The results of one run or several in words, a text per line. */
export function reportOf(runs: readonly CheckResult[], t: Translate): readonly string[] {
  const found = ruleIds.flatMap((rule) => {
    const places = runs.flatMap(({ findings }, index) =>
      findings.filter((finding) => finding.rule === rule).map(({ exchanges }) => ({ run: index + 1, exchanges })),
    );
    if (places.length === 0) return [];
    const where = runs.length === 1 ? requestsIn(places[0]?.exchanges ?? [], t) : placesText(places, t);
    return [`${t(rules[rule].title)}: ${where}`, `  ${t(rules[rule].meaning)}`, `  ${t(rules[rule].advice)}`];
  });
  const isSeen = (id: RuleId): boolean => runs.some(({ seen }) => seen.includes(id));
  const unseen = ruleIds.filter((id) => !isSeen(id));
  return [
    ...(found.length === 0 ? [t('The check found nothing.')] : found),
    ...(found.length > 0 && runs.length > 1 ? [t('A reset ends a run; the next one begins with request 1.')] : []),
    ...(unseen.length === 0
      ? [t('All {0} rules could have been broken in this run.', ruleIds.length)]
      : [
          t(
            'No finding is no praise: {0} of {1} rules could have been broken in this run.',
            ruleIds.length - unseen.length,
            ruleIds.length,
          ),
          t('Not these: {0}.', unseen.map((id) => t(rules[id].title)).join('; ')),
        ]),
  ];
}

/** So many runs are named. */
const namedRuns = 5;

function placesText(
  places: readonly { readonly run: number; readonly exchanges: readonly number[] }[],
  t: Translate,
): string {
  const list = places
    .slice(0, namedRuns)
    .map(({ run, exchanges }) => t('{0} of run {1}', requestsIn(exchanges, t), run));
  const more = places.length - namedRuns;
  return [...list, ...(more > 0 ? [t('other runs: {0}', more)] : [])].join('; ');
}

/** So many numbers are named; more help no one. */
const named = 20;

function requestsIn(numbers: readonly number[], t: Translate): string {
  const [first = 0] = numbers;
  if (numbers.length === 1) return t('request {0}', first);
  const list = numbers.slice(0, named).join(', ');
  const more = numbers.length - named;
  return more > 0 ? t('requests {0} and {1} more', list, more) : t('requests {0}', list);
}
