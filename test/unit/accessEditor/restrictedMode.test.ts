import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { registerAccessEditor } from '../../../src/accessEditor/registerAccessEditor.ts';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import { servicesFor } from '../commands/services.ts';
import { TestAccount } from '../model/testAccount.ts';
import { happening, Position, provided, TextDocument, workspace } from '../vscodeStandIn.ts';

const uri = Uri.file('/repository/club.nuki-access.yaml');

/** A device by another name, which only the account tells, and a credential that there is not, which the file tells. */
const text = `version: 1
doors:
  front: { id: ${frontDoor}, name: Back Door }
access:
  - { key: weber, name: Guest Weber, doors: [front], by: key }
`;

const found = (): readonly string[] => (provided.diagnostics.get(String(uri)) ?? []).map(({ message }) => message);

/** Until so many problems are shown. */
async function problems(count: number): Promise<void> {
  for (const end = Date.now() + 1_500; found().length !== count;) {
    assert.ok(Date.now() < end, `never ${count} problems: ${found().join()}`);
    await new Promise(setImmediate);
  }
}

describe('an access file in Restricted Mode', () => {
  it('has its own problems and nothing of an account, and all of it once the workspace is trusted', async () => {
    const { store, simulator } = await TestAccount.open();
    const disposables: { dispose(): unknown }[] = [];
    const services = servicesFor(store, simulator.clock, {
      disposeOnDeactivate: (each) => void disposables.push(each),
    });
    const document = new TextDocument(uri, text);
    workspace.textDocuments.splice(0, workspace.textDocuments.length, document);
    const { version } = document;
    services.accessProblems.set({ uri, version }, [
      { from: 0, until: 7, severity: 'error', sentence: 'Found by a plan.' },
    ]);
    workspace.isTrusted = false;
    try {
      disposables.push(...registerAccessEditor(services));
      await problems(1);
      assert.deepEqual(found(), ['Use code, app or fob.']);
      const [lenses] = provided.lenses;
      for (const [provider, method] of [
        [provided.completions, 'provideCompletionItems'],
        [provided.hovers, 'provideHover'],
        [lenses, 'provideCodeLenses'],
      ] as const) {
        assert.ok(provider?.[method], method);
        const answer: unknown = await provider?.[method]?.(document, new Position(2, 4));
        assert.deepEqual(answer ?? [], [], method);
      }
      workspace.isTrusted = true;
      happening.trusted.fire();
      await problems(3);
      assert.match(found().join(), /Found by a plan\..*Front Door/);
      const offered: unknown = await lenses?.['provideCodeLenses']?.(document);
      assert.ok(Array.isArray(offered) && offered.length === 2);
    } finally {
      workspace.isTrusted = true;
      workspace.textDocuments.length = 0;
      for (const each of disposables) each.dispose();
    }
    assert.deepEqual(found(), []);
  });
});
