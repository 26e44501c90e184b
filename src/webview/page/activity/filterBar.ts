import { spans, type ActivityModel, type Choice, type Filter, type FilterField } from '../../protocol/activity.ts';
import { button, element } from '../element.ts';
import { activityIcon } from './activityIcons.ts';

export interface FilterBar {
  readonly element: HTMLElement;
  show(model: ActivityModel): void;
}

interface Wishes {
  filter(filter: Filter): void;
  saveFilter(name: string): void;
  chooseSaved(name: string): void;
  deleteSaved(name: string): void;
}

const everything: Filter = { span: 'all', from: '', until: '', person: '', doors: [], kind: '', result: '' };

/** In narrower panels, in pixels, the filters are folded at first. */
const narrow = 560;

/** What is to be seen, and what of it was saved. */
export function filterBar({ texts }: ActivityModel, wishes: Wishes): FilterBar {
  const time = select('time', texts.time);
  const from = date('from', texts.from);
  const until = date('until', texts.until);
  const own = element('div', { class: 'own' }, from.element, until.element);
  const person = select('person', texts.person);
  const doors = doorsField();
  const kind = select('kind', texts.kind);
  const result = select('result', texts.result);
  const reset = button(texts.reset, () => wishes.filter(everything), 'link');
  const saved = savedFilters();
  const fields = [time, person, doors, kind, result] as const;
  const note = element('p', { class: 'hint note', role: 'status' });
  saved.element.append(note);
  const folded = element(
    'details',
    { class: 'filters', open: window.innerWidth >= narrow },
    element('summary', { class: 'fold' }, texts.filter),
    element('div', { class: 'fields' }, time.element, own, ...fields.slice(1).map((field) => field.element), reset),
    saved.element,
  );
  const bar = element('section', { role: 'search', 'aria-label': texts.filter }, folded);
  for (const { control } of [time, person, kind, result, from, until]) {
    control.addEventListener('change', () => changed());
  }
  return { element: bar, show };

  function show(model: ActivityModel): void {
    const { filter, answeredBy } = model;
    time.offer(
      spans.map((id) => ({ id, label: texts[id] })),
      filter.span,
    );
    own.hidden = filter.span !== 'own';
    from.control.value = filter.from;
    until.control.value = filter.until;
    person.offer([{ id: '', label: texts.everyone }, ...model.people], filter.person);
    kind.offer([{ id: '', label: texts.anything }, ...model.kinds], filter.kind);
    result.offer([{ id: '', label: texts.anyResult }, ...model.results], filter.result);
    doors.offer(model.doors, filter.doors);
    saved.offer(model.saved, model.savedAs);
    for (const field of fields) field.mark(answeredBy[field.name]);
    note.textContent = model.answeredByText;
    reset.hidden = Object.keys(answeredBy).length === 0;
  }

  function changed(): void {
    const filter = read();
    own.hidden = filter.span !== 'own';
    if (filter.span === 'own' && filter.from === '' && filter.until === '') return from.control.focus();
    wishes.filter(filter);
  }

  function read(): Filter {
    return {
      span: spans.find((id) => id === time.control.value) ?? 'all',
      from: from.control.value,
      until: until.control.value,
      person: person.control.value,
      doors: doors.read(),
      kind: kind.control.value,
      result: result.control.value,
    };
  }

  function select(name: FilterField, label: string) {
    const control = element('select', { id: name });
    const marked = marker(name);
    const field = element('div', { class: 'field' }, element('label', { for: name }, label, marked.element), control);
    return {
      name,
      control,
      element: field,
      mark: marked.mark,
      offer(choices: readonly Choice[], chosen: string): void {
        const known = choices.some(({ id }) => id === chosen) ? choices : [...choices, { id: chosen, label: chosen }];
        control.replaceChildren(...known.map(({ id, label: text }) => element('option', { value: id }, text)));
        control.value = chosen;
        field.classList.toggle('limited', chosen !== '' && chosen !== 'all');
      },
    };
  }

  /** Says who looks for what a field is limited to. */
  function marker(name: FilterField) {
    const place = element('span', { class: 'answered', id: `${name}-answered` });
    return {
      element: place,
      mark: (by: 'nuki' | 'here' | undefined): void => {
        if (by === undefined) return place.replaceChildren();
        place.title = texts[by];
        place.replaceChildren(activityIcon(by), element('span', { class: 'spoken' }, ` (${texts[by]})`));
      },
    };
  }

  function date(name: string, label: string) {
    const control = element('input', { type: 'date', id: name });
    return {
      control,
      element: element('div', { class: 'field' }, element('label', { for: name }, label), control),
    };
  }

  /** A list of boxes that unfolds from a button. */
  function doorsField() {
    const boxes = element('div', { class: 'boxes', role: 'group', 'aria-label': texts.doors });
    const chosenText = element('span', { class: 'foreign' });
    const opener = element('summary', { 'aria-label': texts.doors }, chosenText);
    const details = element('details', { class: 'menu' }, opener, boxes);
    const marked = marker('doors');
    const inputs = (): HTMLInputElement[] => [...boxes.querySelectorAll('input')];
    const field = element(
      'div',
      { class: 'field' },
      element('span', { class: 'field-label' }, texts.doors, marked.element),
      details,
    );
    details.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !details.open) return;
      details.open = false;
      opener.focus();
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && !details.contains(target)) details.open = false;
    });
    boxes.addEventListener('change', () => changed());
    let offered = '';
    return {
      name: 'doors',
      element: field,
      mark: marked.mark,
      read: () => inputs().flatMap(({ checked, value }) => (checked ? [Number(value)] : [])),
      offer(doorChoices: ActivityModel['doors'], chosen: readonly number[]): void {
        const drawn = JSON.stringify(doorChoices);
        if (drawn !== offered) {
          offered = drawn;
          boxes.replaceChildren(
            ...doorChoices.map(({ smartlockId, label }) =>
              element(
                'label',
                { class: 'box' },
                element('input', { type: 'checkbox', value: smartlockId }),
                element('span', { class: 'foreign' }, label),
              ),
            ),
          );
        }
        for (const input of inputs()) input.checked = chosen.includes(Number(input.value));
        const names = doorChoices.filter(({ smartlockId }) => chosen.includes(smartlockId)).map(({ label }) => label);
        const text =
          chosen.length === 0
            ? texts.allDoors
            : names.length === 1
              ? names.join('')
              : texts.doorCount.replace('{0}', String(chosen.length));
        chosenText.textContent = text;
        opener.ariaLabel = `${texts.doors}: ${text}`;
        field.classList.toggle('limited', chosen.length > 0);
      },
    } as const;
  }

  /** Filters that were saved, and a place to give this one a name. */
  function savedFilters() {
    const choices = element('select', { 'aria-label': texts.saved });
    const remove = button(texts.deleteSaved, () => wishes.deleteSaved(choices.value), 'link');
    const save = button(texts.saveAs, () => naming(true), 'link');
    const name = element('input', {
      type: 'text',
      maxlength: 40,
      'aria-label': texts.filterName,
      placeholder: texts.filterName,
    });
    const confirm = button(texts.save, () => take());
    const cancel = button(texts.cancel, () => naming(false), 'link');
    const line = element('div', { class: 'saved' }, choices, remove, save, name, confirm, cancel);
    let names: readonly string[] | undefined;
    let known = '';
    choices.addEventListener('change', () => {
      remove.hidden = choices.value === '';
      if (choices.value !== '') wishes.chooseSaved(choices.value);
    });
    name.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.preventDefault(); // it would press the button that gets the focus
      if (event.key === 'Enter') take();
      else naming(false);
    });
    naming(false);
    return {
      element: line,
      offer(offered: readonly string[], shown: string): void {
        const all = JSON.stringify([offered, shown]);
        if (all === known) return;
        known = all;
        names = offered;
        choices.replaceChildren(
          element('option', { value: '' }, texts.saved),
          ...offered.map((each) => element('option', { value: each }, each)),
        );
        choices.value = shown;
        naming(false);
      },
    };

    function naming(isNaming: boolean): void {
      const focused = [...line.children].find((each) => each === document.activeElement);
      for (const each of [name, confirm, cancel]) each.hidden = !isNaming;
      save.hidden = isNaming;
      choices.hidden = isNaming || !names?.length;
      remove.hidden = isNaming || choices.value === '';
      if (isNaming) name.focus();
      else if (focused instanceof HTMLElement && focused.hidden) save.focus();
    }

    function take(): void {
      const written = name.value.trim();
      if (written === '') return name.focus();
      wishes.saveFilter(written);
      name.value = '';
      naming(false);
    }
  }
}
