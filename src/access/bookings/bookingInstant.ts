import { resolveWallTime, type WallTime } from '../../nuki/time/zonedTime.ts';

/** Which end of a stay is meant. */
export type Edge = 'from' | 'until';

/**
 * When the clock of `zone` (IANA) shows a time, in ms since 1970, so that a stay is never shorter than meant: of a time that comes twice
 * the earlier for its start and the later for its end; of a time that is skipped the moment of the change.
 * @returns `undefined` for what is no time
 */
export function instantAt({ date, time }: WallTime, zone: string, edge: Edge): number | undefined {
  const found = resolveWallTime({ date, time }, zone);
  if (found.kind === 'invalid') return undefined;
  if (found.kind === 'gap') return instantAt(found.firstValid, zone, edge);
  if (found.kind === 'exact') return Date.parse(found.instant);
  return Date.parse((edge === 'from' ? found.earlier : found.later).instant);
}
