import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules, sabotages } from '../hardening/sabotages.ts';

const root = join(import.meta.dirname, '../..');

describe('the sabotages', () => {
  it('break every rule in some way', () => {
    const broken = new Set<string>(sabotages.map(({ rule }) => rule));
    assert.deepEqual(
      Object.keys(rules).filter((rule) => !broken.has(rule)),
      [],
    );
  });

  for (const { rule, so, file, text, instead, proof } of sabotages) {
    it(`${rule}: ${so}, if one text of ${file} is replaced`, () => {
      assert.equal(readFileSync(join(root, file), 'utf8').split(text).length - 1, 1);
      assert.notEqual(instead, text);
      assert.ok(typeof proof === 'string' || existsSync(join(root, proof.tests)));
    });
  }
});
