/**
 * Passes over records in which no needed text stands, without reading them: it only finds where they end, which takes
 * half the time. Whether such a record is JSON all through is not found out.
 */
import { MAX_LITERAL } from "./bytes";

// A literal: its length, two places in it that are told apart most easily, and all its bytes.
const FIRST: usize = 4;
const SECOND: usize = 8;
const BYTES: usize = 16;
const LITERAL_SIZE: usize = BYTES + <usize>MAX_LITERAL;
const MAX_LITERALS: i32 = 2;

export const LITERALS_SIZE: usize = LITERAL_SIZE * <usize>MAX_LITERALS;

/** A block of text: a bit for each of its bytes is in an i64. */
const BLOCK: usize = 64;

/**
 * When it pays: each record that is passed over adds one, each that is not takes a few, and at 0 no more is tried with
 * this text.
 */
const MOST_CREDIT: i32 = 64;
const COST: i32 = 3;

let literals: usize = 0;
let count: i32 = 0;
let credit: i32 = 0;
let textEnd: usize = 0;

/** Begins without any literal, in this place of the memory. */
export function forgetLiterals(at: usize): void {
  literals = at;
  count = 0;
}

/** Where the caller writes a literal before `addLiteral`. */
export function literalBuffer(): usize {
  return literals + <usize>count * LITERAL_SIZE + BYTES;
}

/**
 * A text, of at most `MAX_LITERAL` bytes, that a record must hold to be wanted, or another one of them.
 *
 * @param first one place in it @param second another one: the rarer the bytes there, the better
 */
export function addLiteral(length: i32, first: i32, second: i32): void {
  const literal = literals + <usize>count * LITERAL_SIZE;
  count++;
  store<i32>(literal, length);
  store<i32>(literal, first, FIRST);
  store<i32>(literal, second, SECOND);
}

/** Begins with a text that ends here. */
export function beginSkimming(end: usize): void {
  textEnd = end;
  credit = count > 0 ? MOST_CREDIT / 2 : 0;
}

/**
 * Passes over a record.
 *
 * @param start the position of its brace
 * @returns the position after it; or 0 if it must be read, since a literal is in it, or may be
 */
export function skim(start: usize): usize {
  if (credit <= 0) return 0;
  const end = endWithoutLiteral(start);
  if (end == 0) credit -= COST;
  else if (credit < MOST_CREDIT) credit++;
  return end;
}

function endWithoutLiteral(start: usize): usize {
  // CloudTrail's records begin so. Of others it is not known that they say a time.
  const beginning = i8x16(0x7b, 0x22, 0x65, 0x76, 0x65, 0x6e, 0x74, 0x56, 0x65, 0x72, 0x73, 0x69, 0x6f, 0x6e, 0x22, 0x3a);
  if (i8x16.bitmask(v128.eq<i8>(v128.load(start), beginning)) != 0xffff) return 0;
  const one = literals;
  const firstOne = <usize>load<i32>(one, FIRST);
  const secondOne = <usize>load<i32>(one, SECOND);
  const byteOne = i8x16.splat(load<i8>(one + BYTES + firstOne));
  const otherOne = i8x16.splat(load<i8>(one + BYTES + secondOne));
  const two = literals + (count > 1 ? LITERAL_SIZE : 0);
  const firstTwo = <usize>load<i32>(two, FIRST);
  const secondTwo = <usize>load<i32>(two, SECOND);
  const byteTwo = i8x16.splat(load<i8>(two + BYTES + firstTwo));
  const otherTwo = i8x16.splat(load<i8>(two + BYTES + secondTwo));

  let depth: i32 = 0;
  /** All ones while in a string. */
  let inString: i64 = 0;
  /** Whether the byte before the block is a backslash that escapes. */
  let carry: i64 = 0;
  for (let at = start; at < textEnd; at += BLOCK) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);

    let quotes = equal(a, b, c, d, 0x22);
    if (carry != 0 || isAny(a, b, c, d, 0x5c)) {
      // A run of backslashes: every second one is escaped, and after an odd run so is what follows.
      const odd: i64 = 0xaaaaaaaaaaaaaaaa;
      const backslashes = equal(a, b, c, d, 0x5c);
      const maybe = backslashes & ~carry;
      const codes = (((maybe << 1) | odd) - maybe) ^ odd;
      const escaped = codes ^ (backslashes | carry);
      carry = <i64>(<u64>(codes & backslashes) >> 63);
      // Any character can be written so.
      if ((equal(a, b, c, d, 0x75) & escaped) != 0) return 0;
      quotes &= ~escaped;
      if ((backslashes & ~(prefixXor(quotes) ^ inString)) != 0) return 0;
    }

    let end: usize = 0;
    if (isBracketAny(a, b, c, d)) {
      const within = prefixXor(quotes) ^ inString;
      inString = within >> 63;
      const opening = (equal(a, b, c, d, 0x7b) | equal(a, b, c, d, 0x5b)) & ~within;
      const closing = (equal(a, b, c, d, 0x7d) | equal(a, b, c, d, 0x5d)) & ~within;
      const closed = <i32>popcnt(closing);
      if (depth <= closed) {
        for (let rest = opening | closing; rest != 0; rest &= rest - 1) {
          if ((opening & rest & -rest) != 0) depth++;
          else if (--depth == 0) {
            end = at + <usize>ctz(rest) + 1;
            break;
          }
        }
      } else depth += <i32>popcnt(opening) - closed;
    } else if ((popcnt(quotes) & 1) != 0) inString = ~inString;

    if (
      holds(one, at, candidates(at, firstOne, secondOne, byteOne, otherOne)) ||
      (two != one && holds(two, at, candidates(at, firstTwo, secondTwo, byteTwo, otherTwo)))
    ) {
      return 0;
    }
    if (end != 0) return end;
  }
  return 0;
}

