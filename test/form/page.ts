// The form's page as it is shipped, in a browser with the colours of VS Code, and a host that a test plays.
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { pageBuild } from '../../esbuild.mjs';
import { formHtml } from '../../src/webview/host/html.ts';
import type { Envelope, Field, FormModel, Message, Preview, ToHost } from '../../src/webview/protocol/form.ts';
import { keepPages } from '../vscode/failures.ts';
import { failureFolder } from '../vscode/folders.ts';
import { launchBrowser } from '../vscode/page.ts';
import { create, preview } from './model.ts';
import themes from './themes.json' with { type: 'json' };

export type Theme = keyof typeof themes;
/** The themes that VS Code comes with. */
export const themeNames = Object.keys(themes).filter((name): name is Theme => name in themes);

export interface FormPageOptions {
  readonly theme?: Theme;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  readonly model?: FormModel;
  readonly preview?: Preview;
  /** What an earlier page has kept. */
  readonly kept?: unknown;
}

const origin = 'https://form.test';
/** The id that the host gave the page. */
export const panel = '8f14e45fceea167a';
const own: { browser?: Promise<Browser> } = {}; // one in each of mocha's workers
const files = build({ ...pageBuild(), write: false });
const axeCore = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const opened: FormPage[] = [];

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    for (const { page } of opened.splice(0).filter((form) => !form.page.isClosed())) {
      const { currentTest } = this;
      if (currentTest?.state === 'failed') {
        const kept = await keepPages([page], failureFolder, currentTest.fullTitle());
        if (currentTest.err) currentTest.err.stack = `${currentTest.err.stack ?? ''}\n${kept}`;
      }
      await page.context().close();
    }
  },
};

/** Opens the page, plays its host until the form and its preview are there, and gives both. */
export async function openForm(options: FormPageOptions = {}): Promise<FormPage> {
  const { theme = 'darkModern', width = 1100, height = 900, reducedMotion = false, kept } = options;
  own.browser ??= launchBrowser();
  const context = await (
    await own.browser
  ).newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  context.setDefaultTimeout(30_000);
  await serveFiles(context);
  const page = await context.newPage();
  const form = new FormPage(page, options.model ?? create, options.preview ?? preview);
  opened.push(form);
  await page.exposeFunction('hostHears', (posted: Posted) => form.hear(posted));
  await page.exposeFunction('hostIsWarned', (what: string) => form.warnings.push(what));
  page.on('pageerror', (error) => form.warnings.push(error.message));
  page.on('request', (request) => form.requests.push(request.url()));
  await page.addInitScript(dressAsVsCode, { ...themes[theme], kept });
  await page.goto(`${origin}/`);
  await form.isShown();
  return form;
}

async function serveFiles(context: BrowserContext): Promise<void> {
  const { outputFiles } = await files;
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const html = formHtml({
    nonce: 'bm9uY2Utb2YtdGhlLXRlc3Q=',
    script: `${origin}/form.js`,
    style: `${origin}/form.css`,
    cspSource: origin,
    language: 'en',
    panel,
  });
  await context.route('**', (route) => route.abort());
  await context.route(`${origin}/`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await context.route('**/form.js', (route) => route.fulfill({ contentType: 'text/javascript', body: textOf('.js') }));
  await context.route('**/form.css', (route) => route.fulfill({ contentType: 'text/css', body: textOf('.css') }));
}

// In the page.
declare const hostHears: (posted: Posted) => void;
declare const keptByHost: () => unknown;
declare const hostIsWarned: (what: string) => void;
declare const axe: typeof import('axe-core');

interface Dress {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly kept: unknown;
}

/** Runs in the page, before its script: what VS Code puts into a webview. */
function dressAsVsCode({ bodyClass, variables, kept }: Dress): void {
  const postMessage = (envelope: Envelope): void => hostHears({ ...envelope, at: performance.now() });
  let state = kept;
  const setState = (other: unknown): void => {
    state = other;
  };
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({ postMessage, getState: () => state, setState }),
    keptByHost: () => state,
  });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    hostIsWarned(`${violatedDirective} ${blockedURI}`),
  );
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = bodyClass;
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
  });
}

