import { authorizationType } from '../../src/nuki/authorization/authorizationType.ts';
import assert from 'node:assert/strict';
import { webTrigger } from '../../src/nuki/activityLog.ts';
import { kinds, statesOf } from '../../src/nuki/vocabulary/kinds.ts';
import { kindWords } from '../../src/nuki/vocabulary/kindWords.ts';
import {
  adminPinStates,
  authorizationTypes,
  completionStates,
  doorStates,
  keypadMountingStates,
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
import beyondOpenApi from '../fixtures/nuki-field.json' with { type: 'json' };
import guide from '../fixtures/nuki-guide.json' with { type: 'json' };
import { Specification } from './specification.ts';

/** The code that the log of an Opener alone has. */
const doorbellRecognition = 224;

const specification = new Specification();

/** The numbers of a field that Nuki's OpenAPI explains, each once and ascending; of all device types, or of one. */
function explained(schema: string, field: string, type?: number): readonly number[] {
  const all = specification.codesOf(schema, field).filter(({ where }) => type === undefined || where['type'] === type);
  return [...new Set(all.map(({ code }) => code))].toSorted((a, b) => a - b);
}

/** Those beyond the OpenAPI that devices send. */
function inTheField(schema: string, name: string): readonly number[] {
  const codes: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = beyondOpenApi.codes;
  return codes[schema]?.[name] ?? [];
}

const ascending = (codes: Iterable<number>): readonly number[] => [...new Set(codes)].toSorted((a, b) => a - b);

const codesOf = (vocabulary: object): readonly number[] => Object.keys(vocabulary).map(Number);

describe("The words of src/nuki and Nuki's OpenAPI", () => {
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
    kinds: [kinds, 'Smartlock', 'type'],
  };

  for (const [name, [vocabulary, schema, field]] of Object.entries(fieldsOf)) {
    it(`${name} has words for what ${schema}.${field} explains or devices send, and for nothing else`, () => {
      assert.deepEqual(codesOf(vocabulary), ascending([...explained(schema, field), ...inTheField(schema, field)]));
    });
  }

  it('keypadMountingStates has words for what devices send: the OpenAPI lacks the field', () => {
    assert.deepEqual(codesOf(keypadMountingStates), inTheField('Smartlock.State', 'keypadMountingState'));
    assert.ok(!specification.fieldsOf('Smartlock.State').includes('keypadMountingState'));
  });

  it('completionStates and tapToUnlockErrors have words for the two meanings of SmartlockLog.state', () => {
    const codes = specification.codesOf('SmartlockLog', 'state');
    const tapToUnlock = codes.filter(({ where }) => where['source'] === 3 && where['trigger'] === 253);
    const usual = codes.filter(({ where }) => Object.keys(where).length === 0);
    assert.deepEqual(
      ascending([...usual.map(({ code }) => code), ...inTheField('SmartlockLog', 'state')]),
      codesOf(completionStates),
    );
    assert.deepEqual(
      tapToUnlock.map(({ code }) => code),
      codesOf(tapToUnlockErrors),
    );
    assert.equal(codes.length, usual.length + tapToUnlock.length);
  });

  it("the Opener's log has its own actions and what every log has", () => {
    const known = [...explained('SmartlockLog', 'action'), ...explained('SmartlockAction', 'action', 2)];
    for (const code of codesOf(openerLogActions)) assert.ok(known.includes(code), `${code}`);
    assert.deepEqual(explained('SmartlockLog', 'action', 2), [doorbellRecognition]);
    assert.ok(Object.hasOwn(openerLogActions, doorbellRecognition));
  });

  for (const [field, vocabularies] of [
    ['state', Object.values(kinds).map(statesOf)],
    ['mode', Object.values(kinds).map(({ modes }) => modes)],
    ['trigger', Object.values(kindWords).map(({ triggers }) => triggers)],
    ['lastAction', Object.values(kindWords).map(({ lastActions }) => lastActions)],
  ] as const) {
    it(`kinds have words for what Smartlock.State.${field} or the guide explains or devices send, and for nothing else`, () => {
      const ofOpenApi = [...explained('Smartlock.State', field), ...inTheField('Smartlock.State', field)];
      const ofGuide: readonly number[] = Object.values(guide.codes[field]).flat();
      const known = new Set(vocabularies.flatMap(codesOf));
      assert.deepEqual(ascending(known), ascending([...ofOpenApi, ...ofGuide]));
    });
  }

  it('kinds have actions that SmartlockAction.action explains', () => {
    const known = explained('SmartlockAction', 'action');
    for (const { actions, name } of Object.values(kinds)) {
      for (const code of Object.values(actions)) assert.ok(known.includes(code), `${name} ${code}`);
    }
  });

  it('the single codes are those of the OpenAPI', () => {
    assert.equal(specification.field('SmartlockAuthCreate', 'type').words?.['keypad'], authorizationType.keypadCode);
    assert.equal(specification.field('SmartlockLog', 'trigger').words?.['web'], webTrigger);
  });
});
