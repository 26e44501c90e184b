import { accountRoutes } from './accountRoutes.ts';
import { badParameter, notAllowed, notFound, Refusal, unauthorized } from './answers.ts';
import { authorizationRoutes } from './authorizationRoutes.ts';
import type { Fault } from '../faults/faults.ts';
import type { SimulatedHome } from '../home.ts';
import { matchPath, type Route } from './routes.ts';
import { smartlockRoutes } from './smartlockRoutes.ts';
import type { Twist } from '../faults/twist.ts';

/** Every operation of the simulator; a fixed path stands before a template that would match it. */
export const routes: readonly Route[] = [...accountRoutes, ...authorizationRoutes, ...smartlockRoutes].toSorted(
  (a, b) => templates(a) - templates(b),
);

function templates({ path }: Route): number {
  return path.split('{').length;
}

/**
 * Nuki's Web API over `home`, at any origin. It rejects only as `fetch` does: when the request is aborted, or when a fault breaks
 * the connection.
 */
export function simulatedApi(home: SimulatedHome): (request: Request) => Promise<Response> {
  return async (request) => {
    const { signal } = request;
    const text = await request.text();
    signal.throwIfAborted();
    const { pathname, search } = new URL(request.url);
    home.timeline.catchUp();
    const noteEnd = home.note(request.method, pathname + search, jsonOr(text, text || undefined));
    const fault = home.takeFault(request.method, pathname + search, text) ?? {};
    const response = fault.answer === undefined ? answer(home, request, text, fault) : wrongAnswer(fault.answer);
    const date = new Date(home.timeline.date).toUTCString();
    response.headers.set('date', date);

    const late = (fault.wait ?? 0) + (home.latency > 0 ? home.timeline.random.duration(home.latency, 20, 2000) : 0);
    if (late > 0) await home.clock.wait(late, signal);
    signal.throwIfAborted();
    if (fault.hang) return await endOf(signal);
    // The error that `fetch` throws for a broken connection.
    if (fault.loseAnswer) throw new TypeError('fetch failed');
    const changed = fault.change === undefined ? response : await fault.change(response);
    if (!changed.headers.has('date')) changed.headers.set('date', date);
    noteEnd(changed.status);
    return changed;
  };
}

function answer(home: SimulatedHome, request: Request, text: string, twist: Twist): Response {
  try {
    return route(home, request, text, twist);
  } catch (error) {
    if (error instanceof Refusal) return error.toResponse();
    throw error;
  }
}

/** @throws {Refusal} for every answer that is an error */
function route(home: SimulatedHome, { method, url, headers }: Request, text: string, twist: Twist): Response {
  const token = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  if (!home.allows(token)) throw unauthorized();
  const { pathname, searchParams } = new URL(url);
  const found = routes.flatMap((candidate) => {
    const params = matchPath(candidate.path, pathname);
    return params === undefined ? [] : [{ candidate, params }];
  });
  // The first template that fits counts: /smartlock/log is no device.
  const template = found[0]?.candidate.path;
  if (template === undefined) throw notFound();
  const meant = found.find(({ candidate }) => candidate.path === template && candidate.method === method);
  if (meant === undefined) throw notAllowed();
  if (!home.allows(token, meant.candidate.scopes)) throw unauthorized();
  const body = jsonOr(text, Refusal);
  if (body === Refusal) throw badParameter('body', null);
  return meant.candidate.answer({
    home,
    params: meant.params,
    query: Object.fromEntries(searchParams),
    body,
    twist,
    lag: home.drawLag(),
  });
}

/** The JSON in `text`; `undefined` where it is empty, `otherwise` where it is no JSON. */
function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return otherwise;
  }
}

function wrongAnswer({ status, body, headers = {} }: NonNullable<Fault['answer']>): Response {
  const json = typeof body === 'object';
  const type = json ? { 'content-type': 'application/json' } : {};
  return new Response(json ? JSON.stringify(body) : (body ?? null), { status, headers: { ...type, ...headers } });
}

/** Never answers: rejects when the request is aborted. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
