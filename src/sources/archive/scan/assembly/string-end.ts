/** Where strings end. */
import { BACKSLASH, QUOTE } from "./bytes";
import { escapeEnd } from "./scalars";

/** Whether the string that was looked at last holds escapes. */
export let isEscaped: bool = false;
/** Whether all strings are ASCII since somebody asked to watch. */
export let isAscii: bool = true;

export function watchForAscii(): void {
  isAscii = true;
}

/** @param start after the opening quote @returns the position of the closing one, or 0 where there is none */
@inline
export function stringEnd(start: usize): usize {
  let at = start;
  isEscaped = false;
  while (true) {
    const bytes = v128.load(at);
    // As numbers with a sign, bytes beyond ASCII are negative.
    const special = i8x16.bitmask(
      v128.or(
        v128.or(v128.eq<i8>(bytes, i8x16.splat(0x22)), v128.eq<i8>(bytes, i8x16.splat(0x5c))),
        v128.lt<i8>(bytes, i8x16.splat(0x20)),
      ),
    );
    if (special == 0) {
      at += 16;
      continue;
    }
    at += <usize>ctz(special);
    return load<u8>(at) == QUOTE ? at : unusualEnd(at);
  }
}

/** The same from a byte on that is an escape, beyond ASCII, or not allowed. */
function unusualEnd(start: usize): usize {
  let at = start;
  while (true) {
    const byte = load<u8>(at);
    if (byte == QUOTE) return at;
    if (byte == BACKSLASH) {
      isEscaped = true;
      at = escapeEnd(at + 1);
      if (at == 0) return 0;
    } else if (byte < 0x20) return 0;
    else {
      if (byte >= 0x80) isAscii = false;
      at++;
    }
  }
}
