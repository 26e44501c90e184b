import type { Field, Preview } from '../../../protocol/form.ts';
import type { Row } from './row.ts';

export interface FieldErrors {
  /** What is wrong now. */
  take(problems: Preview['problems']): void;
  /** Shows everything that is wrong, and moves the focus to the first field of it. */
  showAll(): void;
}

/** Shows what is wrong with a field once the user has left it, and with all fields once the form was to be sent. */
export function fieldErrors(form: HTMLFormElement, rows: readonly Row[]): FieldErrors {
  const touched = new Set<Field>();
  const whenReleased = pointerOf(form);
  let current: Preview['problems'] = {};

  const draw = (): void =>
    whenReleased(() => {
      for (const row of rows) {
        const { field } = row;
        if (field !== undefined) row.showProblem(touched.has(field) ? current[field] : undefined);
      }
    });
  const touch = (target: EventTarget | null): void => {
    const row = rowAt(target);
    if (row?.field === undefined) return;
    touched.add(row.field);
    draw();
  };
  const rowAt = (target: EventTarget | null): Row | undefined =>
    rows.find((row) => target instanceof Node && row.element.contains(target));

  form.addEventListener('change', ({ target }) => touch(target));
  form.addEventListener('focusout', ({ target, relatedTarget }) => {
    const next = rowAt(relatedTarget);
    if (next !== undefined && next !== rowAt(target)) touch(target);
  });
  return {
    take(problems) {
      current = problems;
      draw();
    },
    showAll() {
      for (const { field } of rows) if (field !== undefined) touched.add(field);
      draw();
      rows.find((row) => !row.element.hidden && row.field !== undefined && current[row.field] !== undefined)?.focus();
    },
  };
}

/** Waits while a mouse button is down: a line that appears then would move the clicked element away from the pointer. */
function pointerOf(form: HTMLFormElement): (draw: () => void) => void {
  let isDown = false;
  let waiting: (() => void) | undefined;
  const release = (): void => {
    isDown = false;
    setTimeout(() => {
      waiting?.(); // after the click
      waiting = undefined;
    });
  };
  form.addEventListener('pointerdown', () => {
    isDown = true;
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, release, { once: true });
  });
  return (draw) => {
    if (isDown) waiting = draw;
    else draw();
  };
}
