import { spawn, type StdioOptions } from 'node:child_process';
import type { Writable } from 'node:stream';

/** Runs npm in a folder and gives what it printed on stdout; npm's notes show only when it fails. */
export async function npm(folder: string, ...args: string[]): Promise<string> {
  const child = start(folder, args, ['ignore', 'pipe', 'pipe']);
  let output = '';
  let complaints = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  return await new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      if (code === 0) done(output);
      else failed(new Error(`npm ${args.join(' ')} ended with ${String(code)}\n${complaints}`));
    });
  });
}

/** Runs an npm script of the folder, writes what it prints to `output`, and gives its exit code. */
export async function npmScript(folder: string, output: Writable, name: string, ...args: string[]): Promise<number> {
  const child = start(folder, ['run', '--silent', name, '--', ...args], ['ignore', 'pipe', 'pipe']);
  const show = (text: Buffer): void => void output.write(text);
  child.stdout?.on('data', show);
  child.stderr?.on('data', show);
  return await new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done(code ?? 1));
  });
}

function start(folder: string, args: readonly string[], stdio: StdioOptions) {
  // Inside an npm script npm says where its own program stands, which spares Windows' npm.cmd.
  const program = process.env['npm_execpath'];
  const options = { cwd: folder, env: plainEnvironment(), stdio };
  if (program?.endsWith('.js')) return spawn(process.execPath, [program, ...args], options);
  return spawn('npm', [...args], { ...options, shell: process.platform === 'win32' });
}

/** Without the settings that an npm around this process (npm start) hands down to an npm inside it. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^npm_(config_(?!registry|cache|proxy|https_proxy|noproxy|cafile|userconfig|globalconfig)|package_|lifecycle_)/i.test(
        name,
      ),
  );
  return Object.fromEntries(inherited);
}
