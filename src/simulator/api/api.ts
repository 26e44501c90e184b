import { accountRoutes } from './accountRoutes.ts';
import { badParameter, notAllowed, notFound, notSimulated, Refusal, unauthorized } from '../answers.ts';
import { authorizationRoutes } from './authorizationRoutes.ts';
import { knownOf } from './known.ts';
import type { Beginning, Ending } from '../journal/exchanges.ts';
import { responseOf, type Fault, type MetRequest } from '../faults/faults.ts';
import type { SimulatedHome } from '../home.ts';
import { deedOfRequest } from '../journal/outcomes.ts';
import { integrationRoutes } from './integrationRoutes.ts';
import { notificationRoutes } from './notificationRoutes.ts';
import { resourceAt } from './operations.ts';
import type { Route } from './routes.ts';
import { settingsRoutes } from './settingsRoutes.ts';
import { smartlockRoutes } from './smartlockRoutes.ts';
import { tokenOf } from '../tokens.ts';
import { userRoutes } from './userRoutes.ts';
import { webhookRoutes } from './webhookRoutes.ts';

/** Every operation of the simulator. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...userRoutes,
  ...integrationRoutes,
  ...webhookRoutes,
  ...notificationRoutes,
  ...authorizationRoutes,
  ...smartlockRoutes,
  ...settingsRoutes,
];

const routeOf: ReadonlyMap<string, Route> = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));

export type Handler = (request: Request) => Promise<Response>;

/**
 * Nuki's Web API over `home`, at any origin. It rejects only as `fetch` does: when the request is aborted, or when a fault breaks
 * the connection.
 */
export function simulatedApi(home: SimulatedHome): Handler {
  return async (request) => {
    const { method, signal } = request;
    const text = await request.text();
    signal.throwIfAborted();
    const { pathname, search } = new URL(request.url);
    home.timeline.catchUp();
    const met = { method, path: pathname + search, body: text };
    const fault = home.takeFault(met) ?? {};
    const { number, end } = home.exchanges.begin(beginningOf(home, request, text, fault));
    try {
      const asked: Asked = { request, text, deed: deedOfRequest(number), isOwn: false };
      const answer = await faultyAnswer(home, asked, met, fault);
      if (!home.exchanges.keepsAnswers) {
        end({ ...endingOf(home, answer), end: 'answered' });
        return answer;
      }
      const content = answer.body === null ? '' : await answer.text();
      end({ ...endingOf(home, answer), end: 'answered', answer: jsonOr(content, content), size: content.length });
      const { status, headers } = answer;
      return new Response(answer.body === null ? null : content, { status, headers });
    } catch (error) {
      end({ end: signal.aborted ? 'aborted' : 'lost', endedAt: home.clock.now() });
      throw error;
    }
  };
}

/** The same API for a program that knows of the simulation: no fault meets it, no copy lags, nothing is remembered, every scope is there. */
export function unobservedApi(home: SimulatedHome): Handler {
  let writes = 0;
  return async (request) => {
    const text = await request.text();
    home.timeline.catchUp();
    writes += 1;
    return dated(home, answerTo(home, { request, text, deed: `own request ${writes}`, isOwn: true }, {}));
  };
}

interface Asked {
  readonly request: Request;
  readonly text: string;
  readonly deed: string;
  /** Whether it comes from a program that knows of the simulation. */
  readonly isOwn: boolean;
}

function beginningOf(home: SimulatedHome, request: Request, text: string, { name: fault }: Fault): Beginning {
  const { method, url } = request;
  const { pathname, search } = new URL(url);
  const operation = operationOf(method, pathname);
  const body = jsonOr(text, text);
  const token = tokenOf(request);
  const { scopes } = routeOf.get(operation ?? '') ?? {};
  const lacks = scopes !== undefined && home.tokens.allows(token) && !home.tokens.allows(token, scopes);
  const asked = {
    method,
    path: pathname + search,
    ...(operation !== undefined && { operation }),
    ...(body !== undefined && { body }),
  };
  const known = home.exchanges.keepsAnswers ? knownOf(home, asked) : undefined;
  return {
    at: home.clock.now(),
    ...asked,
    size: text.length,
    ...(token !== '' && { client: home.exchanges.clientOf(token) }),
    ...(lacks && { missingScopes: scopes }),
    ...(fault !== undefined && { fault }),
    ...(known !== undefined && { known }),
  };
}

