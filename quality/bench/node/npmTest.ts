import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { cache } from '../../../test/vscode/folders.ts';
import type { Bench } from '../bench.ts';

const results = v.object({ seconds: v.number(), passed: v.number(), failed: v.number() });

/** How long all tests took when they last ran here: they are too long for a bench. */
export const npmTest: Bench = {
  name: 'npm test',
  run: () => {
    const file = join(cache, 'results', 'all.json');
    if (!existsSync(file)) {
      console.log('npm test has not run here yet: its time is not in the table.');
      return [];
    }
    const { seconds, passed, failed } = v.parse(results, JSON.parse(readFileSync(file, 'utf8')));
    console.log(`When npm test last ran here, ${passed} tests passed and ${failed} failed.`);
    return [{ line: 'npm test', ours: [seconds / 60] }];
  },
};
