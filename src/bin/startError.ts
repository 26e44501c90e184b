/** Why nothing was started, in one sentence for the user. */
export class StartError extends Error {
  /** 2, as of most programs that are told what they don't understand; 127, as of a shell, where there is no such command. */
  readonly exitCode: 2 | 127;

  constructor(message: string, exitCode: StartError['exitCode'] = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of its path is no folder',
  EPERM: 'access is denied',
  EROFS: 'the disk is read-only',
};

/** Why a file could not be opened, read or written. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? `the system says ${code}`;
}
