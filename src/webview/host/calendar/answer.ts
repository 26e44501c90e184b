import { whoCanEnter, type DoorAnswer, type Moment } from '../../../model/calendar/whoCanEnter.ts';
import { inShownOrder } from '../../../model/shownOrder.ts';
import type { DeviceState } from '../../../model/snapshots.ts';
import { answerParts, questionText, type AnswerPart } from '../../../views/text/calendarText.ts';
import { deviceName } from '../../../views/text/deviceText.ts';
import { cityOf } from '../../../views/text/shortSchedule.ts';
import type { RenderContext } from '../../../views/text/renderContext.ts';
import type { Answer, ToHost } from '../../protocol/calendar.ts';

/** More lines no one reads on a page. */
const mostLines = 300;

/** Who can enter through these doors at a time on the clock of each, in words. `all`: the doors among which names may be ambiguous. */
export async function answerOf(
  asked: ToHost['ask'],
  devices: readonly DeviceState[],
  all: readonly DeviceState[],
  context: RenderContext,
): Promise<Answer> {
  const moment: Moment = { kind: 'wallTime', ...asked };
  const answers = await whoCanEnter(inShownOrder(devices, context.language), moment).catch((error: unknown) => {
    if (error instanceof RangeError) return undefined;
    throw error;
  });
  if (!answers) return { heading: context.t('Enter a valid date and time.'), parts: [] };
  const zones = new Set(answers.map(({ zone }) => zone));
  const parts = answers.flatMap((answer) => {
    const [first, ...rest] = answerParts(answer, moment, all, context);
    return first ? [{ ...first, heading: headingOf(answer, first, zones.size, all, context) }, ...rest] : [];
  });
  return { heading: questionText(moment, context), parts: shortened(parts, context) };
}

/** The door and, where there are several zones, the place of its clock: the time is in the question, unless the clock shows another. */
function headingOf(
  { state, zone, clock }: DoorAnswer,
  { heading }: AnswerPart,
  zones: number,
  all: readonly DeviceState[],
  context: RenderContext,
): string {
  if (clock !== 'exact' || zone === undefined) return heading;
  return [deviceName(state.device, all, context), zones > 1 ? cityOf(zone) : ''].filter(Boolean).join(' · ');
}

function shortened(parts: readonly AnswerPart[], { t }: RenderContext): Answer['parts'] {
  let room = mostLines;
  const shown = parts.flatMap(({ heading, lines }) => {
    const some = lines.slice(0, Math.max(0, room)).map(({ text, detail }) => ({ text, detail }));
    room -= lines.length;
    return some.length > 0 ? [{ heading, lines: some }] : [];
  });
  return room >= 0 ? shown : [...shown, { heading: t('{0} more lines', -room), lines: [] }];
}
