const span = 2 ** 32;

/** A whole number from 0 to below `max` (1 to 2^32), each equally likely, from the cryptographic source. */
export function randomInt(max: number): number {
  const end = span - (span % max); // numbers from here on would make small remainders likelier
  for (;;) {
    const [number = end] = crypto.getRandomValues(new Uint32Array(1));
    if (number < end) return number % max;
  }
}
