import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** How many lines of a page's text a failure's report repeats: where it is read, the files may be gone with their machine. */
const mostLines = 150;

/** Keeps what pages show when a test has failed, each as a picture and as text. @returns where, and the text, in lines for the failure's report */
export async function keepPages(pages: readonly Page[], folder: string, test: string): Promise<string> {
  const name = test.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 150);
  const lines: string[] = [];
  const keep = async (path: string, write: () => Promise<unknown>): Promise<void> => {
    try {
      await write();
      lines.push(`    kept: ${path}`);
    } catch (error) {
      lines.push(`    not kept: ${path}: ${String(error)}`);
    }
  };
  await mkdir(folder, { recursive: true });
  for (const [index, page] of pages.entries()) {
    const path = join(folder, `${name}-${index + 1}`);
    const [picture, file] = [`${path}.png`, `${path}.txt`];
    const text = await textOf(page);
    // A page that hangs gives no picture, but often its text.
    await keep(picture, () => page.screenshot({ path: picture, animations: 'disabled' }));
    await keep(file, async () => await writeFile(file, text));
    lines.push(...text.split('\n', mostLines).map((line) => `      ${line}`));
  }
  return lines.join('\n');
}

/** The text of a page and of every frame in it, as far as they answer. */
export async function textOf(page: Page): Promise<string> {
  const texts = page.frames().map(async (frame) => {
    const text = await frame
      .locator('body')
      .innerText({ timeout: 2_000 })
      .catch(() => undefined);
    return text?.trim() ? `── ${frame.url()}\n${text}` : undefined;
  });
  return (await Promise.all(texts)).filter((text) => text !== undefined).join('\n\n');
}
