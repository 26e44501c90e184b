import { MarkdownString } from 'vscode';
import { hoverCommands, type Hover, type HoverLine, type HoverLink } from './hover.ts';

/**
 * A hover as VS Code draws it. All that is Markdown in it stands in this file: words, names and Nuki's texts are appended as text. Its links
 * run the commands of {@link hoverCommands} alone.
 */
export function markdownOf({ title, subtitle, lines, links = [], footer }: Hover): MarkdownString {
  const markdown = new MarkdownString('', true);
  markdown.isTrusted = { enabledCommands: hoverCommands };
  appendTitle(markdown, title, subtitle);
  for (const each of lines) appendLine(markdown, each);
  const runnable = links.filter(({ row }) => isPlain(row));
  if (runnable.length > 0) markdown.appendMarkdown('\n\n');
  for (const [index, each] of runnable.entries()) {
    if (index > 0) markdown.appendMarkdown(' · ');
    appendLink(markdown, each);
  }
  if (footer.length > 0) markdown.appendMarkdown('\n\n---\n\n');
  for (const [index, each] of footer.entries()) {
    if (index > 0) markdown.appendMarkdown('  \n');
    appendWords(markdown, each);
  }
  return markdown;
}

function appendTitle(markdown: MarkdownString, title: string, subtitle: string): void {
  markdown.appendMarkdown('**');
  appendWords(markdown, title);
  markdown.appendMarkdown('**');
  if (subtitle === '') return;
  markdown.appendMarkdown(' · ');
  appendWords(markdown, subtitle);
}

function appendLine(markdown: MarkdownString, { icon, text }: HoverLine): void {
  markdown.appendMarkdown(`  \n$(${icon}) `);
  appendWords(markdown, text);
}

function appendLink(markdown: MarkdownString, { title, command, row }: HoverLink): void {
  markdown.appendMarkdown('[');
  appendWords(markdown, title);
  markdown.appendMarkdown(`](command:${command}?${encodeURIComponent(JSON.stringify([row]))})`);
}

/** Whether a row's id comes through a link as it is: VS Code decodes what follows the command twice. */
function isPlain(row: string): boolean {
  return /^[\w/-]+$/.test(row);
}

/**
 * Text that is shown as it is. `appendText` leaves to Markdown what makes references (`&`), bare links (`<`, `:`, `.`, `@`), headings and rules (`=`, `-`),
 * tables (`|`) and icons (`$`), and keeps a line from breaking at its blanks.
 */
function appendWords(markdown: MarkdownString, words: string): void {
  for (const part of words.split(/([&<:.@=|$ -])/)) {
    if (part === ' ') markdown.appendMarkdown(' ');
    else if (/^[&<:.@=|$-]$/.test(part)) markdown.appendMarkdown(`&#${part.charCodeAt(0)};`);
    else markdown.appendText(part);
  }
}
