import { withoutItsSecrets } from '../journal/withoutItsSecrets.ts';
import { checkQuery } from './body.ts';
import { refusal, type ControlCall, type ControlRoute } from './routes.ts';
import { timeOf } from './time.ts';

export const journalRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_sim/journal',
    does: 'the requests, their answers and how accepted writes came out; ?since=5 leaves out those up to number 5',
    answer: read,
  },
  { method: 'POST', path: '/_sim/reset', does: 'begins anew: the same home, and an empty journal', answer: reset },
];

function read({ simulation, query }: ControlCall): object {
  checkQuery(query, ['since']);
  const since = Number(query['since'] ?? 0);
  if (!Number.isSafeInteger(since) || since < 0) throw refusal(400, '"since" must be a whole number from 0 on.');
  const { exchanges, home, outcomes } = simulation;
  home.timeline.catchUp();
  return {
    exchanges: exchanges.all.filter(({ number }) => number > since).map(withoutItsSecrets),
    outcomes: outcomes.filter(({ exchange }) => exchange > since),
  };
}

function reset({ simulation }: ControlCall): object {
  simulation.reset();
  return timeOf(simulation);
}
