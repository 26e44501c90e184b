import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { pageNames } from '../../../../esbuild.mjs';
import { decodeEnvelope as decodeOfCalendar } from '../../../../src/webview/host/calendar/messages.ts';
import { decodeEnvelope as decodeActivityEnvelope } from '../../../../src/webview/host/activity/messages.ts';
import { decodeEnvelope } from '../../../../src/webview/host/form/messages.ts';
import { createReader, createThrottle } from '../../../../src/webview/host/messages.ts';
import { largestMessage } from '../../../../src/webview/protocol/page.ts';
import { anyCalendarMessage } from '../anyCalendarMessage.ts';
import { anyMessage, brokenOf } from '../anyMessage.ts';
import { anyActivityMessage } from '../anyActivityMessage.ts';
import { panel } from '../formHarness.ts';

/** How each page's host reads messages, and those that it may be sent by the page with the id `panel`. */
interface Read {
  readonly decode: (message: unknown, panel: string) => unknown;
  readonly messages: fc.Arbitrary<{ readonly panel: string; readonly name: string; readonly body: unknown }>;
}

const everyPage: Readonly<Record<string, Read>> = {
  form: { decode: decodeEnvelope, messages: anyMessage },
  calendar: { decode: decodeOfCalendar, messages: anyCalendarMessage },
  activity: { decode: decodeActivityEnvelope, messages: anyActivityMessage },
};

const strangers = ['', 'Ready', 'show', 'open', 'constructor', '__proto__', 'toString', 'command:nuki.unlock'];

describe('the messages of the pages', () => {
  it('are all tried', () => assert.deepEqual(Object.keys(everyPage).toSorted(), pageNames.toSorted()));
});

for (const [page, { decode, messages }] of Object.entries(everyPage)) {
  describe(`a message of the page ${page}`, () => {
    it('is taken as it is', () => {
      fc.assert(fc.property(messages, (message) => assert.deepEqual(decode(message, panel), message)));
    });

    it('is nothing when a part is missing, of another kind or too much', () => {
      fc.assert(
        fc.property(brokenOf(messages), (message) => assert.equal(decode(message, panel), undefined)),
        { numRuns: 5_000 },
      );
    });

    it('is nothing with the id of another panel, or of none', () => {
      fc.assert(
        fc.property(messages, fc.string(), (message, other) => {
          fc.pre(other !== panel);
          assert.equal(decode({ ...message, panel: other }, panel), undefined);
          const { panel: _, ...nameless } = message;
          assert.equal(decode(nameless, panel), undefined);
        }),
      );
    });

    it('has no name that is none of the protocol', () => {
      fc.assert(
        fc.property(messages, fc.constantFrom(...strangers), (message, name) => {
          assert.equal(decode({ ...message, name }, panel), undefined);
        }),
      );
    });

    it('may be 16 KiB long, and nothing longer', () => {
      fc.assert(
        fc.property(messages, (message) => {
          const rest = JSON.stringify({ ...message, panel: '' }).length;
          const [longest, longer] = ['x'.repeat(largestMessage - rest), 'x'.repeat(largestMessage - rest + 1)];
          assert.ok(decode({ ...message, panel: longest }, longest));
          assert.equal(decode({ ...message, panel: longer }, longer), undefined);
        }),
      );
    });

    it('is nothing where it cannot be written as JSON', () => {
      fc.assert(
        fc.property(messages, (message) => {
          const ring: Record<string, unknown> = { ...message };
          assert.equal(decode({ ...ring, self: ring }, panel), undefined);
          ring['body'] = ring;
          assert.equal(decode(ring, panel), undefined);
          assert.equal(decode({ ...message, body: 1n }, panel), undefined);
        }),
      );
    });
  });
}

describe('what a host reads', () => {
  it('is no message that comes after ten others in a second, good or bad', () => {
    let now = 5_000;
    const read = createReader(decodeEnvelope, panel, () => now);
    const message = { panel, name: 'cancel', body: null };
    for (let sent = 0; sent < 9; sent++) assert.equal(read({ ...message, name: 'open' }), undefined);
    assert.deepEqual(read(message), message);
    assert.equal(read(message), undefined);
    now += 1_000;
    assert.deepEqual(read(message), message);
  });

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
