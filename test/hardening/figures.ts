// What a run has measured of the goals in goals.ts, kept in a file beside the other results, and printed as one table at the end of a run.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

const figureSchema = v.object({
  goal: v.string(),
  /** With its unit and how often it was tried: "0 of 2,040 attempts". */
  measured: v.string(),
  holds: v.boolean(),
});

export type Figure = v.InferOutput<typeof figureSchema>;

const file = join(process.cwd(), '.vscode-test', 'results', 'figures.jsonl');

/** Notes a figure for the table, and fails where the goal is missed. @throws AssertionError */
export function measured(goal: string, figure: string, holds: boolean): void {
  note({ goal, measured: figure, holds });
  assert.ok(holds, `${goal}: ${figure}`);
}

export function note(figure: Figure): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

export function forgetFigures(): void {
  rmSync(file, { force: true });
}

/** @throws where the file holds something else */
export function readFigures(): readonly Figure[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => v.parse(figureSchema, JSON.parse(line)));
}
