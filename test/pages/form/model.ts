// What a host might say to the page: a plausible authorization for two doors of three.
import type {
  Conflict,
  Draft,
  FormModel,
  Presets,
  Preview,
  Progress,
  Texts,
} from '../../../src/webview/protocol/form.ts';

export const texts: Texts = {
  credential: 'Type',
  code: 'Keypad code',
  app: 'App user',
  fob: 'Fob',
  name: 'Name',
  nameCount: 'Emoji count more',
  person: 'Person',
  choosePerson: 'Choose a person',
  newPerson: 'New person…',
  personName: 'Their name',
  personEmail: 'Their e-mail',
  devices: 'Devices',
  keypadCode: 'Code',
  codeRule: '6 digits.',
  keepCode: 'Leave it empty to keep the code.',
  lacksCode: 'The code was not kept. Enter it again.',
  showCode: 'Show',
  hideCode: 'Hide',
  generate: 'Generate',
  from: 'From',
  until: 'Until',
  date: 'date',
  time: 'time',
  starts: 'Starts',
  ends: 'Ends',
  now: 'now',
  noEnd: 'no end',
  today: 'today',
  sameDay: 'same day',
  week: 'one week',
  ownDate: 'own date',
  weekdays: 'Days',
  everyDay: 'every day',
  workdays: 'weekdays',
  weekend: 'weekend',
  hours: 'Hours',
  hoursFrom: 'Opens at',
  hoursUntil: 'Closes at',
  allDay: 'all day',
  remoteAllowed: 'Can be used remotely',
  preview: 'What the lock will do',
  nextDays: 'The next seven days',
  outdated: 'Not current: this is the last valid preview.',
  payload: 'What is sent',
  copy: 'Copy',
  split: 'Split at Midnight',
  cancel: 'Cancel',
  close: 'Close',
  checkAgain: 'Refresh',
  updateFromLock: 'Wake and Refresh',
  copyCode: 'Copy Code',
  copyMessage: 'Copy Message for the Guest',
  messageLanguage: 'Language of the message',
  createAnother: 'Create Another',
  showInSidebar: 'Show in Sidebar',
  continueDraft: 'Continue Draft',
  discardDraft: 'Discard Draft',
  reload: 'Reload',
  yours: 'Yours',
  theirs: 'Theirs',
};

export const draft: Draft = {
  credential: 'code',
  name: 'Guest Weber',
  person: null,
  devices: [17, 18],
  remoteAllowed: false,
  from: { date: '2027-06-16', time: '10:30', disambiguation: null },
  until: { date: '2027-06-30', time: '18:00', disambiguation: null },
  weekdays: 124,
  hours: { from: '09:00', until: '17:00' },
  code: '',
};

const presets: Presets = {
  start: { date: '2026-11-26', time: '15:00', disambiguation: null },
  today: { date: '2026-11-26', time: '23:59', disambiguation: null },
  weekend: { date: '2026-11-29', time: '23:59', disambiguation: null },
  week: { date: '2026-12-03', time: '15:00', disambiguation: null },
};

export const create: FormModel = {
  mode: 'create',
  heading: 'New authorization',
  subheading: 'Home',
  subject: { kind: 'new', accountId: '7', smartlockId: 17 },
  lacksCode: false,
  closedDraft: '',
  language: 'en',
  texts,
  draft,
  devices: [
    { id: 17, name: 'Front Door', detail: 'Codes 170 of 200', cannot: [] },
    { id: 18, name: 'Garage', detail: '', cannot: ['fob'] },
    { id: 19, name: 'Cellar', detail: 'no keypad', cannot: ['code'] },
  ],
  people: [
    { id: 5, label: 'Anna (anna@example.org)', name: 'Anna' },
    { id: 6, label: 'Ben (ben@example.org)', name: 'Ben' },
  ],
  weekdays: [
    { bit: 64, short: 'Mon', long: 'Monday' },
    { bit: 32, short: 'Tue', long: 'Tuesday' },
    { bit: 16, short: 'Wed', long: 'Wednesday' },
    { bit: 8, short: 'Thu', long: 'Thursday' },
    { bit: 4, short: 'Fri', long: 'Friday' },
    { bit: 2, short: 'Sat', long: 'Saturday' },
    { bit: 1, short: 'Sun', long: 'Sunday' },
  ],
  locked: [],
  presets,
  isUnfolded: true,
};

export const edit: FormModel = {
  ...create,
  mode: 'edit',
  heading: 'Edit Guest Weber',
  subheading: 'Home · Front Door',
  draft: { ...draft, devices: [17] },
  devices: create.devices.slice(0, 1),
  locked: ['credential', 'person', 'personName', 'personEmail', 'devices'],
};

