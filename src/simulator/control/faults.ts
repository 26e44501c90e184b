import { inEnglish } from '../../base/locale.ts';
import {
  activeFaults,
  clearFaults,
  faultNames,
  faultText,
  faultUnit,
  isFaultName,
  lastsUntilCleared,
  setFault,
  type FaultName,
} from '../faults/namedFaults.ts';
import { Body, checkQuery, orList } from './body.ts';
import { refusal, type ControlCall, type ControlRoute } from './routes.ts';

const path = '/_sim/faults';

export const faultRoutes: readonly ControlRoute[] = [
  { method: 'GET', path, does: 'all faults by name, what each does, and which are set', answer: list },
  {
    method: 'POST',
    path,
    does: 'sets {"name": "late", "times": 2, "smartlockId": 21913877581}; the last two can be left out',
    answer: set,
  },
  { method: 'DELETE', path, does: 'ends all faults, or those of ?name=late', answer: clear },
];

function list({ simulation, query }: ControlCall): object {
  checkQuery(query, []);
  const active = activeFaults(simulation.home);
  return {
    faults: faultNames.map((name) => ({
      name,
      does: faultText(name, inEnglish),
      // What `times` counts, and what holds without it.
      counts: faultUnit(name),
      withoutTimes: lastsUntilCleared(name) ? 'until it is ended' : 'once',
      active: active
        .filter((fault) => fault.name === name)
        .map(({ left, smartlockId }) => ({
          left: left ?? 'until it is ended',
          ...(smartlockId !== undefined && { smartlockId }),
        })),
    })),
  };
}

/** @throws {Refusal} 400 */
function faultNamed(name: string): FaultName {
  if (isFaultName(name)) return name;
  throw refusal(400, `There is no fault ${JSON.stringify(name.slice(0, 64))}. It is one of ${orList(faultNames)}.`);
}

function set(call: ControlCall): object {
  const { home } = call.simulation;
  const body = new Body(call.body, ['name', 'times', 'smartlockId']);
  const name = faultNamed(body.name('name') ?? '');
  const times = body.wholeNumber('times', 1, 1_000_000);
  const smartlockId = body.wholeNumber('smartlockId', 0, Number.MAX_SAFE_INTEGER);
  try {
    setFault(home, name, { ...(times !== undefined && { times }), ...(smartlockId !== undefined && { smartlockId }) });
  } catch (error) {
    if (error instanceof RangeError) throw refusal(400, error.message);
    throw error;
  }
  return { active: activeFaults(home) };
}

function clear({ simulation, query }: ControlCall): object {
  checkQuery(query, ['name']);
  const { name } = query;
  clearFaults(simulation.home, name === undefined ? undefined : faultNamed(name));
  return { active: activeFaults(simulation.home) };
}
