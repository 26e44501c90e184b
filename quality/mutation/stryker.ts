// npm run test:mutation -- -m src/model/actions/follow.ts,src/base/redact.ts tries some files alone.

/** The safety core: the files that decide whether a door moves, what is said of it and what is sent. Their unit tests have the same names. */
const core = [
  'access/apply/applicationTurn',
  'access/apply/keptRecord',
  'access/apply/planApplication',
  'access/apply/stepOrder',
  'access/plan/isSamePlan',
  'access/plan/planAccess',
  'base/redact',
  'base/safeText',
  'commands/actions/confirm',
  'model/authorizations/authorizationWriter',
  'model/actions/confirmGuard',
  'model/authorizations/creationProblem',
  'model/actions/doorkeeper',
  'model/actions/evidence',
  'model/actions/follow',
  'model/news',
  'model/actions/operation',
  'model/authorizations/pendingChanges',
  'nuki/authorization/accessGains',
  'nuki/authorization/authorizationWrites',
  'nuki/authorization/completeLimits',
  'nuki/authorization/keypadName',
  'nuki/authorization/scheduleRules',
  'nuki/http/http',
  'nuki/time/zonedTime',
];
/** What plans and their application are made of: the tests of these try it. */
const partsOfThese = [
  'access/apply/addSteps',
  'access/apply/askedFor',
  'access/apply/stepRequests',
  'access/apply/stepStates',
  'access/plan/additions',
  'access/plan/asWritten',
  'access/plan/matches',
  'access/plan/ownedAt',
  'access/plan/planDoor',
  'access/plan/wanted',
];
const results = '.vscode-test/results';

// oxlint-disable-next-line import/no-default-export -- that is how Stryker reads its options
export default {
  mutate: [...core, ...partsOfThese].map((name) => `src/${name}.ts`),
  mochaOptions: { spec: core.map((name) => `test/unit/${name}.test.ts`) },
  plugins: ['./quality/mutation/mochaRunner.ts'],
  testRunner: 'mocha',
  coverageAnalysis: 'perTest',
  thresholds: { high: 98, low: 95, break: 95 },
  // A test that waits for ever has no end of its own in Stryker's runner. In ms, beside one and a half times what it takes usually.
  timeoutMS: 10_000,
  tsconfigFile: 'none', // Node runs the sources as they are
  ignorePatterns: ['.vscode-test', 'dist', 'media'],
  tempDirName: '.vscode-test/stryker',
  reporters: ['clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  htmlReporter: { fileName: `${results}/mutation.html` },
  jsonReporter: { fileName: `${results}/mutation.json` },
};
