/** The safety core: the files that decide whether a door moves, what is said of it and what is sent, with the tests of each. */
export const core: Readonly<Record<string, readonly string[]>> = {
  'src/base/redact.ts': ['base/redact'],
  'src/base/safeText.ts': ['base/safeText'],
  'src/commands/confirm.ts': ['commands/confirm'],
  'src/model/doorkeeper.ts': ['model/act'],
  'src/model/authorizationWriter.ts': ['model/authorizationWriter'],
  'src/model/pendingChanges.ts': ['model/authorizationWork'],
  'src/model/confirmGuard.ts': ['model/consent'],
  'src/model/creationProblem.ts': ['model/creationProblem'],
  'src/model/follow.ts': ['model/follow'],
  'src/model/operation.ts': ['model/operation', 'model/follow'],
  'src/nuki/authorization/accessGains.ts': ['nuki/access'],
  'src/nuki/authorization/authorizationWrites.ts': ['nuki/authorizationWrites'],
  'src/nuki/http/http.ts': ['nuki/http'],
  'src/nuki/authorization/scheduleRules.ts': ['nuki/scheduleRules'],
  'src/nuki/time/zonedTime.ts': ['nuki/zonedTime'],
};
