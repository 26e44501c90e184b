import assert from 'node:assert/strict';
import { extensions } from 'vscode';

// Every connection that this process opens from the start of the extension until all the other files of this folder have run. Nuki is a
// simulated home in this very process then, so that any request on the network goes to another party.

describe('the network', () => {
  let asked: string[];

  before(async () => {
    await extensions.getExtension('keyturner.keyturner')?.activate();
    asked = globalThis.keyturnerAsked ?? assert.fail('the extension under test has not started');
  });

  it('is listened to', async () => {
    const own = 'http://127.0.0.1:49999/';
    await fetch(own).catch(() => undefined);
    assert.equal(asked.filter((each) => each === own).length, 1);
    asked.splice(asked.indexOf(own), 1);
  });

  after(function () {
    const root = this.test?.parent?.parent;
    root?.afterAll('nothing else was asked', () => assert.deepEqual(asked, [], 'requests to another origin'));
  });
});
