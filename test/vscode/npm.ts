import { spawn } from 'node:child_process';

/** Runs npm in a folder and gives what it printed on stdout; npm's notes show only when it fails. */
export function npm(folder: string, ...args: string[]): Promise<string> {
  // Inside an npm script npm says where its own program stands, which spares Windows' npm.cmd.
  const program = process.env['npm_execpath'];
  const child = program?.endsWith('.js')
    ? spawn(process.execPath, [program, ...args], { cwd: folder, env: plainEnvironment() })
    : spawn('npm', args, { cwd: folder, env: plainEnvironment(), shell: process.platform === 'win32' });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      if (code === 0) done(output);
      else failed(new Error(`npm ${args.join(' ')} ended with ${String(code)}\n${complaints}`));
    });
  });
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
