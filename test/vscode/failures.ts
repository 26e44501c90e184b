import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { failureFolder } from './folders.ts';

/** Keeps what a page shows when a test has failed, as a picture and as text. @returns where, in a line for the failure's report */
export async function keepPage(page: Page, test: string): Promise<string> {
  const path = join(failureFolder, test.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 150));
  try {
    await mkdir(failureFolder, { recursive: true });
    await page.screenshot({ path: `${path}.png` });
    await writeFile(`${path}.txt`, await page.locator('body').innerText());
    return `    kept: ${path}.png and .txt`;
  } catch (error) {
    return `    what the page showed could not be kept: ${String(error)}`;
  }
}
