// The page of the access calendar: draws what its host posts, and posts what the user wants to see.
import {
  farthestMove,
  type CalendarModel,
  type KeptCalendar,
  type Message,
  type ToHost,
  type ToPage,
  type View,
} from '../../protocol/calendar.ts';
import { button, element, replaceContent } from '../element.ts';
import { connect } from '../host.ts';
import { askForm } from './askForm.ts';
import { calendarGrid } from './calendarGrid.ts';
import { calendarTable } from './calendarTable.ts';
import { legend } from './legend.ts';
import { LoadedRows } from './loadedRows.ts';
import { toolbar } from './toolbar.ts';

start(document.querySelector('main') ?? document.body);

function start(main: HTMLElement): void {
  let screen: ReturnType<typeof calendarScreen> | undefined;
  const host = connect<ToHost, ToPage, KeptCalendar>(receive);
  host.post('ready', host.kept?.view ?? null);

  function receive(message: Message): void {
    switch (message.name) {
      case 'show':
        return show(message.body);
      case 'rows':
        return screen?.take(message.body);
      case 'answered':
        return screen?.answer(message.body);
      case 'informed':
        return screen?.tell(message.body);
    }
  }

  function show(model: CalendarModel): void {
    document.documentElement.lang = model.language;
    if (!screen) {
      screen = calendarScreen(model, host);
      main.append(screen.element);
    }
    screen.show(model);
    host.keep({ accountId: model.accountId, view: model.view });
  }
}

function calendarScreen(first: CalendarModel, host: ReturnType<typeof connect<ToHost, ToPage, KeptCalendar>>) {
  const { texts } = first;
  let model = first;
  const heading = element('h1');
  const subheading = element('span', { class: 'foreign' });
  const notes = element('div', { class: 'notes' });
  const status = element('p', { class: 'status', role: 'status' });
  const rows = new LoadedRows((revision, from) => host.postSoon('rows', () => ({ revision, from: from() })));
  /** What was asked for and has not been shown yet. */
  let wanted: Partial<View> = {};
  let steps = 0;
  const folds = new Map<number, boolean>();
  const change = (view: Partial<View>): void => {
    wanted = { ...wanted, ...view };
    host.postSoon('view', () => ({ ...model.view, ...wanted }));
  };
  const move = (by: number): void => {
    steps = Math.max(-farthestMove, Math.min(farthestMove, steps + by));
    host.postSoon('move', () => {
      const all = steps;
      steps = 0;
      return all;
    });
  };
  const unfold = (key: number, isUnfolded: boolean): void => {
    folds.set(key, isUnfolded);
    host.postSoon('unfold', () => {
      const changes = [...folds].map(([folded, isOpen]) => ({ key: folded, isUnfolded: isOpen }));
      folds.clear();
      return changes;
    });
  };
  const tools = toolbar(first, {
    change,
    move,
    refresh: () => host.post('refresh', null),
    copy: () => host.post('copy', null),
    save: () => host.post('save', null),
  });
  const all = button(texts.allDoors, () => change({ smartlockId: null }), 'link');
  const question = askForm(
    first,
    () => model.today,
    (asked) => host.post('ask', asked),
  );
  const actions = {
    unfold,
    edit: (key: number) => host.post('edit', key),
    create: (key: number, { from, until }: { readonly from: number; readonly until: number }) =>
      host.post('create', { key, from, until }),
  };
  const grid = calendarGrid(texts, rows, actions);
  const table = calendarTable(texts, rows);
  const empty = element('p', { class: 'empty' });
  const explained = legend(texts);
  rows.onLoad(() => {
    grid.draw();
    table.draw();
  });
  return {
    element: element(
      'div',
      { class: 'calendar' },
      element('header', {}, heading, element('p', { class: 'hint' }, subheading, all)),
      notes,
      question.element,
      tools.element,
      status,
      empty,
      grid.element,
      table.element,
      explained,
    ),
    show(shown: CalendarModel) {
      model = shown;
      wanted = {};
      heading.textContent = shown.heading;
      subheading.textContent = shown.subheading;
      status.textContent = '';
      all.hidden = shown.view.smartlockId === null;
      replaceContent(notes, ...shown.notes.map((note) => element('p', { class: 'note' }, note)));
      tools.show(shown);
      rows.replace(shown);
      empty.textContent = shown.rowCount > 0 ? '' : shown.isBusy ? texts.loading : texts.empty;
      const isTable = shown.view.form === 'table';
      grid.element.hidden = explained.hidden = isTable || shown.rowCount === 0;
      table.element.hidden = !isTable || shown.rowCount === 0;
      if (isTable) table.show(shown);
      else grid.show(shown);
    },
    take: (page: ToPage['rows']) => rows.take(page),
    answer: (answer: ToPage['answered']) => question.answer(answer),
    tell: (sentence: string) => void (status.textContent = sentence),
  };
}
