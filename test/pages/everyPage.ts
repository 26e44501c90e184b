import type { PageName } from '../../src/webview/host/panel.ts';
import { calendarPage } from './calendar/calendarPage.ts';
import { activityPage } from './activity/activityPage.ts';
import { formPage } from './form/formPage.ts';
import type { TriedPage } from './triedPage.ts';

/** All pages. */
export const everyPage: Readonly<Partial<Record<PageName, TriedPage>>> = {
  form: formPage,
  calendar: calendarPage,
  activity: activityPage,
};
