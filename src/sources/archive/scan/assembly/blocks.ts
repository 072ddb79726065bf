/** Blocks of text, and a bit for each of their bytes. */

/** Bytes in a block: as many as an i64 has bits. */
export const BLOCK: usize = 64;

@inline
export function isAny(a: v128, b: v128, c: v128, d: v128, byte: i8): bool {
  return v128.any_true(whereAny(a, b, c, d, byte));
}

/** Not 0 at each place where one of four vectors has the byte. */
@inline
export function whereAny(a: v128, b: v128, c: v128, d: v128, byte: i8): v128 {
  const all = i8x16.splat(byte);
  return v128.or(
    v128.or(v128.eq<i8>(a, all), v128.eq<i8>(b, all)),
    v128.or(v128.eq<i8>(c, all), v128.eq<i8>(d, all)),
  );
}

@inline
export function equal(a: v128, b: v128, c: v128, d: v128, byte: i8): i64 {
  const all = i8x16.splat(byte);
  return bits(v128.eq<i8>(a, all), v128.eq<i8>(b, all), v128.eq<i8>(c, all), v128.eq<i8>(d, all));
}

/** The same for two bytes at once, of which the one has a bit more: as if they were a letter and its capital. */
@inline
export function equalInLowerCase(a: v128, b: v128, c: v128, d: v128, byte: i8): i64 {
  const bit = i8x16.splat(0x20);
  return equal(v128.or(a, bit), v128.or(b, bit), v128.or(c, bit), v128.or(d, bit), byte);
}

@inline
export function bits(a: v128, b: v128, c: v128, d: v128): i64 {
  return (
    <i64>i8x16.bitmask(a) |
    (<i64>i8x16.bitmask(b) << 16) |
    (<i64>i8x16.bitmask(c) << 32) |
    (<i64>i8x16.bitmask(d) << 48)
  );
}

/**
 * The bytes that are escaped: in a run of backslashes every second one is, and after an odd run so is what follows.
 *
 * @param carry 1 if the block's first byte is escaped, else 0
 */
@inline
export function escapedBy(backslashes: i64, carry: i64): i64 {
  const odd: i64 = 0xaaaaaaaaaaaaaaaa;
  const maybe = backslashes & ~carry;
  const codes = (((maybe << 1) | odd) - maybe) ^ odd;
  return codes ^ (backslashes | carry);
}

/** 1 if the next block's first byte is escaped, else 0. */
@inline
export function carryOf(backslashes: i64, escaped: i64): i64 {
  return <i64>(<u64>(backslashes & ~escaped) >> 63);
}
