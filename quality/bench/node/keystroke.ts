import { inEnglish } from '../../../src/base/locale.ts';
import { timesOf } from '../../../src/webview/host/form/draft.ts';
import { previewOf } from '../../../src/webview/host/form/preview/preview.ts';
import type { PreviewContext } from '../../../src/webview/host/form/preview/previewSentences.ts';
import type { FormDevice } from '../../../src/webview/host/form/formDevices.ts';
import type { Draft } from '../../../src/webview/protocol/form.ts';
import type { Bench } from '../bench.ts';
import { leastSamples, timeOf } from '../measure.ts';
import { benchNow, deviceIdAt, nameOfDevice } from '../people.ts';

const keystrokes = 20;
const devices = 50;
const people = 500;

const chosen = Array.from({ length: devices }, (_, index): FormDevice => ({
  id: deviceIdAt(index),
  name: nameOfDevice(index),
  zone: 'Europe/Berlin',
  isOnline: true,
  hasKeypad: true,
  codes: { used: 80, limit: 200 },
  others: { used: 150, limit: 200 },
  takenCodes: new Set(Array.from({ length: 80 }, (_each, code) => String(345_000 + code))),
  appUsers: new Set(Array.from({ length: 150 }, (_each, user) => user)),
}));

const context: Omit<PreviewContext, 'times'> = {
  locale: { t: inEnglish, language: 'en', now: benchNow },
  ownZone: 'America/New_York',
  devices: chosen,
  allDevices: chosen,
  people: Array.from({ length: people }, (_, id) => ({ accountUserId: id, name: `Person ${id}`, email: undefined })),
};

const draft: Draft = {
  credential: 'code',
  name: '',
  person: null,
  devices: chosen.map(({ id }) => id),
  remoteAllowed: false,
  from: { date: '2027-10-30', time: '02:30', disambiguation: null },
  until: null,
  weekdays: 0b1111100,
  hours: { from: '02:15', until: '17:00' },
  code: '345999',
};

/** Types a name, letter by letter. */
function type(): void {
  for (let length = 1; length <= keystrokes; length += 1) {
    const typed = { ...draft, name: 'x'.repeat(length) };
    previewOf(typed, { ...context, times: timesOf(typed, chosen) });
  }
}

/** What the form's host works out after each letter of a name, with fifty devices chosen; the night in which the clock skips their hours is looked for. */
export const keystroke: Bench = {
  name: 'keystroke',
  run: async () => {
    type();
    const ours: number[] = [];
    // The clock of a thread is too coarse for one of them.
    for (let round = 0; round < leastSamples; round += 1) ours.push((await timeOf(type)) / keystrokes);
    return [{ line: 'a keystroke in the form, on its host', ours }];
  },
};
