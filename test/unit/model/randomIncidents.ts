import type { Store } from '../../../src/model/store.ts';
import { isActionName, kindOf, type ActionName } from '../../../src/nuki/vocabulary/kinds.ts';
import { completionStates } from '../../../src/nuki/vocabulary/words.ts';
import { drawDeed } from '../../../src/simulator/people/household.ts';
import type { Fault, SimulatedHome } from '../../../src/simulator/home.ts';
import { pick, type Random } from '../../../src/simulator/random.ts';
import type { Witness } from './witness.ts';

/** What an incident can act on. */
export interface IncidentContext {
  readonly home: SimulatedHome;
  readonly witness: Witness;
  readonly store: Store;
  readonly accountId: string;
  /** The device that is acted on, and its type. */
  readonly id: number;
  readonly type: number;
  /** What is asked of the device. */
  readonly action: ActionName;
  readonly closeWindow: () => void;
  /** Lets so many ms pass at once, without anything happening on the way. */
  readonly sleep: (ms: number) => void;
  readonly stopWaiting: () => void;
  /** Another command on the same device. */
  readonly command: (action: ActionName) => void;
}

/** Something that goes wrong or happens beside a command. `when` as a number: so many ms after the command. */
export interface Incident {
  readonly when: 'before' | 'question' | 'sent' | number;
  readonly name: string;
  readonly happen: (context: IncidentContext) => void;
  /** What is put right after the operation. */
  readonly undo?: (context: IncidentContext) => void;
  /** Whether answers to reads go wrong. */
  readonly isOfReading?: true;
}

const chance = (random: Random, share: number): boolean => random.next() < share;
const upTo = (random: Random, ms: number): number => Math.round(random.next() * ms);

export function actionsOf(type: number): readonly ActionName[] {
  return Object.keys(kindOf(type).actions).filter(isActionName);
}

const nginx = '<html><head><title>Bad Gateway</title></head><body>nginx</body></html>';
const html = { 'content-type': 'text/html' };
/** Ends of an action without success; those of a keypad (224 to 226) are no ends of ours. */
const completions = Object.keys(completionStates)
  .map(Number)
  .filter((completion) => completion !== 0 && (completion < 224 || completion > 226));
const serverErrors = [500, 502, 503, 504, 520, 527] as const;
const refusals = [400, 401, 402, 403, 404, 405, 409, 410, 413, 422, 423, 426, 429, 501] as const;
const waits = ['7', 'Mon, 23 Nov 2026 12:00:30 GMT', 'soon', '-1', '999999'] as const;

/** Draws what goes wrong with one operation, often nothing at all. */
export function randomIncidents(random: Random, type: number): readonly Incident[] {
  if (chance(random, 0.3)) return [];
  return [
    ...(chance(random, 0.6) ? [ofTheRequest(random)] : []),
    ...(chance(random, 0.2) ? [ofReading(random)] : []),
    ...(chance(random, 0.04) ? [ofReading(random)] : []),
    ...(chance(random, 0.4) ? besides(random, type) : []),
    ...(chance(random, 0.1) ? besides(random, type) : []),
  ];
}

