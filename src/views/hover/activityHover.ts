import type { Locale } from '../../base/locale.ts';
import type { ActivityEntry } from '../../nuki/activityLog.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { logTriggers, openerLogSources, word } from '../../nuki/vocabulary/words.ts';
import { actionWord, ajarText, openerCircumstances, outcome, sourceText, when } from '../text/activityText.ts';
import { errorOf } from '../text/deviceText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { detailLines } from './detailLines.ts';

/** Everything known of an entry, a line each. */
export function activityDetails(entry: ActivityEntry, device: Smartlock, context: RenderContext): string {
  const { t } = context;
  return detailLines([
    [
      t('Action'),
      [actionWord(entry.action, device.type, context), ajarText(entry, context)].filter(Boolean).join(', '),
    ],
    [t('Outcome'), outcome(entry, context)],
    [t('Trigger'), word(logTriggers, entry.trigger, t)],
    [t('Source'), sourceText(entry, context)],
    ['Auto Unlock', entry.autoUnlock ? t('yes') : undefined],
    [t('Opener'), openerText(entry, context)],
    [t('Error'), errorOf(entry) || undefined],
    [t('Time'), when(entry, device, context)],
    [t('Time zone'), timeZoneName(device.config?.timezoneId) ?? t('unknown')],
  ]);
}

/** The Opener's part of an entry; `undefined` where there is none, or nothing in it. */
function openerText(entry: ActivityEntry, locale: Locale): string | undefined {
  const { t } = locale;
  const source = entry.openerLog?.source;
  const activated = source === undefined ? undefined : t('activated by {0}', word(openerLogSources, source, t));
  const parts = [...openerCircumstances(entry, locale), activated].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}