function endingOf(home: SimulatedHome, { status, headers }: Response): Omit<Ending, 'end'> {
  const retryAfter = headers.get('retry-after');
  const seconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return { endedAt: home.clock.now(), status, ...(seconds !== undefined && { retryAfter: seconds }) };
}

/** The answer, with what `fault` makes of it. */
async function faultyAnswer(home: SimulatedHome, asked: Asked, met: MetRequest, fault: Fault): Promise<Response> {
  const { signal } = asked.request;
  if (fault.revokesToken) home.revoke(tokenOf(asked.request));
  const wrong = typeof fault.answer === 'function' ? fault.answer(met) : fault.answer;
  const response = dated(home, wrong === undefined ? answerTo(home, asked, fault) : responseOf(wrong));
  const date = response.headers.get('date') ?? '';
  const late = (fault.wait ?? 0) + (home.latency > 0 ? home.timeline.random.duration(home.latency, 20, 2000) : 0);
  if (late > 0) await home.clock.wait(late, signal);
  signal.throwIfAborted();
  if (fault.hang) return await endOf(signal);
  // The error that `fetch` throws for a broken connection.
  if (fault.loseAnswer) throw new TypeError('fetch failed');
  const changed = fault.change === undefined ? response : await fault.change(response);
  if (!changed.headers.has('date')) changed.headers.set('date', date);
  return changed;
}

function dated(home: SimulatedHome, response: Response): Response {
  response.headers.set('date', new Date(home.timeline.date).toUTCString());
  return response;
}

function answerTo(home: SimulatedHome, asked: Asked, fault: Fault): Response {
  try {
    return routed(home, asked, fault);
  } catch (error) {
    if (error instanceof Refusal) return error.toResponse();
    throw error;
  }
}

/** @throws {Refusal} for every answer that is an error */
function routed(home: SimulatedHome, { request, text, deed, isOwn }: Asked, fault: Fault): Response {
  const token = tokenOf(request);
  const isAllowed = (scopes?: readonly string[]): boolean => isOwn || home.tokens.allows(token, scopes);
  if (!isAllowed()) throw unauthorized();
  home.tokens.use(token, home.timeline.date);
  const { pathname, searchParams } = new URL(request.url);
  const resource = resourceAt(pathname);
  if (resource === undefined) throw notFound();
  if (!resource.methods.includes(request.method)) throw notAllowed();
  const operation = `${request.method} ${resource.template}`;
  const route = routeOf.get(operation);
  if (route === undefined) throw notSimulated(operation);
  if (!isAllowed(route.scopes)) throw unauthorized();
  return route.answer({
    home,
    params: resource.params,
    query: Object.fromEntries(searchParams),
    get body() {
      const body = jsonOr(text, Refusal);
      if (body === Refusal) throw badParameter('body', null);
      return body;
    },
    twist: fault,
    deed,
    lag: isOwn ? 0 : (fault.lag ?? home.drawLag()),
  });
}

/** The operation by its template in Nuki's OpenAPI, whether it is simulated or not; `undefined` where Nuki has none. */
function operationOf(method: string, pathname: string): string | undefined {
  const resource = resourceAt(pathname);
  return resource?.methods.includes(method) ? `${method} ${resource.template}` : undefined;
}

/** The JSON in `text`; `undefined` where it is empty, `otherwise` where it is no JSON, or nested deeper than any request of Nuki's. */
function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    return isDeeper(value, deepest) ? otherwise : value;
  } catch {
    return otherwise;
  }
}

/** Whoever reads, masks or writes a request's body may go through it level by level. */
const deepest = 100;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Never answers: rejects when the request is aborted. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
