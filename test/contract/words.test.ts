import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keypadCodeType } from '../../src/nuki/authorization/authorization.ts';
import { webTrigger } from '../../src/nuki/activityLog.ts';
import { kindOf, kinds, statesOf } from '../../src/nuki/vocabulary/kinds.ts';
import {
  adminPinStates,
  authorizationTypes,
  completionStates,
  doorStates,
  lockLogActions,
  lockMechanisms,
  logSources,
  logTriggers,
  openerCapabilities,
  openerLogActions,
  openerLogSources,
  productVariants,
  serverStates,
  tapToUnlockErrors,
} from '../../src/nuki/vocabulary/words.ts';
import { missing, readSpecification, sharedFolder } from './spec.ts';

/** The codes of a prose such as `0 .. locked, 1 .. unlocked`; three points, no points and hexadecimal digits occur too. */
function codesIn(prose: string): ReadonlySet<number> {
  const explained = prose.matchAll(/(?<![\w.])(0x[\dA-F]+|\d+)(?= *\.\.\.?| [a-z])/g);
  return new Set([...explained].map(([, code]) => Number(code)));
}

function checkTheWords(): void {
  const specification = readSpecification();
  const fieldsOf: Readonly<Record<string, readonly [vocabulary: object, schema: string, field: string]>> = {
    doorStates: [doorStates, 'Smartlock.State', 'doorState'],
    serverStates: [serverStates, 'Smartlock', 'serverState'],
    adminPinStates: [adminPinStates, 'Smartlock', 'adminPinState'],
    productVariants: [productVariants, 'Smartlock.Config', 'productVariant'],
    lockMechanisms: [lockMechanisms, 'Smartlock', 'lmType'],
    openerCapabilities: [openerCapabilities, 'Smartlock.Config', 'capabilities'],
    authorizationTypes: [authorizationTypes, 'SmartlockAuth', 'type'],
    lockLogActions: [lockLogActions, 'SmartlockLog', 'action'],
    logTriggers: [logTriggers, 'SmartlockLog', 'trigger'],
    logSources: [logSources, 'SmartlockLog', 'source'],
    openerLogSources: [openerLogSources, 'SmartlockLog.OpenerLog', 'source'],
  };
  const codesOf = (vocabulary: object): readonly number[] => Object.keys(vocabulary).map(Number);

  for (const [name, [vocabulary, schema, field]] of Object.entries(fieldsOf)) {
    it(`${name} has words for what ${schema}.${field} explains, and for nothing else`, () => {
      const explained = [...codesIn(specification.prose(schema, field))];
      assert.deepEqual(
        explained.toSorted((a, b) => a - b),
        codesOf(vocabulary),
      );
    });
  }

  it('completionStates and tapToUnlockErrors have words for the two meanings of SmartlockLog.state', () => {
    const [usual = '', tapToUnlock = ''] = specification.prose('SmartlockLog', 'state').split('\n');
    assert.deepEqual([...codesIn(usual)], codesOf(completionStates));
    assert.deepEqual([...codesIn(tapToUnlock.split(': ')[1] ?? '')], codesOf(tapToUnlockErrors));
  });

  it("the Opener's log has its own actions and what every log has", () => {
    const prose = specification.prose('SmartlockLog', 'action');
    const action = specification.prose('SmartlockAction', 'action').split('type=2:')[1] ?? '';
    const explained = new Set([...codesIn(prose), ...codesIn(action)]);
    for (const code of codesOf(openerLogActions)) assert.ok(explained.has(code), `${code}`);
    assert.ok(specification.prose('SmartlockLog', 'action').includes('224 .. doorbell recognition (only Opener)'));
  });

  it('kinds have the states, modes, triggers and actions that the prose or the guide explains', () => {
    const guide = readFileSync(join(sharedFolder, 'concepts.txt'), 'utf8');
    const fields = [
      ['state', statesOf],
      ['mode', (kind: ReturnType<typeof kindOf>) => kind.modes],
      ['trigger', (kind: ReturnType<typeof kindOf>) => kind.triggers],
      ['lastAction', (kind: ReturnType<typeof kindOf>) => kind.lastActions],
    ] as const;
    for (const [field, vocabularyOf] of fields) {
      const explained = codesIn(specification.prose('Smartlock.State', field));
      for (const kind of Object.values(kinds)) {
        for (const code of codesOf(vocabularyOf(kind))) {
          const inGuide = new RegExp(`^${code}[A-Z”“]`, 'm').test(guide);
          assert.ok(explained.has(code) || inGuide, `${kind.name} ${field} ${code}`);
        }
      }
      const known = new Set(Object.values(kinds).flatMap((kind) => codesOf(vocabularyOf(kind))));
      // 0 as a last action stands in the bounds of the field alone.
      assert.deepEqual(
        [...explained].filter((code) => !known.has(code)),
        [],
        field,
      );
    }
    const actionCodes = codesIn(specification.prose('SmartlockAction', 'action'));
    for (const { actions, name } of Object.values(kinds)) {
      for (const code of Object.values(actions)) assert.ok(actionCodes.has(code), `${name} ${code}`);
    }
  });

  it('the device types and single codes are those of the prose', () => {
    assert.deepEqual([...codesIn(specification.prose('Smartlock', 'type'))], codesOf(kinds));
    assert.ok(specification.prose('SmartlockAuthCreate', 'type').includes(`${keypadCodeType} .. keypad`));
    assert.ok(specification.prose('SmartlockLog', 'trigger').includes(`${webTrigger} .. web`));
  });
}

describe("The words of src/nuki and Nuki's OpenAPI", () => {
  if (missing === undefined) checkTheWords();
  else it(missing);
});
