import { safeText } from '../base/safeText.ts';
import type { AuthorizationWork } from '../model/authorizationWork.ts';
import type { Authorization } from '../nuki/authorization.ts';
import type { WholeAuthorization } from '../nuki/authorizationWrites.ts';
import { scheduleInWords, type Reader } from '../nuki/schedule.ts';
import type { Conflict, Progress, ProgressRow } from './protocol.ts';

/** How far what was sent is, on each device. `work`: what is not seen done there; none is done. */
export function progressOf(
  heading: string,
  devices: readonly { readonly name: string; readonly work: AuthorizationWork | undefined }[],
  workWords: (work: AuthorizationWork) => string,
  { say }: Reader,
): Progress {
  const rows = devices.map(({ name, work }): ProgressRow => {
    if (!work) return { device: name, state: 'done', words: say('on the lock') };
    const isTwice = work.what === 'create' && work.listedAs.length > 1;
    return { device: name, state: isTwice ? 'failed' : work.givenUp ? 'open' : 'working', words: workWords(work) };
  });
  const isOpen = rows.some(({ state }) => state === 'open' || state === 'failed');
  const isWorking = rows.some(({ state }) => state === 'working');
  return {
    heading,
    rows,
    note: isWorking
      ? say('Nuki has taken it; the lock takes it within seconds, sometimes minutes. This page may be closed.')
      : isOpen
        ? say('Nothing is sent again. What is missing may still come.')
        : '',
    canCheck: isOpen,
  };
}

/** What somebody else has changed, beside what was written here. */
export function conflictOf(
  before: WholeAuthorization,
  wanted: Authorization,
  now: WholeAuthorization,
  zone: string | undefined,
  reader: Reader,
): Conflict {
  const { say } = reader;
  const words = (authorization: Authorization): readonly (readonly [string, string])[] => [
    [say('Name'), safeText(authorization.name)],
    [say('Schedule'), scheduleInWords(authorization, zone, reader)],
    [say('Remote access'), say(authorization.remoteAllowed ? 'yes' : 'no')],
    [say('Enabled'), say(authorization.enabled === false ? 'no' : 'yes')],
  ];
  const theirs = new Map(words(now.authorization));
  const old = new Map(words(before.authorization));
  const rows = words(wanted)
    .map(([field, yours]) => ({ field, yours, theirs: theirs.get(field) ?? '' }))
    .filter((row) => row.yours !== row.theirs || old.get(row.field) !== row.theirs);
  const codeHasChanged = JSON.stringify(before.fields.code) !== JSON.stringify(now.fields.code);
  return {
    sentence: say('Somebody else has changed this authorization since you opened it. Nothing was sent.'),
    rows: codeHasChanged ? [...rows, { field: say('Code'), yours: '••••••', theirs: say('changed') }] : rows,
  };
}