/** The request that moves the door, or what becomes of it. */
function ofTheRequest(random: Random): Incident {
  const twists: readonly (readonly [string, Fault])[] = [
    ...Array.from({ length: 5 }, () => ['', {}] as const),
    ['never', { never: true }],
    ['blocks later', { blocksLater: true }],
    ...(['fails', 'fails', 'fails'] as const).map(() => {
      const completion = pick(random, completions);
      return [`completion ${completion}`, { completion }] as const;
    }),
    ...[upTo(random, 45_000)].map((after) => [`reached after ${after}`, { after }] as const),
    ...[upTo(random, 30_000)].map((after) => {
      const completion = pick(random, completions);
      return [`reached after ${after}, completion ${completion}`, { after, completion }] as const;
    }),
  ];
  const server = pick(random, serverErrors);
  const refusal = pick(random, refusals);
  const late = upTo(random, 19_000);
  const retryAfter: Record<string, string> = chance(random, 0.5) ? { 'retry-after': pick(random, waits) } : {};
  const becomes = (status: number, body: string | null = nginx) => ({
    change: () => new Response(body, { status, headers: { ...html, ...retryAfter } }),
  });
  const answers: readonly (readonly [string, Fault])[] = [
    ...Array.from({ length: 12 }, () => ['', {}] as const),
    ['lost', { loseAnswer: true }],
    ['lost late', { loseAnswer: true, wait: late }],
    ['lost on the way there', { answer: { status: 500 }, loseAnswer: true }],
    ['late', { wait: late }],
    ['server error after the effect', becomes(server)],
    ['server error', { answer: { status: server, body: nginx, headers: retryAfter } }],
    ['timeout status after the effect', becomes(pick(random, [408, 425]), null)],
    ['timeout status', { answer: { status: pick(random, [408, 425]) } }],
    ['redirected', { answer: { status: pick(random, [301, 302, 307, 308]), headers: { location: '/elsewhere' } } }],
    ['redirected after the effect', becomes(302)],
    ['refused', { answer: { status: refusal, headers: retryAfter } }],
    ['refused', { answer: { status: refusal, body: { detailMessage: 'no', stackTrace: [] } } }],
    ['a sign-in page', { answer: { status: 200, body: nginx, headers: html } }],
    ['another success', becomes(pick(random, [200, 201, 202]), '{"x":1}')],
  ];
  const [twistName, twist] = pick(random, twists);
  const [answerName, answer] = pick(random, answers);
  return {
    when: 'before',
    name: `request: ${[twistName, answerName].filter(Boolean).join(', ') || 'as usual'}`,
    happen: ({ home }) => home.fault({ method: 'POST', path: /\/action$/, ...twist, ...answer }),
  };
}

/** The looks at the device and at its log. */
function ofReading(random: Random): Incident {
  const [what, path] = pick(random, [
    ['device', /^\/smartlock\/\d+$/],
    ['log', /\/log\?/],
    ['reads', /./],
  ] as const);
  const status = pick(random, [...serverErrors, 401, 403, 404, 408, 425, 429, 204, 304]);
  const wait = upTo(random, 14_000);
  const retryAfter: Record<string, string> = chance(random, 0.3) ? { 'retry-after': pick(random, waits) } : {};
  const [how, fault] = pick<readonly [string, Fault]>(random, [
    [`status ${status}`, { answer: { status, headers: retryAfter } }],
    ['lost', { loseAnswer: true }],
    ['lost late', { loseAnswer: true, wait }],
    ['late', { wait }],
    ['late', { wait }],
    ['a sign-in page', { answer: { status: 200, body: nginx, headers: html } }],
    ['cut off', { change: async (answer) => new Response((await answer.text()).slice(0, -9), answer) }],
    ['null', { answer: { status: 200, body: 'null', headers: { 'content-type': 'application/json' } } }],
    ['empty list', { answer: { status: 200, body: [] } }],
    ['another device', { answer: { status: 200, body: { smartlockId: 17_179_869_185, type: 4, name: 'Other' } } }],
    ['no state', { change: async (answer) => withoutState(await answer.text()) }],
  ]);
  // A log that is said to be empty before an action makes old entries look fresh: of an API that lies so nothing can be told.
  const before = how === 'empty list' ? 'sent' : 'before';
  const when = pick<Incident['when']>(random, [before, 'sent', upTo(random, 6_000), upTo(random, 12_000)]);
  const times = 1 + Math.floor(random.next() ** 2 * 10);
  return {
    when,
    name: `${what}: ${how}`,
    isOfReading: true,
    happen: ({ home }) => home.fault({ method: 'GET', path, times, ...fault }),
  };
}

function withoutState(text: string): Response {
  const body: unknown = JSON.parse(text);
  return Response.json(Array.isArray(body) || typeof body !== 'object' ? body : { ...body, state: undefined });
}

