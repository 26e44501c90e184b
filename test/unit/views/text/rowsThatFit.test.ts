// What can be read of a row in a sidebar of 300 px, VS Code's default, in English and German.
import assert from 'node:assert/strict';
import { inEnglish, type Translate } from '../../../../src/base/locale.ts';
import type { Outcome } from '../../../../src/model/actions/operation.ts';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { activitySchema, smartlockSchema } from '../../../../src/nuki/http/schemas.ts';
import { demoSmartlocks } from '../../../../src/simulator/demo/demoDevices.ts';
import { demoLog } from '../../../../src/simulator/demo/demoLog.ts';
import { activityLabel, activitySummary } from '../../../../src/views/text/activityText.ts';
import { deviceSummary } from '../../../../src/views/text/deviceText.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { clockMinute } from '../../../../src/views/text/timeText.ts';
import german from '../../../../l10n/bundle.l10n.de.json' with { type: 'json' };

const now = Date.UTC(2026, 10, 26, 12);
const texts: Readonly<Record<string, string>> = german;
const inGerman: Translate = (sentence, ...values) => inEnglish(texts[sentence] ?? assert.fail(sentence), ...values);
const contextOf = (language: string, t: Translate): RenderContext => ({
  t,
  language,
  now,
  ownNow: now,
  refreshIntervalMs: 60_000,
});
const languages = { en: contextOf('en', inEnglish), de: contextOf('de', inGerman) } as const;

/** Letters of label and description together, as measured with a wide font (DejaVu Sans); an entry of the log is two levels deeper. */
const letters = { device: 33, entry: 30 } as const;

function seenOf(label: string, description: string, level: keyof typeof letters): string {
  const room = letters[level] - label.length;
  return description.length <= room ? description : description.slice(0, room - 1);
}

const devices = demoSmartlocks(now).map((device) => decode(smartlockSchema, { ...device }));
/** The longest name for which everything that matters has to be in sight. */
const longName = 'Garden Gate 1';
const time = clockMinute(now, languages.en);

describe('what 300 px show', () => {
  const words: Readonly<Record<string, Readonly<Record<keyof typeof languages, string>>>> = {
    'Front Door': { en: 'locked', de: 'zugesperrt' },
    Cellar: { en: 'offline · reported 22 Nov', de: 'offline · gemeldet 22. Nov' },
    Garage: { en: 'unlocked · battery low', de: 'aufgesperrt · Batterie' },
    'Guest House': { en: 'locked', de: 'zugesperrt' },
    Intercom: { en: 'ring to open until', de: 'Ring to Open bis' },
    'Parcel Box': { en: 'unknown (1)', de: 'unbekannt (1)' },
    Terrace: { en: 'door open · unlocked', de: 'Tür offen · aufgesperrt' },
  };
  for (const language of ['en', 'de'] as const) {
    const context = languages[language];

    it(`has the words that matter of every device of the demo home: ${language}`, () => {
      for (const device of devices) {
        const seen = seenOf(device.name, deviceSummary({ accountId: '7', device, seenAt: now }, context), 'device');
        const matters = words[device.name]?.[language] ?? assert.fail(device.name);
        assert.ok(seen.startsWith(matters), `${device.name}  ${seen}…`);
      }
    });

    it(`has how an action ended, whatever else there is, also beside a long name: ${language}`, () => {
      const outcomes: readonly (readonly [Outcome, Readonly<Record<keyof typeof languages, string>>])[] = [
        [
          { kind: 'unconfirmed', at: now, reason: 'unseen' },
          { en: 'not confirmed', de: 'nicht bestätigt' },
        ],
        [
          { kind: 'unconfirmed', at: now, reason: 'anyone' },
          { en: 'not confirmed', de: 'nicht bestätigt' },
        ],
        [
          { kind: 'unwatched', at: now },
          { en: 'not confirmed', de: 'nicht bestätigt' },
        ],
        [
          { kind: 'failed', at: now, completion: 1 },
          { en: 'failed: motor', de: 'Fehler: Motor' },
        ],
      ];
      for (const device of devices) {
        for (const [outcome, matters] of outcomes) {
          const state = {
            accountId: '7',
            device,
            seenAt: now,
            operation: { action: 'lock', since: now, outcome },
          } as const;
          const seen = seenOf(longName, deviceSummary(state, context), 'device');
          assert.ok(seen.startsWith(matters[language]), `${device.name}  ${seen}…`);
        }
      }
    });

    it(`has the proof that an action was done: ${language}`, () => {
      const outcome: Outcome = { kind: 'confirmed', at: now };
      const ends = [
        { action: 'lock', state: 1, word: { en: 'locked', de: 'zugesperrt' } },
        { action: 'unlock', state: 3, word: { en: 'unlocked', de: 'aufgesperrt' } },
        { action: 'unlatch', state: 5, word: { en: 'unlatched', de: 'Falle gezogen' } },
      ] as const;
      const door = demoSmartlocks(now).find(({ name }) => name === 'Front Door') ?? assert.fail();
      for (const { action, state, word } of ends) {
        const device = decode(smartlockSchema, { ...door, state: { ...door.state, state } });
        const operation = { action, since: now, outcome };
        const summary = deviceSummary({ accountId: '7', device, seenAt: now, operation }, context);
        assert.equal(seenOf('Front Door', summary, 'device'), `${word[language]} ✓ ${time}`);
      }
    });

    it(`has what was done, or why it was not, of every entry of the log: ${language}`, () => {
      for (const [index, json] of demoSmartlocks(now).entries()) {
        const device = devices[index] ?? assert.fail();
        for (const entry of demoLog(json, now).map((each) => decode(activitySchema, { ...each }))) {
          const label = activityLabel(entry, device, context);
          const summary = activitySummary(entry, device, context);
          const [first = ''] = summary.split(' · ');
          const isOfLongName = label.length > 12;
          if (!isOfLongName) assert.ok(seenOf(label, summary, 'entry').startsWith(first), `${label}  ${summary}`);
        }
      }
    });
  }
});
