// A property is tried with the same cases each time, so that no change is refused by chance: `KEYTURNER_SEED=…` draws others.
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['KEYTURNER_SEED'] ?? 20_261_127) });
