import { ViewColumn, window, type Uri, type WebviewPanel } from 'vscode';
import type { ToPage } from '../../protocol/activity.ts';
import { revealPage, showPage } from '../panel.ts';
import type { ActivityRequest, ActivityServices } from './activityServices.ts';
import { ActivitySession } from './activitySession.ts';
import { decodeKept } from './messages.ts';

/** Where the page is shown, and what it needs. */
export interface ActivityPlace {
  readonly viewType: string;
  readonly extensionUri: Uri;
  servicesFor(request: ActivityRequest): ActivityServices;
}

/** Opens the page in a panel of its own, or shows the one that is open. */
export function openActivity(request: ActivityRequest, place: ActivityPlace): void {
  if (revealPage(ActivitySession, (session) => session.isOf(request))) return;
  const title = place.servicesFor(request).renderContext().t('Activity');
  showActivity(window.createWebviewPanel(place.viewType, title, ViewColumn.Active), request, place);
}

/** Shows in `panel` again what it has shown before the window was loaded again; closes it where nothing usable was kept. */
export function resumeActivity(panel: WebviewPanel, state: unknown, place: ActivityPlace): void {
  const kept = decodeKept(state);
  if (kept) showActivity(panel, kept, place);
  else panel.dispose();
}

function showActivity(panel: WebviewPanel, request: ActivityRequest, place: ActivityPlace): void {
  showPage<ToPage>(panel, 'activity', place.extensionUri, (pagePanel) => {
    const { timeZone: ownZone } = Intl.DateTimeFormat().resolvedOptions();
    return new ActivitySession(request, place.servicesFor(request), { ...pagePanel, ownZone });
  });
}
