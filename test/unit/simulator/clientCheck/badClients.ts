import * as v from 'valibot';
import type { World } from './playedClient.ts';

// Programs as they are written in a hurry. The simulation and the tests are the only ones that they ever run against.

const api = 'https://api.nuki.io';
const listSchema = v.array(v.looseObject({}));
const entriesSchema = v.array(v.looseObject({ id: v.string(), name: v.string(), code: v.optional(v.number()) }));

function headersOf(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}

/** Gives a hotel's guest a code: makes it, looks for it, and then says when it is to open. */
export async function hotel({ fetch, sleep, token }: World, lock: number): Promise<void> {
  const headers = headersOf(token);
  const codes = [120_934, 471_182]; // random six digits
  for (const [index, code] of codes.entries()) {
    const name = `Reservation 2026-03-0${index + 2} Miller`;
    const body = { name, type: 13, code, remoteAllowed: false };
    await fetch(`${api}/smartlock/${lock}/auth`, { method: 'PUT', headers, body: JSON.stringify(body) });
  }
  const body = { name: 'Miller', type: 13, code: 471_183, remoteAllowed: false };
  await fetch(`${api}/smartlock/${lock}/auth`, { method: 'PUT', headers, body: JSON.stringify(body) });
  await sleep(15_000);
  const list = await (await fetch(`${api}/smartlock/${lock}/auth`, { headers })).json();
  const made = v.parse(entriesSchema, list).find(({ code }) => code === 471_183);
  const limits = { allowedFromDate: '2026-03-02T14:00:00Z', allowedUntilDate: '2026-03-05T10:00:00Z' };
  const limited = JSON.stringify({ name: 'Miller', ...limits });
  await fetch(`${api}/smartlock/${lock}/auth/${made?.id}`, { method: 'POST', headers, body: limited });
}

/** Shows the doors on a wall: reads each of them again and again, by the hex ids that the app shows. */
export async function dashboard({ fetch, sleep, token }: World, hexIds: readonly string[]): Promise<void> {
  const headers = headersOf(token);
  const ids = hexIds.map((hex) => (hex.length > 8 ? Number.parseInt(hex, 16) : hex));
  for (let round = 0; round < 6; round += 1) {
    for (const id of ids) await fetch(`${api}/smartlock/${id}`, { headers });
    await sleep(5_000);
  }
}

/** Opens the door when someone rings: tries until it is told that it was done. */
export async function doorbell({ fetch, token }: World, lock: number, rings: number): Promise<void> {
  const headers = headersOf(token);
  for (let ring = 0; ring < rings; ring += 1) {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        const body = JSON.stringify({ action: 3 });
        const answer = await fetch(`${api}/smartlock/${lock}/action`, { method: 'POST', headers, body });
        if (answer.ok) break;
      } catch {
        // try again
      }
    }
  }
}

/** Brings the shifts of the staff to their codes, and switches the codes of those off who are ill. */
export async function shifts({ fetch, token }: World, lock: number): Promise<void> {
  const headers = headersOf(token);
  const minutes = (date: Date): number => date.getUTCHours() * 60 + date.getUTCMinutes();
  const list = await (await fetch(`${api}/smartlock/${lock}/auth`, { headers })).json();
  const staff = v.parse(entriesSchema, list).filter(({ name }) => ['Family', 'Housekeeping Cleanin'].includes(name));
  const turns = [
    { from: new Date('2026-03-02T21:00:00Z'), until: new Date('2026-03-03T05:00:00Z'), days: 0 },
    { from: new Date('2026-03-02T07:00:00Z'), until: new Date('2026-03-03T15:30:00Z'), days: 124 },
  ];
  for (const [index, { id, name }] of staff.entries()) {
    for (const { from, until, days } of turns) {
      const dates = { allowedFromDate: from.toISOString(), allowedUntilDate: until.toISOString() };
      const hours = { allowedFromTime: minutes(from), allowedUntilTime: minutes(until) };
      const body = JSON.stringify({ name, ...dates, ...hours, allowedWeekDays: days });
      await fetch(`${api}/smartlock/${lock}/auth/${id}`, { method: 'POST', headers, body });
    }
    const body = JSON.stringify({ name, enabled: index > 0 });
    await fetch(`${api}/smartlock/${lock}/auth/${id}`, { method: 'POST', headers, body });
  }
}

/** Copies the log of a day to a table, as new as can be. */
export async function exporter({ fetch, sleep, token }: World, lock: number, day: Date): Promise<number> {
  let rows = 0;
  for (let round = 0; round < 4; round += 1) {
    await fetch(`${api}/smartlock/${lock}/sync?token=${token}`, { method: 'POST', headers: headersOf(token) });
    await sleep(3_000);
    const since = Math.floor(day.getTime() / 1_000);
    const ofDay = `${api}/smartlock/${lock}/log?fromDate=${since}`;
    const all = `${api}/smartlock/${lock}/log?limit=1000`;
    for (const url of [ofDay, all]) {
      const answer = await fetch(url, { headers: headersOf(token) });
      if (answer.ok) rows = v.parse(listSchema, await answer.json()).length;
    }
  }
  return rows;
}
