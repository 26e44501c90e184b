/** How the execution of an accepted write goes wrong. */
export interface Twist {
  /** The write is accepted and never executed. */
  readonly never?: boolean;
  /** An action ends with this completion state of the log instead of success (0). */
  readonly completion?: number;
  /** The motor blocks in the second half of a lock 'n' go, when it is to lock again. */
  readonly blocksLater?: boolean;
  /** After how many ms the device is reached. */
  readonly after?: number;
  /** An authorization changes on the device; the cloud's copy follows with the next sync only. */
  readonly unpublished?: boolean;
  /** A write of an authorization that never reaches the device is listed all the same, unconfirmed until a sync brings it there. */
  readonly unconfirmed?: boolean;
  /** A write of an authorization leaves no trace: nothing is listed, nothing reaches the device, and no sync brings it. */
  readonly vanishes?: boolean;
}
