import { typeOfCredential } from '../../nuki/authorization/credential.ts';
import { isAsWritten, type Granted } from './asWritten.ts';
import type { Wanted } from './accessPlan.ts';
import type { Found } from './ownedAt.ts';

/** What a door has of what is wanted there. */
interface Matches {
  readonly matches: readonly (readonly [Wanted, Found | undefined])[];
  /** What is owned there and no longer wanted. */
  readonly unwanted: readonly Found[];
}

/**
 * What of the owned is what is wanted: of the same entry and part, and of the same person. What remains is taken over by an entry whose key
 * is another one now: by its person, or, of a code, where name and limits are the same. What is as it was written goes first, so that a record
 * that claims more does not displace it. `now`: ms since 1970 by Nuki's clock.
 */
export function matchesOf(wanted: readonly Wanted[], found: readonly Found[], now: number): Matches {
  const left = new Set(found);
  const take = (fits: readonly Found[] = [], isMeant: (each: Found) => boolean): Found | undefined => {
    const meant = fits.filter((each) => left.has(each) && isMeant(each));
    const taken =
      meant.find(({ kind }) => kind === 'listed') ?? meant.find(({ kind }) => kind !== 'drifted') ?? meant[0];
    if (taken) left.delete(taken);
    return taken;
  };
  const byPlace = Map.groupBy(found, ({ owned }) => placeOf(owned.entry, owned.part));
  const own = wanted.map((each) => take(byPlace.get(placeOfWanted(each)), (one) => isFor(each, one)));
  const byHolder = Map.groupBy(left, holderOf);
  const matches = wanted.map((each, index) => {
    const isFree = !byPlace.get(placeOfWanted(each))?.some(({ owned }) => owned.id === undefined);
    const other = own[index] ?? take(isFree ? byHolder.get(holderOfWanted(each)) : [], (one) => isSame(each, one, now));
    return [each, other && renamed(other, each.entry.key)] as const;
  });
  return { matches, unwanted: [...left] };
}

/** A part of an entry, as one key. */
export function placeOf(entry: string, part: number): string {
  return `${part}/${entry}`;
}

function placeOfWanted({ entry, part }: Wanted): string {
  return placeOf(entry.key, part);
}

/** What was found, as a list has it or as it was asked for, where either is known. */
function grantedOf(found: Found): (Granted & { readonly accountUserId?: number | undefined }) | undefined {
  if ('item' in found && found.item) return found.item;
  const { asked, by } = found.owned;
  return asked?.kind === 'add'
    ? { ...asked.to, type: typeOfCredential[by], accountUserId: asked.accountUserId }
    : undefined;
}

/** The account user of an app or a fob, as far as it is known. */
export function personOf(found: Found): number | undefined {
  return grantedOf(found)?.accountUserId;
}

/** Of what is gone it is not known whose it was. */
function isFor({ entry, accountUserId }: Wanted, found: Found): boolean {
  if (found.owned.by !== entry.by) return false;
  const granted = grantedOf(found);
  return entry.by === 'code' || !granted || isPerson(accountUserId, granted.accountUserId);
}

function isPerson(wanted: number | undefined, known: number | undefined): boolean {
  return wanted !== undefined && wanted === known;
}

function holderOf(found: Found): string {
  const { by, part } = found.owned;
  const { name, accountUserId } = grantedOf(found) ?? {};
  return JSON.stringify([by, part, by === 'code' ? name : accountUserId]);
}

function holderOfWanted({ entry, part, accountUserId }: Wanted): string {
  return JSON.stringify([entry.by, part, entry.by === 'code' ? entry.name : accountUserId]);
}

function isSame({ entry, as, accountUserId }: Wanted, found: Found, now: number): boolean {
  const granted = grantedOf(found);
  if (!granted) return false;
  return entry.by === 'code' ? isAsWritten(as, granted, now) : isPerson(accountUserId, granted.accountUserId);
}

function renamed<F extends Found>(found: F, entry: string): F {
  return found.owned.entry === entry ? found : { ...found, owned: { ...found.owned, entry } };
}
