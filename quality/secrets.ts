// npm run test:secrets: looks through every commit and the package for what looks like a credential.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { packageExtension } from '../esbuild.mjs';
import { repository } from '../test/vscode/folders.ts';

const credentials: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY/,
  'a token of GitHub': /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{50,}/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*\S/,
  'a key of AWS': /\bAKIA[0-9A-Z]{16}\b/,
  'a token of Azure DevOps or the Marketplace': /\b[a-z2-7]{52}\b/,
  'a token of Slack, Google or Stripe': /\bxox[abprs]-\w{10,}|\bAIza[\w-]{35}\b|\bsk_live_\w{20,}/,
  'a web token': /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\./,
  'a Nuki token': /\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)(?!0123456789abcdef|fedcba9876543210)[0-9a-f]{80,}\b/,
};

const found = (text: string): readonly string[] =>
  Object.entries(credentials).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []));

/** The files in a zip, read off its central directory. */
function textsIn(zip: Buffer): string[] {
  const texts: string[] = [];
  const header = Buffer.from('PK\x01\x02', 'latin1');
  for (let at = zip.indexOf(header); at !== -1; at = zip.indexOf(header, at + 1)) {
    const [size, offset] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const from = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
    const data = zip.subarray(from, from + size);
    texts.push((zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('latin1'));
  }
  return texts;
}

if (found(`ghp_${'a1'.repeat(18)}`).length !== 1) throw new Error('a token of GitHub is not recognised');

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: repository, encoding: 'latin1', maxBuffer: 2 ** 30 });
const added = git('log', '--all', '-p', '--no-color', '--', '.', ':!package-lock.json')
  .split('\n')
  .filter((line) => line.startsWith('+'));

const folder = mkdtempSync(join(tmpdir(), 'keyturner-secrets-'));
const vsix = join(folder, 'keyturner.vsix');
await packageExtension({ to: vsix });
const packed = textsIn(readFileSync(vsix));
rmSync(folder, { recursive: true });
if (packed.length < 20) throw new Error(`only ${packed.length} files in the package`);

const finds = new Set([...added, ...packed].flatMap(found));
console.log(`${added.length} lines of the history and ${packed.length} files of the package:`);
console.log(finds.size === 0 ? 'no credential' : [...finds].join(', '));
process.exitCode = finds.size;
