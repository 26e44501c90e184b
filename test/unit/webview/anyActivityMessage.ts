import * as fc from 'fast-check';
import { buttonNames, spans, type Envelope, type Filter, type ToHost } from '../../../src/webview/protocol/activity.ts';
import { panel } from './activityHarness.ts';

/** Objects as messages bring them. */
const plain = { noNullPrototype: true } as const;
const text = fc.oneof(fc.constantFrom('', 'user/1000101', 'name/Family'), fc.string({ unit: 'binary', maxLength: 40 }));
const date = fc.constantFrom('', '2026-11-20', '2026-02-30', '9999-12-31');

const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    span: fc.constantFrom(...spans),
    from: date,
    until: date,
    person: text,
    kind: fc.oneof(fc.constantFrom('', 'opened'), text),
    result: fc.oneof(fc.constantFrom('', 'refused'), text),
    doors: fc.array(fc.integer({ min: 1, max: 2 ** 53 - 1 }), { maxLength: 8 }),
  },
  plain,
);

function message<N extends keyof ToHost>(name: N, body: fc.Arbitrary<ToHost[N]>) {
  return fc.record({ panel: fc.constant(panel), name: fc.constant(name), body }, plain);
}

const nothing = fc.constant(null);
const filterName = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });

/** A message that the protocol allows. */
export const anyActivityMessage: fc.Arbitrary<Envelope> = fc.oneof(
  message('ready', nothing),
  message('filter', anyFilter),
  message('more', nothing),
  message('find', text),
  message('expand', text),
  message('showInSidebar', text),
  message('picture', fc.constantFrom('earlier', 'later')),
  message('press', fc.constantFrom(...buttonNames)),
  message('saveFilter', filterName),
  message('chooseSaved', filterName),
  message('deleteSaved', filterName),
);
