import type { NotBegun, StepOutcome, StepState } from '../../access/apply/applyPlan.ts';
import { doorOf } from '../../access/plan/accessPlan.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { blockedWords, groupOfStep, stepMeaning, type StepContext, type StepGroup } from './accessStepText.ts';
import { authorizationName } from './authorizationText.ts';
import { errorLabel } from './errorText.ts';
import { outcomeDocument } from './outcomeDocument.ts';
import { dateAndMinute } from './timeText.ts';

/** What the words of an outcome need besides the steps. */
interface OutcomeContext extends StepContext {
  /** As in the plan. */
  readonly fileName: string;
  readonly account: string;
}

/** How an application has ended, as far as it was seen. */
interface ApplicationEnd {
  readonly outcomes: readonly StepOutcome[];
  readonly wasStopped: boolean;
}

const changeWords: Readonly<Record<StepGroup, string>> = {
  added: 'Add',
  widened: 'Widen',
  narrowed: 'Narrow',
  renamed: 'Rename',
  removed: 'Remove',
};

const doneWords = {
  add: 'saved on the lock',
  change: 'saved on the lock',
  remove: 'no longer listed by Nuki',
} as const;

const pendingWords = {
  add: 'accepted by Nuki, waiting for the lock',
  change: 'accepted by Nuki, waiting for the lock',
  remove: 'deletion not confirmed, may still open the door',
} as const;

const unknownWords = {
  add: 'result unknown: Nuki may or may not have accepted it',
  change: 'result unknown: Nuki may or may not have accepted the change',
  remove: 'result unknown: Nuki may or may not have accepted the deletion',
} as const;

const notBegunWords: Readonly<Record<NotBegun, string>> = {
  cancelled: 'not started: cancelled',
  leftOut: 'left out',
  waits: "not started: what has to be done before it isn't confirmed",
  offline: 'not started: the device is offline',
  record: 'not started: the record of the file has been changed elsewhere, or another window is applying a plan',
  notWritten: "not started: the record of the file couldn't be written",
  refused: 'not started: Nuki refuses all requests of this account',
};

const failedWords = {
  changed: 'not sent: changed elsewhere in the meantime',
  noSuchPerson: "not sent: the account user isn't listed yet",
} as const;

/** What needs a look comes first. */
const order: Readonly<Record<StepState['kind'], number>> = {
  failed: 0,
  unknown: 1,
  pending: 2,
  underWay: 2,
  notBegun: 3,
  untold: 4,
  done: 5,
};

/** What became of each step, as far as a list has shown it, and how to go on. */
export function accessOutcomeText({ outcomes, wasStopped }: ApplicationEnd, text: OutcomeContext): string {
  const { context, account, fileName, deviceName } = text;
  const { t } = context;
  const counted = (...kinds: readonly StepState['kind'][]): number =>
    outcomes.filter(({ state }) => kinds.includes(state.kind)).length;
  const counts = [
    [t('Done'), counted('done', 'untold')],
    [t('Not confirmed'), counted('pending', 'underWay', 'unknown')],
    [t('Failed'), counted('failed')],
    [t('Not started'), counted('notBegun')],
  ] as const;
  const isAll = counted('done', 'untold') === outcomes.length;
  return outcomeDocument(t('Plan for {0}: result', fileName), [
    `${account} · ${dateAndMinute(context.ownNow, context)}`,
    counts.flatMap(([name, count]) => (count > 0 ? [`${name}: ${count}`] : [])).join(' · '),
    wasStopped ? t('You stopped waiting. What was sent stays sent.') : '',
    {
      columns: [t('Device'), t('Name'), t('Change'), t('What it means'), t('Result')],
      rows: outcomes
        .toSorted((one, other) => order[one.state.kind] - order[other.state.kind])
        .map((outcome) => [
          deviceName(doorOf(outcome.step)),
          authorizationName(outcome.step.kind === 'remove' ? outcome.step.before : outcome.step.wanted.as, context),
          t(changeWords[groupOfStep(outcome.step)]),
          stepMeaning(outcome.step, text),
          stateText(outcome, text),
        ]),
    },
    isAll ? '' : t('"Plan Access File" shows what is still to be done. What is done is not sent again.'),
    counted('pending', 'unknown') > 0 ? t('"Wake and Refresh" on a device may help it confirm.') : '',
    outcomes.some(({ step, state }) => step.kind === 'add' && isOnLock(state) && step.wanted.entry.by === 'code')
      ? t('Reveal or copy a code from the authorization in the sidebar.')
      : '',
  ]);
}

function isOnLock({ kind }: StepState): boolean {
  return kind === 'done' || kind === 'untold';
}

function stateText({ step, state, hasOwnCode }: StepOutcome, { context }: StepContext): string {
  const { t } = context;
  switch (state.kind) {
    case 'done':
      return [t(doneWords[step.kind]), ...(hasOwnCode ? [t('with a code of its own')] : [])].join(', ');
    case 'untold':
      return t('listed by Nuki; this lock never confirms');
    case 'pending':
    case 'underWay':
      return t(pendingWords[step.kind]);
    case 'unknown':
      return t(unknownWords[step.kind]);
    case 'notBegun':
      return t(notBegunWords[state.why ?? 'cancelled']);
    case 'failed': {
      const { why } = state;
      if (why instanceof NukiError) return t('failed: {0}', errorLabel(why, undefined, context));
      if (why === 'changed' || why === 'noSuchPerson') return t(failedWords[why]);
      return t('not sent: {0}', t(blockedWords[why]));
    }
  }
}
