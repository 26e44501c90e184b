import type { Shape } from '../../picture/calendarPicture.ts';
import { drawing } from '../element.ts';

/** Draws shapes in a box of `width` and `height` pixels. */
export function drawShapes(shapes: readonly Shape[], width: number, height: number): SVGElement {
  const drawn = shapes.map((shape) =>
    shape.kind === 'path'
      ? drawing('path', { class: shape.look, d: shape.d })
      : drawing('text', { class: shape.look, x: shape.x, y: shape.y, 'text-anchor': 'middle' }, shape.text),
  );
  return drawing('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' }, ...drawn);
}
