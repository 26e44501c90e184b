import {
  fields,
  credentialTypes,
  textNames,
  type Conflict,
  type DayPreview,
  type DeviceChoice,
  type Draft,
  type FormModel,
  type Message,
  type Moment,
  type NewPerson,
  type Disambiguations,
  type Preview,
  type Progress,
  type ProgressRow,
  type Texts,
  type ToPage,
} from '../protocol.ts';
import { isNumber, either, isBoolean, listOf, nothing, object, oneOf, some, text, type Check } from '../shape.ts';

const aMeans = oneOf(credentialTypes);
const aField = oneOf(fields);

const moment = object<Moment>({ date: text, time: text, disambiguation: either(oneOf(['earlier', 'later']), nothing) });

/** What the page keeps of itself is what may have been kept by another version of it, too. */
export const isDraft = object<Draft>({
  credential: aMeans,
  name: text,
  person: either(either(isNumber, object<NewPerson>({ name: text, email: text })), nothing),
  devices: listOf(isNumber),
  remoteAllowed: isBoolean,
  from: either(moment, nothing),
  until: either(moment, nothing),
  weekdays: isNumber,
  hours: either(object<NonNullable<Draft['hours']>>({ from: text, until: text }), nothing),
  code: text,
});

const everyText = some(textNames, text);
const texts = (value: unknown): value is Texts =>
  everyText(value) && textNames.every((name) => value[name] !== undefined);

const model = object<FormModel>({
  mode: oneOf(['create', 'edit']),
  heading: text,
  subheading: text,
  language: text,
  texts,
  draft: isDraft,
  devices: listOf(object<DeviceChoice>({ id: isNumber, name: text, detail: text, cannot: listOf(aMeans) })),
  people: listOf(object<FormModel['people'][number]>({ id: isNumber, label: text })),
  weekdays: listOf(object<FormModel['weekdays'][number]>({ bit: isNumber, short: text, long: text })),
  locked: listOf(aField),
});

const span = object<DayPreview['spans'][number]>({ from: isNumber, until: isNumber });

const preview = object<Preview>({
  problems: some(fields, text),
  passes: some(['from', 'until'], object<Disambiguations>({ question: text, earlier: text, later: text })),
  nameCount: text,
  details: listOf(object<Preview['details'][number]>({ id: isNumber, detail: text })),
  sentences: listOf(text),
  notes: listOf(text),
  days: listOf(object<DayPreview>({ label: text, spoken: text, spans: listOf(span) })),
  payload: listOf(object<Preview['payload'][number]>({ field: text, value: text })),
  submit: text,
  canSplit: isBoolean,
});

const progressRow = object<ProgressRow>({
  device: text,
  state: oneOf(['working', 'done', 'open', 'failed']),
  words: text,
});

/** The body of each message. */
const bodies: { readonly [N in keyof ToPage]: Check<ToPage[N]> } = {
  show: model,
  previewed: preview,
  refused: preview,
  generated: object<ToPage['generated']>({ code: text }),
  progress: object<Progress>({ heading: text, rows: listOf(progressRow), note: text, canCheck: isBoolean }),
  conflict: object<Conflict>({
    sentence: text,
    rows: listOf(object<Conflict['rows'][number]>({ field: text, yours: text, theirs: text })),
  }),
  failed: text,
};

/** Says whether a value that came to the page is a message of its host. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('body' in value)) return false;
  const check = Object.entries<Check<unknown>>(bodies).find(([name]) => name === value.name)?.[1];
  return check?.(value.body) ?? false;
}
