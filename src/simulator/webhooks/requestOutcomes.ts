import type { DeviceEvent } from '../devices/deviceEvents.ts';
import type { Timeline } from '../time/timeline.ts';

/** What an advanced request does. UnlockAction and AuthCreation: Nuki's guide, "API Triggered Webhooks"; the others by analogy. */
export type RequestType = 'UnlockAction' | 'LockAction' | 'Action' | 'AuthCreation';

/** A device that a request is for; for a creation with the authorization's id. */
export interface RequestTarget {
  readonly smartlockId: number;
  readonly id?: string;
}

/** How it ended on one device. `errorCode`: two hex digits; Nuki's guide, "Error Codes". */
export interface RequestDetail extends RequestTarget {
  readonly success: boolean;
  readonly errorCode?: string;
}

/** The body of an API-triggered webhook. Nuki's guide, "API Triggered Webhooks". */
export interface RequestOutcome {
  readonly type: RequestType;
  readonly requestId: string;
  readonly smartlockId?: number;
  readonly success: boolean;
  readonly detail?: readonly RequestDetail[];
}

/** Not reached, or no reason known. */
const unknownError = 'ff';

/** After how long a device that has said nothing counts as not reached; Nuki publishes no time. */
const longestWait = 60_000;

/** The error codes for completion states of the log, from 1 on. */
const errorCodes: Readonly<Record<number, string>> = {
  1: '42',
  2: '46',
  3: '40',
  4: '45',
  5: '4c',
  6: '43',
  7: '4a',
  9: '4e',
  10: '4f',
};

/** A device that is full refuses an authorization with this one. */
const tooManyAuthorizations = '13';

interface Awaited {
  readonly deed: string;
  readonly targets: readonly RequestTarget[];
  readonly details: RequestDetail[];
  readonly tell: (details: readonly RequestDetail[]) => void;
}

/** Requests of the advanced API that wait for their devices: how each ended is told once all have ended, or after a minute. */
export class RequestOutcomes {
  readonly #timeline: Timeline;
  readonly #tell: (outcome: RequestOutcome) => void;
  readonly #awaited = new Set<Awaited>();

  constructor(timeline: Timeline, tell: (outcome: RequestOutcome) => void) {
    this.#timeline = timeline;
    this.#tell = tell;
  }

  await(type: RequestType, requestId: string, deed: string, targets: readonly RequestTarget[]): void {
    const awaited: Awaited = {
      deed,
      targets,
      details: [],
      tell: (details) => this.#tell(outcomeOf(type, requestId, details)),
    };
    this.#awaited.add(awaited);
    this.#timeline.after(longestWait, () => {
      for (const { smartlockId } of targets) this.#end(awaited, smartlockId, unknownError);
    });
  }

  /** What really happens on a device; the cloud hears of it a little later. */
  hear(event: DeviceEvent): void {
    if (this.#awaited.size === 0) return;
    if (event.kind !== 'ended' && event.kind !== 'stored' && event.kind !== 'refused') return;
    const awaited = [...this.#awaited].find(({ deed }) => deed === event.deed);
    if (awaited === undefined) return;
    this.#timeline.after(this.#timeline.random.duration(1200, 500, 2500), () => {
      this.#end(awaited, event.smartlockId, errorCodeOf(event));
    });
  }

  /** `errorCode`: missing where it has succeeded. */
  #end(awaited: Awaited, smartlockId: number, errorCode: string | undefined): void {
    const { targets, details, tell } = awaited;
    const target = targets.find((candidate) => candidate.smartlockId === smartlockId);
    if (target === undefined || details.some((detail) => detail.smartlockId === smartlockId)) return;
    details.push({ ...target, success: errorCode === undefined, ...(errorCode !== undefined && { errorCode }) });
    if (details.length < targets.length) return;
    this.#awaited.delete(awaited);
    tell(details);
  }
}

function errorCodeOf(event: Extract<DeviceEvent, { kind: 'ended' | 'stored' | 'refused' }>): string | undefined {
  if (event.kind === 'stored') return undefined;
  if (event.kind === 'refused') return tooManyAuthorizations;
  return event.completion === 0 ? undefined : (errorCodes[event.completion] ?? unknownError);
}

function outcomeOf(type: RequestType, requestId: string, details: readonly RequestDetail[]): RequestOutcome {
  const success = details.every((detail) => detail.success);
  const [only] = details;
  const smartlockId = details.length === 1 && type !== 'AuthCreation' ? only?.smartlockId : undefined;
  return {
    type,
    requestId,
    ...(smartlockId !== undefined && { smartlockId }),
    success,
    ...((!success || type === 'AuthCreation') && { detail: details }),
  };
}
