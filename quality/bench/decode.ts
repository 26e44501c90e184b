import { authorizationsIn } from '../../src/nuki/authorization/authorizationPages.ts';
import type { Bench } from './bench.ts';
import { authorizationsOf } from './fixtures/people.ts';
import { gate } from './gates.ts';
import { busyTime, columns, ratioOf, spreadOf, timeOf } from './measure.ts';

const devices = 1_000;
const perDevice = 200;
const rounds = 5;

/** What it costs to understand 200,000 authorizations, codes apart, beside reading their JSON alone. */
export const decode: Bench = {
  name: 'Understanding 200,000 authorizations',
  run: async () => {
    // Page by page, as they come: no answer holds more than a thousand.
    const pages = Array.from({ length: devices / 5 }, (_, page) =>
      JSON.stringify(
        Array.from({ length: 5 }, (_each, index) =>
          authorizationsOf(page * 5 + index + 0x4_0010_0000, perDevice),
        ).flat(),
      ),
    );
    const parsing: number[] = [];
    const understanding: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      parsing.push(timeOf(() => pages.forEach((page) => void JSON.parse(page))));
      const start = busyTime();
      for (const page of pages) await authorizationsIn(JSON.parse(page));
      understanding.push(busyTime() - start);
    }
    const [bare, decoded] = [spreadOf(parsing), spreadOf(understanding)];
    return {
      samples: rounds,
      rows: [
        { what: 'JSON.parse, ms', ...columns(bare) },
        { what: 'JSON.parse and decode, ms', ...columns(decoded) },
      ],
      gates: [gate('JSON.parse and decode, × JSON.parse', ratioOf(decoded, bare))],
    };
  },
};
