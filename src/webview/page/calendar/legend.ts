import { legendOf, sample } from '../../picture/calendarPicture.ts';
import type { Texts } from '../../protocol/calendar.ts';
import { element } from '../element.ts';
import { drawShapes } from './shapes.ts';

/** What the shapes of the picture mean. */
export function legend(texts: Texts): HTMLElement {
  const items = legendOf(texts).map(({ words, shapes }) =>
    element('li', {}, drawShapes(shapes, sample.width, sample.height), words),
  );
  return element('ul', { class: 'legend', 'aria-label': texts.legend }, ...items);
}
