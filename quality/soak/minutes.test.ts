import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { systemClock } from '../../src/base/clock.ts';
import { homeUnderTest } from '../../test/host/globals.ts';
import { heapInUse, timersUnderWay } from '../../test/host/heap.ts';

// The extension itself, in a window whose sidebar is open, by the clock on the wall; test/host/soak.test.ts plays a day on a clock of its own.

const minute = 60_000;
const minutes = 20;

describe(`${minutes} real minutes of the extension`, function () {
  this.timeout((minutes + 3) * minute);

  it('leave nothing behind, and cost a request a minute', async () => {
    await extensions.getExtension('keyturner.keyturner')?.activate();
    await commands.executeCommand('nuki.devices.focus');
    await systemClock.wait(minute); // VS Code itself is still at it
    const home = homeUnderTest();
    const [heap, timers, asked] = [await heapInUse(), timersUnderWay(), home.exchanges.all.length];
    await systemClock.wait(minutes * minute);
    const growth = (await heapInUse()) - heap;
    const more = timersUnderWay() - timers;
    const perHour = ((home.exchanges.all.length - asked) / minutes) * 60;
    assert.ok(growth < 5, `grown by ${growth.toFixed(2)} MB`);
    assert.ok(more <= 2, `${more} more timers`);
    assert.ok(perHour > 0 && perHour <= 75, `${perHour.toFixed(0)} requests an hour`);
  });
});
