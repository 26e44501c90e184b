import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { repository } from '../vscode/folders.ts';
import type { Workbench } from '../vscode/page.ts';
import { ownWorker } from './workers.ts';

/** A folder for a window to open, with files that a test writes and reads. */
export class AccessFolder {
  readonly path: string;

  constructor(parent = ownWorker().folder) {
    this.path = mkdtempSync(join(parent, 'access-'));
  }

  empty(): void {
    for (const name of readdirSync(this.path)) rmSync(this.pathOf(name));
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  read(name: string): string {
    return readFileSync(this.pathOf(name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(this.pathOf(name), text);
  }
}

/** The file of one of the documentation's stories, by its heading. */
export function fileOfStory(heading: string): string {
  const page = readFileSync(join(repository, 'docs', 'access-file.md'), 'utf8');
  const [, text] = new RegExp(`\n### ${heading}\n[^]*?\`\`\`yaml\n([^]*?)\`\`\``).exec(page) ?? [];
  if (text === undefined) throw new Error(`no file under "${heading}"`);
  return text;
}

/** An access file in a window: its text, its plan, and what becomes of that. */
export class AccessWindow {
  readonly window: Workbench;
  readonly #folder: AccessFolder;
  readonly name: string;

  constructor(window: Workbench, folder: AccessFolder, name: string) {
    this.window = window;
    this.#folder = folder;
    this.name = name;
  }

  get text(): string {
    return this.#folder.read(this.name);
  }

  /** Shows the file, from the explorer where no editor has it yet. */
  async show(): Promise<void> {
    if (await this.#tab.isVisible()) await this.#tab.click();
    else {
      await this.window.runCommand('View: Show Explorer');
      await this.window.row(this.name).dblclick();
      await this.#tab.waitFor();
    }
    await this.window.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  }

  /** Replaces what the file says, and saves it. */
  async change(change: (text: string) => string): Promise<void> {
    const text = change(this.text);
    await this.show();
    await this.window.page.keyboard.press('ControlOrMeta+A');
    await this.paste(text);
    await this.save();
    assert.equal(this.text, text);
  }

  async paste(text: string): Promise<void> {
    await this.window.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.window.page.keyboard.press('ControlOrMeta+V');
  }

  async save(): Promise<void> {
    const unsaved = this.window.page.locator('.tab.dirty').filter({ hasText: this.name }).first();
    await unsaved.waitFor();
    await this.window.page.keyboard.press('ControlOrMeta+S');
    await unsaved.waitFor({ state: 'hidden' });
  }

  /** Makes a plan, and waits until it says all of `words`. */
  async plan(...words: readonly string[]): Promise<void> {
    await this.show();
    await this.window.runCommand('Nuki: Plan Access File');
    for (const each of words) await this.lines.filter({ hasText: each }).first().waitFor();
  }

  /** Chooses what a lens of the plan offers, and agrees: what a plan made anew draws at that moment takes no click. */
  async choose(action: string): Promise<void> {
    const lens = this.window.page.locator('.codelens-decoration a', { hasText: `${action}…` }).first();
    await lens.waitFor();
    while (!(await this.window.dialog.isVisible())) {
      await lens.click();
      await this.window.dialog.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    await this.window.pressInDialog(action);
  }

  /** Applies the plan that is shown, with an answer to each question. @returns the questions */
  async beginToApply(...answers: readonly string[]): Promise<readonly string[]> {
    await this.window.runCommand('Nuki: Apply Access Plan…');
    const asked: string[] = [];
    for (const answer of answers) {
      const { message, detail } = await this.window.readDialog();
      asked.push(`${message}\n${detail}`);
      await this.window.pressInDialog(answer);
    }
    return asked;
  }

  /** The same, until the result is shown, which it closes. @returns the questions, and the result */
  async apply(...answers: readonly string[]): Promise<string> {
    const asked = await this.beginToApply(...answers);
    const result = this.window.editorTab(/result\s*Untitled/);
    await result.waitFor({ timeout: 60_000 });
    await this.lines.filter({ hasText: 'Result' }).first().waitFor();
    const lines = await this.lines.allInnerTexts();
    await this.window.runCommand('View: Revert and Close Editor');
    await result.waitFor({ state: 'hidden' });
    return [...asked, ...lines].join(' ').replaceAll(/\s+/g, ' '); // lines are wrapped
  }

  /** The lines in sight of the editor that has the focus. */
  get lines(): Locator {
    return this.window.page.locator('.editor-group-container.active .view-line');
  }

  get #tab(): Locator {
    return this.window.editorTab(new RegExp(`^\\s*${this.name.replaceAll('.', '\\.')}(?!:)`)).first();
  }
}
