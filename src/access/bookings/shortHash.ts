/** A short text of digits and small letters that stays the same for `text`, and differs for nearly every other. It proves nothing. */
export function shortHash(text: string): string {
  let [low, high] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 2_654_435_761);
    high = Math.imul(high ^ unit, 1_597_334_677);
  }
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  return ((high >>> 0) * 2 ** 21 + (low >>> 11)).toString(36).padStart(11, '0').slice(-shortLength);
}

/** In characters: two of some thousand bookings have the same in less than one of 100,000 calendars. */
const shortLength = 8;
