import { fastest } from '../time/settableClock.ts';
import { Body } from './body.ts';
import { refusal, type Controlled, type ControlCall, type ControlRoute } from './routes.ts';

export const timeRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/_sim/time', does: 'the time in the home and how fast it passes', answer: read },
  {
    method: 'POST',
    path: '/_sim/time',
    does: '{"set": "2026-03-01T12:00:00Z"}, {"advance": 60000} (in ms) or {"speed": 10}; 0 stands still',
    answer: change,
  },
];

function read({ simulation }: ControlCall): object {
  return timeOf(simulation);
}

/** The answer to whatever changes the time. */
export function timeOf({ clock }: Controlled): object {
  const now = clock.now();
  return { time: new Date(now).toISOString(), ms: now, speed: clock.speed };
}

function change(call: ControlCall): object {
  const { clock, home } = call.simulation;
  const body = new Body(call.body, ['set', 'advance', 'speed']);
  const [set, advance] = [body.instant('set'), body.number('advance', 0, Number.MAX_SAFE_INTEGER)];
  const speed = body.number('speed', 0, fastest);
  if (set !== undefined && advance !== undefined) throw refusal(400, 'Send either "set" or "advance".');
  try {
    if (set !== undefined) clock.set(set);
    if (advance !== undefined) clock.advance(advance);
  } catch (error) {
    if (error instanceof RangeError) throw refusal(400, error.message);
    throw error;
  }
  if (speed !== undefined) clock.run(speed);
  home.timeline.catchUp();
  return timeOf(call.simulation);
}
