import type { Translate } from '../../base/locale.ts';
import { typeOfDeviceId } from '../../nuki/deviceId.ts';
import { kindOf } from '../../nuki/vocabulary/kinds.ts';
import { badParameter, busy, unauthorized } from '../answers.ts';
import { oldestCopy } from '../devices/cloud.ts';
import type { SimulatedHome } from '../home.ts';
import { htmlPage, type DeliveryFault, type Fault, type MetRequest } from './faults.ts';

/** The faults that a client can be made to meet, by the names under which the simulated API is told of them. */
export const faultNames = [
  'offline',
  'slow',
  'lost-answer',
  'never-executed',
  'late',
  'motor-blocked',
  'busy-423',
  'rate-limit',
  'bad-gateway-html',
  'block-page-403',
  'truncated-json',
  'stale-copy',
  'ghost',
  'lost-write',
  'unconfirmed',
  'token-dies',
  'scope-missing',
  'us-lock',
  'webhook-duplicate',
  'webhook-late',
] as const;

export type FaultName = (typeof faultNames)[number];

export function isFaultName(name: string): name is FaultName {
  return faultNames.some((known) => known === name);
}

/** What a number of times counts: requests or deliveries that meet the fault, or the minutes that it lasts. */
type FaultUnit = 'requests' | 'deliveries' | 'minutes';

interface NamedFault {
  /** What it does. */
  readonly sentence: string;
  readonly unit: FaultUnit;
  /** Whether it lasts until it is cleared where no number of times is given; otherwise that is once. */
  readonly lasts?: boolean;
  /** What it does to requests; called each time that it is set. */
  readonly ofRequests?: () => Fault;
  readonly ofDeliveries?: Omit<DeliveryFault, 'name'>;
  /** What it does to the home, to one of its devices or to all; the answer ends it. */
  readonly ofHome?: (home: SimulatedHome, smartlockId: number | undefined) => () => void;
}

const action = /^\/smartlock\/\d+\/action/;
/** Paths of what is sent on to a device; names, for example, are the cloud's alone. */
const reachesDevices = /^\/smartlock\/(\d+\/(action|sync|auth|config|advanced|admin)|auth)\b/;
const authorizations = /^\/smartlock\/(\d+\/)?auth\b/;

