import { env, l10n, window, workspace, type WebviewPanel } from 'vscode';
import { describeError } from '../../views/text/errorText.ts';
import { isoDate } from '../../views/text/timeText.ts';
import { addressOf } from '../../views/tree/nodes.ts';
import type { CalendarPlace } from '../../webview/host/calendar/calendarPanel.ts';
import type { CalendarServices } from '../../webview/host/calendar/calendarServices.ts';
import { inHomeFolder } from '../saveExport.ts';
import { openForm } from '../authorizations/openForm.ts';
import { commandIds } from '../ids.ts';
import { viewTypes } from '../pages.ts';
import { accountNameOf, nameOf, pickAccount, rowSubject } from '../pick.ts';
import { reportErrors } from '../register.ts';
import type { CommandServices } from '../services.ts';

/** Shows who can enter where and when: of a whole account, by people from their row, or of the device of the row that it was called on. */
export async function showCalendar(hint: unknown, services: CommandServices): Promise<void> {
  const account = await pickAccount(hint, services, l10n.t('Show Access Calendar'), () => true);
  if (!account) return;
  const { openCalendar } = await import('../../webview/host/calendar/calendarPanel.ts');
  const smartlockId = rowSubject(hint)?.smartlockId ?? null;
  const order = addressOf(hint)?.kind === 'people' ? 'persons' : 'doors';
  const view = { order, period: 'week', form: 'picture', date: '', smartlockId } as const;
  openCalendar({ accountId: account.id, view }, placeOf(services));
}

/** Brings the page back in the panel in which it was shown before the window was loaded again. `state`: what it has kept. */
export async function resumeCalendar(panel: WebviewPanel, state: unknown, services: CommandServices): Promise<void> {
  const { resumeCalendarPanel } = await import('../../webview/host/calendar/calendarPanel.ts');
  resumeCalendarPanel(panel, state, placeOf(services));
}

function placeOf(services: CommandServices): CalendarPlace {
  const { extensionUri } = services;
  return {
    viewType: viewTypes.calendar,
    extensionUri,
    servicesFor: (accountId) => calendarServices(accountId, services),
  };
}

function calendarServices(accountId: string, services: CommandServices): CalendarServices {
  const { store, clock, renderContext } = services;
  const report = (task: () => Promise<void>): Promise<void> => reportErrors(commandIds.showCalendar, services, task);
  return {
    store,
    clock,
    renderContext,
    accountName: () => accountNameOf(accountId, services),
    deviceName: (state) => nameOf(state, services),
    errorText: (error) => describeError(error, { account: accountNameOf(accountId, services) }, renderContext()),
    edit: (smartlockId, id) => void report(() => openForm({ kind: 'edit', accountId, smartlockId, id }, services)),
    create: (smartlockId, from, until) => {
      // Where the clock shows a time twice, the form asks which one is meant.
      const times = { from: { ...from, disambiguation: null }, until: { ...until, disambiguation: null } };
      void report(() => openForm({ kind: 'new', accountId, smartlockId, times }, services));
    },
    copy: async (text) => env.clipboard.writeText(text),
    save: (draw, done) => report(() => saveCalendar(draw, done, services)),
  };
}

/** Writes the calendar to a file of the user's choice, and offers to open it where it can be printed. */
async function saveCalendar(
  ...[draw, done, services]: [...Parameters<CalendarServices['save']>, CommandServices]
): Promise<void> {
  const file = await window.showSaveDialog({
    title: l10n.t('Save Access Calendar'),
    defaultUri: inHomeFolder(`nuki-calendar-${isoDate(services.clock.now())}.html`),
    filters: { HTML: ['html'], SVG: ['svg'] },
  });
  if (!file) return;
  const content = await draw(file.path.endsWith('.svg') ? 'svg' : 'html');
  await workspace.fs.writeFile(file, new TextEncoder().encode(content));
  services.report.inform(done, [
    { title: l10n.t('Open in Browser'), run: async () => void (await env.openExternal(file)) },
  ]);
}
