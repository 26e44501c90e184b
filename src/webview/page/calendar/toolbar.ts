import { forms, periods, rowOrders, type CalendarModel, type View } from '../../protocol/calendar.ts';
import { button, element } from '../element.ts';
import { sign, signLines } from '../pageIcons.ts';

interface ToolbarActions {
  readonly change: (view: Partial<View>) => void;
  readonly move: (by: number) => void;
  readonly refresh: () => void;
  readonly copy: () => void;
  readonly save: () => void;
}

/** What period is shown, how, and what can be done with it. */
export function toolbar(
  { texts }: CalendarModel,
  { change, move, refresh, copy, save }: ToolbarActions,
): { readonly element: HTMLElement; show(model: CalendarModel): void } {
  const period = element('h2', { class: 'period' });
  const refreshButton = button(texts.refresh, refresh);
  const copyButton = button(texts.copy, copy);
  const saveButton = button(texts.save, save);
  const choices = [
    choice('order', texts.order, rowOrders, texts, change),
    choice('period', texts.period, periods, texts, change),
    choice('form', texts.form, forms, texts, change),
  ];
  return {
    element: element(
      'div',
      { class: 'toolbar' },
      element(
        'div',
        { class: 'tools' },
        arrow(texts.previous, signLines.left, () => move(-1)),
        button(texts.today, () => change({ date: '' })),
        arrow(texts.next, signLines.right, () => move(1)),
        period,
      ),
      element('div', { class: 'tools' }, ...choices.map((each) => each.element)),
      element('div', { class: 'tools' }, refreshButton, copyButton, saveButton),
    ),
    show({ view, period: shown, isBusy, rowCount }) {
      period.textContent = shown;
      for (const each of choices) each.show(view);
      refreshButton.setAttribute('aria-disabled', String(isBusy));
      copyButton.disabled = saveButton.disabled = rowCount === 0;
      copyButton.hidden = view.form !== 'table';
      saveButton.hidden = view.form === 'table';
    },
  };
}

function arrow(label: string, lines: string, press: () => void): HTMLButtonElement {
  const pressed = button('', press, 'secondary icon');
  pressed.setAttribute('aria-label', label);
  pressed.title = label;
  pressed.append(sign('arrow', lines));
  return pressed;
}

/** One of a few, beside each other. */
function choice<P extends 'order' | 'period' | 'form'>(
  part: P,
  label: string,
  values: readonly View[P][],
  texts: CalendarModel['texts'],
  change: (view: Partial<View>) => void,
): { readonly element: HTMLElement; show(view: View): void } {
  const buttons = values.map((value) => button(texts[value], () => change({ [part]: value })));
  return {
    element: element('div', { class: 'toggle', role: 'group', 'aria-label': label }, ...buttons),
    show: (view) =>
      buttons.forEach((each, index) => each.setAttribute('aria-pressed', String(values[index] === view[part]))),
  };
}
