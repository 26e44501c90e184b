// The extension as it ships but for this: what is meant for Nuki goes to the test's own simulated home, by whose clock it goes.
import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { window, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import * as v from 'valibot';
import { start } from '../../src/extension.ts';
import { fastClock } from './clock.ts';
import { SharedSecrets } from './sharedKeyring.ts';
import { logFile, sharedKeyringSetting, unhandledFile } from './workers.ts';

const port = process.env['KEYTURNER_NUKI_PORT'];

const contextSchema = v.custom<ExtensionContext>((context) => typeof context === 'object');

export function activate(context: ExtensionContext): void {
  process.on('unhandledRejection', (reason) => {
    const stack = reason instanceof Error ? (reason.stack ?? reason.name) : String(reason);
    if (stack.includes(context.extensionPath)) appendFileSync(unhandledFile(tmpdir()), `${stack}\n`);
  });
  keepLog();
  start(withKeyring(context), { fetch: fetchFromSimulatedHome, clock: fastClock, random: Math.random });
}

function withKeyring(context: ExtensionContext): ExtensionContext {
  const isShared = workspace.getConfiguration().get(sharedKeyringSetting, false);
  if (!isShared || port === undefined) return context;
  // On top of the real one, whose own fields cannot be replaced.
  return v.parse(contextSchema, Object.create(context, { secrets: { value: new SharedSecrets(port) } }));
}

/** What the extension writes into its log is written into a file besides. */
function keepLog(): void {
  const { createOutputChannel } = window;
  const keeping = (name: string, options: { log: true }): LogOutputChannel => {
    const channel = createOutputChannel(name, options);
    for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) {
      const write = channel[level].bind(channel);
      channel[level] = (message: string | Error, ...more: unknown[]) => {
        appendFileSync(logFile(tmpdir()), `${level} ${[message, ...more].map(String).join(' ')}\n`);
        write(String(message), ...more);
      };
    }
    return channel;
  };
  Object.assign(window, { createOutputChannel: keeping });
}

async function fetchFromSimulatedHome(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const url = new URL(request.url);
  if (url.origin !== 'https://api.nuki.io') throw new Error(`something was sent to ${url.origin}`);
  const { method, headers, signal, redirect } = request;
  headers.set('x-extension-host', String(process.pid)); // which a test may put to sleep
  const body = request.body === null ? {} : { body: await request.arrayBuffer() };
  return await fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
    method,
    headers,
    signal,
    redirect,
    ...body,
  });
}
