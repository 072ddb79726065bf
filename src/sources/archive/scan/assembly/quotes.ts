/**
 * Where strings end. A bit for each byte of the text says whether it is a quote that begins or ends a string: these are
 * found for whole blocks of text, somewhat ahead of whoever reads.
 */
import { bits, BLOCK, carryOf, equal, escapedBy, whereAny } from "./blocks";
import { BACKSLASH, QUOTE } from "./bytes";
import { escapeEnd } from "./scalars";

/** How far ahead. Bytes. */
const AHEAD: usize = 16 * BLOCK;

let textEnd: usize = 0;
/** To be added to a byte's address by eight, to come to the address of its bit's byte. */
let offset: usize = 0;
/** How far quotes are found. */
let head: usize = 0;
/** 1 if the byte there is escaped, else 0. */
let carry: i64 = 0;
/** The first byte that no JSON has, as far as quotes are found: a control character or what is no escape. */
let broken: usize = 0;
let lastBackslash: usize = 0;

/** Whether all text is ASCII, as far as quotes are found. */
export let isAscii: bool = true;

/** Bytes that a text's quotes take. */
export function sizeOfQuotes(length: usize): usize {
  return length / 8 + BLOCK;
}

/** Begins with a text, and room for its quotes. */
export function beginText(at: usize, length: usize, room: usize): void {
  textEnd = at + length;
  offset = room - (at >> 3);
}

/** Begins to watch for what is not ASCII, and forgets what was found. */
export function beginQuotes(): void {
  isAscii = true;
  head = 0;
}

/** Goes on at a place that is in no string. */
export function skipQuotes(at: usize): void {
  if (at < head) return;
  head = at & ~7;
  carry = 0;
  broken = usize.MAX_VALUE;
  lastBackslash = 0;
  findQuotes(at & 7);
}

/** A bit for each quote from a place on, for 57 bytes or more. */
@inline
export function quotesFrom(at: usize): u64 {
  if (at + BLOCK > head) findUntil(at + BLOCK);
  return load<u64>((at >> 3) + offset) >> (<u64>at & 7);
}

/**
 * Where a string ends.
 *
 * @param start after its opening quote
 * @param quotes those from there on
 * @returns the position of the closing one; where there is none, that of the zeros after the text
 */
@inline
export function stringEnd(start: usize, quotes: u64): usize {
  return quotes != 0 ? start + <usize>ctz(quotes) : distantEnd(start);
}

/**
 * The same for the value of a key: what is known of the quotes there need not be looked for again.
 *
 * @param keyStart after the key's opening quote
 * @param quotes those from there on; 0 where there is no key
 * @param start after the value's opening quote
 */
@inline
export function valueEnd(keyStart: usize, quotes: u64, start: usize): usize {
  const fromOpening = quotes & (quotes - 1);
  const fromClosing = fromOpening & (fromOpening - 1);
  return fromClosing != 0 ? keyStart + <usize>ctz(fromClosing) : stringEnd(start, quotesFrom(start));
}

/** The same for a string that is long. */
function distantEnd(start: usize): usize {
  let at = start;
  while (true) {
    at = (at & ~7) + BLOCK;
    if (at >= textEnd) return textEnd;
    const quotes = quotesFrom(at);
    if (quotes != 0) return at + <usize>ctz(quotes);
  }
}

function findUntil(end: usize): void {
  while (head < end) findQuotes(0);
}

/** @param before bytes in the first block that are of no concern: a backslash there would escape what comes */
function findQuotes(before: usize): void {
  const limit = head + AHEAD;
  const end = limit < textEnd ? limit : textEnd;
  let at = head;
  let to = (at >> 3) + offset;
  let concern: i64 = -1 << <i64>before;
  for (; at < end; at += BLOCK) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let found = equal(a, b, c, d, QUOTE);
    if (carry != 0 || isUnusualAny(a, b, c, d)) found &= ~escapedIn(at, a, b, c, d, concern);
    concern = -1;
    store<i64>(to, found);
    to += 8;
  }
  head = at >= textEnd ? usize.MAX_VALUE : at;
}

/** Whether there is a backslash, a control character, or anything beyond ASCII: as numbers with a sign, these are negative. */
@inline
function isUnusualAny(a: v128, b: v128, c: v128, d: v128): bool {
  const least = v128.min<i8>(v128.min<i8>(a, b), v128.min<i8>(c, d));
  return v128.any_true(v128.or(v128.lt<i8>(least, i8x16.splat(0x20)), whereAny(a, b, c, d, BACKSLASH)));
}

/** Looks closer at a block, as far as it is of concern. @returns a bit for each byte that is escaped */
function escapedIn(at: usize, a: v128, b: v128, c: v128, d: v128, concern: i64): i64 {
  const controls = bits(isControl(a), isControl(b), isControl(c), isControl(d)) & concern;
  if (controls != 0) breakAt(at + <usize>ctz(controls));
  if (bits(a, b, c, d) != 0) isAscii = false;
  const backslashes = equal(a, b, c, d, BACKSLASH) & concern;
  if ((backslashes | carry) == 0) return 0;
  if (backslashes != 0) lastBackslash = at + 63 - <usize>clz(backslashes);
  const escaped = escapedBy(backslashes, carry);
  carry = carryOf(backslashes, escaped);
  for (let rest = escaped; rest != 0; rest &= rest - 1) {
    const place = at + <usize>ctz(rest);
    if (escapeEnd(place) == 0) breakAt(place);
  }
  return escaped;
}

@inline
function isControl(bytes: v128): v128 {
  return v128.lt<u8>(bytes, i8x16.splat(0x20));
}

function breakAt(place: usize): void {
  if (place < broken) broken = place;
}

/** Whether text up to here has a byte that no JSON has. */
export function isBroken(end: usize): bool {
  return broken < end;
}

/** Whether there are escapes in a string. */
@inline
export function holdsEscapes(start: usize, end: usize): bool {
  return start <= lastBackslash && holdsBackslash(start, end);
}

function holdsBackslash(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (load<u8>(at) == BACKSLASH) return true;
  return false;
}
