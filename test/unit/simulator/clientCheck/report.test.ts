import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { inEnglish, type Translate } from '../../../../src/base/locale.ts';
import { reportOf, type CheckResult } from '../../../../src/simulator/clientCheck/check.ts';
import { ruleIds } from '../../../../src/simulator/clientCheck/rules.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { PlayedClient } from './playedClient.ts';

const bundle = v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8')));
const inGerman: Translate = (sentence, ...values) => inEnglish(bundle[sentence] ?? `missing: ${sentence}`, ...values);
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => 2 * index + 1);
const finding = (count: number): CheckResult => ({
  findings: [{ rule: 'unix-time', exchanges: numbers(count) }],
  seen: ruleIds,
});

describe('the report of the client check', () => {
  it('says what was done by which requests, what it means and what to do, and of what the run says nothing', async () => {
    const client = new PlayedClient();
    await client.send('GET', `/smartlock/log?fromDate=1772366400`);
    await client.send('POST', `/smartlock/${frontDoor}/action`, { action: 1 });
    const report = reportOf([client.check()], inEnglish);
    assert.deepEqual(report.slice(0, 6), [
      '204 mistaken for done: request 2',
      '  204 means that Nuki has accepted the request, not that the lock has carried it out. Nothing was read afterwards.',
      "  Read the device's log or the authorizations until they show it, or register a webhook.",
      'Unix time in the filter of a log: request 1',
      '  Nuki answers 400.',
      '  Send dates such as 2026-12-01T10:00:00Z.',
    ]);
    assert.equal(report.length, 8);
    assert.equal(report[6], 'No finding is no praise: 4 of 20 rules could have been broken in this run.');
    assert.match(
      report[7] ?? '',
      /^Not these: Replacement without the limits; .*; Retry-After ignored; No pause after 429; /,
    );
  });

  it('names twenty requests and counts the others', () => {
    assert.equal(reportOf([finding(2)], inEnglish)[0], 'Unix time in the filter of a log: requests 1, 3');
    assert.match(reportOf([finding(20)], inEnglish)[0] ?? '', /: requests 1, 3, .*, 39$/);
    assert.match(reportOf([finding(51)], inEnglish)[0] ?? '', /: requests 1, 3, .*, 39 and 31 more$/);
  });

  it('praises no one for nothing', () => {
    const report = reportOf([new PlayedClient().check()], inEnglish);
    assert.equal(report[0], 'The check found nothing.');
    assert.match(report[1] ?? '', /: 0 of 20 rules could have been broken in this run\./);
    const all = reportOf([{ findings: [], seen: ruleIds }], inEnglish);
    assert.deepEqual(all, ['The check found nothing.', 'All 20 rules could have been broken in this run.']);
  });

  it('tells several runs apart, and names five', () => {
    const clean: CheckResult = { findings: [], seen: [] };
    const [title, , , end] = reportOf([finding(1), clean, ...Array.from({ length: 6 }, () => finding(2))], inEnglish);
    assert.equal(
      title,
      'Unix time in the filter of a log: request 1 of run 1; requests 1, 3 of run 3; requests 1, 3 of run 4; requests 1, 3 of run 5; requests 1, 3 of run 6; other runs: 2',
    );
    assert.equal(end, 'A reset ends a run; the next one begins with request 1.');
    assert.equal(
      reportOf([finding(1), clean], inGerman)[0],
      'Unix-Zeit im Filter eines Protokolls: Anfrage 1 in Lauf 1',
    );
    assert.deepEqual(reportOf([clean, clean], inEnglish)[0], 'The check found nothing.');
  });

  it('says of a guess that it is one', () => {
    const [title = ''] = reportOf([{ findings: [{ rule: 'hours-in-utc', exchanges: [1] }], seen: ruleIds }], inEnglish);
    assert.match(title, /a guess/);
  });

  it('is German where the reader is', () => {
    const everything = { findings: ruleIds.map((rule) => ({ rule, exchanges: numbers(51) })), seen: [] };
    const report = reportOf([everything], inGerman);
    assert.equal(report.length, 3 * ruleIds.length + 2);
    assert.doesNotMatch(report.join('\n'), /missing:/);
    assert.match(report[0] ?? '', /^Ersetzt ohne die Grenzen: Anfragen 1, .* und 31 weitere$/);
  });
});
