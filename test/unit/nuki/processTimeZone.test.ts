import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as v from 'valibot';
import vectors from '../../fixtures/tz-vectors.json' with { type: 'json' };

const run = promisify(execFile);
const files = ['time/zonedTime', 'authorization/openTimes', 'authorization/scheduleRules'].map(
  (name) => `test/unit/nuki/${name}.test.ts`,
);
const checks = '(T\\d{3}|W\\d\\d): | is (ok|error:)|found again from what';
const report = v.object({ stats: v.object({ passes: v.number(), failures: v.number() }) });
const checked = vectors.vectors.length + vectors.windows.length + vectors.validation.length;

describe('the times of a lock do not depend on the time zone of the computer', function () {
  this.timeout(60_000);
  for (const zone of ['UTC', 'Pacific/Auckland', 'Pacific/Pago_Pago', 'America/St_Johns', 'Africa/Cairo']) {
    it(zone, async () => {
      const env = { ...process.env, TZ: zone };
      const mocha = ['node_modules/mocha/bin/mocha.js', '--reporter', 'json', '--grep', checks, ...files];
      const { stdout } = await run(process.execPath, mocha, { env, maxBuffer: 16 * 1024 * 1024 });
      const { stats } = v.parse(report, JSON.parse(stdout));
      assert.equal(stats.failures, 0);
      assert.ok(stats.passes >= checked, `only ${stats.passes} checks of ${checked} vectors`);
    });
  }
});
