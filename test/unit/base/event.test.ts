import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event.ts';

describe('Emitter', () => {
  it('tells every listener of each value, in the order in which they came', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.event((value) => heard.push(`a${value}`));
    emitter.event((value) => heard.push(`b${value}`));
    emitter.fire(1);
    emitter.fire(2);
    assert.deepEqual(heard, ['a1', 'b1', 'a2', 'b2']);
  });

  it('tells a listener nothing more once its subscription ends', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const subscription = emitter.event((value) => heard.push(value));
    emitter.fire(1);
    subscription.dispose();
    subscription.dispose();
    emitter.fire(2);
    assert.deepEqual(heard, [1]);
  });

  it('keeps the subscriptions of one listener apart', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const listener = (value: number): void => void heard.push(value);
    const first = emitter.event(listener);
    emitter.event(listener);
    first.dispose();
    emitter.fire(1);
    assert.deepEqual(heard, [1]);
  });

  it('calls no listener once it is disposed', () => {
    const emitter = new Emitter<number>();
    emitter.event(() => assert.fail('told'));
    emitter.dispose();
    emitter.fire(1);
  });
});
