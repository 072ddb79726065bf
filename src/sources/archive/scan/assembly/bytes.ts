/** Bytes of JSON, and what several parts do with bytes. */

export const QUOTE: u8 = 0x22;
export const COMMA: u8 = 0x2c;
export const MINUS: u8 = 0x2d;
export const DOT: u8 = 0x2e;
export const ZERO: u8 = 0x30;
export const COLON: u8 = 0x3a;
export const UPPER_T: u8 = 0x54;
export const UPPER_Z: u8 = 0x5a;
export const OPEN_BRACKET: u8 = 0x5b;
export const BACKSLASH: u8 = 0x5c;
export const CLOSE_BRACKET: u8 = 0x5d;
export const LOWER_N: u8 = 0x6e;
export const LOWER_U: u8 = 0x75;
export const OPEN_BRACE: u8 = 0x7b;
export const CLOSE_BRACE: u8 = 0x7d;

/** Spreads the bits of what it multiplies (Knuth, The Art of Computer Programming, 6.4: 2 to the 64th by the golden ratio). */
export const MULTIPLIER: u64 = 0x9e3779b97f4a7c15;

/** Longest text that is looked for without reading records. Bytes. */
export const MAX_LITERAL: i32 = 64;

/** Zeros that follow a text: no JSON goes on with them, so that nothing is read beyond. */
export const PADDING: usize = 64 + <usize>MAX_LITERAL;

/** The first eight bytes at a place, or fewer and zeros. */
export function firstBytes(at: usize, length: usize): u64 {
  const bytes = load<u64>(at);
  return length >= 8 ? bytes : bytes & (((<u64>1) << (<u64>length * 8)) - 1);
}

export function aligned(at: usize): usize {
  return (at + 15) & ~15;
}

/** Makes the memory as long as this. */
export function grow(end: usize): void {
  const needed = <i32>((end + 0xffff) >> 16) - memory.size();
  if (needed > 0) memory.grow(needed);
}
