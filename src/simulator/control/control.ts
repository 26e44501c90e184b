import { Refusal } from '../answers.ts';
import { matchPath } from '../api/operations.ts';
import { checkRoutes } from './check.ts';
import { deliveryRoutes } from './deliveries.ts';
import { deviceRoutes } from './devices.ts';
import { faultRoutes } from './faults.ts';
import { inferredRoutes } from './inferred.ts';
import { journalRoutes } from './journal.ts';
import { refusal, type Controlled, type ControlRoute } from './routes.ts';
import { timeRoutes } from './time.ts';

const contents: ControlRoute = { method: 'GET', path: '/_sim', does: 'this list', answer: () => ({ routes: listed }) };

/** Everything that can be asked of the simulation itself. */
export const controlRoutes: readonly ControlRoute[] = [
  contents,
  ...timeRoutes,
  ...faultRoutes,
  ...deviceRoutes,
  ...journalRoutes,
  ...checkRoutes,
  ...deliveryRoutes,
  ...inferredRoutes,
];

const listed = controlRoutes.map(({ method, path, does }) => ({ method, path, does }));

/** Whether a path belongs to the simulation and not to Nuki's API. */
export function isControlPath(pathname: string): boolean {
  return pathname === '/_sim' || pathname.startsWith('/_sim/');
}

/** Answers a request to the simulation itself: JSON, and errors as `{error}`. */
export async function control(simulation: Controlled, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  try {
    const text = await request.text();
    const [route, params] = routeOf(request.method, pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname);
    const query = Object.fromEntries(searchParams);
    return Response.json(route.answer({ simulation, params, query, body: jsonIn(text) }));
  } catch (error) {
    if (error instanceof Refusal) return error.toResponse();
    throw error;
  }
}

/** @throws {Refusal} 404, 405 */
function routeOf(method: string, pathname: string): [ControlRoute, Readonly<Record<string, string>>] {
  const found = controlRoutes.flatMap((route) => {
    const params = matchPath(route.path, pathname);
    return params === undefined ? [] : [{ route, params }];
  });
  if (found.length === 0) throw refusal(404, `There is no ${pathname.slice(0, 64)}. GET /_sim lists what there is.`);
  const meant = found.find(({ route }) => route.method === method);
  if (meant !== undefined) return [meant.route, meant.params];
  throw refusal(405, `${pathname} takes ${found.map(({ route }) => route.method).join(' and ')}.`);
}

/** @throws {Refusal} 400 */
function jsonIn(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    throw refusal(400, 'The body is no JSON.');
  }
}
