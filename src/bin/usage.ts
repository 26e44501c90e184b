import { usualPort } from '../server/server.ts';
import { faultNames } from '../simulator/faults/namedFaults.ts';
import { allScopes } from '../simulator/tokens.ts';

export const usage = `Usage: keyturner simulate [options] [-- COMMAND ...]

Runs a simulation of Nuki's Web API on this computer, to try programs against it.
Prints its address and token when it listens, and each request on standard error.

  --port N              port to listen on; 0 takes a free one
                        (default: ${usualPort}, or a free one if that is in use)
  --token T[:SCOPE,...] a token that is accepted, with these scopes only; may be repeated
                        (default: a random one with all scopes)
  --home FILE           home to simulate, as JSON (default: the demo home)
  --seed N              same seed, home and requests: same answers (default: 1)
  --time ISO            where the home's clock starts, such as 2026-11-26T09:00:00Z
                        (default: now)
  --speed N             how many times as fast as real time it runs; 0 stands still
                        (default: 1)
  --fault NAME[=N]      something that goes wrong, N times; may be repeated
  --webhook URL         where webhooks are sent
  --webhook-secret S    key of their signatures (default: a random one, printed)
  --journal FILE        writes each request and webhook as a line of JSON, without secrets
  --cors                answers web pages of any origin
  --check               says at the end what your program did that the real API punishes
  -- COMMAND ...        runs a command with NUKI_BASE_URL and NUKI_TOKEN set, and ends with it
  -h, --help            shows this
  -v, --version         shows the version

Scopes: ${listed(allScopes)}

Faults: ${listed(faultNames)}

While it runs, GET /_sim at its address lists what can be asked and told: what each fault does,
the clock, a hand at the device, the check. No token is needed for that.

Exit code: 0 when it was stopped with Ctrl+C or a signal, that of COMMAND when it has ended,
1 where --check has found something, 2 where it could not start, 127 where there is no COMMAND.

Reference: https://github.com/keyturner/keyturner/blob/main/docs/simulated-api.md`;

/** Names in lines below each other, after a word of six letters. */
function listed(names: readonly string[]): string {
  return `${names.join(', ').replaceAll(/(.{1,80}),( |$)/g, '$1,\n        ')}.`;
}
