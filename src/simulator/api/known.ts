import { Refusal } from '../answers.ts';
import { matchingEntries } from './smartlockRoutes.ts';
import type { Known } from '../journal/exchange.ts';
import type { SimulatedHome } from '../home.ts';
import { mostLogEntries, type AuthorizationJson } from '../wire.ts';
import {
  authorizationIdIn,
  authorizationsIn,
  deletes,
  deviceIdIn,
  deviceIdsIn,
  numberIn,
  queryOf,
  replaces,
  type Asked,
} from '../clientCheck/requests.ts';

/**
 * What the client check has to know of the home as it is before a request is carried out; `undefined` where that is nothing, as of most
 * requests.
 */
export function knownOf(home: SimulatedHome, asked: Asked): Known | undefined {
  const replaced = replaces(asked) ? replacedBy(home, asked) : [];
  const timezoneIds = authorizationsIn(asked).some(hasHours) ? zonesFor(home, asked, replaced) : [];
  const entries = asked.operation?.endsWith('/log') ? entriesFor(home, asked) : undefined;
  const deviceIds = missesDevice(home, asked) ? home.devices().map(({ id }) => id) : [];
  const known: Known = {
    ...(meetsChange(home, asked) && { changeUnderWay: true as const }),
    ...(replaced.length > 0 && { replaced }),
    ...(timezoneIds.length > 0 && { timezoneIds }),
    ...(entries !== undefined && { entries }),
    ...(deviceIds.length > 0 && { deviceIds }),
  };
  return Object.keys(known).length > 0 ? known : undefined;
}

function meetsChange(home: SimulatedHome, asked: Asked): boolean {
  const id = replaces(asked) || deletes(asked) ? authorizationIdIn(asked) : undefined;
  return id !== undefined && home.devices().some(({ store }) => store.isUnderWay(id));
}

function hasHours({ allowedFromTime, allowedUntilTime }: Readonly<Record<string, unknown>>): boolean {
  return Boolean(allowedFromTime) || Boolean(allowedUntilTime);
}

function replacedBy(home: SimulatedHome, asked: Asked): readonly AuthorizationJson[] {
  const ids = new Set<unknown>([authorizationIdIn(asked), ...authorizationsIn(asked).map(({ id }) => id)]);
  return home.devices().flatMap(({ cloud }) => cloud.authorizations.filter(({ id }) => ids.has(id)));
}

function zonesFor(home: SimulatedHome, asked: Asked, replaced: readonly AuthorizationJson[]): readonly number[] {
  const named = authorizationsIn(asked).flatMap(({ smartlockIds }) =>
    Array.isArray(smartlockIds) ? smartlockIds.map(numberIn) : [],
  );
  const ids = new Set([numberIn(deviceIdIn(asked)), ...named, ...replaced.map(({ smartlockId }) => smartlockId)]);
  const devices = home.devices().filter(({ id }) => ids.has(id));
  return [...new Set(devices.map(({ cloud }) => cloud.listed.config.timezoneId))];
}

function entriesFor(home: SimulatedHome, asked: Asked): number | undefined {
  const query = Object.fromEntries(queryOf(asked));
  const limit = numberIn(query['limit']) ?? 0;
  const id = deviceIdIn(asked);
  if (limit <= mostLogEntries) return undefined;
  const devices = home.devices().filter((device) => id === undefined || String(device.id) === id);
  try {
    return devices.reduce((sum, { cloud }) => sum + matchingEntries(query, cloud.log).length, 0);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function missesDevice(home: SimulatedHome, asked: Asked): boolean {
  const isThere = (id: string): boolean =>
    home.isForeign(Number(id)) || home.devices().some((device) => String(device.id) === id);
  return !deviceIdsIn(asked).every(isThere);
}
