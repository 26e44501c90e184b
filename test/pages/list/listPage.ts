// A page with nothing but a list, which a test fills and asks what it has told.
import { element } from '../../../src/webview/page/element.ts';
import { list } from '../../../src/webview/page/list.ts';

export interface Entry {
  readonly id: number;
  readonly text: string;
}

export interface ListPage {
  /** Shows entries with the ids from `first` on, in falling order, so that later ones come before earlier ones. A turn of the page. */
  show(count: number, first?: number, isWhole?: boolean): void;
  /** Scrolls there and draws what is there. A turn of the page. */
  scrollTo(top: number): void;
  readonly opened: number[];
  /** How often the end was reached. */
  ends: number;
}

const entries = list<Entry>({
  label: 'Activity',
  columns: ['Number', 'Text'],
  cells: ({ id, text }) => [String(id), text],
  keyOf: ({ id }) => id,
  open: ({ id }) => void page.opened.push(id),
  reachEnd: () => void (page.ends += 1),
});

const page: ListPage = {
  show(count, first = 0, isWhole = true) {
    const rows = Array.from({ length: count }, (_, nth) => ({
      id: first + count - 1 - nth,
      text: `entry ${first + count - 1 - nth}`,
    }));
    inOneTurn(() => entries.show(rows, isWhole));
  },
  scrollTo: (top) =>
    inOneTurn(() => {
      entries.element.scrollTop = top;
      entries.element.dispatchEvent(new Event('scroll'));
    }),
  opened: [],
  ends: 0,
};

function inOneTurn(run: () => void): void {
  performance.mark('turn begins');
  run();
  document.body.getBoundingClientRect(); // with the layout
  performance.mark('turn ends');
}

document
  .querySelector('main')
  ?.append(element('h1', {}, 'List'), element('button', {}, 'Before'), entries.element, element('button', {}, 'After'));
Object.assign(globalThis, { listPage: page });
