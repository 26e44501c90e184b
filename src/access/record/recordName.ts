import { accessFileName } from '../file/accessFile.ts';

/** The path of the record of an access file, beside it; `undefined` for a path that is none of an access file. */
export function recordName(path: string): string | undefined {
  return accessFileName.test(path) ? path.replace(accessFileName, '.nuki-access.record.json') : undefined;
}

/** The paths of the other access files that would have the record of the one at `path`; empty where that is none. */
export function sharingRecord(path: string): readonly string[] {
  if (!accessFileName.test(path)) return [];
  const paths = ['yaml', 'yml', 'json'].map((format) => path.replace(accessFileName, `.nuki-access.${format}`));
  return paths.filter((each) => each !== path);
}
