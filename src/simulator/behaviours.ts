import { inEnglish } from '../base/locale.ts';
import { faultNames, faultText, type FaultName } from './faults/namedFaults.ts';

/**
 * How it is known that the real API does so. `inferred`: from what is known, without having been seen; `chosen`: its sources say that there
 * is something, and not what or how much.
 */
export type Knowledge =
  | 'documented'
  | "said by Nuki's staff"
  | 'seen in production'
  | 'read in public code'
  | 'inferred'
  | 'chosen';

/** What the simulated API does, in one sentence, and where that is from. */
export interface Behaviour {
  readonly id: string;
  readonly does: string;
  readonly knowledge: Knowledge;
  /** Public addresses, or the name of a specification. */
  readonly sources: readonly string[];
}

const openApi = 'OpenAPI 4.10.0';
const concepts = 'https://docs.nuki.io/guide/overview/concepts/';
const errorCodes = 'https://docs.nuki.io/guide/endpoints/error-codes/';
const webhookMonitoring = 'https://docs.nuki.io/guide/webhooks/monitoring/';
const deviceWebhooks = 'https://docs.nuki.io/guide/webhooks/type-device/';
const decentralWebhooks = 'https://docs.nuki.io/guide/webhooks/central-decentral/';
const apiWebhooks = 'https://docs.nuki.io/guide/webhooks/type-api/';
const forum = (topic: number): string => `https://developer.nuki.io/t/${topic}`;
const issue = (repository: string, number: number): string => `https://github.com/${repository}/issues/${number}`;
const nukiExtended = 'iobroker-community-adapters/ioBroker.nuki-extended';
const nukiNg = 'kvj/hass_nuki_ng';

