import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  columnFields,
  doorFields,
  entryFields,
  fileFields,
  sourceFields,
} from '../../../../src/access/file/accessFields.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/access-file.md'), 'utf8');

describe('the page about access files', () => {
  it('has examples without problems', () => {
    const files = [...page.matchAll(/```yaml\n(version[^]*?)```/g)].map(([, text = '']) => text);
    assert.equal(files.length, 3);
    for (const text of files) assert.deepEqual(parseAccessFile(text).problems, []);
  });

  it('names every field in its table', () => {
    const [, table = ''] = /\| Field \| Meaning \|\n([^]*?)\n\n/.exec(page) ?? [];
    const { $schema: _, ...fields } = fileFields;
    for (const name of Object.keys({ ...fields, ...doorFields, ...entryFields, ...sourceFields, ...columnFields }))
      assert.ok(table.includes(`\`${name}\``), name);
  });
});
