/**
 * Passes over records in which no needed text stands, without reading them: it only finds where they end, which takes
 * two thirds of the time. Whether such a record is JSON all through is not found out.
 */
import { bits, BLOCK, carryOf, equal, equalInLowerCase, escapedBy, isAny } from "./blocks";
import { MAX_LITERAL } from "./bytes";

// A literal: its length, where two pairs of its bytes are that are told apart most easily, and all its bytes.
const EVEN: usize = 4;
const ODD: usize = 8;
const BYTES: usize = 16;
const LITERAL_SIZE: usize = BYTES + <usize>MAX_LITERAL;
const MAX_LITERALS: i32 = 2;

export const LITERALS_SIZE: usize = LITERAL_SIZE * <usize>MAX_LITERALS;

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
 * A text, of at most `MAX_LITERAL` bytes, that a record must hold to be wanted, or another one of them. Wherever it
 * stands, one of two pairs of its bytes is at an even distance from any place.
 *
 * @param even an even place in it, where a pair begins @param odd an odd one: the rarer the pairs, the better
 */
export function addLiteral(length: i32, even: i32, odd: i32): void {
  const literal = literals + <usize>count * LITERAL_SIZE;
  count++;
  store<i32>(literal, length);
  store<i32>(literal, even, EVEN);
  store<i32>(literal, odd, ODD);
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
  const evenOne = pairOf(one, EVEN);
  const oddOne = pairOf(one, ODD);
  const two = literals + (count > 1 ? LITERAL_SIZE : 0);
  const evenTwo = pairOf(two, EVEN);
  const oddTwo = pairOf(two, ODD);

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
    let end: usize = 0;
    if (carry != 0 || isStructureAny(a, b, c, d)) {
      if (carry != 0 || isAny(a, b, c, d, 0x5c)) {
        const backslashes = equal(a, b, c, d, 0x5c);
        const escaped = escapedBy(backslashes, carry);
        carry = carryOf(backslashes, escaped);
        // Any character can be written so.
        if ((equal(a, b, c, d, 0x75) & escaped) != 0) return 0;
        quotes &= ~escaped;
        if ((backslashes & ~(prefixXor(quotes) ^ inString)) != 0) return 0;
      }
      const within = prefixXor(quotes) ^ inString;
      inString = within >> 63;
      const opening = equalInLowerCase(a, b, c, d, 0x7b) & ~within;
      const closing = equalInLowerCase(a, b, c, d, 0x7d) & ~within;
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

    if (isPairAny(a, b, c, d, evenOne, oddOne) && isAt(one, at, a, b, c, d, evenOne, oddOne)) return 0;
    if (two != one && isPairAny(a, b, c, d, evenTwo, oddTwo) && isAt(two, at, a, b, c, d, evenTwo, oddTwo)) return 0;
    if (end != 0) return end;
  }
  return 0;
}

/** A pair of a literal's bytes, in every pair of bytes of a vector. */
@inline
function pairOf(literal: usize, place: usize): v128 {
  return i16x8.splat(load<i16>(literal + BYTES + <usize>load<i32>(literal + place)));
}

/** Whether either pair stands at an even place of a block. */
@inline
function isPairAny(a: v128, b: v128, c: v128, d: v128, even: v128, odd: v128): bool {
  return v128.any_true(
    v128.or(
      v128.or(isPair(a, even, odd), isPair(b, even, odd)),
      v128.or(isPair(c, even, odd), isPair(d, even, odd)),
    ),
  );
}

@inline
function isPair(a: v128, even: v128, odd: v128): v128 {
  return v128.or(v128.eq<i16>(a, even), v128.eq<i16>(a, odd));
}

/** Whether a literal stands around one of its pairs in a block; be it in the next record, which costs time only. */
@inline
function isAt(literal: usize, at: usize, a: v128, b: v128, c: v128, d: v128, even: v128, odd: v128): bool {
  return (
    isAround(literal, at - <usize>load<i32>(literal, EVEN), equalPairs(a, b, c, d, even)) ||
    isAround(literal, at - <usize>load<i32>(literal, ODD), equalPairs(a, b, c, d, odd))
  );
}

function isAround(literal: usize, at: usize, pairs: i64): bool {
  for (let rest = pairs; rest != 0; rest &= rest - 1) {
    if (memory.compare(at + <usize>ctz(rest), literal + BYTES, <usize>load<i32>(literal)) == 0) return true;
  }
  return false;
}

/** The first bit of each pair of bits. */
const FIRST_OF_TWO: i64 = 0x5555555555555555;

@inline
function equalPairs(a: v128, b: v128, c: v128, d: v128, pair: v128): i64 {
  return (
    bits(v128.eq<i16>(a, pair), v128.eq<i16>(b, pair), v128.eq<i16>(c, pair), v128.eq<i16>(d, pair)) & FIRST_OF_TWO
  );
}

/**
 * Whether there may be a bracket, a brace or a backslash: they are six bytes that differ in one bit, as letters do from
 * their capitals, and then come one after the other. What follows these is moved out of the way, below zero.
 */
@inline
function isStructureAny(a: v128, b: v128, c: v128, d: v128): bool {
  return v128.any_true(v128.or(v128.or(isStructure(a), isStructure(b)), v128.or(isStructure(c), isStructure(d))));
}

@inline
function isStructure(bytes: v128): v128 {
  return v128.gt<i8>(v128.add<i8>(v128.or(bytes, i8x16.splat(0x20)), i8x16.splat(2)), i8x16.splat(0x7c));
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
