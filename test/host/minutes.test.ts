import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { systemClock } from '../../src/base/clock.ts';
import { measured } from '../hardening/figures.ts';
import { heapInUse, timersUnderWay } from './heap.ts';

// The extension itself, in a window whose sidebar is open, for as many real minutes as are asked for; npm test asks for none.

const minute = 60_000;
const minutes = Number(process.env['KEYTURNER_MINUTES'] ?? 0);

describe(`${minutes} real minutes of the extension`, function () {
  this.timeout((minutes + 3) * minute);
  if (minutes === 0) return;

  it('G17, G18: leave nothing behind, and cost a request a minute', async () => {
    await extensions.getExtension('keyturner.keyturner')?.activate();
    await commands.executeCommand('nuki.devices.focus');
    await systemClock.wait(minute); // VS Code itself is still at it
    const home = globalThis.keyturnerHome ?? assert.fail('the extension under test has not started');
    const [heap, timers, asked] = [await heapInUse(), timersUnderWay(), home.requests.length];
    await systemClock.wait(minutes * minute);
    const growth = (await heapInUse()) - heap;
    const more = timersUnderWay() - timers;
    const perHour = ((home.requests.length - asked) / minutes) * 60;
    measured(
      'G17',
      `${minutes} real min: ${growth.toFixed(2)} MB growth, ${more} more timers`,
      growth < 5 && more <= 2,
    );
    measured('G18', `${perHour.toFixed(0)} requests an hour in ${minutes} real min`, perHour > 0 && perHour <= 75);
  });
});
