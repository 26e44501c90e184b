import { ThemeColor, ThemeIcon } from 'vscode';
import type { PendingChange } from '../../model/authorizations/pendingChanges.ts';
import type { Holder } from '../../model/people/holders.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import { authorizationType, type AuthorizationGroup } from '../../nuki/authorization/authorizationType.ts';

const attention = new ThemeColor('nuki.attentionForeground');
const dimmed = new ThemeColor('disabledForeground');

const typeIcons: Readonly<Record<number, string>> = {
  [authorizationType.app]: 'device-mobile',
  [authorizationType.bridge]: 'broadcast',
  [authorizationType.fob]: 'nuki-fob',
  [authorizationType.keypad]: 'nuki-keypad',
  [authorizationType.keypadCode]: 'nuki-code',
  [authorizationType.zKey]: 'plug',
  [authorizationType.virtual]: 'cloud',
};

const groupIcons: Readonly<Record<AuthorizationGroup, string>> = {
  people: 'organization',
  codes: 'nuki-code',
  fobs: 'nuki-fob',
  system: 'server-environment',
};

/** By type; another one while the lock is taking it, until it has, and when it does not open. `now`: ms since 1970. */
export function authorizationIcon(authorization: Authorization, isUnconfirmed: boolean, now: number): ThemeIcon {
  if (authorization.operationId) return new ThemeIcon('sync~spin');
  if (isUnconfirmed) return new ThemeIcon('question', attention);
  switch (validityOf(authorization, now)) {
    case 'expired':
    case 'disabled':
      return new ThemeIcon('circle-slash', dimmed);
    case 'unknown':
      return new ThemeIcon('warning', attention);
    case 'active':
    case 'upcoming':
      return new ThemeIcon(typeIcons[authorization.type] ?? 'extensions');
  }
}

/** What can be told of all that someone holds. */
type HolderState = 'underWay' | 'unconfirmed' | 'opens' | 'opensNothing';

/** A person, or what lets in whoever goes by a name; another icon while a lock takes it, until it has, and when it opens nothing. */
export function holderIcon({ kind, held }: Holder, state: HolderState): ThemeIcon {
  switch (state) {
    case 'underWay':
      return new ThemeIcon('sync~spin');
    case 'unconfirmed':
      return new ThemeIcon('question', attention);
    case 'opensNothing':
      return kind === 'person' && held.length === 0
        ? new ThemeIcon('person', dimmed)
        : new ThemeIcon('circle-slash', dimmed);
    case 'opens': {
      const types = new Set(held.map(({ authorization }) => authorization.type));
      const [type = -1] = types;
      return new ThemeIcon(kind === 'person' ? 'person' : ((types.size === 1 ? typeIcons[type] : undefined) ?? 'key'));
    }
  }
}

/** Spinning while the change is being followed, a question mark after that. */
export function pendingIcon({ givenUp }: PendingChange): ThemeIcon {
  return givenUp ? new ThemeIcon('question', attention) : new ThemeIcon('sync~spin');
}

export function groupIcon(group: AuthorizationGroup): ThemeIcon {
  return new ThemeIcon(groupIcons[group]);
}
