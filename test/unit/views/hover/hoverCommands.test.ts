import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { allCommandIds } from '../../../../src/commands/ids.ts';
import { hoverCommands } from '../../../../src/views/hover/hover.ts';

const manifestSchema = v.object({
  contributes: v.object({
    menus: v.object({ 'view/item/context': v.array(v.object({ command: v.optional(v.string()) })) }),
  }),
});

describe('the commands that a hover may run', () => {
  it('are commands of ours that the menus of rows offer', () => {
    const { contributes } = v.parse(manifestSchema, JSON.parse(readFileSync('package.json', 'utf8')));
    const offered = new Set(contributes.menus['view/item/context'].map(({ command }) => command));
    const ids: readonly string[] = allCommandIds;
    for (const command of hoverCommands) assert.ok(ids.includes(command) && offered.has(command), command);
  });

  it('delete nothing, and start nothing that goes on by itself', () => {
    assert.deepEqual(
      hoverCommands.filter((command) => /delete|remove|lockAll|NGo|ContinuousMode/i.test(command)),
      [],
    );
  });
});