/** What others do, and what happens to the device and to the window. */
function besides(random: Random, type: number): readonly Incident[] {
  const at = (): number => upTo(random, pick(random, [4_000, 12_000, 35_000]));
  const when = pick<Incident['when']>(random, ['before', 'question', 'sent', at()]);
  const { bolt } = kindOf(type);
  const hand = (): Incident => {
    const state = pick(random, [1, 3]);
    return { when: chance(random, 0.2) ? 'before' : at(), name: `hand ${state}`, happen: turn(state) };
  };
  const turn =
    (state: number): Incident['happen'] =>
    ({ home, id }) =>
      home.turnByHand(id, state);
  const action = pick(random, actionsOf(type));
  const serverState = pick(random, [1, 2, 3, 4, 4, 4]);
  const incident = (name: string, happen: Incident['happen'], then: Incident['when'] = when): Incident => ({
    when: then,
    name,
    happen,
  });
  const online = incident('online', ({ home, id }) => home.setServerState(id, 0), at());
  return pick<() => readonly Incident[]>(random, [
    () => (bolt && type !== 1 ? [hand()] : []),
    () => (bolt && type !== 1 ? [hand(), hand()] : []),
    () => [incident('offline', ({ home, id }) => home.setServerState(id, serverState)), online],
    () => [incident('offline', ({ home, id }) => home.setServerState(id, serverState))],
    () => occupied(when, at()),
    () => [incident('the door moves', ({ home, id }) => home.moveDoor(id, pick(random, [2, 3])))],
    () => [incident('refresh', ({ store, accountId }) => void store.refresh(accountId), at())],
    () => [incident('a second command', (context) => context.command(action), at())],
    () => [incident('another window acts', (context) => actElsewhere(context, action), at())],
    () => [incident('sleep', ({ sleep }) => sleep(upTo(random, 60_000)), at())],
    () => [incident('the window closes', ({ closeWindow }) => closeWindow(), at())],
    () => [incident('no more waiting', ({ stopWaiting }) => stopWaiting(), at())],
    () => [incident('states are not told', ({ witness, id }) => witness.silence(id))],
    () => [somebody(random, at())],
    () => [somebody(random, at()), somebody(random, at())],
    () => [incident('another client does the same', doTheSame(random), at())],
    () => [
      incident('another app does the same', ({ home, id, action: same }) => home.people.useApp(id, same, 'Ben'), at()),
    ],
  ])();
}

/** Somebody does something at the device that is acted on. */
function somebody(random: Random, when: number): Incident {
  const happen: Incident['happen'] = ({ home, id }) => {
    const device = home.devices().find((candidate) => candidate.id === id);
    if (device !== undefined) drawDeed(home.people, device, random).happen();
  };
  return { when, name: 'somebody', happen };
}

/** Another client of the Web API, of the same account or not, asks for the same; it may fail. */
function doTheSame(random: Random): Incident['happen'] {
  const isShown = chance(random, 0.5);
  const completion = chance(random, 0.3) ? pick(random, completions) : 0;
  const options = { isShown, twist: { completion }, ...(chance(random, 0.5) && { name: 'Neighbour' }) };
  return ({ home, id, action }) => home.people.actElsewhere(id, action, options);
}

function cloudOf(home: SimulatedHome, id: number) {
  return home.devices().find((device) => device.id === id)?.cloud;
}

/** The device works on another client's operation for a while. */
function occupied(when: Incident['when'], until: number): readonly Incident[] {
  let operationId: string | undefined;
  const begin: Incident['happen'] = ({ home, id }) => {
    const cloud = cloudOf(home, id);
    if (cloud?.listed.operationId === undefined) operationId = cloud?.beginOperation();
  };
  const end: Incident['happen'] = ({ home, id }) => {
    const cloud = cloudOf(home, id);
    if (operationId !== undefined && cloud?.listed.operationId === operationId) cloud.forgetOperation();
  };
  return [
    { when, name: 'busy', happen: begin, undo: end },
    { when: until, name: 'free', happen: end },
  ];
}

function actElsewhere({ home, id }: IncidentContext, action: ActionName): void {
  if (cloudOf(home, id)?.listed.operationId === undefined) home.people.actElsewhere(id, action);
}
