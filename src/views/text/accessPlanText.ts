import { doorOf, type Finding, type Plan, type Step } from '../../access/plan/accessPlan.ts';
import { typeOfCredential } from '../../nuki/authorization/credential.ts';
import {
  itemOfFinding,
  itemOfStep,
  planHeadings,
  type ItemOffer,
  type PlanGroup,
  type PlanItem,
} from './accessPlanItems.ts';
import { nameAndType, type StepContext } from './accessStepText.ts';
import type { RenderContext } from './renderContext.ts';
import { dateAndMinute } from './timeText.ts';

/** What the words of a plan need besides the plan. */
export interface PlanContext extends StepContext {
  /** The name of the file without what all of them end with; fit to be shown, as `account`. */
  readonly fileName: string;
  readonly account: string;
  /** The doors of the file, in its order. */
  readonly doors: readonly number[];
  /** Whether the file has changes that are not saved. */
  readonly isUnsaved: boolean;
}

/** The plan as plain text, whose language is `nuki-plan`, and what its lines are about. Lines and columns from 0. */
interface PlanText {
  readonly text: string;
  readonly links: readonly EntryLink[];
  readonly offers: readonly PlanOffer[];
}

/** Where a name stands that leads to an entry of the file, by its key. */
interface EntryLink {
  readonly line: number;
  readonly from: number;
  readonly until: number;
  readonly entry: string;
}

/** A line that something can be done about: that of an authorization, or the heading of all that are not from the file. */
export type PlanOffer = { readonly line: number } & (ItemOffer | { readonly kind: 'allForeign' });

/** What a line begins with: more access, less, the same, or nothing that is done. */
const marks: Readonly<Record<PlanGroup, string>> = {
  added: '+',
  widened: '+',
  narrowed: '-',
  renamed: '~',
  removed: '-',
  blocked: '!',
  drifted: '!',
  waiting: '…',
  unknown: '!',
};

/** How many of the authorizations of a door that are not from the file are listed. */
const mostForeign = 20;

/** Everything that a plan says, door by door; nothing in it is a code. */
export function accessPlanText(plan: Plan, text: PlanContext): PlanText {
  const { context, zone, deviceName } = text;
  const { t } = context;
  const page = new Page();
  const items = Map.groupBy(
    [
      ...plan.steps.toSorted(byEntry).map((step) => ({ door: doorOf(step), item: itemOfStep(step, text) })),
      ...plan.findings.flatMap((finding) => {
        const item = itemOfFinding(finding, text);
        return item ? [{ door: doorOf(finding), item }] : [];
      }),
    ],
    ({ door }) => door,
  );
  const foreign = Map.groupBy(
    plan.findings.filter((finding) => finding.kind === 'foreign'),
    ({ smartlockId }) => smartlockId,
  );
  const hosted = new Set(plan.findings.flatMap((each) => (each.kind === 'smartHosting' ? [each.smartlockId] : [])));
  const all = [...items.values()].flat().map(({ item }) => item);
  page.add(t('Plan for {0}', text.fileName));
  page.addTo(1, [text.account, dateAndMinute(plan.readAt, context)].join(' · '), '');
  page.addTo(1, ...countsTexts(plan, all, foreign, context));
  if (plan.steps.length > 0) page.addTo(1, '', t('Nothing has been sent. "Apply Access Plan…" asks first.'));
  if (text.isUnsaved) page.addTo(1, t("The file has changes that aren't saved. They are part of this plan."));
  for (const door of inOrder(text.doors, [...items.keys(), ...hosted])) {
    const here = (items.get(door) ?? []).map(({ item }) => item);
    if (here.length === 0 && !hosted.has(door)) continue;
    page.add('', [deviceName(door), zone(door) ?? ''].filter(Boolean).join(' · '));
    if (hosted.has(door)) page.addTo(1, t(smartHostingText));
    page.addGroups(here, context);
  }
  if (foreign.size > 0) addForeign(page, foreign, text);
  const { links, offers } = page;
  return { text: page.text, links, offers };
}

const smartHostingText = 'Nuki may require Smart Hosting for short-term rental access to this device through its API.';

