import {
  type ActivityModel,
  type ActivityRow,
  type Details,
  type Filter,
  type Picture,
  type ReadingState,
  type Texts,
} from '../../../src/webview/protocol/activity.ts';

export const filter: Filter = { span: 'week', from: '', until: '', person: '', doors: [], kind: '', result: '' };

export const texts: Texts = {
  filter: 'Filter',
  time: 'Time',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
  own: 'From – until',
  all: 'Any time',
  from: 'From',
  until: 'Until',
  person: 'Person',
  everyone: 'Everyone',
  doors: 'Devices',
  allDoors: 'All devices',
  doorCount: '{0} devices',
  kind: 'What',
  anything: 'Anything',
  result: 'Result',
  anyResult: 'Any result',
  nuki: 'filtered by Nuki',
  here: 'filtered here',
  reset: 'Reset Filter',
  saved: 'Saved filters',
  save: 'Save',
  saveAs: 'Save Filter…',
  filterName: 'Name of the filter',
  cancel: 'Cancel',
  deleteSaved: 'Delete Saved Filter',
  refresh: 'Refresh',
  exportAll: 'Export…',
  picture: 'Activity by door and day',
  legend: 'Legend',
  opened: 'opened',
  refused: 'refused attempt',
  notRead: 'not read',
  earlier: 'Earlier days',
  later: 'Later days',
  activity: 'Activity',
  columnTime: 'Time',
  columnDoor: 'Device',
  columnWhat: 'What happened',
  loading: 'loading…',
  showInSidebar: 'Show in Sidebar',
};

const doors = ['Front Door', 'Garage', 'Guest House', 'Cellar', 'Tokyo Office'];

export const model: ActivityModel = {
  heading: 'Activity',
  subheading: 'Home',
  language: 'en',
  texts,
  kept: { accountId: '7', filter },
  filter,
  answeredBy: { time: 'nuki' },
  answeredByText: 'Filtered by Nuki: time.',
  people: [
    { id: 'user/1', label: 'Anna Berger' },
    { id: 'name/Family', label: 'Family' },
  ],
  doors: doors.map((label, index) => ({ id: String(index + 1), smartlockId: index + 1, label })),
  kinds: [
    { id: 'opened', label: 'opening' },
    { id: 'locked', label: 'locking' },
  ],
  results: [
    { id: 'done', label: 'success' },
    { id: 'refused', label: 'refused' },
  ],
  saved: ['Refused at night'],
  savedAs: '',
};

const kinds: readonly Pick<ActivityRow, 'who' | 'outcome' | 'words' | 'more' | 'badge'>[] = [
  { who: 'Anna Berger', outcome: 'done', words: 'unlocked', more: 'app', badge: '' },
  { who: 'Unknown code', outcome: 'refused', words: 'invalid code', more: 'tried: unlatch · keypad code', badge: '' },
  { who: 'Guest Weber', outcome: 'done', words: 'unlatched', more: 'keypad code', badge: 'First use of this code' },
  { who: 'Anna Berger', outcome: 'failed', words: 'motor blocked', more: 'tried: lock · app', badge: '' },
  { who: 'Door opened', outcome: 'event', words: 'door opened', more: '', badge: '' },
  { who: 'Web API', outcome: 'unknown', words: 'result unknown', more: 'tried: unlock', badge: '' },
];

const days = ['Today, Fri 27 Nov', 'Thu 26 Nov', 'Wed 25 Nov', 'Tue 24 Nov'];

/** Rows as a host might send them, newest first. */
export function rowsOf(count: number, perDay = 9): ActivityRow[] {
  return Array.from({ length: count }, (_, index) => {
    const place = (index * 7) % doors.length;
    const kind = kinds[(index * 5) % kinds.length] ?? kinds[0];
    if (!kind) throw new Error('there are kinds');
    const day = Math.floor(index / perDay);
    const minutes = 23 * 60 + 50 - (index % perDay) * Math.floor(1_400 / perDay);
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return {
      id: `entry${index}`,
      day: days[day] ?? `Day ${day}`,
      time,
      zone: place === 4 ? 'Tokyo' : '',
      door: doors[place] ?? '',
      ...kind,
    };
  });
}

export const state: ReadingState = {
  kind: 'idle',
  summary: '36 entries, read back to 20 Nov 2026, 14:03.',
  text: '',
  buttons: [],
};

export const reading: ReadingState = {
  ...state,
  kind: 'reading',
  text: 'Reading…',
  buttons: [{ name: 'cancel', label: 'Cancel' }],
};

export const picture: Picture = {
  days: ['Sat 21', 'Sun 22', 'Mon 23', 'Tue 24', 'Wed 25', 'Thu 26', 'Today'],
  doors: doors.map((name, door) => ({
    name,
    zone: door === 4 ? 'Tokyo' : '',
    days: Array.from({ length: 7 }, (_, day) => ({
      spoken: `${name}, day ${day}: 3 openings, 1 refused`,
      now: day === 6 ? 870 : 1_440,
      known: day === 0 ? null : { from: day === 1 ? 600 : 0, until: day === 6 ? 870 : 1_440 },
      marks:
        day === 0
          ? []
          : Array.from({ length: 6 }, (__, index) => ({
              at: ((door + 2) * (day + 3) * (index + 5) * 37) % 840,
              isRefused: (door + day) % 3 === 0 && index === 3,
              id: `entry${door + day * 9 + index}`,
            })).filter(({ at }) => day > 1 || at > 600),
    })),
  })),
  others: '',
  hasEarlier: true,
  hasLater: false,
};

export const details: Details = {
  id: 'entry1',
  facts: [
    { field: 'At the lock', value: 'Fri 27 Nov 2026, 21:15:03 (Europe/Vienna)' },
    { field: 'Result', value: 'invalid code' },
    { field: 'Trigger', value: 'keypad' },
    { field: 'Source', value: 'keypad code' },
    { field: 'Authorization', value: '–' },
    { field: 'Entry', value: '5f3c0a' },
  ],
};