/** A message of the page, and when it was posted, in milliseconds. */
type Posted = Envelope & { readonly at: number };

export class FormPage {
  readonly page: Page;
  /** What the page has posted, in order. */
  readonly posted: Posted[] = [];
  /** Violations of the content security policy and errors of scripts. */
  readonly warnings: string[] = [];
  readonly requests: string[] = [];
  model: FormModel;
  preview: Preview;
  /** Says nothing by itself. */
  isSilent = false;
  readonly #answers: Promise<void>[] = [];

  constructor(page: Page, model: FormModel, firstPreview: Preview) {
    this.page = page;
    this.model = model;
    this.preview = firstPreview;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** What the host does by itself: it shows the form when it is asked, and previews what is written. */
  hear(posted: Posted): void {
    this.posted.push(posted);
    if (this.isSilent) return;
    if (posted.name === 'ready') this.#answers.push(this.tell({ name: 'show', body: this.model }));
    if (posted.name === 'preview') this.#answers.push(this.tell({ name: 'previewed', body: this.preview }));
  }

  async tell(message: Message): Promise<void> {
    await this.tellAll([message]);
  }

  /** Says anything, one after the other, and waits until the page has heard it. */
  async tellAll(messages: readonly unknown[]): Promise<void> {
    await this.page.evaluate(async (all) => {
      for (const message of all) window.postMessage(message, window.origin);
      await new Promise<void>((heard) => {
        const last = ({ data }: MessageEvent<unknown>): void => {
          if (data !== 'last') return;
          window.removeEventListener('message', last);
          heard();
        };
        window.addEventListener('message', last);
        window.postMessage('last', window.origin);
      });
    }, messages);
  }

  async isShown(): Promise<void> {
    await this.button(this.preview.submit).waitFor();
  }

  bodies<N extends keyof ToHost>(name: N): ToHost[N][] {
    return this.posted.flatMap((envelope) => (isNamed(envelope, name) ? [envelope.body] : []));
  }

  /** Waits until the page has posted so many messages of that name, and gives the last. */
  async hears<N extends keyof ToHost>(name: N, count = 1): Promise<ToHost[N]> {
    for (const deadline = performance.now() + 30_000; performance.now() < deadline; await setTimeout(10)) {
      const body = this.bodies(name)[count - 1];
      if (body !== undefined) return body;
    }
    throw new Error(`The page posted ${this.posted.map((envelope) => envelope.name).join(', ')}, not ${name}`);
  }

  /** Waits until what is written now has been previewed. */
  async settles(): Promise<void> {
    await this.page.waitForTimeout(200); // the page's pace is one preview in 150 ms
    await this.page.evaluate(() => new Promise((done) => window.setTimeout(done)));
    await Promise.all(this.#answers);
  }

  /** What the page has left with VS Code for when it is hidden. */
  async kept(): Promise<unknown> {
    return await this.page.evaluate(() => keptByHost());
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  /** What has the focus: its id, or without one what it says. */
  async focused(): Promise<string> {
    return await this.page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? ''));
  }

  /** The message below a field, if it is shown. */
  problem(field: Field): Locator {
    return this.page.locator(`#${field}-problem:visible`);
  }

  /** What axe-core finds wrong, with the places. */
  async findings(rules?: readonly string[]): Promise<string[]> {
    await this.page.evaluate(axeCore);
    return await this.page.evaluate(async (values) => {
      const { violations } = await axe.run(document, values ? { runOnly: { type: 'rule', values } } : {});
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
    }, rules?.slice());
  }
}

function isNamed<N extends keyof ToHost>(envelope: Envelope, name: N): envelope is Envelope & { body: ToHost[N] } {
  return envelope.name === name;
}
