import type { PageName } from '../webview/host/panel.ts';

/** The pages that are shown in panels. */
export const pageNames = ['form', 'calendar', 'activity'] as const satisfies readonly PageName[];

/** The types of the panels in which pages are shown, by which VS Code brings a page back after the window was loaded again. */
export const viewTypes = {
  form: 'nuki.authorization',
  calendar: 'nuki.calendar',
  activity: 'nuki.activity',
} as const satisfies Readonly<Record<PageName, string>>;
