/** What the command of a line of a plan is about: an authorization by Nuki's id, at a door. The argument of adopt, takeIntoFile and putBack. */
export interface LineSubject {
  /** The URI of the access file. */
  readonly file: string;
  readonly smartlockId: number;
  readonly id: string;
}

/** A hint as the subject of a line; `undefined` for anything else, as any extension may pass anything. */
export function lineSubjectOf(hint: unknown): LineSubject | undefined {
  if (typeof hint !== 'object' || hint === null) return undefined;
  if (!('file' in hint && 'smartlockId' in hint && 'id' in hint)) return undefined;
  const { file, smartlockId, id } = hint;
  return typeof file === 'string' && typeof smartlockId === 'number' && typeof id === 'string'
    ? { file, smartlockId, id }
    : undefined;
}
