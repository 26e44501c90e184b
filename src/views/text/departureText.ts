import type { ListedEntry, RequestedEntry } from '../../model/authorizations/entries.ts';
import type { Holder } from '../../model/people/holders.ts';
import { standingOf } from '../../model/authorizations/standing.ts';
import type { DeletionResult } from '../../model/people/departure.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import { authorizationName, standingText } from './authorizationText.ts';
import { outcomeDocument } from './outcomeDocument.ts';
import { pendingChangeText } from './pendingChangeText.ts';
import { holderName } from './peopleText.ts';
import type { RenderContext } from './renderContext.ts';
import { dateAndMinute } from './timeText.ts';

/** What the words of a departure need besides what belongs to someone. */
export interface DepartureContext {
  readonly context: RenderContext;
  /** Fit to be shown. */
  readonly account: string;
  readonly holder: Holder;
  readonly deviceName: (smartlockId: number) => string;
}

/** `Front Door · keypad code · Guest Weber · not yet confirmed`. */
export function heldLine({ state, authorization }: ListedEntry, { context, deviceName }: DepartureContext): string {
  return [
    deviceName(state.device.smartlockId),
    word(authorizationTypes, authorization.type, context.t),
    authorizationName(authorization, context),
    standingText(authorization, standingOf(authorization, state), context),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** The same of what was asked for and is not listed yet. */
export function requestedLine({ state, creation }: RequestedEntry, { context, deviceName }: DepartureContext): string {
  return [
    deviceName(state.device.smartlockId),
    word(authorizationTypes, creation.requested.type, context.t),
    pendingChangeText(creation, context),
  ].join(' · ');
}

const resultWords: Readonly<Record<DeletionResult, string>> = {
  gone: 'no longer listed by Nuki',
  young: 'no longer listed, but too new to be sure',
  listed: 'deletion not confirmed, still listed by Nuki',
  offline: 'deletion not confirmed, still listed by Nuki; the device is offline',
  unknown: 'result unknown: Nuki may or may not have accepted the deletion',
  left: 'not sent: changed elsewhere, or a change to it is still in progress',
  appeared: 'not deleted: created meanwhile',
};

/** What became of an account user: `kept`, as the user wanted; `refused` by Nuki, or never sent. */
export type PersonResult = 'gone' | 'listed' | 'unknown' | 'kept' | 'refused';

const personWords: Readonly<Record<PersonResult, string>> = {
  gone: resultWords.gone,
  listed: resultWords.listed,
  unknown: resultWords.unknown,
  kept: 'kept',
  refused: 'not deleted: the request failed',
};

/** How a departure has ended, as far as it was seen. */
export interface DepartureEnd {
  readonly results: readonly { readonly held: ListedEntry; readonly result: DeletionResult }[];
  readonly requested: readonly RequestedEntry[];
  /** What others have under the same name. */
  readonly namesakes: readonly ListedEntry[];
  /** `undefined` where there is no account user. */
  readonly person: PersonResult | undefined;
  readonly hasUnreadable: boolean;
  readonly wasStopped: boolean;
}

/** Everything that someone had, with what became of it door by door, and what to do. Only what a list has shown is said to be gone. */
export function departureDocument(end: DepartureEnd, text: DepartureContext): string {
  const { context, account, holder, deviceName } = text;
  const { t } = context;
  const { results, requested, namesakes, person } = end;
  const held = [
    ...results.map(({ held: each, result }) => ({ each, result: t(resultWords[result]) })),
    ...namesakes.map((each) => ({ each, result: t('not included: only the name is the same') })),
  ];
  const name = holderName(holder, context);
  const open = results.filter(({ result }) => result !== 'gone').length + requested.length;
  return outcomeDocument(t('{0} leaves', name), [
    `${account} · ${dateAndMinute(context.ownNow, context)}`,
    open === 0
      ? t('Nuki lists none of these authorizations any more.')
      : t('{0} may still open doors: {1} not confirmed.', name, open),
    end.wasStopped ? t('You stopped waiting. What was sent stays sent.') : '',
    end.hasUnreadable ? t("Some authorizations couldn't be read. They aren't listed here.") : '',
    {
      columns: [t('Device'), t('Type'), t('Name'), t('Result')],
      rows: [
        ...held.map(({ each: { state, authorization }, result }) => [
          deviceName(state.device.smartlockId),
          word(authorizationTypes, authorization.type, context.t),
          authorizationName(authorization, context),
          result,
        ]),
        ...requested.map(({ state, creation }) => [
          deviceName(state.device.smartlockId),
          word(authorizationTypes, creation.requested.type, context.t),
          authorizationName(creation.requested, context),
          pendingChangeText(creation, context),
        ]),
        ...(person === undefined ? [] : [['', t('Account user'), name, t(personWords[person])]]),
      ],
    },
    open === 0
      ? ''
      : t(
          'Refresh "People" later. If something is still listed, "Wake and Refresh" on its device may help; then delete it again.',
        ),
    t('Codes of others that {0} knows keep working. "Rotate Code…" replaces them.', name),
  ]);
}
