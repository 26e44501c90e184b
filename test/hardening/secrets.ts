// G13: nothing that looks like a credential was ever committed or is packed, and no known vulnerability is in what the package contains.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import { packageExtension } from '../../esbuild.mjs';
import { repository } from '../vscode/folders.ts';
import { note, unmeasured } from './figures.ts';

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

const planted = found(`ghp_${'a1'.repeat(18)}`);
const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: repository, encoding: 'latin1', maxBuffer: 2 ** 30 });
const added = git('log', '--all', '-p', '--no-color', '--', '.', ':!package-lock.json')
  .split('\n')
  .filter((line) => line.startsWith('+'));
const inHistory = [...new Set(added.flatMap(found))];
const folder = mkdtempSync(join(tmpdir(), 'keyturner-secrets-'));
await packageExtension({ to: join(folder, 'keyturner.vsix') });
const packed = textsIn(readFileSync(join(folder, 'keyturner.vsix')));
rmSync(folder, { recursive: true });
const inPackage = packed.flatMap(found);

const commits = git('rev-list', '--all', '--count').trim();
const places = `${added.length} lines of ${commits} commits, ${packed.length} files of the package`;
const all = [...inHistory, ...inPackage];
const holds = all.length === 0 && planted.length === 1 && packed.length > 20;
note({ goal: 'G13', measured: `${all.length} in ${places} ${all.join(', ')}`.trim(), holds });

const auditSchema = v.object({ metadata: v.object({ vulnerabilities: v.object({ total: v.number() }) }) });
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: repository, encoding: 'utf8' });
const audit = v.safeParse(v.pipe(v.string(), v.parseJson(), auditSchema), stdout);
if (audit.success) {
  const { total } = audit.output.metadata.vulnerabilities;
  note({ goal: 'G13', measured: `npm audit: ${total} known vulnerabilities`, holds: total === 0 });
} else unmeasured('G13', 'npm audit: the registry answers no audit here');
process.exitCode = holds ? 0 : 1;
