import assert from 'node:assert/strict';
import { ServerClock } from '../../../../src/nuki/http/serverClock.ts';
import { FakeClock } from '../../fakeClock.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const json = 'application/json;charset=UTF-8';

/** A computer, and an API whose clock is `ahead` by some milliseconds; an answer is `late` by others. */
function services({ ahead = 0, late = 0, date = undefined as string | null | undefined, status = 200, type = json }) {
  const own = new FakeClock();
  const time = new ServerClock(own);
  const api = { ahead, late, date };
  const ask = time.observe(async () => {
    const written = api.date === undefined ? new Date(own.now() + api.ahead).toUTCString() : api.date;
    own.jump(api.late);
    const headers = { 'content-type': type, ...(written !== null && { date: written }) };
    return new Response(status === 204 ? null : '[]', { status, headers });
  });
  return { own, time, api, ask: () => ask('https://api.nuki.io/smartlock') };
}

describe('the time at the API', () => {
  it("is this computer's before anything was asked", () => {
    const { own, time } = services({ ahead: day });
    assert.equal(time.now(), own.now());
    assert.ok(!time.isSkewed);
  });

  for (const [words, ahead] of Object.entries({
    'a day behind': day,
    'a day ahead': -day,
    'three minutes behind': 3 * minute,
    'three minutes ahead': -3 * minute,
  })) {
    it(`is known to a computer that is ${words}`, async () => {
      const { own, time, ask } = services({ ahead });
      await ask();
      assert.ok(Math.abs(time.now() - (own.now() + ahead)) <= 1_000);
      assert.ok(time.isSkewed);
    });
  }

  for (const ahead of [119_000, -119_000]) {
    it(`is this computer's where the two are ${ahead / 1_000} s apart`, async () => {
      const { own, time, ask } = services({ ahead });
      await ask();
      assert.equal(time.now(), own.now());
    });
  }

  for (const ahead of [0, 40_000, 119_000, -90_000, day]) {
    it(`is known to the second, for what is compared with Nuki's dates: ${ahead / 1_000} s`, async () => {
      const { own, time, ask } = services({ ahead, late: 3_000 });
      await ask();
      const off = time.preciseNow() - (own.now() + ahead);
      assert.ok(Math.abs(off) <= 4_000, `${off} ms`);
      if (ahead === 0) assert.equal(off, 0);
    });
  }

  it('does not tremble by what a header leaves out of a second', async () => {
    const { own, time, api, ask } = services({ ahead: day });
    await ask();
    const behind = time.now() - own.now();
    await own.advance(10_400);
    api.ahead += 900;
    await ask();
    assert.equal(time.now() - own.now(), behind);
  });

  it("is this computer's again when that has been set right", async () => {
    const { own, time, api, ask } = services({ ahead: day });
    await ask();
    own.jump(day);
    api.ahead = 0;
    await ask();
    assert.ok(!time.isSkewed);
  });

  it('follows a computer that is set wrong another time', async () => {
    const { own, time, api, ask } = services({ ahead: day });
    await ask();
    own.jump(-day);
    api.ahead = 2 * day;
    await ask();
    assert.ok(Math.abs(time.now() - own.now() - 2 * day) <= 1_000);
  });

  it('is not taken from an answer that was on its way while a laptop slept', async () => {
    const { time, ask } = services({ late: day });
    await ask();
    assert.ok(!time.isSkewed);
  });

  it('is not taken from an answer on whose way the clock was set back', async () => {
    const { time, ask } = services({ late: -day });
    await ask();
    assert.ok(!time.isSkewed);
  });

  for (const date of [null, '', 'yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT']) {
    it(`is not taken from a date of ${JSON.stringify(date)}`, async () => {
      const { time, ask } = services({ date });
      await ask();
      assert.ok(!time.isSkewed);
    });
  }

  for (const [from, answer] of Object.entries({
    'a gateway that fails': { status: 502, type: 'text/html' },
    'a server that fails': { status: 500 },
    "a company's filter": { type: 'text/html' },
  })) {
    it(`is not taken from ${from}`, async () => {
      const { time, ask } = services({ ahead: day, ...answer });
      await ask();
      assert.ok(!time.isSkewed);
    });
  }

  it('is taken from the empty answer to a write', async () => {
    const { time, ask } = services({ ahead: day, status: 204 });
    await ask();
    assert.ok(time.isSkewed);
  });

  it('lets an answer and a failure through as they are', async () => {
    const time = new ServerClock(new FakeClock());
    const failure = new TypeError('fetch failed');
    await assert.rejects(time.observe(() => Promise.reject(failure))('https://api.nuki.io/account'), failure);
    const answer = new Response('[]');
    assert.equal(await time.observe(async () => answer)('https://api.nuki.io/account'), answer);
  });
});
