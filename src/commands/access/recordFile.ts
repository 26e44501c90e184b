import { FileSystemError, workspace, type Uri } from 'vscode';
import type { RecordFile } from '../../access/apply/applyPlan.ts';
import { accessFileName } from '../../access/file/accessFile.ts';
import type { AccessRecord } from '../../access/record/accessRecord.ts';
import { readRecord } from '../../access/record/readRecord.ts';
import { recordName, sharingRecord } from '../../access/record/recordName.ts';

/** Where the record of an access file is: beside it. Throws a RangeError for what is no access file. */
export function recordUri(file: Uri): Uri {
  const path = recordName(file.path);
  if (path === undefined) throw new RangeError('no access file');
  return file.with({ path });
}

/** Another access file beside `file` that would have the same record. */
export async function fileSharingRecord(file: Uri): Promise<Uri | undefined> {
  for (const path of sharingRecord(file.path)) {
    const other = file.with({ path });
    if (await isThere(other)) return other;
  }
  return undefined;
}

/** Another access file in the folder of `file` whose record has one of the authorizations of `record`, as a copy has. */
export async function fileOwningSame(file: Uri, { owned }: AccessRecord): Promise<Uri | undefined> {
  const ids = new Set(owned.flatMap(({ id }) => id ?? []));
  const folder = file.path.slice(0, file.path.lastIndexOf('/'));
  for (const [name] of ids.size > 0 ? await workspace.fs.readDirectory(file.with({ path: folder || '/' })) : []) {
    const other = file.with({ path: `${folder}/${name}` });
    if (!accessFileName.test(name) || other.path === file.path) continue;
    const text = await recordFileOf(other)
      .read()
      .catch(() => undefined);
    const theirs = readRecord(text ?? '');
    if (theirs?.owned.some(({ id }) => id !== undefined && ids.has(id))) return other;
  }
  return undefined;
}

/** Whether a file is there and can be reached. */
export async function isThere(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/**
 * The record beside an access file. `read` and `write` throw where it is there and cannot be read, or cannot be written. It is written over,
 * not put in place of the old one: VS Code deletes that first, and a record that is half is refused, while one that is gone owns nothing.
 */
export function recordFileOf(file: Uri): RecordFile {
  const uri = recordUri(file);
  const read = async (): Promise<string | undefined> => {
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(uri));
    } catch (error) {
      if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
      throw error;
    }
  };
  return {
    read,
    write: async (text) => {
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      if ((await read()) !== text) throw new FileSystemError(uri);
    },
  };
}
