// What is promised of reliability and security, each with what proves it. The numbers are those that tests and messages go by.

export interface Goal {
  readonly id: string;
  readonly what: string;
  readonly threshold: string;
  /** Whether npm test measures it too, or a part of it; npm run test:hardening measures all. */
  readonly quick: boolean;
}

const quickly = (id: string, what: string, threshold: string): Goal => ({ id, what, threshold, quick: true });
const slowly = (id: string, what: string, threshold: string): Goal => ({ id, what, threshold, quick: false });

export const goals: readonly Goal[] = [
  slowly('G1', 'coverage by lines and branches', 'each file 95 % and 90 %; safety core 100 %'),
  slowly('G2', 'mutation score', 'safety core 90 %; all 75 %'),
  quickly('G3', 'fault kinds that a test survives', '64 of 64; no unhandled rejection, no empty tree'),
  quickly(
    'G4',
    'payloads derived from the OpenAPI',
    '100,000 (5,000 in npm test); no crash, no lost device, no false "locked"',
  ),
  quickly('G5', 'hostile strings on surfaces', '200 on 12; no link, foreign icon, bidi control or script'),
  quickly('G6', 'requests per confirmed gesture', 'at most 1, in 10,000 operations'),
  quickly('G7', 'doors moved without a click on the question', '0 of 2,000'),
  quickly('G8', 'wrong final claims', '0 in 10,000 operations'),
  quickly('G9', 'vectors of time conversion', 'every one of tz-vectors.json (130, 10 and 12), in 5 time zones'),
  quickly('G10', 'forged messages of the form', '50,000; no request, nothing thrown'),
  quickly('G11', 'planted secrets found again', '0; the scanner finds what is planted for it'),
  quickly('G12', 'requests to another origin', '0'),
  slowly('G13', 'secrets in history and package; known vulnerabilities', '0; 0'),
  quickly('G14', 'the package', 'listed files only; at most 500 KB; few dependencies'),
  quickly('G15', 'findings in the manifest', '0'),
  quickly('G16', 'findings of axe-core; rows with a spoken label', '0; all'),
  quickly(
    'G17',
    'growth in 72 simulated hours (12 in npm test) and 20 real minutes',
    'below 5 MB; no timer or listener left',
  ),
  quickly('G18', 'requests per hour', 'visible 75, hidden 0, never above 300; Retry-After kept'),
  quickly('G19', 'time to stale, to sign-in, to recovery', '2 intervals, 1 poll, 1 interval'),
  quickly('G20', 'lines in the log of an outage of an hour', 'exactly 2'),
  quickly(
    'G21',
    'activation without network; lag of the event loop',
    'below 100 ms; no turn of 50 ms, with 5,000 devices of 100 ms',
  ),
  quickly('G22', 'banned words in the sources', '0'),
  slowly('G23', 'failures in 20 runs', '0'),
  quickly('G24', "rules of Home Assistant's quality scale", 'all done, or exempt with a reason'),
  slowly('G25', 'ways to break a rule of safety that a test sees', 'all; at least one for each rule'),
];
