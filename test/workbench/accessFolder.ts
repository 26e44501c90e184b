import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { repository } from '../vscode/folders.ts';
import type { Workbench } from '../vscode/page.ts';
import { eventually } from './eventually.ts';
import { ownWorker } from './workers.ts';

/** A folder for a window to open, with files that a test writes and reads. */
export class AccessFolder {
  readonly path = mkdtempSync(join(ownWorker().folder, 'access-'));

  names(): readonly string[] {
    return readdirSync(this.path).toSorted();
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }
}

/** The files of the documentation's stories, by their headings. */
export function fileOfStory(heading: string): string {
  const page = readFileSync(join(repository, 'docs', 'access-file.md'), 'utf8');
  const [, text] = new RegExp(`\n### ${heading}\n[^]*?\`\`\`yaml\n([^]*?)\`\`\``).exec(page) ?? [];
  if (text === undefined) throw new Error(`no file under "${heading}"`);
  return text;
}

/** An access file in an editor of a window. */
export class AccessEditor {
  readonly #window: Workbench;
  readonly #folder: AccessFolder;
  readonly name: string;

  constructor(window: Workbench, folder: AccessFolder, name: string) {
    this.#window = window;
    this.#folder = folder;
    this.name = name;
  }

  /** Opens the file from the explorer. */
  async open(): Promise<void> {
    await this.#window.runCommand('View: Show Explorer');
    await this.#window.row(this.name).dblclick();
    await this.#window.editorTab(this.name).waitFor();
  }

  /** Replaces the text in the editor, as it is on the disk, and saves it. */
  async change(change: (text: string) => string): Promise<void> {
    const text = change(this.#folder.read(this.name));
    await this.#window.editorTab(this.name).first().click();
    await this.lines.first().click();
    await this.#window.page.keyboard.press('ControlOrMeta+A');
    await this.#window.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.#window.page.keyboard.press('ControlOrMeta+V');
    await this.save();
    await eventually(() => this.#folder.read(this.name) === text);
  }

  async save(): Promise<void> {
    await this.#window.page.keyboard.press('ControlOrMeta+S');
  }

  get lines(): Locator {
    return this.#window.page.locator('.editor-group-container.active .view-line');
  }
}
