import type { RowMark } from '../../../model/calendar/calendar.ts';
import type { EntryAccess } from '../../../model/calendar/entryAccess.ts';
import { markText } from '../../../views/text/calendarText.ts';
import type { RenderContext } from '../../../views/text/renderContext.ts';
import type { MarkKind, Row } from '../../protocol/calendar.ts';

/** The sign of each mark; that it opens later is told by its schedule alone. */
const kinds: Readonly<Record<Exclude<RowMark, 'upcoming'>, MarkKind>> = {
  pending: 'pending',
  waiting: 'pending',
  unconfirmed: 'unconfirmed',
  error: 'unknown',
  keypadDisabled: 'unknown',
  incompleteLimits: 'unknown',
  unclearHours: 'unknown',
  unclearDates: 'unknown',
  unknownZone: 'unknown',
  disabled: 'disabled',
  expired: 'expired',
  expiresSoon: 'expiring',
};

/** The marks of a row, each with its words. */
export function marksOf(marks: readonly RowMark[], access: EntryAccess, context: RenderContext): Row['marks'] {
  return marks.flatMap((mark) =>
    mark === 'upcoming' ? [] : [{ kind: kinds[mark], words: markText(mark, access, context) }],
  );
}
