/** A line for each detail that is known. */
export function detailLines(details: readonly (readonly [label: string, value: string | undefined])[]): string {
  return details
    .filter(([, value]) => value !== undefined)
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n');
}
