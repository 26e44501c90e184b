import * as v from 'valibot';
import { everyDay } from '../../../nuki/time/weekdays.ts';
import { credentialTypes, messageLanguages, type KeptForm, type ToHost } from '../../protocol/form.ts';
import { longestText } from '../../protocol/page.ts';
import { decode, decoder, type Decode } from '../messages.ts';

const text = v.pipe(v.string(), v.maxLength(longestText));
const id = v.pipe(v.number(), v.safeInteger());
const moment = v.strictObject({ date: text, time: text, disambiguation: v.nullable(v.picklist(['earlier', 'later'])) });

/** A draft and nothing more; what its texts hold is checked where they are used. */
const draft = v.strictObject({
  credential: v.picklist(credentialTypes),
  name: text,
  person: v.nullable(v.union([id, v.strictObject({ name: text, email: text })])),
  devices: v.pipe(v.array(v.pipe(id, v.minValue(1))), v.maxLength(500)),
  remoteAllowed: v.boolean(),
  from: v.nullable(moment),
  until: v.nullable(moment),
  weekdays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(everyDay)),
  hours: v.nullable(v.strictObject({ from: text, until: text })),
  code: text,
});

const accountId = v.pipe(v.string(), v.maxLength(longestText));
const deviceId = v.pipe(id, v.minValue(1));
const written = { draft, hadCode: v.boolean() };

const keptForm = v.strictObject({
  panel: text,
  subject: v.variant('kind', [
    v.strictObject({ kind: v.literal('new'), accountId, smartlockId: v.nullable(deviceId) }),
    v.strictObject({ kind: v.literal('edit'), accountId, smartlockId: deviceId, id: text, before: draft }),
  ]),
  ...written,
  isSent: v.boolean(),
});

/** Reads a message of the form's page. */
export const decodeEnvelope: Decode<ToHost> = decoder<ToHost>({
  ready: v.nullable(v.strictObject(written)),
  preview: draft,
  submit: draft,
  generate: draft,
  split: draft,
  copyPayload: draft,
  reload: v.null(),
  checkAgain: v.null(),
  updateFromLock: v.null(),
  copyCode: v.null(),
  copyMessage: v.picklist(messageLanguages),
  createAnother: v.null(),
  showInSidebar: v.null(),
  unfold: v.boolean(),
  continueDraft: v.null(),
  discardDraft: v.null(),
  cancel: v.null(),
});

/** What VS Code has kept of a form, or `undefined` for anything else, such as what another version has kept. */
export function decodeKeptForm(state: unknown): KeptForm | undefined {
  return decode(keptForm, state);
}
