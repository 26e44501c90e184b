import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { readArguments } from '../../src/bin/arguments.ts';

const stepSchema = v.object({
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown()), {}),
});
const workflowSchema = v.object({
  permissions: v.record(v.string(), v.string()),
  jobs: v.record(
    v.string(),
    v.object({
      'timeout-minutes': v.number(),
      permissions: v.record(v.string(), v.picklist(['read', 'write'])),
      steps: v.array(stepSchema),
    }),
  ),
});

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');

function readWorkflow(path: string, file: string) {
  const text = readFileSync(join(path, file), 'utf8');
  return { file, text, workflow: v.parse(workflowSchema, parse(text)) };
}

function jobsIn({ file, workflow }: ReturnType<typeof readWorkflow>) {
  return Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${name} in ${file}`, ...job }));
}

/** What others copy, to test their clients. */
const example = readWorkflow(join(root, 'docs'), 'simulated-api.workflow.yml');
const own = readdirSync(folder).map((file) => readWorkflow(folder, file));
const workflows = [...own, example];
const jobs = own.flatMap(jobsIn);
const commandsOf = ({ steps }: (typeof jobs)[number]): string => steps.map(({ run = '' }) => run).join('\n');
const mayChange = ({ permissions }: (typeof jobs)[number]): boolean => Object.values(permissions).includes('write');
const installsOrTests = /\bnpm (?!publish keyturner\.tgz )|\bnpx\b/;

describe('the workflows', () => {
  it('pin each action by its commit, with the version beside it, and use one version of it', () => {
    const pins = new Map<string, string>();
    const uses = workflows.flatMap(({ text }) => text.split('\n').filter((line) => /^\W*uses:/.test(line)));
    const steps = workflows.flatMap(jobsIn).flatMap((job) => job.steps);
    assert.equal(uses.length, steps.filter((step) => step.uses !== undefined).length);
    for (const line of uses) {
      const [, action = '', pin = ''] = /uses: ([\w./-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$/.exec(line) ?? [];
      assert.notEqual(pin, '', line);
      assert.equal(pins.get(action) ?? pin, pin, action);
      pins.set(action, pin);
    }
  });

  it('give no permission to a job that does not ask for it, and a job no more than one purpose', () => {
    for (const { file, workflow } of workflows) assert.deepEqual(workflow.permissions, {}, file);
    const writing = jobs.filter(mayChange).map(({ name, permissions }) => [name, Object.keys(permissions)]);
    assert.deepEqual(writing, [
      ['attest in release.yml', ['id-token', 'attestations']],
      ['release in release.yml', ['contents']],
      ['publish in release.yml', ['id-token']],
      ['publish-npm in release.yml', ['id-token']],
    ]);
  });

  it('let nothing that installs, builds or tests write or sign', () => {
    assert.ok(jobs.some((job) => installsOrTests.test(commandsOf(job))));
    for (const job of jobs.filter(mayChange)) {
      assert.doesNotMatch(commandsOf(job), installsOrTests, job.name);
      assert.ok(!job.steps.some(({ uses }) => uses?.startsWith('actions/checkout@')), job.name);
    }
  });

  it('use in a job that may write or sign only what has the checksum that the job which made it has told', () => {
    for (const { name: job, steps } of jobs.filter(mayChange)) {
      for (const { with: inputs } of steps.filter(({ uses }) => uses?.startsWith('actions/download-artifact@'))) {
        const name = v.parse(v.picklist(['tools', 'vsix', 'npm']), inputs['name']);
        const file = { tools: 'tools.tgz', vsix: 'keyturner.vsix', npm: 'keyturner.tgz' }[name];
        const check = `echo "$${name.toUpperCase()}  ${file}" | sha256sum --check`;
        assert.ok(
          steps.some(({ run = '' }) => run.split('\n').includes(check)),
          `${job}: ${check}`,
        );
      }
    }
  });

  it('publish extension and command line from one tag, one version and one changelog', () => {
    const release = jobs.filter(({ name }) => name.endsWith('release.yml'));
    const [packing, ...others] = release.filter((job) => /^npm run package/m.test(commandsOf(job)));
    assert.deepEqual(others, []);
    const steps = commandsOf(packing ?? assert.fail()).split('\n');
    const isTagged = 'test "v$(node -p \'require("./package.json").version\')" = "$GITHUB_REF_NAME"';
    const order = [isTagged, 'npm run package', 'npm run package:npm'].map((step) => steps.indexOf(step));
    assert.ok(!order.includes(-1), order.join());
    assert.deepEqual(
      order.toSorted((a, b) => a - b),
      order,
    );
    const publishing = release
      .map(commandsOf)
      .join('\n')
      .match(/^.*\bpublish .*$/gm);
    assert.deepEqual(
      publishing?.map((line) => line.split(' ')[0]),
      ['node_modules/.bin/vsce', 'node_modules/.bin/ovsx', 'npm'],
    );
  });

  it('install what the lockfile has, without the scripts of packages, and nothing else', () => {
    for (const job of jobs) {
      const commands = commandsOf(job);
      const installs = commands.match(/\b(?:npm (?:ci|i|install|exec|t|test)|npx)\b(?: [^\s#]+)*/g) ?? [];
      assert.deepEqual(
        installs.filter((command) => !/^npm (ci|test) --ignore-scripts$/.test(command)),
        [],
        job.name,
      );
    }
  });

  it('leave no credentials in a checkout', () => {
    const steps = workflows.flatMap(jobsIn).flatMap((job) => job.steps);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    assert.ok(checkouts.length > own.length);
    for (const { with: inputs } of checkouts) assert.equal(inputs['persist-credentials'], false);
  });

  it('end a job that hangs within half an hour', () => {
    for (const job of workflows.flatMap(jobsIn)) assert.ok(job['timeout-minutes'] <= 30, job.name);
  });
});

describe('the workflow that tests a client', () => {
  const runs = jobsIn(example).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

  it('may read alone, and installs what the lockfile has', () => {
    assert.deepEqual(
      jobsIn(example).map(({ permissions }) => permissions),
      [{ contents: 'read' }],
    );
    assert.equal(runs[0], 'npm ci --ignore-scripts');
  });

  it('starts the simulated API with options that there are, around the tests of the client', () => {
    const simulations = runs.slice(1);
    assert.equal(simulations.length, 2);
    for (const run of simulations) {
      const [npx, keyturner, ...args] = run.split(' ');
      assert.deepEqual([npx, keyturner], ['npx', 'keyturner']);
      const choice = readArguments(args);
      assert.ok(choice.kind === 'simulate');
      assert.deepEqual(choice.command, ['npm', 'test']);
    }
  });
});