/** What the simulated API does with every request; none of it is an option. */
const always = [
  {
    id: 'queued',
    does: 'A write is answered with 204 as soon as it is valid; the device carries it out seconds later, or never.',
    knowledge: 'documented',
    sources: [concepts, forum(1178), forum(29886)],
  },
  {
    id: 'no-id-on-creation',
    does: 'A new authorization is answered without its id: the client has to find it in the list.',
    knowledge: "said by Nuki's staff",
    sources: [forum(54)],
  },
  {
    id: 'cloud-copy',
    does: 'A GET reads the copy in the cloud, which follows the device late.',
    knowledge: "said by Nuki's staff",
    sources: [forum(1178), concepts],
  },
  {
    id: 'lagging-copies',
    does: 'Any of several copies may answer, and the oldest is eight seconds behind: a read may be older than the one before it.',
    knowledge: 'inferred',
    sources: [forum(1178), issue(nukiNg, 57), 'https://github.com/jesstedder/nuki_keypad_manager'],
  },
  {
    id: 'operation-id',
    does: 'A device has an operationId while it carries out an action.',
    knowledge: 'documented',
    sources: [openApi],
  },
  {
    id: 'busy',
    does: 'An action for a device that is carrying out another one is refused with 423, and the body says nothing.',
    knowledge: 'seen in production',
    sources: [forum(1178)],
  },
  {
    id: 'quick-updates',
    does: 'Four quick updates of one authorization are accepted, the fifth is refused with 423, and the last but one is stored.',
    knowledge: 'seen in production',
    sources: [forum(1178)],
  },
  {
    id: 'quick-deletion',
    does: 'A deletion counts among the quick updates: sent while a change is under way, it is accepted and lost.',
    knowledge: 'inferred',
    sources: [forum(1178)],
  },
  {
    id: 'replace',
    does: 'POST of an authorization replaces it: each limit that the body leaves out is removed.',
    knowledge: 'seen in production',
    sources: [forum(40095)],
  },
  {
    id: 'null-removes',
    does: 'A limit that is null in a POST is removed.',
    knowledge: "said by Nuki's staff",
    sources: [forum(86)],
  },
  {
    id: 'code-in-use',
    does: 'A code that the keypad has already is refused with 409.',
    knowledge: "said by Nuki's staff",
    sources: [forum(22160)],
  },
  {
    id: 'code-per-keypad',
    does: 'The same code can be created on another keypad.',
    knowledge: "said by Nuki's staff",
    sources: [forum(16273)],
  },
  {
    id: 'expired-stays',
    does: 'An expired code stays listed and enabled, and its number stays in use.',
    knowledge: "said by Nuki's staff",
    sources: [forum(39479)],
  },
  {
    id: 'name-bytes',
    does: 'The name of a keypad code with more than 20 bytes is refused with 422.',
    knowledge: 'seen in production',
    sources: [forum(35593)],
  },
  {
    id: 'code-digits',
    does: 'A code that is not six digits from 1 to 9, or that begins with 12, is refused with 400.',
    knowledge: "said by Nuki's staff",
    sources: [forum(54)],
  },
  {
    id: 'keypad-needed',
    does: 'A code for a device without a keypad is refused with 400, which calls the type invalid.',
    knowledge: 'seen in production',
    sources: [forum(16794), forum(39051)],
  },
  {
    id: 'limits-complete',
    does: 'Limits count only when they are complete: with the dates alone the code opens always.',
    knowledge: 'seen in production',
    sources: [forum(22356), forum(56)],
  },
  {
    id: 'dates-utc',
    does: 'The two dates are in UTC.',
    knowledge: "said by Nuki's staff",
    sources: [forum(39789)],
  },
  {
    id: 'hours-local',
    does: "Days and hours are in the lock's own time zone, within the two dates.",
    knowledge: "said by Nuki's staff",
    sources: [forum(39789), forum(32726)],
  },
  {
    id: 'all-day',
    does: 'Hours from 0 to 0 are no limit.',
    knowledge: 'inferred',
    sources: [forum(32726), forum(40095)],
  },
  {
    id: 'no-weekday',
    does: 'The days bitmask 0 means every day.',
    knowledge: 'chosen',
    sources: [openApi, forum(56)],
  },
  {
    id: 'over-midnight',
    does: 'Hours that end before they begin never open.',
    knowledge: 'chosen',
    sources: [openApi, forum(56)],
  },
  {
    id: 'listed-first',
    does: 'A new code is listed before the keypad has it, and the keypad refuses it until then.',
    knowledge: 'seen in production',
    sources: [forum(40095), forum(39157)],
  },
  {
    id: 'update-date',
    does: 'A new authorization has no updateDate, or null, until the lock has confirmed it.',
    knowledge: 'inferred',
    sources: [forum(40095), openApi],
  },
  {
    id: 'deleted-later',
    does: 'A deleted authorization stays listed until the lock has removed it, and opens until then.',
    knowledge: 'inferred',
    sources: [forum(39157)],
  },
  {
    id: 'keypad-full',
    does: 'A keypad holds 100 codes, a Keypad 2 200; one more is accepted, listed and never confirmed.',
    knowledge: 'inferred',
    sources: [forum(4503), errorCodes],
  },
  {
    id: 'late-log',
    does: 'An entry of the log comes seconds after the action.',
    knowledge: 'inferred',
    sources: [concepts, forum(24449)],
  },
  {
    id: 'log-order',
    does: 'The id of an entry tells when the cloud heard of it: an entry may come after a younger one.',
    knowledge: 'inferred',
    sources: [openApi],
  },
  {
    id: 'attempts',
    does: 'The log has what was refused or has failed too, with the name of the person and a state other than 0.',
    knowledge: 'seen in production',
    sources: [issue(nukiNg, 117)],
  },
  {
    id: 'log-limit',
    does: 'The log comes newest first, 20 entries unless told, and a limit over 50 counts as 50.',
    knowledge: 'inferred',
    sources: [openApi],
  },
  {
    id: 'log-cursor',
    does: 'The log goes on after the entry that id names, and ends with an empty page.',
    knowledge: 'documented',
    sources: [openApi],
  },
  {
    id: 'log-dates',
    does: 'A date in Unix seconds is refused with 400: the log takes RFC 3339 alone.',
    knowledge: 'inferred',
    sources: [openApi],
  },
  {
    id: 'paged',
    does: 'The paged list counts its pages from 0 and has 100 authorizations on each.',
    knowledge: 'documented',
    sources: [openApi],
  },
  {
    id: 'web-trigger',
    does: 'An action of the API has the trigger 0 in the state of a lock and 4 in its log.',
    knowledge: 'documented',
    sources: [concepts, openApi],
  },
  {
    id: 'dead-token',
    does: 'A token that is not valid is refused everywhere with 401.',
    knowledge: 'documented',
    sources: [openApi, forum(52)],
  },
  {
    id: 'missing-scope',
    does: 'A token that lacks a scope gets the same 401 as a dead one, and only there.',
    knowledge: 'seen in production',
    sources: [issue(nukiExtended, 273), issue(nukiNg, 175)],
  },
  {
    id: 'error-shapes',
    does: 'Errors have two JSON shapes, of Java and of Restlet, and some have no body.',
    knowledge: 'seen in production',
    sources: [forum(1178), forum(35593), forum(16794)],
  },
  {
    id: 'wrong-id',
    does: 'A hex id, or its number without the device type, is refused with 404.',
    knowledge: 'seen in production',
    sources: [issue(nukiNg, 96), concepts],
  },
  {
    id: 'us-locks',
    does: 'A lock that cannot pull the latch, as those sold in the United States, refuses to unlatch with 400.',
    knowledge: 'documented',
    sources: [concepts],
  },
  {
    id: 'offline',
    does: 'A device that is offline has serverState 4 and keeps showing the state that it reported last.',
    knowledge: 'documented',
    sources: ['https://docs.nuki.io/guide/examples/', openApi],
  },
  {
    id: 'offline-writes',
    does: 'What is sent to a device that is offline is accepted, and carried out when it is back.',
    knowledge: 'chosen',
    sources: [forum(19378), forum(29886), forum(24449), 'https://wiki.beds24.com/index.php/Nuki.io'],
  },
  {
    id: 'sync',
    does: 'POST …/sync asks the device: the copy catches up, and what never reached the device does.',
    knowledge: "said by Nuki's staff",
    sources: [forum(22160)],
  },
  {
    id: 'durations',
    does: 'A device is reached within half a second to eight; a lock takes 1.8 seconds to turn and 3 to pull the latch.',
    knowledge: 'chosen',
    sources: [concepts, forum(24449)],
  },
  {
    id: 'person-removed-later',
    does: 'A person is removed some time after the 204, and has an operationId until then.',
    knowledge: 'documented',
    sources: [openApi],
  },
  {
    id: 'person-leaves-authorizations',
    does: "A person's authorizations stay when the person is removed.",
    knowledge: 'chosen',
    sources: [openApi],
  },
  {
    id: 'request-id',
    does: 'The advanced forms answer with a requestId, and a webhook tells later how it ended.',
    knowledge: 'documented',
    sources: [apiWebhooks, errorCodes],
  },
  {
    id: 'times-of-day',
    does: 'A time of day is from 0 to 1439 minutes: 1440 is refused with 400.',
    knowledge: 'inferred',
    sources: [openApi],
  },
  {
    id: 'include-email',
    does: 'The parameter includeEmail changes nothing: where the address would stand is not published.',
    knowledge: 'chosen',
    sources: [openApi],
  },
  {
    id: 'settings-later',
    does: 'What is set of a device is shown once the device has it; until then that part has an operationId, and another write meets 423.',
    knowledge: 'inferred',
    sources: [openApi],
  },
  {
    id: 'settings-complete',
    does: 'A part of the settings is refused with 400 where a field is missing that the specification requires and the device has.',
    knowledge: 'inferred',
    sources: [openApi],
  },
  {
    id: 'new-password',
    does: 'A new password of the account revokes all its API tokens, unless deleteApiTokens is false.',
    knowledge: 'documented',
    sources: [openApi, forum(52)],
  },
  {
    id: 'revoked-token',
    does: 'DELETE /account/integration revokes the token that is named, or all tokens of the API key.',
    knowledge: 'documented',
    sources: [openApi],
  },
  {
    id: 'revoked-program',
    does: 'As apiKeyId it takes the clientId of a program or a phone, which is then listed no more.',
    knowledge: 'inferred',
    sources: [openApi],
  },
  {
    id: 'last-active',
    does: 'The lastActiveAt of an API token is the time of its last request.',
    knowledge: 'inferred',
    sources: [openApi],
  },
  {
    id: 'notifications',
    does: 'A notification is stored, and nothing is sent to it.',
    knowledge: 'chosen',
    sources: [openApi],
  },
  {
    id: 'error-codes',
    does: "The webhook of an advanced request that failed tells the device's error code.",
    knowledge: 'documented',
    sources: [apiWebhooks, errorCodes],
  },
  {
    id: 'advanced-unreached',
    does: 'A device that has said nothing a minute after an advanced request counts as not reached, which is error code ff.',
    knowledge: 'chosen',
    sources: [errorCodes],
  },
  {
    id: 'webhook-features',
    does: 'A webhook names its feature: a state, master data, a configuration, a log entry or an authorization has changed.',
    knowledge: 'documented',
    sources: [deviceWebhooks],
  },
  {
    id: 'webhook-twice',
    does: 'A code is told of twice: when it is listed, and when the lock has confirmed it.',
    knowledge: 'inferred',
    sources: [deviceWebhooks],
  },
  {
    id: 'webhook-person',
    does: 'ACCOUNT_USER says deleted and accountUser, as DEVICE_AUTHS says deleted and smartlockAuth.',
    knowledge: 'inferred',
    sources: [deviceWebhooks],
  },
  {
    id: 'webhook-signature',
    does: 'A webhook bears X-Nuki-Signature-SHA256, the HMAC-SHA256 of its raw body in hex.',
    knowledge: 'documented',
    sources: [decentralWebhooks],
  },
  {
    id: 'webhook-second-signature',
    does: 'Beside it stands X-Nuki-Signature with 40 hex digits, here the HMAC-SHA1 of the same bytes.',
    knowledge: 'inferred',
    sources: [webhookMonitoring],
  },
  {
    id: 'webhook-secret',
    does: 'PUT /api/decentralWebhook answers with an id and with the secret that signs the webhooks of this URL.',
    knowledge: 'documented',
    sources: [decentralWebhooks],
  },
  {
    id: 'webhook-here',
    does: 'A URL that a request registers must lead to this computer; the real API asks for https.',
    knowledge: 'chosen',
    sources: [openApi],
  },
  {
    id: 'webhook-once',
    does: 'A webhook is sent once, after those before it have ended, and is not repeated when the receiver fails.',
    knowledge: 'chosen',
    sources: [webhookMonitoring],
  },
  {
    id: 'webhook-patience',
    does: 'A receiver has ten seconds to answer, and a redirect is a failure.',
    knowledge: 'chosen',
    sources: [webhookMonitoring],
  },
  {
    id: 'webhook-log',
    does: 'The last 300 webhooks are listed, newest first, with what the receiver answered: 50 unless told, 100 at most.',
    knowledge: 'documented',
    sources: [webhookMonitoring, openApi],
  },
  {
    id: 'webhook-deactivated',
    does: 'A receiver that has failed ten times in a row gets no more webhooks until it is reactivated.',
    knowledge: 'chosen',
    sources: [openApi],
  },
  {
    id: 'not-simulated',
    does: 'An operation that the simulation lacks is answered with 501, which names it; every answer bears x-simulated.',
    knowledge: 'chosen',
    sources: [openApi],
  },
] as const satisfies readonly Behaviour[];

