import type { Translate } from '../../../base/locale.ts';
import type { Texts } from '../../protocol/calendar.ts';

/** Every fixed text of the calendar, in the user's language. */
export function calendarTexts(t: Translate): Texts {
  return {
    refresh: t('Refresh'),
    previous: t('Previous'),
    today: t('Today'),
    next: t('Next'),
    order: t('Rows'),
    doors: t('Devices'),
    persons: t('People'),
    period: t('Period'),
    week: t('Week'),
    month: t('Month'),
    form: t('Show as'),
    picture: t('Picture'),
    table: t('Table'),
    copy: t('Copy'),
    save: t('Save…'),
    allDoors: t('Show All Devices'),
    whoCanEnter: t('Who can enter at'),
    date: t('Date'),
    time: t('Time'),
    ask: t('Ask'),
    close: t('Close'),
    name: t('Name'),
    state: t('State'),
    nothing: t('closed'),
    loading: t('Loading…'),
    empty: t('No authorizations.'),
    moreRows: t('More Rows'),
    keyboard: t(
      'Use the arrow keys to move. Press Enter to edit an authorization, to expand a row, or on a day of a device to create an authorization. Hold Shift to select several days.',
    ),
    legend: t('Legend'),
    sure: t('can enter'),
    unsure: t('not confirmed or unclear'),
    off: t('disabled'),
    expiring: t('expires soon'),
    gap: t('hour skipped'),
    overlap: t('hour twice'),
    now: t('now'),
  };
}
