import type { Disambiguation, FormModel, Moment, Presets } from '../../../protocol/form.ts';
import { dateInput, timeInput } from '../../dateInput.ts';
import { element } from '../../element.ts';
import { choice, groupRow, line, type Row } from './row.ts';

export interface MomentField {
  readonly row: Row;
  read(): Moment | null;
  arrange(): void;
  /** What the end of the day is called on which it begins. */
  nameToday(label: string): void;
  /** Takes the presets for what is written now. One that is chosen follows: a week is one from the beginning that is written. */
  take(presets: Presets): void;
  /** Asks which of two equal times is meant; with `undefined` the question disappears. */
  ask(choices: Disambiguation | undefined): void;
}

type PresetName = 'today' | 'weekend' | 'week';

/** What the list of a field offers besides no limit and a date of one's own. */
const offered: Readonly<Record<'from' | 'until', readonly PresetName[]>> = {
  from: [],
  until: ['today', 'weekend', 'week'],
};

/** A date and a time on the lock's clock, or no limit. */
export function momentField(name: 'from' | 'until', model: FormModel): MomentField {
  const { texts, draft, locked, language } = model;
  const given = draft[name];
  const isLocked = locked.includes(name);
  let presets = model.presets;
  const openLabel = name === 'from' ? texts.now : texts.noEnd;
  const presetOptions = offered[name].map((preset) => element('option', { value: preset }, texts[preset]));
  const limit = element(
    'select',
    { id: `${name}-limit`, 'aria-label': name === 'from' ? texts.starts : texts.ends, disabled: isLocked },
    element('option', { value: 'open' }, openLabel),
    ...presetOptions,
    element('option', { value: 'own' }, texts.ownDate),
  );
  const label = (part: 'date' | 'time'): string => `${texts[name]}: ${texts[part]}`;
  const date = dateInput({ id: `${name}-date`, label: label('date') }, { language, today: () => presets.start.date });
  const time = timeInput({ id: `${name}-time`, label: label('time') });
  const question = disambiguationQuestion(name, given?.disambiguation ?? null);
  const moment = line(date.element, time.input);
  const row = groupRow({
    id: name,
    field: name,
    label: texts[name],
    controls: [limit, date.input, time.input],
    content: [line(limit, moment), question.element],
  });
  /** Whether an entry is being found by its name, whose other letters are not to be typed into the date. */
  let isTyping = false;
  write(given);
  limit.value = choiceOf(given);
  limit.addEventListener('keydown', ({ key }) => (isTyping = key.length === 1));
  limit.addEventListener('pointerdown', () => (isTyping = false));
  limit.addEventListener('change', choose);
  for (const { input } of [date, time]) input.addEventListener('input', keepChoiceTrue);
  date.element.addEventListener('input', keepChoiceTrue);
  return {
    row: { ...row, focus: () => (question.isOpen() ? question.focus() : firstControl().focus()) },
    read: () => (limit.value === 'open' ? null : written()),
    arrange() {
      moment.hidden = limit.value === 'open';
      date.input.disabled = time.input.disabled = isLocked;
    },
    nameToday(text) {
      for (const option of presetOptions) if (option.value === 'today') option.textContent = text;
    },
    take(others) {
      const chosen = chosenPreset();
      presets = others;
      if (chosen === undefined || isSame(presets[chosen], written())) return;
      write(presets[chosen]);
      row.element.dispatchEvent(new Event('input', { bubbles: true }));
    },
    ask: (choices) => question.ask(choices),
  };

  function firstControl(): HTMLElement {
    return limit.value === 'open' ? limit : date.input;
  }

  function written(): Moment {
    return { date: date.read(), time: time.read(), disambiguation: question.read() };
  }

  function write(other: Moment | null): void {
    date.write(other?.date ?? '');
    time.write(other?.time ?? '');
    question.answer(other?.disambiguation ?? null);
  }

  /** What the list shows for a moment: the preset that it is, or a date of one's own. */
  function choiceOf(other: Moment | null): PresetName | 'open' | 'own' {
    if (other === null) return 'open';
    return offered[name].find((preset) => isSame(presets[preset], other)) ?? 'own';
  }

  function chosenPreset(): PresetName | undefined {
    return offered[name].find((preset) => preset === limit.value);
  }

  /** A preset whose date was changed is an own date. */
  function keepChoiceTrue(): void {
    const chosen = chosenPreset();
    if (chosen !== undefined && !isSame(presets[chosen], written())) limit.value = 'own';
  }

  function choose(): void {
    const chosen = chosenPreset();
    if (chosen !== undefined) write(presets[chosen]);
    if (limit.value !== 'own') return;
    moment.hidden = false;
    if (date.read() === '' && time.read() === '') write(name === 'from' ? presets.start : presets.week);
    if (isTyping) return;
    date.input.focus();
    date.input.select();
  }
}

function isSame(preset: Moment, { date, time }: Moment): boolean {
  return preset.date === date && preset.time === time;
}

interface DisambiguationQuestion {
  readonly element: HTMLElement;
  read(): Moment['disambiguation'];
  answer(disambiguation: Moment['disambiguation']): void;
  ask(choices: Disambiguation | undefined): void;
  /** Asked and not answered. */
  isOpen(): boolean;
  focus(): void;
}

/** Where clocks are put back, an hour of that day comes twice. */
function disambiguationQuestion(moment: 'from' | 'until', given: Moment['disambiguation']): DisambiguationQuestion {
  const question = element('span', { id: `${moment}-question` });
  const answer = (disambiguation: 'earlier' | 'later') =>
    choice({
      type: 'radio',
      name: `${moment}-disambiguation`,
      id: `${moment}-${disambiguation}`,
      label: '',
      checked: disambiguation === given,
    });
  const earlier = answer('earlier');
  const later = answer('later');
  const answers = line(earlier.element, later.element);
  const group = element(
    'div',
    { class: 'question', role: 'radiogroup', 'aria-labelledby': question.id, hidden: true },
    question,
    answers,
  );
  return {
    element: group,
    read() {
      if (earlier.input.checked) return 'earlier';
      return later.input.checked ? 'later' : null;
    },
    answer(disambiguation) {
      earlier.input.checked = disambiguation === 'earlier';
      later.input.checked = disambiguation === 'later';
    },
    ask(choices) {
      group.hidden = choices === undefined;
      question.textContent = choices?.question ?? '';
      earlier.label.textContent = choices?.earlier ?? '';
      later.label.textContent = choices?.later ?? '';
      if (choices === undefined) earlier.input.checked = later.input.checked = false;
    },
    isOpen: () => !group.hidden && !earlier.input.checked && !later.input.checked,
    focus: () => earlier.input.focus(),
  };
}
