import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const places = ['src', 'test', 'quality', '.github/workflows', 'esbuild.mjs'].filter((place) =>
  existsSync(join(root, place)),
);
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

function filesIn(place: string): string[] {
  if (!statSync(join(root, place)).isDirectory()) return [place];
  return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((path) => /\.(ts|mjs|js|yml)$/.test(path) && join(root, path) !== import.meta.filename);
}

const namesIn = (text: string): string[] =>
  text.match(/\b(?:KEYTURNER(?:_[A-Z]+)+|VSCODE_VERSION|CODE_SERVER_VERSION|CHROME_PATH)\b/g) ?? [];

describe('environment variables', () => {
  it('are listed in CONTRIBUTING.md, each once, and only those that something reads', () => {
    const read = new Set(places.flatMap(filesIn).flatMap((path) => namesIn(readFileSync(join(root, path), 'utf8'))));
    const [, section = ''] = /^## Environment variables\n(.*?)^## /ms.exec(contributing) ?? [];
    assert.ok(read.size > 0);
    assert.deepEqual(namesIn(section).toSorted(), [...read].toSorted());
  });
});
