// What a run has measured of the goals in goals.ts, kept in a file beside the other results, and printed as one table at the end of a run.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

const figureSchema = v.object({
  goal: v.string(),
  /** With its unit and how often it was tried: "0 of 2,040 attempts". */
  measured: v.string(),
  /** Missing where it could not be measured here; then `measured` says why. */
  holds: v.optional(v.boolean()),
});

export type Figure = v.InferOutput<typeof figureSchema>;

/** Whether this run is npm run test:hardening, which tries everything as often as the goals ask; npm test tries a part of it. */
export const isWhole = process.env['KEYTURNER_HARDENING'] === 'whole';

/** Inside VS Code the working directory is another one: there the runner names the file. */
export function figuresFile(): string {
  return process.env['KEYTURNER_FIGURES'] ?? join(process.cwd(), '.vscode-test', 'results', 'figures.jsonl');
}

/** Notes a figure for the table, and fails where the goal is missed. @throws AssertionError */
export function measured(goal: string, figure: string, holds: boolean): void {
  note({ goal, measured: figure, holds });
  assert.ok(holds, `${goal}: ${figure}`);
}

/** Notes that a goal cannot be measured here, which is no pass. */
export function unmeasured(goal: string, why: string): void {
  note({ goal, measured: why });
}

export function note(figure: Figure): void {
  mkdirSync(dirname(figuresFile()), { recursive: true });
  appendFileSync(figuresFile(), `${JSON.stringify(figure)}\n`);
}

export function forgetFigures(): void {
  rmSync(figuresFile(), { force: true });
}

/** @throws where the file holds something else */
export function readFigures(): readonly Figure[] {
  if (!existsSync(figuresFile())) return [];
  const lines = readFileSync(figuresFile(), 'utf8').trim().split('\n');
  return lines.map((line) => v.parse(figureSchema, JSON.parse(line)));
}
