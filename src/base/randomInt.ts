const span = 2 ** 32;

/** A whole number from 0 to below `max`, at most 2^32, each as likely as any other, of the cryptographic source. */
export function randomInt(max: number): number {
  const end = span - (span % max); // what lies beyond would make the small numbers likelier
  for (;;) {
    const [number = end] = crypto.getRandomValues(new Uint32Array(1));
    if (number < end) return number % max;
  }
}