export const preview: Preview = {
  problems: {},
  disambiguations: {},
  nameCount: '11/20',
  details: [{ id: 17, detail: 'Codes 170 of 200' }],
  sentences: [
    'Guest Weber can open Front Door and Garage.',
    'Mon–Fri 09:00–17:00, from 16 Jun 2027 10:30 until 30 Jun 2027 18:00, Europe/Vienna',
    'For you in London one hour earlier.',
  ],
  notes: ['28 Mar 2027 02:30 does not exist in Vienna: the next time is 03:00.'],
  days: [
    day('Wed 16', 'Wednesday, 16 June: from 10:30 until 17:00', [[630, 1020]]),
    day('Thu 17', 'Thursday, 17 June: from 09:00 until 17:00', [[540, 1020]]),
    day('Fri 18', 'Friday, 18 June: from 09:00 until 17:00', [[540, 1020]]),
    day('Sat 19', 'Saturday, 19 June: closed', []),
    day('Sun 20', 'Sunday, 20 June: closed', []),
    day('Mon 21', 'Monday, 21 June: from 00:00 until 06:00 and from 22:00 until 24:00', [
      [0, 360],
      [1320, 1440],
    ]),
    day('Tue 22', 'Tuesday, 22 June: all day', [[0, 1440]]),
  ],
  payload: [
    { field: 'PUT /smartlock/auth', value: '' },
    { field: 'name', value: 'Guest Weber' },
    { field: 'type', value: '13' },
    { field: 'allowedFromDate', value: '2027-06-16T08:30:00.000Z' },
    { field: 'allowedUntilDate', value: '2027-06-30T16:00:00.000Z' },
    { field: 'allowedWeekDays', value: '124' },
    { field: 'allowedFromTime', value: '540' },
    { field: 'allowedUntilTime', value: '1020' },
    { field: 'code', value: '••••••' },
  ],
  submit: 'Create on 2 devices',
  presets,
  canSplit: false,
};

/** Something wrong with every field, a time that passes twice and a window that can be split. */
export const previewOfTrouble: Preview = {
  ...preview,
  shorterName: { name: 'PIN for guest99@exam', label: 'Shorten to "PIN for guest99@exam"' },
  problems: {
    credential: 'This account has no keypad, app or fob.',
    name: 'A name for a keypad code has at most 20 bytes.',
    person: 'Choose who it is for.',
    personName: 'Give a name.',
    personEmail: 'This is no e-mail address.',
    devices: 'Select at least one device.',
    code: 'A code has six digits from 1 to 9 and does not start with 12.',
    from: '28 Mar 2027 02:30 does not exist in Vienna: the next time is 03:00.',
    until: 'It ends before it begins.',
    weekdays: 'Select at least one day.',
    hours: 'It closes before it opens.',
  },
  disambiguations: {
    from: { question: '02:30 comes twice on 31 October. Which one?', earlier: 'the first', later: 'the second' },
  },
  canSplit: true,
};

export const progress: Progress = {
  heading: 'Guest Weber is on its way',
  facts: [
    { field: 'Type', value: 'Keypad code' },
    { field: 'Schedule', value: 'Mon–Fri 09:00–17:00, until 30 Jun 2027, 18:00 (Europe/Vienna)' },
  ],
  rows: [
    { device: 'Front Door', state: 'done', words: 'saved on the lock, seen at 10:31' },
    { device: 'Garage', state: 'working', words: 'waiting for the lock' },
    { device: 'Cellar', state: 'open', words: "hasn't reached the lock yet (checked 10:31)" },
    { device: 'Shed', state: 'failed', words: 'Nuki refused it: the lock has no free slot.' },
  ],
  note: 'Nothing is ever sent twice.',
  canCheck: true,
  hasCode: true,
  hasMessage: true,
  messageLanguage: 'en',
  copied: 'Code copied. Not yet confirmed: Garage and Cellar.',
  canCreateAnother: true,
};

export const conflict: Conflict = {
  sentence: 'Guest Weber was changed elsewhere. Nothing was sent.',
  rows: [
    { field: 'Until', yours: '30 Jun 2027 18:00', theirs: '15 Jul 2027 18:00' },
    { field: 'Hours', yours: '09:00–17:00', theirs: 'all day' },
  ],
};

function day(label: string, spoken: string, spans: readonly (readonly [number, number])[]): Preview['days'][number] {
  return { label, spoken, spans: spans.map(([from, until]) => ({ from, until })) };
}
