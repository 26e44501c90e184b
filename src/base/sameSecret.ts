/** Whether two texts are equal. How long it takes tells their lengths, and nothing of where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) {
    difference |= one.charCodeAt(index) ^ (other.charCodeAt(index) || 0);
  }
  return difference === 0;
}
