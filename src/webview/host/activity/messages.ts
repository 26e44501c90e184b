import * as v from 'valibot';
import { buttonNames, spans, type KeptActivity, type ToHost } from '../../protocol/activity.ts';
import { longestText } from '../../protocol/page.ts';
import { decode, decoder } from '../messages.ts';

const text = v.pipe(v.string(), v.maxLength(longestText));
const deviceId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const date = v.pipe(v.string(), v.regex(/^(\d{4,6}-\d\d-\d\d)?$/));
const filterName = v.pipe(text, v.minLength(1));

const filter = v.strictObject({
  span: v.picklist(spans),
  from: date,
  until: date,
  person: text,
  doors: v.pipe(v.array(deviceId), v.maxLength(1_000)),
  kind: text,
  result: text,
});

const kept = v.strictObject({ panel: text, accountId: text, filter });

/** Reads a message of the page, whatever it is. */
export const decodeEnvelope = decoder<ToHost>({
  ready: v.null(),
  filter,
  more: v.null(),
  find: text,
  expand: text,
  showInSidebar: text,
  picture: v.picklist(['earlier', 'later']),
  press: v.picklist(buttonNames),
  saveFilter: filterName,
  chooseSaved: filterName,
  deleteSaved: filterName,
});

/** What VS Code has kept of the page, or `undefined` for anything else, such as what another version has kept. */
export function decodeKept(state: unknown): KeptActivity | undefined {
  return decode(kept, state);
}
