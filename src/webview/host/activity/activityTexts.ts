import type { Locale, Translate } from '../../../base/locale.ts';
import type { AppliedBy } from '../../../model/activity/accountFilter.ts';
import type { Reach } from '../../../model/activity/accountActivity.ts';
import {
  activityKinds,
  attemptOutcomes,
  type ActivityKind,
  type AttemptOutcome,
} from '../../../model/activity/attempt.ts';
import type { RenderContext } from '../../../views/text/renderContext.ts';
import { moment, clockMinute } from '../../../views/text/timeText.ts';
import type { Choice, FilterField, Texts } from '../../protocol/activity.ts';

/** Every fixed text of the page, in the user's language. */
export function activityTexts(t: Translate): Texts {
  return {
    filter: t('Filter'),
    time: t('Period'),
    day: t('Last 24 hours'),
    week: t('Last 7 days'),
    month: t('Last 30 days'),
    own: t('Own dates'),
    all: t('Any time'),
    from: t('Start date'),
    until: t('End date'),
    person: t('Person'),
    everyone: t('Everyone'),
    doors: t('Devices'),
    allDoors: t('All devices'),
    doorCount: t('{0} devices', '{0}'),
    kind: t('Kind'),
    anything: t('All kinds'),
    result: t('Result'),
    anyResult: t('Any result'),
    nuki: t('filtered by Nuki'),
    here: t('filtered here'),
    reset: t('Reset Filter'),
    saved: t('Saved filters'),
    save: t('Save'),
    saveAs: t('Save Filter…'),
    filterName: t('Name of the filter'),
    cancel: t('Cancel'),
    deleteSaved: t('Delete Saved Filter'),
    refresh: t('Refresh'),
    exportAll: t('Export…'),
    picture: t('Openings and refused attempts by device and day'),
    legend: t('Legend'),
    opened: t('opened'),
    refused: t('refused attempt'),
    notRead: t('not read'),
    earlier: t('Earlier days'),
    later: t('Later days'),
    activity: t('Activity'),
    columnTime: t('Time'),
    columnDoor: t('Device'),
    columnWhat: t('What happened'),
    loading: t('loading…'),
    showInSidebar: t('Show in Sidebar'),
  };
}

const kindLabels: Readonly<Record<ActivityKind, string>> = {
  opened: 'Unlocking and opening',
  locked: 'Locking',
  ringToOpen: 'Ring to open',
  doorbell: 'Doorbell',
  door: 'Door sensor',
  settings: 'Settings',
  other: 'Other',
};

const outcomeLabels: Readonly<Record<AttemptOutcome, string>> = {
  done: 'Done',
  refused: 'Refused',
  failed: 'Failed',
  heldBack: 'Auto Unlock skipped',
  unknown: 'Result unknown',
};

export function kindChoices(t: Translate): Choice[] {
  return activityKinds.map((id) => ({ id, label: t(kindLabels[id]) }));
}

export function resultChoices(t: Translate): Choice[] {
  return attemptOutcomes.map((id) => ({ id, label: t(outcomeLabels[id]) }));
}

const fieldOf: Readonly<Record<keyof AppliedBy, FilterField>> = {
  time: 'time',
  people: 'person',
  doors: 'doors',
  kinds: 'kind',
  outcomes: 'result',
};

/** By whom each field of the page's filter is applied. */
export function answeredBy(applied: AppliedBy): { readonly [F in FilterField]?: 'nuki' | 'here' } {
  return Object.fromEntries(limitedFields(applied));
}

/** The fields of the page that are limited, in its order, each with by whom. */
function limitedFields(applied: AppliedBy) {
  const names: readonly (keyof AppliedBy)[] = ['time', 'people', 'doors', 'kinds', 'outcomes'];
  return names.flatMap((name) => {
    const by = applied[name];
    return by === undefined ? [] : [[fieldOf[name], by] as const];
  });
}

/** The same in a sentence or two. */
export function answeredByText(applied: AppliedBy, { t, language }: Locale): string {
  const texts = activityTexts(t);
  const fieldsBy = (who: 'nuki' | 'here'): string[] =>
    limitedFields(applied).flatMap(([field, by]) => (by === who ? [texts[field]] : []));
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const [nuki, here] = [fieldsBy('nuki'), fieldsBy('here')];
  return [
    nuki.length > 0 ? t('Filtered by Nuki: {0}.', list.format(nuki)) : '',
    here.length > 0 ? t('Filtered here, among what was read: {0}.', list.format(here)) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** How many rows there are, of how many entries, and how far back these go unless to the end. */
export function summaryText(shown: number, reach: Reach, context: RenderContext): string {
  const { kind, read, unreadable, lookedBackTo } = reach;
  const { t } = context;
  if (read === 0) return '';
  const count =
    shown === read ? t(read === 1 ? '{0} entry' : '{0} entries', read) : t('{0} of {1} entries', shown, read);
  return [
    count,
    lookedBackTo === undefined || kind === 'complete'
      ? undefined
      : t('read back to {0}', moment(lookedBackTo, context.ownNow, context, clockMinute)),
    unreadable > 0 ? t('{0} unreadable', unreadable) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** What stands where the rows end. */
export function endText(shown: number, isFiltered: boolean, { kind, read }: Reach, { t }: Locale): string {
  if (kind === 'stuck') return t('Nuki gives no older entries, though there may be more.');
  if (kind === 'full')
    return t('{0} entries were read, which is the maximum. Choose a shorter period to see older ones.', read);
  if (isFiltered) {
    return t(shown > 0 ? 'No older activity matches the filter.' : 'No activity matches the filter.');
  }
  return t(shown > 0 ? 'No older activity.' : 'No activity.');
}