/** Each fault with all that is to be known of it. */
const namedFaults: Readonly<Record<FaultName, NamedFault>> = {
  offline: {
    sentence: 'Devices are offline: the API shows what they last reported and holds writes until they are back.',
    unit: 'minutes',
    lasts: true,
    ofHome: disconnect,
  },
  slow: {
    sentence: 'The answer takes 10 seconds.',
    unit: 'requests',
    ofRequests: () => ({ wait: 10_000 }),
  },
  'lost-answer': {
    sentence: 'A write takes effect, but the connection breaks before the answer.',
    unit: 'requests',
    ofRequests: () => ({ meets: isWrite, loseAnswer: true }),
  },
  'never-executed': {
    sentence: 'An action is accepted and never carried out.',
    unit: 'requests',
    ofRequests: () => ({ method: 'POST', path: action, never: true }),
  },
  late: {
    sentence: 'A write to a device is accepted and carried out two minutes later.',
    unit: 'requests',
    ofRequests: () => ({ path: reachesDevices, meets: isWrite, after: 120_000 }),
  },
  'motor-blocked': {
    sentence: 'An action is accepted, and the motor blocks.',
    unit: 'requests',
    ofRequests: () => ({ method: 'POST', path: action, completion: 1 }),
  },
  'busy-423': {
    sentence:
      'An action, or a change to an authorization, is refused with 423 because another operation is in progress.',
    unit: 'requests',
    ofRequests: () => ({
      meets: ({ method, path }) =>
        (method === 'POST' && action.test(path)) || (/^(POST|DELETE)$/.test(method) && authorizations.test(path)),
      answer: busy(),
    }),
  },
  'rate-limit': {
    sentence: "Requests are refused with 429 and a gateway's HTML page, every second one without Retry-After.",
    unit: 'requests',
    ofRequests: limitRate,
  },
  'bad-gateway-html': {
    sentence: "A request gets 502 and a gateway's HTML page, and has no effect.",
    unit: 'requests',
    ofRequests: () => ({ answer: htmlPage(502, '502 Bad Gateway') }),
  },
  'block-page-403': {
    sentence: "A request gets 403 and a web filter's HTML page, and has no effect.",
    unit: 'requests',
    ofRequests: () => ({ answer: htmlPage(403, 'Web Page Blocked') }),
  },
  'truncated-json': {
    sentence: 'A read gets only the first half of its JSON.',
    unit: 'requests',
    ofRequests: () => ({ method: 'GET', change: firstHalf }),
  },
  'stale-copy': {
    sentence: 'A read gets what was true one minute ago.',
    unit: 'requests',
    ofRequests: () => ({ method: 'GET', path: /^\/smartlock\b/, lag: oldestCopy }),
  },
  ghost: {
    sentence: 'An authorization is deleted from the device, but stays listed until the next sync.',
    unit: 'requests',
    ofRequests: () => ({ method: 'DELETE', path: authorizations, unpublished: true }),
  },
  'lost-write': {
    sentence:
      'Creating, changing or deleting an authorization is accepted and lost. The list and the device stay as they are.',
    unit: 'requests',
    ofRequests: () => ({ path: authorizations, meets: isWrite, vanishes: true }),
  },
  unconfirmed: {
    sentence: "A new authorization is listed with updateDate null, but isn't on the device until the next sync.",
    unit: 'requests',
    ofRequests: () => ({ method: 'PUT', path: authorizations, never: true, unconfirmed: true }),
  },
  'token-dies': {
    sentence: 'The token of the next request is revoked. Only a reset of the home restores it.',
    unit: 'requests',
    ofRequests: () => ({ revokesToken: true }),
  },
  'scope-missing': {
    sentence: 'The next operation to be called, other than listing devices, is refused with 401. All others work.',
    unit: 'requests',
    lasts: true,
    ofRequests: withholdScope,
  },
  'us-lock': {
    sentence: 'Actions that unlatch are refused with 400, as by locks sold in the US.',
    unit: 'requests',
    lasts: true,
    ofRequests: () => ({
      method: 'POST',
      path: action,
      meets: pullsLatch,
      answer: ({ body }) => badParameter('action', actionIn(body)),
    }),
  },
  'webhook-duplicate': {
    sentence: 'A webhook delivery is sent twice.',
    unit: 'deliveries',
    ofDeliveries: { twice: true },
  },
  'webhook-late': {
    sentence: 'A webhook delivery is sent one minute late.',
    unit: 'deliveries',
    ofDeliveries: { wait: 60_000 },
  },
};

/**
 * Makes the next requests meet a fault. One of the same name for the same device, or for all, is replaced.
 * `times`: a whole number from 1 on, of what `faultUnit` says; without it once, or until it is cleared. `smartlockId`: the only device.
 * @throws {RangeError} for other times, or where the home has no such device
 */
export function setFault(
  home: SimulatedHome,
  name: FaultName,
  { times, smartlockId }: { readonly times?: number; readonly smartlockId?: number } = {},
): void {
  if (times !== undefined && !(Number.isSafeInteger(times) && times >= 1)) {
    throw new RangeError(`${times} is not a whole number from 1 on.`);
  }
  if (smartlockId !== undefined && !home.devices().some(({ id }) => id === smartlockId)) {
    throw new RangeError(`There is no device ${smartlockId} in this home.`);
  }
  const { lasts = false, ofRequests, ofDeliveries, ofHome } = namedFaults[name];
  const left = times ?? (lasts ? Infinity : 1);
  const which = { name, ...(smartlockId !== undefined && { smartlockId }) };
  home.faults.clear((other) => other.name === name && other.smartlockId === smartlockId);
  if (ofRequests !== undefined) {
    const fault = ofRequests();
    const meets = (request: MetRequest): boolean => isFor(smartlockId, request) && (fault.meets?.(request) ?? true);
    home.faults.place({ kind: 'request', ...which, fault: { ...fault, name, meets }, left });
  }
  if (ofDeliveries !== undefined) {
    home.faults.place({ kind: 'delivery', ...which, delivery: { ...ofDeliveries, name }, left });
  }
  if (ofHome !== undefined) {
    const until = home.timeline.now + left * 60_000;
    const meets = (request: MetRequest): boolean => isFor(smartlockId, request) && /^\/smartlock\b/.test(request.path);
    const state = { kind: 'state', ...which, meets, until, end: ofHome(home, smartlockId) } as const;
    home.faults.place(state);
    if (left < Infinity) home.timeline.after(left * 60_000, () => home.faults.clear((other) => other === state));
  }
}

