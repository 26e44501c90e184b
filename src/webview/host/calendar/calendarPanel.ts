import { ViewColumn, window, type Uri, type WebviewPanel } from 'vscode';
import type { ToPage } from '../../protocol/calendar.ts';
import { revealPage, showPage } from '../panel.ts';
import { CalendarSession } from './calendarSession.ts';
import type { CalendarRequest, CalendarServices } from './calendarServices.ts';
import { decodeKeptCalendar } from './messages.ts';

/** Where calendars are shown, and what they need. */
export interface CalendarPlace {
  readonly viewType: string;
  readonly extensionUri: Uri;
  servicesFor(accountId: string): CalendarServices;
}

/** Opens the access calendar of an account in a panel of its own, or shows the one that is open. */
export function openCalendar(request: CalendarRequest, place: CalendarPlace): void {
  const shown = revealPage(CalendarSession, (session) => session.isOf(request));
  if (shown) return request.view.order === 'persons' ? void shown.showPeople() : undefined;
  const { t } = place.servicesFor(request.accountId).renderContext();
  showCalendar(window.createWebviewPanel(place.viewType, t('Access Calendar'), ViewColumn.Active), request, place);
}

/** Shows in `panel` again what it has shown before the window was loaded again; closes it where nothing usable was kept. */
export function resumeCalendarPanel(panel: WebviewPanel, state: unknown, place: CalendarPlace): void {
  const kept = decodeKeptCalendar(state);
  if (kept) showCalendar(panel, kept, place);
  else panel.dispose();
}

function showCalendar(panel: WebviewPanel, request: CalendarRequest, place: CalendarPlace): void {
  const { accountId, view } = request;
  showPage<ToPage>(
    panel,
    'calendar',
    place.extensionUri,
    (pagePanel) => new CalendarSession({ accountId, view }, place.servicesFor(accountId), pagePanel),
  );
}
