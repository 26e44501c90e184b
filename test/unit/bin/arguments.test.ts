import assert from 'node:assert/strict';
import { readArguments } from '../../../src/bin/arguments.ts';
import { StartError } from '../../../src/bin/startError.ts';
import { faultNames } from '../../../src/simulator/faults/namedFaults.ts';
import { allScopes } from '../../../src/simulator/tokens.ts';
import { usage } from '../../../src/bin/usage.ts';

const read = (...args: readonly string[]) => readArguments(['simulate', ...args]);

describe('the arguments of keyturner simulate', () => {
  it('need not be given', () => {
    assert.deepEqual(read(), {
      kind: 'simulate',
      tokens: [],
      seed: 1,
      speed: 1,
      faults: [],
      cors: false,
      check: false,
    });
  });

  it('are taken all together, in any order and both ways of writing', () => {
    assert.deepEqual(
      readArguments([
        ...'--cors --port=0 simulate --token one --token two:smartlock.readOnly,smartlock.log'.split(' '),
        ...'--home home.json --seed 7 --time 2026-11-26T10:00:00+01:00 --speed 2.5 --fault slow'.split(' '),
        ...'--fault=rate-limit=3 --webhook http://localhost:9/hook --webhook-secret s'.split(' '),
        ...'--journal journal.jsonl --check -- npm test -- --port'.split(' '),
      ]),
      {
        kind: 'simulate',
        port: 0,
        tokens: [{ token: 'one' }, { token: 'two', scopes: ['smartlock.readOnly', 'smartlock.log'] }],
        home: 'home.json',
        seed: 7,
        time: Date.UTC(2026, 10, 26, 9),
        speed: 2.5,
        faults: [{ name: 'slow' }, { name: 'rate-limit', times: 3 }],
        webhook: { url: 'http://localhost:9/hook', secret: 's' },
        journal: 'journal.jsonl',
        cors: true,
        check: true,
        command: ['npm', 'test', '--', '--port'],
      },
    );
  });

  it('name every fault there is', () => {
    for (const name of faultNames) assert.deepEqual(read('--fault', name), { ...read(), faults: [{ name }] });
  });

  it('may ask for help or the version instead', () => {
    for (const args of [['--help'], ['simulate', '-h'], ['--port', 'x', '--help']]) {
      assert.deepEqual(readArguments(args), { kind: 'help' });
    }
    assert.deepEqual(readArguments(['-v']), { kind: 'version' });
    assert.deepEqual(readArguments(['--version']), { kind: 'version' });
  });

  it('are all in the help', () => {
    const listed = [...usage.matchAll(/^ {2}.*?--(\w[\w-]*)/gm)].map(([, name]) => name);
    const taken = 'port token home seed time speed fault webhook webhook-secret journal cors check help version';
    assert.deepEqual(listed, taken.split(' '));
  });

  it('are explained with every scope and fault, in lines that fit a terminal', () => {
    for (const name of [...allScopes, ...faultNames])
      assert.match(usage, new RegExp(`[ ]${name.replace('.', '\\.')}[,.]`));
    assert.match(usage, /GET \/_sim /);
    assert.ok(usage.split('\n').every((line) => line.length <= 96));
  });

  for (const [args, sentence] of [
    ['--prot 1', 'There is no option --prot; did you mean --port?'],
    ['--toString', 'There is no option --toString.'],
    ['-x', 'There is no option -x.'],
    ['--no-cors', 'There is no option --no-cors.'],
    ['--port', '--port needs a value.'],
    ['--port --cors', '--port needs a value.'],
    ['--cors=yes', '--cors takes no value.'],
    ['--port 65536', '--port takes a whole number from 0 to 65535, not "65536".'],
    ['--port=-1', '--port takes a whole number from 0 to 65535, not "-1".'],
    ['--port 0x10', '--port takes a whole number from 0 to 65535, not "0x10".'],
    ['--seed 1.5', '--seed takes a whole number from 0 to 4294967295, not "1.5".'],
    ['--time 1', '--time takes a date from 1970 to 9999, such as 2026-11-26T09:00:00Z, not "1".'],
    [
      '--time 9999-12-31T23:00:00-12:00',
      '--time takes a date from 1970 to 9999, such as 2026-11-26T09:00:00Z, not "9999-12-31T23:00:00-12:00".',
    ],
    ['--time 2026-13-01', '--time takes a date from 1970 to 9999, such as 2026-11-26T09:00:00Z, not "2026-13-01".'],
    [
      '--time 2026-11-26T09:00',
      '--time takes a date from 1970 to 9999, such as 2026-11-26T09:00:00Z, not "2026-11-26T09:00".',
    ],
    ['--speed fast', '--speed takes a number from 0 to 100000, not "fast".'],
    ['--speed 100001', '--speed takes a number from 0 to 100000, not "100001".'],
    ['--token=', '--token takes letters, digits and signs without spaces.'],
    ['--token :smartlock', '--token takes letters, digits and signs without spaces.'],
    ['--token tökén', '--token takes letters, digits and signs without spaces.'],
    ['--token a --token a:account', '--token was given the same token twice.'],
    ['--token a:smartlock.logs', 'There is no scope "smartlock.logs"; did you mean smartlock.log?'],
    ['--fault ofline', 'There is no fault "ofline"; did you mean offline?'],
    ['--fault slow=0', '--fault slow takes a whole number of times from 1 on, not "0".'],
    ['--fault slow=', '--fault slow takes a whole number of times from 1 on, not "".'],
    ['--webhook ftp://a', '--webhook takes a URL that begins with http:// or https://, not "ftp://a".'],
    ['--webhook http://', '--webhook takes a URL that begins with http:// or https://, not "http://".'],
    ['--webhook-secret s', '--webhook-secret needs --webhook.'],
    ['--home=', '--home needs a value.'],
    ['--journal=', '--journal needs a value.'],
    ['start', '"start" is no option; put a command to run after "--".'],
    ['--', '"--" needs a command after it.'],
  ] as const) {
    it(`are refused in a sentence: ${args}`, () => {
      assert.throws(() => read(...args.split(' ')), { message: sentence, exitCode: 2 });
    });
  }

  it('are refused with all there is where nothing is near', () => {
    for (const [args, names] of [
      [['--fault', 'xyz'], faultNames],
      [
        ['--token', 'a:xyz'],
        ['smartlock.readOnly', 'webhook.decentral'],
      ],
    ] as const) {
      assert.throws(
        () => read(...args),
        (error) => error instanceof StartError && names.every((name) => error.message.includes(name)),
      );
    }
  });

  it('are refused without a command, or with another', () => {
    const rest = '"keyturner simulate" is the only one, and "keyturner --help" describes it.';
    assert.throws(() => readArguments([]), { message: `A command is missing; ${rest}` });
    assert.throws(() => readArguments(['serve']), { message: `There is no command "serve"; ${rest}` });
  });
});
