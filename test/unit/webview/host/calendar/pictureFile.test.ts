import assert from 'node:assert/strict';
import { drawFile } from '../../../../../src/webview/host/calendar/pictureFile.ts';
import { tableText } from '../../../../../src/webview/host/calendar/tableText.ts';
import type { CalendarModel } from '../../../../../src/webview/protocol/calendar.ts';
import { hostileTexts } from '../../../../pages/hostileTexts.ts';
import { monthOf, week } from '../../../../pages/calendar/model.ts';

/** A week in which every name and sentence is `text`. */
function weekNamed(text: string): CalendarModel {
  const pages = week.pages.map(({ from, rows }) => ({
    from,
    rows: rows.map((row) => ({
      ...row,
      name: text,
      detail: text,
      cells: row.cells.map(() => text),
      marks: row.marks.map((mark) => ({ ...mark, words: text })),
    })),
  }));
  return { ...week, pages, heading: text, subheading: text, notes: [text] };
}

const tags = (text: string): readonly string[] => text.match(/<[!/a-zA-Z][^\s>]*/g) ?? [];

describe('the file of a calendar', () => {
  it('has a row for each door and authorization, with what is drawn of it in words', async () => {
    const html = await drawFile('html', week);
    assert.equal(html.match(/<tr><td>/g)?.length, week.rowCount);
    assert.match(html, /aria-label="Clara\. Mon–Fri 08–12\. Mon, 1 June: 08:00–12:00\. /);
    assert.match(html, /On 7 Jun 2026, clocks go forward/);
    assert.match(await drawFile('svg', monthOf(40)), />Door 39</);
  });

  it('loads nothing, runs nothing and is drawn in light colours', async () => {
    for (const kind of ['svg', 'html'] as const) {
      const file = await drawFile(kind, week);
      assert.doesNotMatch(file, /<script|<link|<img|<image|href=|url\(|@import|var\(/);
      assert.match(file, /#fff/);
    }
    assert.match(await drawFile('html', week), /content="default-src 'none'; style-src 'unsafe-inline'"/);
  });

  it('holds names as text, whatever they are', async () => {
    const expected = {
      svg: tags(await drawFile('svg', weekNamed('x'))),
      html: tags(await drawFile('html', weekNamed('x'))),
    };
    for (const text of [...hostileTexts, '\u0000\uFFFF\uD800', ']]>', '--><b>']) {
      for (const kind of ['svg', 'html'] as const) {
        const file = await drawFile(kind, weekNamed(text));
        assert.deepEqual(tags(file), expected[kind], text);
        assert.doesNotMatch(file, /[\uFFFE\uFFFF]|="[^"]*<|&(?!#\d+;)/);
      }
    }
  });
});

describe('the table of a calendar for the clipboard', () => {
  it('has a line for each row, and a cell for each day', () => {
    const lines = tableText(week).trimEnd().split('\n');
    assert.equal(lines.length, week.rowCount + 1);
    assert.deepEqual(lines[3]?.split('\t'), ['Clara', 'Mon–Fri 08–12', ...week.days.map(() => '08:00–12:00')]);
  });

  it('runs nothing in a spreadsheet, and has no other cells for a name with a tab or a line break', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', 'a\tb\nc']) {
      const lines = tableText(weekNamed(text)).trimEnd().split('\n');
      assert.equal(lines.length, week.rowCount + 1, text);
      for (const line of lines) assert.equal(line.split('\t').length, 9, text);
      assert.doesNotMatch(lines.slice(1).join('\n'), /(^|\t)\s*[=+\-@]/m, text);
    }
  });
});