/** Ends the faults of this name, or all that have one. What has come of them stays: a revoked token is not valid again. */
export function clearFaults(home: SimulatedHome, name?: FaultName): void {
  home.faults.clear((placed) => placed.name !== undefined && (name ?? placed.name) === placed.name);
}

/** A fault that is set. */
export interface ActiveFault {
  readonly name: FaultName;
  /** How many requests, deliveries or minutes are left of it; missing where it lasts until it is cleared. */
  readonly left?: number;
  /** The only device that it is for. */
  readonly smartlockId?: number;
}

/** The faults that are set and not over, in that order. */
export function activeFaults(home: SimulatedHome): readonly ActiveFault[] {
  home.timeline.catchUp();
  return home.faults.placed.flatMap((placed) => {
    const { name = '', smartlockId } = placed;
    const left = placed.kind === 'state' ? Math.ceil((placed.until - home.timeline.now) / 60_000) : placed.left;
    if (!isFaultName(name)) return [];
    return [{ name, ...(left < Infinity && { left }), ...(smartlockId !== undefined && { smartlockId }) }];
  });
}

/** What a fault does, in a sentence. */
export function faultText(name: FaultName, t: Translate): string {
  return t(namedFaults[name].sentence);
}

/** What a number of times counts for this fault: what meets it, or how long it lasts. */
export function faultUnit(name: FaultName): FaultUnit {
  return namedFaults[name].unit;
}

/** Whether it lasts until it is cleared where no number of times is given; otherwise that is once. */
export function lastsUntilCleared(name: FaultName): boolean {
  return namedFaults[name].lasts ?? false;
}

function isFor(smartlockId: number | undefined, { path }: MetRequest): boolean {
  return smartlockId === undefined || new RegExp(`^/smartlock/${smartlockId}\\b`).test(path);
}

function isWrite({ method }: MetRequest): boolean {
  return method === 'PUT' || method === 'POST' || method === 'DELETE';
}

/** Cuts the connection of one device, or of all. What was offline before stays so at the end. */
function disconnect(home: SimulatedHome, smartlockId: number | undefined): () => void {
  const all = home.devices().filter(({ id, cloud }) => cloud.online && (smartlockId ?? id) === id);
  for (const device of all) device.setServerState(4);
  return () => {
    for (const device of all) if (device.cloud.listed.serverState === 4) device.setServerState(0);
  };
}

/** The page is one that a client of Nuki has logged. Nothing says whether Nuki sends `Retry-After`: once it was missing. */
function limitRate(): Fault {
  let requests = 0;
  return {
    answer: () => {
      requests += 1;
      const page = htmlPage(429, '429 Too Many Requests');
      return requests % 2 === 1 ? { ...page, headers: { ...page.headers, 'retry-after': '5' } } : page;
    },
  };
}

async function firstHalf(answer: Response): Promise<Response> {
  const { status, headers } = answer;
  const text = await answer.text();
  return new Response(text.slice(0, text.length / 2), { status, headers });
}

/** Refuses the first operation that is called, for as long as it is called. */
function withholdScope(): Fault {
  let withheld: string | undefined;
  return {
    meets: ({ method, path }) => {
      const operation = `${method} ${path.replace(/\?.*/, '').replace(/(?<=\/)[0-9a-f]*\d[0-9a-f]*(?=\/|$)/g, '{id}')}`;
      if (operation === 'GET /smartlock') return false;
      withheld ??= operation;
      return operation === withheld;
    },
    answer: unauthorized(),
  };
}

/** Boxes and Openers have no latch. */
function pullsLatch({ path, body }: MetRequest): boolean {
  return kindOf(typeOfDeviceId(Number(path.split('/')[2]))).bolt && [3, 5].includes(actionIn(body));
}

function actionIn(body: string): number {
  return Number(/"action"\s*:\s*"?(\d+)/.exec(body)?.[1]);
}
