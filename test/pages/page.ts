// A page as it is shipped, in a browser with the colours of VS Code, and a host that a test plays.
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import * as v from 'valibot';
import { pageBuild } from '../../esbuild.mjs';
import { pageHtml } from '../../src/webview/host/html.ts';
import type { PageName } from '../../src/webview/host/panel.ts';
import { repeatGuardMs } from '../../src/webview/page/host.ts';
import type { EnvelopeOf, MessageOf } from '../../src/webview/protocol/page.ts';
import { findChromium } from '../vscode/chromium.ts';
import { keepPages } from '../vscode/failures.ts';
import { failureFolder } from '../vscode/folders.ts';
import { launchBrowser } from '../vscode/page.ts';
import themes from './themes.json' with { type: 'json' };

export type Theme = keyof typeof themes;
/** The themes that VS Code comes with. */
export const themeNames = Object.keys(themes).filter((name): name is Theme => name in themes);

export interface PageOptions {
  readonly theme?: Theme;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** A BCP 47 tag. The other texts of a page come from its host. */
  readonly language?: string;
  /** What an earlier page has kept. */
  readonly kept?: unknown;
}

const origin = 'https://page.test';
/** The id that the host gave the page. */
export const panel = '8f14e45fceea167a';
const own: { browser?: Promise<Browser> } = {}; // one in each of mocha's workers
/** The pages, and one of nothing but a list. */
const builds = [
  build({ ...pageBuild(), write: false }),
  build({
    ...pageBuild(),
    entryPoints: ['ts', 'css'].map((ending) => ({ in: `test/pages/list/listPage.${ending}`, out: 'list' })),
    write: false,
  }),
];
const axeCore = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const opened: { readonly page: Page }[] = [];

/** Before any worker looks for it: two that install it at once would be in each other's way. */
export function mochaGlobalSetup(): void {
  findChromium();
}

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    for (const { page } of opened.splice(0).filter((each) => !each.page.isClosed())) {
      const { currentTest } = this;
      if (currentTest?.state === 'failed') {
        const kept = await keepPages([page], failureFolder, currentTest.fullTitle());
        if (currentTest.err) currentTest.err.stack = `${currentTest.err.stack ?? ''}\n${kept}`;
      }
      await page.context().close();
    }
  },
};

/** Opens a page. `create` gives who plays its host; the page has not been drawn yet when this resolves. */
export async function openPage<ToHost, ToPage, P extends OpenedPage<ToHost, ToPage>>(
  name: PageName | 'list',
  options: PageOptions,
  create: (page: Page) => P,
): Promise<P> {
  const { theme = 'darkModern', width = 1100, height = 900, reducedMotion = false, language = 'en', kept } = options;
  own.browser ??= launchBrowser();
  const context = await (
    await own.browser
  ).newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  context.setDefaultTimeout(30_000);
  await serveFiles(context, name, language);
  const page = await context.newPage();
  const shown = create(page);
  opened.push(shown);
  await page.exposeFunction('hostHears', (posted: Posted<ToHost>) => shown.hear(posted));
  await page.exposeFunction('hostIsWarned', (what: string) => shown.warnings.push(what));
  page.on('pageerror', (error) => shown.warnings.push(error.message));
  page.on('request', (request) => shown.requests.push(request.url()));
  await page.addInitScript(dressAsVsCode, { ...themes[theme], kept });
  await page.goto(`${origin}/`);
  return shown;
}

async function serveFiles(context: BrowserContext, name: PageName | 'list', language: string): Promise<void> {
  const outputFiles = (await Promise.all(builds)).flatMap((built) => built.outputFiles);
  const textOf = (file: string): string => outputFiles.find(({ path }) => path.endsWith(`/${file}`))?.text ?? '';
  const html = pageHtml({
    nonce: 'bm9uY2Utb2YtdGhlLXRlc3Q=',
    script: `${origin}/${name}.js`,
    style: `${origin}/${name}.css`,
    cspSource: origin,
    language,
    panel,
  });
  await context.route('**', (route) => route.abort());
  for (const [path, contentType, body] of [
    ['', 'text/html', html],
    [`${name}.js`, 'text/javascript', textOf(`${name}.js`)],
    [`${name}.css`, 'text/css', textOf(`${name}.css`)],
  ] as const) {
    await context.route(`${origin}/${path}`, (route) => route.fulfill({ contentType, body }));
  }
}

// In the page.
declare const hostHears: (posted: unknown) => void;
declare const keptByHost: () => unknown;
declare const hostIsWarned: (what: string) => void;
declare const dress: (theme: Pick<Dress, 'bodyClass' | 'variables'>) => void;
declare const axe: typeof import('axe-core');

interface Dress {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly kept: unknown;
}

