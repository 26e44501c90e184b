// The page of an account's activity: draws what its host posts, and posts what the user wants to see.
import type {
  ActivityModel,
  ActivityRow,
  ButtonName,
  Details,
  KeptActivity,
  Message,
  ReadingState,
  ToHost,
  ToPage,
} from '../../protocol/activity.ts';
import { button, element } from '../element.ts';
import { connect, type Host } from '../host.ts';
import { filterBar } from './filterBar.ts';
import { pictureView } from './picture.ts';
import { list } from '../list.ts';
import { cellsOf, detailsOf } from './activityRow.ts';

start(document.querySelector('main') ?? document.body);

function start(main: HTMLElement): void {
  const alert = element('div', { class: 'alert', role: 'alert' });
  const host = connect<ToHost, ToPage, KeptActivity>(receive);
  let screen: ReturnType<typeof activityScreen> | undefined;
  main.append(alert);
  host.post('ready', null);

  function receive(message: Message): void {
    if (message.name === 'show') show(message.body);
    else if (message.name === 'failed') alert.textContent = message.body;
    else screen?.take(message);
  }

  function show(model: ActivityModel): void {
    document.documentElement.lang = model.language;
    document.title = model.heading;
    host.keep(model.kept);
    alert.textContent = '';
    if (screen === undefined) {
      screen = activityScreen(model, host);
      main.append(...screen.elements);
    }
    screen.show(model);
  }
}

type OfScreen = Exclude<Message, { name: 'show' | 'failed' }>;

function activityScreen(first: ActivityModel, host: Host<ToHost, KeptActivity>) {
  const { texts } = first;
  const press = (name: ButtonName): void => void host.post('press', name);
  const bar = filterBar(first, {
    filter: (filter) => host.postSoon('filter', () => filter),
    saveFilter: (name) => host.post('saveFilter', name),
    chooseSaved: (name) => host.postSoon('chooseSaved', () => name),
    deleteSaved: (name) => host.post('deleteSaved', name),
  });
  const picture = pictureView(texts, {
    open: (id) => table.reveal(id) || host.postSoon('find', () => id),
    turn: (to) => host.postSoon('picture', () => to),
  });
  const subheading = element('p', { class: 'hint foreign' });
  const summary = element('p', { class: 'hint summary', role: 'status' });
  const below = element('div', { class: 'below' }, summary, picture.legend);
  const notice = element('p', {});
  const buttons = element('div', { class: 'buttons' });
  const tail = element('div', { class: 'tail' }, notice, buttons);
  let state: ReadingState = { kind: 'reading', summary: '', text: '', buttons: [] };
  let rows: readonly ActivityRow[] = [];
  let details: Details | undefined;
  /** Of how many rows the end was in sight. */
  let endSeenOf = -1;
  const table = list<ActivityRow>({
    label: texts.activity,
    columns: [texts.columnTime, texts.columnDoor, texts.person, texts.columnWhat],
    cells: cellsOf,
    keyOf: ({ id }) => id,
    classOf: ({ outcome }) => outcome,
    groupOf: ({ day }) => day,
    detailsOf: ({ id }) =>
      detailsOf(details?.id === id ? details : undefined, texts, () => host.post('showInSidebar', id)),
    tail,
    open: ({ id }) => host.postSoon('expand', () => id),
    reachEnd() {
      endSeenOf = rows.length;
      askForMore();
    },
  });
  const header = element(
    'header',
    {},
    element('div', {}, element('h1', {}, first.heading), subheading),
    element(
      'div',
      { class: 'buttons' },
      button(texts.refresh, () => press('refresh')),
      button(texts.exportAll, () => press('exportAll')),
    ),
  );
  return { elements: [header, bar.element, picture.element, below, table.element], show, take };

  function show(model: ActivityModel): void {
    subheading.textContent = model.subheading;
    bar.show(model);
  }

  function take(message: OfScreen): void {
    switch (message.name) {
      case 'rows': {
        const { start: from, removed, rows: added } = message.body;
        rows = rows.toSpliced(from, removed, ...added);
        return showRows();
      }
      case 'state':
        return showState(message.body);
      case 'picture':
        return picture.show(message.body);
      case 'details':
        details = message.body;
        return table.showDetails();
      case 'found':
        return void table.reveal(message.body.id);
    }
  }

  function showRows(): void {
    table.show(rows, state.kind === 'end');
  }

  function askForMore(): void {
    if (state.kind === 'idle' && endSeenOf === rows.length) host.postSoon('more', () => null);
  }

  function showState(shown: ReadingState): void {
    const hadFocus = buttons.contains(document.activeElement);
    state = shown;
    summary.textContent = shown.summary;
    notice.textContent = shown.text;
    tail.className = `tail ${shown.kind}`;
    buttons.replaceChildren(...shown.buttons.map(({ name, label }) => button(label, () => press(name))));
    if (hadFocus && !buttons.contains(document.activeElement)) (buttons.querySelector('button') ?? table).focus();
    showRows();
    askForMore();
  }
}
