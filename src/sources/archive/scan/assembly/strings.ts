/** Strings that were asked for lately, so that each is made but once: a slot holds its length, and then its bytes. */
import { firstBytes, MULTIPLIER } from "./bytes";

const SLOTS: usize = 8192;
const SLOT_SIZE: usize = 8 + 120;
const MAX_INTERNED: usize = 112;

export const STRINGS_SIZE: usize = SLOTS * SLOT_SIZE;

let slots: usize = 0;
/** Which of two slots that are taken is given away next. */
let turn: usize = 0;

/** Begins without any, in this place of the memory. */
export function forgetStrings(at: usize): void {
  slots = at;
  memory.fill(at, 0, STRINGS_SIZE);
}

/**
 * Looks for a string among those that were asked for lately. Each may be in one of two slots, so that two that are
 * asked for often do not drive each other out.
 *
 * @returns its slot; or, if it was not there, -1 minus the slot where it is from now on; or as many as there are slots
 * when it is too long
 */
export function findString(at: usize, length: usize): i32 {
  if (length > MAX_INTERNED) return <i32>SLOTS;
  let hash = <u64>length;
  let offset: usize = 0;
  for (; offset + 8 <= length; offset += 8) hash = rotl((hash ^ load<u64>(at + offset)) * MULTIPLIER, 29);
  const last = firstBytes(at + offset, length - offset);
  hash = (hash ^ last) * MULTIPLIER;
  let index = <usize>(hash >> 51);
  // Empty strings equal empty slots, and the caller's slots begin with empty strings.
  if (isIn(index, at, length, offset, last)) return <i32>index;
  if (isIn(index ^ 1, at, length, offset, last)) return <i32>(index ^ 1);
  if (load<u32>(slotOf(index)) != 0) index ^= load<u32>(slotOf(index ^ 1)) == 0 ? 1 : turn++ & 1;
  const slot = slotOf(index);
  store<u32>(slot, <u32>length);
  memory.copy(slot + 8, at, offset);
  store<u64>(slot + 8 + offset, last);
  return -1 - <i32>index;
}

/** @param last what follows at `offset`, a multiple of eight: the rest of the string */
@inline
function isIn(index: usize, at: usize, length: usize, offset: usize, last: u64): bool {
  const slot = slotOf(index);
  if (load<u32>(slot) != <u32>length || load<u64>(slot + 8 + offset) != last) return false;
  for (let step: usize = 0; step < offset; step += 8) {
    if (load<u64>(slot + 8 + step) != load<u64>(at + step)) return false;
  }
  return true;
}

@inline
function slotOf(index: usize): usize {
  return slots + index * SLOT_SIZE;
}
