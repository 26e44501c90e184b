import { safeText } from '../../base/safeText.ts';
import type { Entry, ListedEntry, RequestedEntry } from '../../model/authorizations/entries.ts';
import { inShownOrder } from '../../model/shownOrder.ts';
import { nameOfHolder, type Holder } from '../../model/people/holders.ts';
import { standingOf } from '../../model/authorizations/standing.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { limitingStart } from '../../nuki/authorization/completeLimits.ts';
import { validityOf } from '../../nuki/authorization/authorization.ts';
import { accessSummary, standingSummary } from './authorizationText.ts';
import { deviceName } from './deviceText.ts';
import type { Devices } from './duplicateNames.ts';
import { pendingChangeSummary } from './pendingChangeText.ts';
import type { RenderContext } from './renderContext.ts';

/** A holder with all that belongs to it, and what a text about it depends on. */
export interface Holding {
  readonly holder: Holder;
  readonly requested: readonly RequestedEntry[];
  /** The devices of the account, among which a name may be ambiguous. */
  readonly others: Devices;
  /** Whether another person of the account has the same name. */
  readonly isAmbiguous: boolean;
  /** Whether all authorizations of the account were read. */
  readonly isComplete: boolean;
}

/** The name of a holder, fit to be shown. */
export function holderName(holder: Holder, { t }: Pick<RenderContext, 't'>): string {
  return safeText(nameOfHolder(holder)) || t('(no name)');
}

/** Whether an authorization lets someone in, or will: it is neither disabled nor expired. */
export function opensAnything(
  { authorization }: Pick<ListedEntry, 'authorization'>,
  { now }: Pick<RenderContext, 'now'>,
): boolean {
  const validity = validityOf(authorization, now);
  return validity !== 'disabled' && validity !== 'expired';
}

/**
 * What a holder can open, and until when: `Front Door, Garage · until 30 Jun 2027`. First what makes it uncertain, and of several doors only
 * what is true of all of them; of one who can open none what has become of it.
 */
export function holderSummary(holding: Holding, context: RenderContext): string {
  const { holder, requested, isAmbiguous, isComplete } = holding;
  const { t } = context;
  const email = holder.kind === 'person' && isAmbiguous ? safeText(holder.person.email ?? '') : '';
  const standing = common<Entry>([...holder.held, ...requested], (each) =>
    each.kind === 'requested'
      ? pendingChangeSummary(each.creation, t)
      : standingSummary(each.authorization, standingOf(each.authorization, each.state), context),
  );
  const opening = holder.held.filter((held) => opensAnything(held, context));
  const shown = opening.length > 0 ? opening : holder.held;
  const alike = new Map(shown.map((held) => [accessKey(held, context), held]));
  const access = common([...alike.values()], ({ state, authorization }) =>
    accessSummary(authorization, state, context),
  );
  const states = [...new Set([...shown, ...requested].map(({ state }) => state))];
  return [
    email,
    standing === mixed ? t('not confirmed everywhere') : standing,
    states.length === 0 && isComplete ? t('nothing on any door') : doorsText(states, holding, context),
    access === mixed ? (opening.length > 0 ? t('different times') : t('no access now')) : access,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The same for authorizations of which the same is said: to say it takes longer, and a person has hundreds at times. */
function accessKey({ state, authorization }: ListedEntry, { now }: Pick<RenderContext, 'now'>): string {
  const { allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime, error } = authorization;
  return [
    validityOf(authorization, now),
    limitingStart(authorization),
    allowedUntilDate,
    allowedWeekDays,
    allowedFromTime,
    allowedUntilTime,
    error,
    state.device.config?.timezoneId,
  ].join('/');
}

const mixed = Symbol('mixed');

/** What is said of all; `undefined` where nothing is. Ends at the first difference, as there may be hundreds. */
function common<T>(all: readonly T[], textOf: (each: T) => string | undefined): string | undefined | typeof mixed {
  const [first] = all;
  const text = first === undefined ? undefined : (textOf(first) ?? '');
  return all.every((each) => (textOf(each) ?? '') === text) ? text : mixed;
}

/** More are counted, as a row is short. */
const namedDoors = 2;

function doorsText(states: readonly DeviceState[], { others }: Holding, context: RenderContext): string {
  if (states.length > namedDoors) return context.t('{0} devices', states.length);
  return inShownOrder(states, context.language)
    .map(({ device }) => deviceName(device, others, context))
    .join(', ');
}

/** The email of a person, where that says more than the name. */
export function emailOf(holder: Holder): string {
  if (holder.kind === 'name' || holder.person.email === nameOfHolder(holder)) return '';
  return safeText(holder.person.email ?? '');
}
