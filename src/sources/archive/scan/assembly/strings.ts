/** Strings that were asked for lately, so that each is made but once: a slot holds its length, and then its bytes. */
import { firstBytes, MULTIPLIER } from "./bytes";

const SLOTS: usize = 2048;
const SLOT_SIZE: usize = 8 + 120;
const MAX_INTERNED: usize = 112;

export const STRINGS_SIZE: usize = SLOTS * SLOT_SIZE;

let slots: usize = 0;

/** Begins without any, in this place of the memory. */
export function forgetStrings(at: usize): void {
  slots = at;
  memory.fill(at, 0, STRINGS_SIZE);
}

/**
 * Looks for a string among those that were asked for lately.
 *
 * @returns its slot; or, if another string was there, -1 minus the slot, where it is from now on; or as many as there
 * are slots when it is too long
 */
export function findString(at: usize, length: usize): i32 {
  if (length > MAX_INTERNED) return <i32>SLOTS;
  let hash = <u64>length;
  let offset: usize = 0;
  for (; offset + 8 <= length; offset += 8) hash = rotl((hash ^ load<u64>(at + offset)) * MULTIPLIER, 29);
  const last = firstBytes(at + offset, length - offset);
  hash = (hash ^ last) * MULTIPLIER;
  const index = <i32>(hash >> 53);
  const slot = slots + <usize>index * SLOT_SIZE;
  // Empty strings equal empty slots, and the caller's slots begin with empty strings.
  let isSame = load<u32>(slot) == <u32>length && load<u64>(slot + 8 + offset) == last;
  for (let step: usize = 0; isSame && step < offset; step += 8) {
    isSame = load<u64>(slot + 8 + step) == load<u64>(at + step);
  }
  if (isSame) return index;
  store<u32>(slot, <u32>length);
  memory.copy(slot + 8, at, offset);
  store<u64>(slot + 8 + offset, last);
  return -1 - index;
}
