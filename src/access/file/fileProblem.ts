import type { ScheduleProblem } from '../../nuki/authorization/scheduleRules.ts';

/** A part of a text: UTF-16 offsets, `until` after its last character. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Something wrong with an access file, where it stands. */
export interface FileProblem {
  readonly kind: ProblemKind;
  readonly span: Span;
  /** What the sentence about it names: foreign text, as the file or the account has it. */
  readonly values: readonly (string | number)[];
  /** With an error nothing is planned. */
  readonly severity: 'error' | 'warning';
}

export type ProblemKind = TextProblem | FieldProblem | EntryProblem | AccountProblem | ScheduleProblem;

/** Why a text is no YAML that is read. */
type TextProblem =
  | 'tooLarge'
  | 'tooDeep'
  | 'tooMuch'
  | 'controlCharacter'
  | 'syntax'
  | 'tabs'
  | 'links'
  | 'mergeKey'
  | 'tag'
  | 'directive'
  | 'severalDocuments'
  | 'keyNotText'
  /** It has no fields at all. */
  | 'noFields';

/** What is wrong with a field by itself; `values` begin with its name. */
type FieldProblem =
  | 'duplicateKey'
  | 'reservedKey'
  | 'unknownKey'
  | 'secret'
  | 'missing'
  | 'notText'
  | 'notList'
  | 'notMap'
  | 'notYesNo'
  | 'minutesUnclear'
  | 'idUnclear'
  | 'versionUnknown'
  | 'credentialUnknown'
  | 'daysUnclear'
  | 'hoursUnclear'
  | 'timeUnclear'
  | 'momentUnclear'
  | 'emailUnclear'
  | 'emptyText'
  | 'tooLong'
  | 'invisible'
  | 'spacesAround';

/** What is wrong with an entry, a door or a source of bookings, or between two of them. */
type EntryProblem =
  | 'nameTooLong'
  | 'emailMissing'
  | 'emailOfCode'
  | 'remoteNotApp'
  | 'noDoors'
  | 'doorUnknown'
  | 'doorTwice'
  | 'sameId'
  | 'keyTwice'
  | 'emailTwice'
  | 'windowsOverlap'
  | 'bookingUnknown';

/** What does not fit the account, as far as it is known. */
type AccountProblem = 'noSuchDoor' | 'nameDisagrees' | 'noKeypad' | 'tooManyAtDoor' | 'timeSkipped' | 'timeTwice';

/** Whether nothing may be planned. */
export function hasErrors(problems: readonly FileProblem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** More are not shown. */
export const mostProblems = 100;

/** The first of many, errors before warnings where not all of them fit, in the order of the text. */
export function shownProblems(problems: readonly FileProblem[]): readonly FileProblem[] {
  const bySeverity = problems.toSorted(
    (one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'),
  );
  return bySeverity.slice(0, mostProblems).toSorted((one, other) => one.span.from - other.span.from);
}
