import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeEnvelope, decodeKeptForm } from '../../../../../src/webview/host/form/messages.ts';
import { createThrottle } from '../../../../../src/webview/host/messages.ts';
import { largestMessage } from '../../../../../src/webview/protocol/page.ts';
import {
  anyBrokenMessage,
  anyDraft,
  anyKeptForm,
  anyMessage,
  brokenOf,
  withDraft,
  withNothing,
} from '../../anyMessage.ts';
import { panel } from '../../formHarness.ts';

describe('a message of the page', () => {
  it('is taken as it is, whatever its draft holds', () => {
    fc.assert(fc.property(anyMessage, (message) => assert.deepEqual(decodeEnvelope(message, panel), message)));
  });

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

  it('is nothing when a part is missing, of another kind or too much', () => {
    fc.assert(
      fc.property(anyBrokenMessage, (message) => assert.equal(decodeEnvelope(message, panel), undefined)),
      { numRuns: 5_000 },
    );
  });

  it('is nothing with the id of another panel, or of none', () => {
    fc.assert(
      fc.property(anyMessage, fc.string(), (message, other) => {
        fc.pre(other !== panel);
        assert.equal(decodeEnvelope({ ...message, panel: other }, panel), undefined);
        const { panel: _, ...nameless } = message;
        assert.equal(decodeEnvelope(nameless, panel), undefined);
      }),
    );
  });

  for (const name of ['', 'Ready', 'show', 'open', 'constructor', '__proto__', 'toString', 'command:nuki.unlock']) {
    it(`has no name such as "${name}"`, () => {
      assert.equal(decodeEnvelope({ panel, name, body: null }, panel), undefined);
    });
  }

  it('may be 16 KiB long, and nothing longer', () => {
    const draft = fc.sample(anyDraft, { seed: 1, numRuns: 1 })[0];
    const text = (length: number): string => 'x'.repeat(length);
    assert.ok(decodeEnvelope({ panel, name: 'preview', body: { ...draft, name: text(320) } }, panel));
    assert.equal(decodeEnvelope({ panel, name: 'preview', body: { ...draft, name: text(321) } }, panel), undefined);
    const rest = JSON.stringify({ panel: '', name: 'cancel', body: null }).length;
    const [longest, longer] = [text(largestMessage - rest), text(largestMessage - rest + 1)];
    assert.ok(decodeEnvelope({ panel: longest, name: 'cancel', body: null }, longest));
    assert.equal(decodeEnvelope({ panel: longer, name: 'cancel', body: null }, longer), undefined);
  });

  it('is nothing where it cannot be written as JSON', () => {
    const ring: Record<string, unknown> = { panel, name: 'cancel', body: null };
    const big = { panel, name: 'cancel', body: 1n };
    assert.equal(decodeEnvelope({ ...ring, self: ring }, panel), undefined);
    ring['body'] = ring;
    assert.equal(decodeEnvelope(ring, panel), undefined);
    assert.equal(decodeEnvelope(big, panel), undefined);
  });
});

describe('the messages of a page', () => {
  it('are ten in any second; the others are dropped', () => {
    let now = 5_000;
    const mayPass = createThrottle(() => now);
    const passed = (count: number): number => Array.from({ length: count }, mayPass).filter(Boolean).length;
    assert.equal(passed(50), 10);
    now += 999;
    assert.equal(passed(50), 0);
    now += 1;
    assert.equal(passed(4), 4);
    now += 500;
    assert.equal(passed(50), 6);
    now += 500;
    assert.equal(passed(50), 4);
  });

  it('are never more than ten in any second, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (gaps) => {
        let now = 0;
        const mayPass = createThrottle(() => now);
        const passed = gaps.flatMap((gap) => {
          now += gap;
          return mayPass() ? [now] : [];
        });
        for (const [place, time] of passed.entries()) {
          const tenth = passed[place + 10];
          assert.ok(tenth === undefined || tenth - time >= 1_000);
        }
      }),
    );
  });

  it('come through after the clock was set back', () => {
    let now = Date.UTC(2027, 0, 1);
    const mayPass = createThrottle(() => now);
    for (let sent = 0; sent < 10; sent++) mayPass();
    now -= 3_600_000;
    assert.ok(mayPass());
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