/** Runs in the page, before its script: what VS Code puts into a webview. */
function dressAsVsCode({ kept, ...theme }: Dress): void {
  const postMessage = (envelope: object): void => hostHears({ ...envelope, at: performance.now() });
  let state = kept;
  const setState = (other: unknown): void => {
    state = other;
  };
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({ postMessage, getState: () => state, setState }),
    keptByHost: () => state,
    dress: ({ bodyClass, variables }: typeof theme) => {
      document.body.className = bodyClass;
      document.documentElement.removeAttribute('style');
      for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
    },
  });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    hostIsWarned(`${violatedDirective} ${blockedURI}`),
  );
  document.addEventListener('DOMContentLoaded', () => dress(theme));
}

/** Of a trace: its events, with the processor time that their thread has had by then, in µs. */
const traceSchema = v.object({
  traceEvents: v.array(v.object({ name: v.string(), tts: v.optional(v.number()) })),
});

/** A message of the page, and when it was posted, in milliseconds. */
export type Posted<ToHost> = EnvelopeOf<ToHost> & { readonly at: number };

/** A page that is open, and its host. */
export abstract class OpenedPage<ToHost, ToPage> {
  readonly page: Page;
  /** What the page has posted, in order. */
  readonly posted: Posted<ToHost>[] = [];
  /** Violations of the content security policy and errors of scripts. */
  readonly warnings: string[] = [];
  readonly requests: string[] = [];
  /** Says nothing by itself. */
  isSilent = false;
  readonly #answers: Promise<void>[] = [];
  #hasAxe = false;

  constructor(page: Page) {
    this.page = page;
  }

  /** What the host says by itself to a message. */
  abstract answer(posted: EnvelopeOf<ToHost>): MessageOf<ToPage> | undefined;

  async close(): Promise<void> {
    await this.page.context().close();
  }

  hear(posted: Posted<ToHost>): void {
    this.posted.push(posted);
    const answer = this.isSilent ? undefined : this.answer(posted);
    if (answer) this.#answers.push(this.tell(answer));
  }

  async tell(message: MessageOf<ToPage>): Promise<void> {
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

  bodies<N extends keyof ToHost>(name: N): ToHost[N][] {
    return this.posted.flatMap((envelope) => (isNamed<ToHost, N>(envelope, name) ? [envelope.body] : []));
  }

  /** Waits until the page has posted so many messages of that name, and gives the last. */
  async hears<N extends keyof ToHost>(name: N, count = 1): Promise<ToHost[N]> {
    for (const deadline = performance.now() + 30_000; performance.now() < deadline; await setTimeout(10)) {
      const body = this.bodies(name)[count - 1];
      if (body !== undefined) return body;
    }
    throw new Error(`The page posted ${this.posted.map((each) => String(each.name)).join(', ')}, not ${String(name)}`);
  }

  /** Waits until the same button counts again after it was pressed. */
  async mayRepeat(): Promise<void> {
    const pressed = await this.page.evaluate(() => performance.now());
    await this.page.waitForFunction((until) => performance.now() > until, pressed + repeatGuardMs);
  }

  /** Waits until the page has posted what it posts soon, and has heard the answers. */
  async settles(): Promise<void> {
    await this.page.waitForTimeout(200); // a page's pace is one message in 150 ms
    await this.page.evaluate(() => new Promise((done) => window.setTimeout(done)));
    await Promise.all(this.#answers);
  }

  /** What the page has left with VS Code for when it is hidden. */
  async kept(): Promise<unknown> {
    return await this.page.evaluate(() => keptByHost());
  }

  /** What the page computes in each turn between its marks "turn begins" and "turn ends" while `work` runs, in ms. */
  async turns(work: () => Promise<void>): Promise<readonly number[]> {
    const browser = await own.browser;
    if (browser === undefined) throw new Error('No page is open.');
    await browser.startTracing(this.page, { categories: ['blink.user_timing'] });
    await work();
    const { traceEvents } = v.parse(traceSchema, JSON.parse(String(await browser.stopTracing())));
    const timesOf = (mark: string): readonly number[] =>
      traceEvents.flatMap(({ name, tts }) => (name === mark ? [(tts ?? NaN) / 1_000] : []));
    const ends = timesOf('turn ends');
    return timesOf('turn begins').map((begin, turn) => (ends[turn] ?? NaN) - begin);
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

  /** What VS Code does when the user chooses another theme. */
  async dress(theme: Theme): Promise<void> {
    await this.page.evaluate((chosen) => dress(chosen), themes[theme]);
  }

  /** What axe-core finds wrong, with the places. */
  async findings(rules?: readonly string[]): Promise<string[]> {
    if (!this.#hasAxe) await this.page.evaluate(axeCore);
    this.#hasAxe = true;
    return await this.page.evaluate(async (values) => {
      const { violations } = await axe.run(document, {
        resultTypes: ['violations'],
        ...(values && { runOnly: { type: 'rule', values } }),
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
    }, rules?.slice());
  }

  /** By how many pixels the page is wider than its window. */
  async overflow(): Promise<number> {
    return await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }
}

function isNamed<ToHost, N extends keyof ToHost>(
  envelope: EnvelopeOf<ToHost>,
  name: N,
): envelope is EnvelopeOf<ToHost> & { readonly body: ToHost[N] } {
  return envelope.name === name;
}
