import { tokenInAddress, unixTime, wrongDeviceId } from './addresses.ts';
import {
  hoursInUtc,
  incompleteLimits,
  invalidCode,
  limitedLater,
  longName,
  overMidnight,
  partialReplace,
  weekdayZero,
} from './authorizations.ts';
import { devicesOneByOne, noPauseAfter429, retryAfterNotKept, statusTooOften, syncLoop } from './pace.ts';
import { shortPage } from './pages.ts';
import type { Judgement } from './run.ts';
import { repeatedWrite, unreadWrite, writeToBusy } from './writes.ts';

export const ruleIds = [
  'partial-replace',
  'repeated-write',
  'unread-write',
  'status-too-often',
  'devices-one-by-one',
  'sync-loop',
  'retry-after',
  'no-pause-after-429',
  'write-to-busy',
  'incomplete-limits',
  'long-name',
  'invalid-code',
  'wrong-device-id',
  'unix-time',
  'short-page',
  'weekday-zero',
  'over-midnight',
  'limited-later',
  'hours-in-utc',
  'token-in-address',
] as const;

export type RuleId = (typeof ruleIds)[number];

/** Something that the real API punishes. The texts are English and keys of the other languages. */
interface Rule {
  readonly judgement: Judgement;
  readonly title: string;
  /** What becomes of it. */
  readonly meaning: string;
  readonly advice: string;
}

export const rules: Readonly<Record<RuleId, Rule>> = {
  'partial-replace': {
    judgement: partialReplace,
    title: 'Replacement without the limits',
    meaning:
      'POST replaces the whole authorization: limits that the body leaves out are removed, and it works at any time.',
    advice:
      'Read the authorization, change what you want to change, and send every field back. To remove a limit, send null.',
  },
  'repeated-write': {
    judgement: repeatedWrite,
    title: 'Request sent again after no answer',
    meaning: 'The first one may have been carried out, so a door moves twice or a code exists twice.',
    advice: 'After a timeout, a broken connection or a 5xx, read the log or the list before you send anything again.',
  },
  'unread-write': {
    judgement: unreadWrite,
    title: '204 mistaken for done',
    meaning:
      '204 means that Nuki has accepted the request, not that the lock has carried it out. Nothing was read afterwards.',
    advice: "Read the device's log or the authorizations until they show it, or register a webhook.",
  },
  'status-too-often': {
    judgement: statusTooOften,
    title: 'Status read more often than every 30 seconds',
    meaning: 'Nuki protects itself from too many requests with 429, and its answers seldom change.',
    advice: 'Read every 30 seconds or less often, and faster only for a minute after an action.',
  },
  'devices-one-by-one': {
    judgement: devicesOneByOne,
    title: 'Devices read one by one',
    meaning: 'Each round takes a request per device, although one list answers for all of them.',
    advice: 'Read GET /smartlock, and a single device only while you wait for its action.',
  },
  'sync-loop': {
    judgement: syncLoop,
    title: 'Sync in a loop',
    meaning: 'Each sync wakes the device, which costs battery.',
    advice: 'Read GET /smartlock, which has what the device last reported, and sync only when someone asks for it.',
  },
  'retry-after': {
    judgement: retryAfterNotKept,
    title: 'Retry-After ignored',
    meaning: 'Nuki asked to wait, and these requests came before that time had passed.',
    advice: 'Send nothing with this token until the seconds in Retry-After have passed.',
  },
  'no-pause-after-429': {
    judgement: noPauseAfter429,
    title: 'No pause after 429',
    meaning: 'Nuki answered that there were too many requests, and the next ones came at once.',
    advice: 'Wait for a minute where the answer has no Retry-After, and longer each time it happens again.',
  },
  'write-to-busy': {
    judgement: writeToBusy,
    title: 'Write during another operation',
    meaning: 'During an operation Nuki answers 423, or it accepts several quick changes and only one of them lasts.',
    advice: 'Wait until operationId is gone and updateDate is newer than your change, and then send the next one.',
  },
  'incomplete-limits': {
    judgement: incompleteLimits,
    title: 'Incomplete limits',
    meaning: 'Locks were reported to ignore limits that are not complete, so the authorization works at any time.',
    advice:
      'With any limit, send allowedFromDate, allowedWeekDays, allowedFromTime and allowedUntilTime too. Now, 127, 0 and 0 limit nothing.',
  },
  'long-name': {
    judgement: longName,
    title: 'Name over 20 bytes',
    meaning: 'Keypads hold 20 bytes of UTF-8. Nuki answers 422 to a longer name, or cuts it.',
    advice: 'Cut the name before you send it, and find the code by its digits rather than by its name.',
  },
  'invalid-code': {
    judgement: invalidCode,
    title: 'Invalid keypad code',
    meaning: 'Nuki answers 400: a code has 6 digits from 1 to 9 and does not start with 12.',
    advice: 'Draw each digit from 1 to 9, and draw again where the code starts with 12.',
  },
  'wrong-device-id': {
    judgement: wrongDeviceId,
    title: 'Device id in another notation',
    meaning:
      'Nuki answers 404: it knows no hex ids, no ids of the Bridge API, and no ids made of a hex id without its leading zeros.',
    advice: 'Take smartlockId from GET /smartlock, or calculate type × 2^32 plus the hex id.',
  },
  'unix-time': {
    judgement: unixTime,
    title: 'Unix time in the filter of a log',
    meaning: 'Nuki answers 400.',
    advice: 'Send dates such as 2026-12-01T10:00:00Z.',
  },
  'short-page': {
    judgement: shortPage,
    title: 'Short page mistaken for the end',
    meaning:
      'There was more to read. A log answer has 50 entries at most, and a page may have fewer than were asked for.',
    advice: 'Read on, in a log from the id of the last entry, until a page is empty.',
  },
  'weekday-zero': {
    judgement: weekdayZero,
    title: 'allowedWeekDays 0',
    meaning: 'What 0 means is not documented: it may be every day or no day.',
    advice: 'Send 127 for every day.',
  },
  'over-midnight': {
    judgement: overMidnight,
    title: 'Hours over midnight',
    meaning: 'What a lock does with hours that end before they start is not documented.',
    advice: 'Create two authorizations: one until 1439 and one from 0.',
  },
  'limited-later': {
    judgement: limitedLater,
    title: 'Created first, limited later',
    meaning: 'Until the second request is carried out, or for good if it fails, the authorization works at any time.',
    advice: 'Send the limits with the PUT that creates it.',
  },
  'hours-in-utc': {
    judgement: hoursInUtc,
    title: 'Hours in UTC (a guess)',
    meaning:
      'The hours are those of the two dates in UTC, which may be a coincidence. The lock takes hours in its own time zone.',
    advice:
      "Send dates in UTC, but allowedFromTime and allowedUntilTime as minutes after midnight in the lock's time zone.",
  },
  'token-in-address': {
    judgement: tokenInAddress,
    title: 'Token in the address',
    meaning: 'Servers, proxies and browsers keep addresses in their logs.',
    advice: 'Send the header "Authorization: Bearer" with the token.',
  },
};
