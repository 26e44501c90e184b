import type { Locale } from '../../base/locale.ts';
import { authorizationLimit, keypadCodeLimit, olderKeypadCodeLimit } from '../../nuki/authorization/authorization.ts';
import type { AuthorizationGroup } from '../../nuki/authorization/authorizationType.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';

/** A count in a row, and what its hover adds. */
interface CountText {
  readonly short: string;
  readonly full?: string;
}

const groupNames: Readonly<Record<AuthorizationGroup, string>> = {
  people: 'People',
  codes: 'Codes',
  fobs: 'Fobs',
  system: 'System',
};

export function groupName(group: AuthorizationGroup, { t }: Pick<Locale, 't'>): string {
  return t(groupNames[group]);
}

/** The share of a limit from which it is worth being told. */
const nearLimit = 0.8;

/** How many codes a keypad has, with its limit where that is near: `5`, `92 of 100 or 200`, `165 of 200`. */
export function codesText(count: number, { t }: Pick<Locale, 't'>): CountText {
  if (count > olderKeypadCodeLimit) {
    return { short: count < nearLimit * keypadCodeLimit ? String(count) : t('{0} of {1}', count, keypadCodeLimit) };
  }
  if (count < nearLimit * olderKeypadCodeLimit) return { short: String(count) };
  return {
    short: t('{0} of {1} or {2}', count, olderKeypadCodeLimit, keypadCodeLimit),
    full: t(
      "An older keypad holds {0} codes, others {1}. Nuki doesn't tell which one this is.",
      olderKeypadCodeLimit,
      keypadCodeLimit,
    ),
  };
}

/** How much room a device has for `others`, all authorizations but codes; `undefined` while that is no question. */
export function slotsText(
  others: number,
  device: Pick<Smartlock, 'type' | 'firmwareVersion'>,
  { t }: Pick<Locale, 't'>,
): CountText | undefined {
  const limit = authorizationLimit(device);
  if (others < nearLimit * limit) return undefined;
  const left = Math.max(0, limit - others);
  return {
    short: t(left === 1 ? '{0} slot left' : '{0} slots left', left),
    full: t('{0} of {1} slots are used. Codes have slots of their own, on the keypad.', others, limit),
  };
}
