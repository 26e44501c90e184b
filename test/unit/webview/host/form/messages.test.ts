import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeEnvelope, decodeKeptForm } from '../../../../../src/webview/host/form/messages.ts';
import { largestMessage } from '../../../../../src/webview/protocol/page.ts';
import { anyDraft, anyKeptForm, brokenOf, withDraft, withNothing } from '../../anyMessage.ts';
import { panel } from '../../formHarness.ts';

describe('a message of the page', () => {
  it('has the body of its name and no other', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        for (const name of withDraft) assert.ok(decodeEnvelope({ panel, name, body: draft }, panel), name);
        for (const name of withNothing) {
          assert.equal(decodeEnvelope({ panel, name, body: draft }, panel), undefined, name);
        }
      }),
    );
    for (const name of withNothing) assert.ok(decodeEnvelope({ panel, name, body: null }, panel), name);
    for (const name of withDraft) {
      assert.equal(decodeEnvelope({ panel, name, body: null }, panel), undefined, name);
    }
  });

  it('has texts of at most 320 characters', () => {
    const draft = fc.sample(anyDraft, { seed: 1, numRuns: 1 })[0];
    const text = (length: number): string => 'x'.repeat(length);
    assert.ok(decodeEnvelope({ panel, name: 'preview', body: { ...draft, name: text(320) } }, panel));
    assert.equal(decodeEnvelope({ panel, name: 'preview', body: { ...draft, name: text(321) } }, panel), undefined);
  });
});

describe('what VS Code has kept of a form', () => {
  it('is taken as it is, whatever its draft holds', () => {
    fc.assert(fc.property(anyKeptForm, (kept) => assert.deepEqual(decodeKeptForm(kept), kept)));
  });

  it('is nothing when a part is missing, of another kind or too much, as another version may have kept it', () => {
    const draft = { name: 'Eva' };
    for (const other of [undefined, null, 'x', {}, { panel, draft }]) assert.equal(decodeKeptForm(other), undefined);
    fc.assert(fc.property(brokenOf(anyKeptForm), (kept) => assert.equal(decodeKeptForm(kept), undefined)));
  });

  it('is nothing with an id of a panel longer than any text', () => {
    const [kept] = fc.sample(anyKeptForm, { seed: 1, numRuns: 1 });
    assert.ok(decodeKeptForm({ ...kept, panel: 'x'.repeat(320) }));
    assert.equal(decodeKeptForm({ ...kept, panel: 'x'.repeat(321) }), undefined);
  });

  it('is nothing when it is larger than a message', () => {
    const [kept] = fc.sample(anyKeptForm, { seed: 1, numRuns: 1 });
    assert.equal(decodeKeptForm({ ...kept, panel: 'x'.repeat(largestMessage) }), undefined);
  });
});