export type BehaviourId = (typeof always)[number]['id'] | `fault ${FaultName}`;

/** Where it is known from that clients meet the faults. */
const ofFaults: Readonly<Record<FaultName, Pick<Behaviour, 'knowledge' | 'sources'>>> = {
  offline: { knowledge: 'documented', sources: [openApi, forum(19378)] },
  slow: { knowledge: 'inferred', sources: [issue(nukiExtended, 382)] },
  'lost-answer': { knowledge: 'inferred', sources: [issue(nukiExtended, 382)] },
  'never-executed': { knowledge: 'seen in production', sources: [forum(29886)] },
  late: { knowledge: "said by Nuki's staff", sources: [forum(24449), forum(16273)] },
  'motor-blocked': { knowledge: 'documented', sources: [openApi, errorCodes] },
  'busy-423': { knowledge: 'seen in production', sources: [forum(1178)] },
  'rate-limit': { knowledge: 'seen in production', sources: [issue(nukiExtended, 382), forum(9746)] },
  'bad-gateway-html': { knowledge: 'seen in production', sources: [issue(nukiNg, 200), issue(nukiExtended, 280)] },
  'block-page-403': {
    knowledge: 'seen in production',
    sources: [issue('microsoft/vscode', 227559), issue(nukiExtended, 382)],
  },
  'truncated-json': { knowledge: 'inferred', sources: [issue(nukiExtended, 382)] },
  'stale-copy': { knowledge: 'seen in production', sources: [issue(nukiNg, 57), forum(40095)] },
  ghost: { knowledge: 'seen in production', sources: [forum(39157), forum(22160)] },
  'lost-write': { knowledge: 'seen in production', sources: [forum(29886), forum(40095)] },
  unconfirmed: { knowledge: 'seen in production', sources: [forum(40095), forum(39157)] },
  'token-dies': { knowledge: "said by Nuki's staff", sources: [forum(52)] },
  'scope-missing': { knowledge: 'seen in production', sources: [issue(nukiExtended, 273), issue(nukiNg, 175)] },
  'us-lock': { knowledge: 'documented', sources: [concepts] },
  'webhook-duplicate': { knowledge: 'inferred', sources: [deviceWebhooks] },
  'webhook-late': { knowledge: 'inferred', sources: [webhookMonitoring] },
};

/** Every behaviour of the simulated API that a client can meet, with its source; the faults last. */
export const behaviours: readonly (Behaviour & { readonly id: BehaviourId })[] = [
  ...always,
  ...faultNames.map((name) => ({ id: `fault ${name}` as const, does: faultText(name, inEnglish), ...ofFaults[name] })),
];
