// Windows for the tests: one browser, and a server for each of the two packages, which run.ts has started.
import { launchBrowser, openWorkbench, type Workbench, type WorkbenchOptions } from '../vscode/page.ts';

const browser = launchBrowser();

after(async () => {
  await (await browser).close();
});

/** The package that users get. */
export async function openShipped(options?: WorkbenchOptions): Promise<Workbench> {
  return await openWorkbench(await browser, serverOf('SHIPPED'), options);
}

/** The package whose requests go to the home that listens on `nukiPort()`. */
export async function openForwarded(options?: WorkbenchOptions): Promise<Workbench> {
  return await openWorkbench(await browser, serverOf('FORWARDED'), options);
}

export function nukiPort(): number {
  return Number(environment('KEYTURNER_NUKI_PORT'));
}

function serverOf(variant: 'SHIPPED' | 'FORWARDED') {
  return { url: environment(`KEYTURNER_${variant}_URL`), data: environment(`KEYTURNER_${variant}_DATA`) };
}

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests by npm run test:workbench`);
  return value;
}
