import assert from 'node:assert/strict';
import { extensions } from 'vscode';
import { measured } from '../hardening/figures.ts';

// Every connection that this process opens from the start of the extension until all the other files of this folder have run. Nuki is a
// simulated home in this very process then, so that whatever is asked of a network is asked of somebody else.

describe('the network', () => {
  let asked: string[];

  before(async () => {
    await extensions.getExtension('keyturner.keyturner')?.activate();
    asked = globalThis.keyturnerAsked ?? assert.fail('the extension under test has not started');
  });

  it('G12: is listened to', async () => {
    const own = 'http://127.0.0.1:49999/';
    await fetch(own).catch(() => undefined);
    assert.equal(asked.filter((each) => each === own).length, 1);
    asked.splice(asked.indexOf(own), 1);
    measured('G12', 'a request by fetch is heard', true);
  });

  after(function () {
    const root = this.test?.parent?.parent;
    root?.afterAll(() => measured('G12', `${asked.length} other requests ${asked.join(', ')}`, asked.length === 0));
  });
});
