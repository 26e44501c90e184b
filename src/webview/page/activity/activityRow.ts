import type { ActivityRow, Details } from '../../protocol/activity.ts';
import { button, element } from '../element.ts';
import { activityIcon } from './activityIcons.ts';

/** The cells of a row, from left to right; in narrow panels they stand in two lines. */
export function cellsOf(row: ActivityRow): HTMLElement[] {
  const badge = row.badge === '' ? [] : [element('span', { class: 'badge' }, row.badge)];
  const zone = row.zone === '' ? [] : [' ', element('span', { class: 'hint' }, row.zone)];
  return [
    element('span', { class: 'time', title: row.zone || undefined }, row.time, ...zone),
    element('span', { class: 'foreign door' }, row.door),
    element('span', { class: 'foreign who' }, row.who),
    element(
      'span',
      { class: 'what' },
      activityIcon(row.outcome),
      element('span', { class: 'words' }, row.words),
      ...badge,
      ...(row.more === '' ? [] : [element('span', { class: 'hint more foreign' }, row.more)]),
    ),
  ];
}

/** All that is known of a row, below it; `undefined` until it has come. */
export function detailsOf(
  details: Details | undefined,
  texts: { readonly loading: string; readonly showInSidebar: string },
  showInSidebar: () => void,
): HTMLElement[] {
  if (!details) return [element('p', { class: 'hint' }, texts.loading)];
  return [
    element(
      'dl',
      {},
      ...details.facts.map(({ field, value }) =>
        element('div', {}, element('dt', {}, field), element('dd', { class: 'foreign' }, value)),
      ),
    ),
    element('div', { class: 'buttons' }, button(texts.showInSidebar, showInSidebar)),
  ];
}
