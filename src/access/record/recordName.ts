import { accessFileName } from '../file/accessFile.ts';

/** The path of the record of an access file, beside it; `undefined` for a path that is none of an access file. */
export function recordName(path: string): string | undefined {
  return accessFileName.test(path) ? path.replace(accessFileName, '.nuki-access.record.json') : undefined;
}
