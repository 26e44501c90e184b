import type { Locale } from '../../base/locale.ts';
import { hasSucceeded, isHeldBack, type ActivityEntry } from '../../nuki/activityLog.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { logTriggers, openerLogSources, word } from '../../nuki/vocabulary/words.ts';
import { actionWord, activityActor, ajarText, openerCircumstances, outcome, sourceText } from '../text/activityText.ts';
import { errorOf } from '../text/deviceText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { dateAndMinute, timeOfDay } from '../text/timeText.ts';
import { beside, line, type Hover } from './hover.ts';

/** What is said of an entry of the log: who, what, when, how, and how it ended. */
export function activityHover(entry: ActivityEntry, device: Smartlock, context: RenderContext): Hover {
  const { t } = context;
  const error = errorOf(entry);
  return {
    title: activityActor(entry, context),
    subtitle: beside(actionWord(entry.action, device.type, context), ajarText(entry, context)),
    lines: [
      { icon: 'calendar', text: whenText(entry, device, context) },
      ...line('zap', howText(entry, context)),
      { icon: resultIcon(entry), text: t('Result: {0}', outcome(entry, context)) },
      ...line('warning', error ? t('error: {0}', error) : undefined),
    ],
    footer: [],
  };
}

function resultIcon(entry: ActivityEntry): string {
  const succeeded = hasSucceeded(entry);
  if (isHeldBack(entry)) return 'dash';
  if (succeeded === undefined) return 'question';
  return succeeded ? 'check' : 'circle-slash';
}

/** By the user's clock, named; and by the lock's, where that shows another time. */
function whenText({ date }: ActivityEntry, { config }: Smartlock, context: RenderContext): string {
  const { t } = context;
  const instant = instantOf(date);
  if (instant === undefined) return t('unknown date');
  const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const lockZone = timeZoneName(config?.timezoneId);
  const own = `${dateAndMinute(instant, context)} (${ownZone})`;
  if (lockZone === undefined || timeOfDay(instant, lockZone, context) === timeOfDay(instant, ownZone, context))
    return own;
  return beside(own, t('{0} at the lock ({1})', timeOfDay(instant, lockZone, context), lockZone));
}

/** What set it off, with which credential, and what an Opener tells besides. */
function howText(entry: ActivityEntry, context: RenderContext): string {
  const { t } = context;
  return beside(
    entry.trigger === undefined ? undefined : word(logTriggers, entry.trigger, t),
    sourceText(entry, context),
    entry.autoUnlock ? 'Auto Unlock' : undefined,
    ...openerCircumstances(entry, context),
    activatedBy(entry, context),
  );
}

function activatedBy({ openerLog }: ActivityEntry, { t }: Locale): string | undefined {
  const source = openerLog?.source;
  return source === undefined ? undefined : t('activated by {0}', word(openerLogSources, source, t));
}