/** Whether a literal begins at one of these bytes of a block; be it in the next record, which costs time only. */
@inline
function holds(literal: usize, at: usize, candidates: i64): bool {
  for (let rest = candidates; rest != 0; rest &= rest - 1) {
    const place = at + <usize>ctz(rest);
    if (memory.compare(place, literal + BYTES, <usize>load<i32>(literal)) == 0) return true;
  }
  return false;
}

/** Where in a block there are the two bytes of a literal, in its two places. */
@inline
function candidates(at: usize, first: usize, second: usize, byte: v128, other: v128): i64 {
  const a = v128.and(v128.eq<i8>(v128.load(at + first), byte), v128.eq<i8>(v128.load(at + second), other));
  const b = v128.and(v128.eq<i8>(v128.load(at + first, 16), byte), v128.eq<i8>(v128.load(at + second, 16), other));
  const c = v128.and(v128.eq<i8>(v128.load(at + first, 32), byte), v128.eq<i8>(v128.load(at + second, 32), other));
  const d = v128.and(v128.eq<i8>(v128.load(at + first, 48), byte), v128.eq<i8>(v128.load(at + second, 48), other));
  return v128.any_true(v128.or(v128.or(a, b), v128.or(c, d))) ? bits(a, b, c, d) : 0;
}

@inline
function isAny(a: v128, b: v128, c: v128, d: v128, byte: i8): bool {
  const all = i8x16.splat(byte);
  return v128.any_true(
    v128.or(
      v128.or(v128.eq<i8>(a, all), v128.eq<i8>(b, all)),
      v128.or(v128.eq<i8>(c, all), v128.eq<i8>(d, all)),
    ),
  );
}

/** Whether there may be a bracket or a brace: they differ in one bit, and then little comes after them in ASCII. */
@inline
function isBracketAny(a: v128, b: v128, c: v128, d: v128): bool {
  const bit = i8x16.splat(0x20);
  const before = i8x16.splat(0x7a);
  return v128.any_true(
    v128.or(
      v128.or(v128.gt<i8>(v128.or(a, bit), before), v128.gt<i8>(v128.or(b, bit), before)),
      v128.or(v128.gt<i8>(v128.or(c, bit), before), v128.gt<i8>(v128.or(d, bit), before)),
    ),
  );
}

@inline
function equal(a: v128, b: v128, c: v128, d: v128, byte: i8): i64 {
  const all = i8x16.splat(byte);
  return bits(v128.eq<i8>(a, all), v128.eq<i8>(b, all), v128.eq<i8>(c, all), v128.eq<i8>(d, all));
}

@inline
function bits(a: v128, b: v128, c: v128, d: v128): i64 {
  return (
    <i64>i8x16.bitmask(a) |
    (<i64>i8x16.bitmask(b) << 16) |
    (<i64>i8x16.bitmask(c) << 32) |
    (<i64>i8x16.bitmask(d) << 48)
  );
}

/** Of each bit, whether an odd number is set up to it: from each opening quote to before the closing one. */
@inline
function prefixXor(mask: i64): i64 {
  let sum = mask;
  sum ^= sum << 1;
  sum ^= sum << 2;
  sum ^= sum << 4;
  sum ^= sum << 8;
  sum ^= sum << 16;
  return sum ^ (sum << 32);
}
