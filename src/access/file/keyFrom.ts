const longestKey = 40;

/** A key for an entry, made of its name: `guest-weber`, or `guest-weber-2` where that is taken. */
export function keyFrom(name: string, taken: ReadonlySet<string>): string {
  const words =
    name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const key = words.join('-').normalize('NFC').slice(0, longestKey).replace(/-$/, '') || 'entry';
  if (!taken.has(key)) return key;
  const next = (number: number): string => (taken.has(`${key}-${number}`) ? next(number + 1) : `${key}-${number}`);
  return next(2);
}