function countsTexts(
  { steps, findings }: Plan,
  items: readonly PlanItem[],
  foreign: ReadonlyMap<number, readonly unknown[]>,
  { t }: RenderContext,
): readonly string[] {
  const counts = Object.entries(planHeadings).flatMap(([group, heading]) => {
    const count = items.filter((item) => item.group === group).length;
    return count > 0 ? [`${t(heading)}: ${count}`] : [];
  });
  const others = [...foreign.values()].reduce((sum, all) => sum + all.length, 0);
  const all = [...counts, ...(others > 0 ? [`${t('Not from this file')}: ${others}`] : [])].join(' · ');
  if (steps.length > 0) return [all];
  const isAsWanted = findings.every(({ kind }) => kind === 'foreign' || kind === 'smartHosting');
  const sentence = isAsWanted ? t('Nothing to do. The devices are as this file says.') : t('Nothing to apply now.');
  return all === '' ? [sentence] : [sentence, all];
}

/** The doors of the file, then the others. */
function inOrder(first: readonly number[], others: Iterable<number>): readonly number[] {
  return [...new Set([...first, ...others])];
}

/** In the order of the file; what is no longer in it comes last. */
function byEntry(one: Step, other: Step): number {
  const placeOf = (step: Step): number => (step.kind === 'remove' ? Infinity : step.wanted.entry.index);
  const [a, b] = [placeOf(one), placeOf(other)];
  return a === b ? 0 : a - b;
}

/** The API's types that an access file has words for. */
const adoptable: ReadonlySet<number> = new Set(Object.values(typeOfCredential));

function addForeign(
  page: Page,
  foreign: ReadonlyMap<number, readonly (Finding & { readonly kind: 'foreign' })[]>,
  { context, doors, deviceName }: PlanContext,
): void {
  const { t } = context;
  const all = [...foreign.values()].flat();
  page.add('');
  if (all.some(({ authorization }) => adoptable.has(authorization.type))) page.offer({ kind: 'allForeign' });
  page.add(t('Not from this file'));
  page.addTo(1, t('This file never changes these.'));
  for (const door of inOrder(doors, foreign.keys())) {
    const here = foreign.get(door);
    if (!here) continue;
    page.addTo(1, '', `${deviceName(door)} · ${here.length}`);
    for (const { authorization } of here.slice(0, mostForeign))
      page.addTo(2, nameAndType(authorization, authorization.type, context));
    if (here.length > mostForeign) page.addTo(2, t('and {0} more', here.length - mostForeign));
  }
}

/** The lines of a plan as they are written: a door, its groups and their items, each further in than the one before, by which VS Code folds them. */
class Page {
  readonly #lines: string[] = [];
  readonly links: EntryLink[] = [];
  readonly offers: PlanOffer[] = [];

  get text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  add(...lines: readonly string[]): void {
    this.addTo(0, ...lines);
  }

  addTo(level: number, ...lines: readonly string[]): void {
    this.#lines.push(...lines.map((line) => (line === '' ? '' : `${'  '.repeat(level)}${planWords(line)}`)));
  }

  /** For the line that is added next. */
  offer(offer: ItemOffer | { readonly kind: 'allForeign' }): void {
    this.offers.push({ line: this.#lines.length, ...offer });
  }

  addGroups(items: readonly PlanItem[], { t }: RenderContext): void {
    for (const [group, heading] of Object.entries(planHeadings)) {
      const here = items.filter((item) => item.group === group);
      if (here.length === 0) continue;
      this.addTo(1, `${t(heading)} · ${here.length}`);
      for (const item of here) this.#addItem(item);
    }
  }

  #addItem({ group, entry, name, text, change, offer }: PlanItem): void {
    const from = 6;
    const shown = planWords(name);
    if (entry !== undefined) this.links.push({ line: this.#lines.length, from, until: from + shown.length, entry });
    if (offer) this.offer(offer);
    this.addTo(2, `${marks[group]} ${[shown, text].filter(Boolean).join(' · ')}`);
    if (change) this.addTo(3, change.join(' → '));
  }
}

/** Words on one line of a plan, whoever wrote them. VS Code makes a link of an address in any text, which is taken apart here. */
function planWords(words: string): string {
  return words.replaceAll(/\s+/g, ' ').replaceAll('://', ': //');
}
