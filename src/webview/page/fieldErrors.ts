import type { Field, Preview } from '../protocol.ts';
import type { Row } from './row.ts';

export interface Problems {
  /** What is wrong now. */
  take(problems: Preview['problems']): void;
  /** Shows all that is wrong, and puts the focus on the first of it. */
  showAll(): void;
}

/** Says what is wrong with a field once somebody has been there; with all of them once it was to be sent. */
export function problemsOf(form: HTMLFormElement, rows: readonly Row[]): Problems {
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

/** Waits while a button of the mouse is down: a line that appears then would move what is being clicked away from under it. */
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
