/** JSON's scalars and escapes, checked (RFC 8259). */
import { DOT, LOWER_N, LOWER_U, MINUS, ZERO } from "./bytes";

/** @param at after the backslash @returns the position after the escape, or 0 */
export function escapeEnd(at: usize): usize {
  const byte = load<u8>(at);
  if (byte != LOWER_U) return isEscape(byte) ? at + 1 : 0;
  for (let digit: usize = 1; digit < 5; digit++) if (!isHex(load<u8>(at + digit))) return 0;
  return at + 5;
}

function isHex(byte: u8): bool {
  return (byte - ZERO < 10) || ((byte | 0x20) - 0x61 < 6);
}

/** `"\/bfnrt` */
function isEscape(byte: u8): bool {
  switch (byte) {
    case 0x22:
    case 0x2f:
    case 0x5c:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    default:
      return false;
  }
}

/** A number, true, false or null. @returns the position after it, or 0 */
export function scalar(start: usize, first: u8): usize {
  switch (first) {
    case LOWER_N:
      return load<u32>(start) == 0x6c6c756e ? start + 4 : 0;
    case 0x74: // true
      return load<u32>(start) == 0x65757274 ? start + 4 : 0;
    case 0x66: // false
      return load<u32>(start, 1) == 0x65736c61 ? start + 5 : 0;
    default:
      return number(start, first);
  }
}

function number(start: usize, first: u8): usize {
  let at = start;
  if (first == MINUS) at++;
  if (load<u8>(at) == ZERO) at++;
  else {
    const digits = at;
    at = skipDigits(at);
    if (at == digits) return 0;
  }
  if (load<u8>(at) == DOT) {
    const digits = at + 1;
    at = skipDigits(digits);
    if (at == digits) return 0;
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    at++;
    const sign = load<u8>(at);
    if (sign == MINUS || sign == 0x2b) at++;
    const digits = at;
    at = skipDigits(at);
    if (at == digits) return 0;
  }
  return at;
}

function skipDigits(start: usize): usize {
  let at = start;
  while (load<u8>(at) - ZERO < 10) at++;
  return at;
}
