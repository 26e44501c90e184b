import { legendOf } from '../../picture/calendarPicture.ts';
import type { Texts } from '../../protocol/calendar.ts';
import { element } from '../element.ts';
import { drawShapes } from './shapes.ts';

const sample = { width: 28, height: 20, days: 1 };

/** What the shapes of the picture mean. */
export function legend(texts: Texts): HTMLElement {
  const items = legendOf(texts, sample).map(({ words, shapes }) =>
    element('li', {}, drawShapes(shapes, sample.width, sample.height), words),
  );
  return element('ul', { class: 'legend', 'aria-label': texts.legend }, ...items);
}
