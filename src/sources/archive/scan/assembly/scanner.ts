/**
 * Reads CloudTrail's JSON where it lies: checks that each record is JSON, finds where it ends, and where the fields lie
 * that somebody asks for. This is AssemblyScript, compiled to WebAssembly by `npm run generate` into
 * ../scanner-binary.ts; ../scanner.ts is its other side.
 *
 * It is strict and knows one shape only: JSON without white space between its tokens, of UTF-8. At whatever is
 * different, wrong, or hard to read in place, it stops before that record, and somebody slower reads it.
 */
import { aligned, CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, grow, LOWER_N, MULTIPLIER } from "./bytes";
import { OPEN_BRACE, OPEN_BRACKET, PADDING, QUOTE, ZERO } from "./bytes";
import { fieldsEnd, findKey, mayHold, NONE, STRANGE, tableOf } from "./fields";
import { beginQuotes, beginText, holdsEscapes, isAscii, isBroken } from "./quotes";
import { quotesFrom, sizeOfQuotes, skipQuotes, stringEnd, valueEnd } from "./quotes";
import { beginRow, beginTable, endRow, firstRow, forget, isTableFull, isWanted, layOut, listWanting } from "./rows";
import { ESCAPED_STRING, OBJECT, OTHER, PLAIN_STRING, put, readTime } from "./rows";
import { scalar } from "./scalars";
import { beginSkimming, forgetLiterals, LITERALS_SIZE, skim } from "./skim";
import { findString, forgetStrings, STRINGS_SIZE } from "./strings";

export { addKey, addStrangeKey, keyBuffer, reset, wantField, wantValue } from "./fields";
export { setTimeField, sizeOfRow } from "./rows";
export { addLiteral, literalBuffer } from "./skim";

/** Deeper records are read by somebody slower. */
const MAX_DEPTH: i32 = 64;
/**
 * Logs Insights finds so many fields in a record and no more; nulls and what is empty are none
 * (CWL_AnalyzeLogData-discoverable-fields). A record of which a field is asked for that comes later is strange.
 */
const MAX_LEAVES: i32 = 200;

let resume: usize = 0;
/** Records that were not wanted, and their bytes. */
let skipped: i32 = 0;
let skippedBytes: i32 = 0;
/** Values in the record so far that are fields. A key that is there twice counts twice, where it should not. */
let leaves: i32 = 0;
/** Whether all fields that are asked for came early enough. */
let isEarly: bool = true;
/**
 * Whether keys are looked for that have another place when parsed: JSON.parse puts the value of a second one in the
 * first one's place, and numbers before all other keys.
 */
let isChecked: bool = false;
/** Hashes of the keys of the objects that the scanner is in, as far as fields within are asked for. */
let keys: usize = 0;
let keysEnd: usize = 0;
const MAX_KEYS: usize = 1024;
let text: usize = 0;
/** Where the text may begin, after everything that is kept. */
let textBase: usize = 0;

/** Ends the fields. @returns where rows are written */
export function ready(): usize {
  const strings = layOut(fieldsEnd());
  keys = strings + STRINGS_SIZE;
  const literals = keys + MAX_KEYS * 8;
  textBase = aligned(literals + LITERALS_SIZE);
  grow(textBase);
  forgetLiterals(literals);
  forgetStrings(strings);
  listWanting();
  return firstRow();
}

/** Makes room for a text. @returns where it goes */
export function textBuffer(length: i32): usize {
  grow(textBase + aligned(<usize>length + PADDING) + sizeOfQuotes(<usize>length));
  return textBase;
}

/** Says where in this room the text is. */
export function setText(at: usize, length: i32): void {
  text = at;
  memory.fill(at + <usize>length, 0, PADDING);
  beginSkimming(at + <usize>length);
  beginText(at, <usize>length, aligned(at + <usize>length + PADDING));
}

/**
 * Reads records that follow each other, commas between them, from the position of the first one's brace.
 *
 * @param all whether records are shown that are not wanted: the others are only counted
 * @returns how many rows were written: fewer than there are records when no more fit, or when one is strange
 */
export function scan(from: i32, all: bool): i32 {
  let at = text + <usize>from;
  let count = 0;
  skipped = 0;
  skippedBytes = 0;
  beginQuotes();
  beginTable(text);
  while (!isTableFull()) {
    let next = all ? 0 : skim(at);
    const isSkimmed = next != 0;
    if (!isSkimmed) next = read(at);
    if (next == 0) break;
    if (!isSkimmed && (all || isWanted())) {
      endRow(at, next);
      count++;
    } else {
      skipped++;
      skippedBytes += <i32>(next - at);
    }
    at = next;
    if (load<u8>(at) != COMMA || load<u8>(at, 1) != OPEN_BRACE) break;
    at++;
  }
  resume = at - text;
  return count;
}

/** Reads a record from its brace on. @returns the position after it, or 0 when it is no JSON, or strange */
function read(start: usize): usize {
  beginRow();
  leaves = 0;
  isEarly = true;
  skipQuotes(start);
  const end = object(start + 1, 0, 1);
  return end != 0 && !isBroken(end) && isCertain(start) && readTime() ? end : 0;
}

/** Whether a string that the last `scan` looked at holds anything but ASCII. */
export function sawBeyondAscii(): bool {
  return !isAscii;
}

/** How many records the last `scan` did not show. */
export function skippedRecords(): i32 {
  return skipped;
}

/** And how many bytes they have. */
export function skippedLength(): i32 {
  return skippedBytes;
}

/** As `findString`, of a string in the text. */
export function intern(from: i32, length: i32): i32 {
  return findString(text + <usize>from, <usize>length);
}

/** Where `scan` stopped: before a record, or after the last one. */
export function resumeAt(): usize {
  return resume;
}

/**
 * Whether the fields that were found are those that are found in the record parsed. What comes first in a long record
 * is only certain when no key has another place there.
 */
function isCertain(record: usize): bool {
  if (leaves < MAX_LEAVES) return true;
  if (!isEarly) return false;
  isChecked = true;
  keysEnd = keys;
  const end = object(record + 1, 0, 1);
  isChecked = false;
  return end != 0;
}

/** Whether a key keeps its place when parsed. Two keys with one hash only make a record slow. */
function keepsPlace(first: usize, start: usize, end: usize): bool {
  if (load<u8>(start) - ZERO < 10) return false;
  let hash: u64 = end - start;
  for (let at = start; at < end; at++) hash = rotl((hash ^ load<u8>(at)) * MULTIPLIER, 29);
  for (let at = first; at < keysEnd; at += 8) if (load<u64>(at) == hash) return false;
  if (keysEnd == keys + MAX_KEYS * 8) return false;
  store<u64>(keysEnd, hash);
  keysEnd += 8;
  return true;
}

/**
 * Reads an object of which fields are asked for.
 *
 * @param at after the opening brace
 * @returns the position after the closing one, or 0
 */
function object(at: usize, field: i32, depth: i32): usize {
  if (depth > MAX_DEPTH) return 0;
  if (load<u8>(at) == CLOSE_BRACE) return at + 1;
  const table = tableOf(field);
  const firstKey = keysEnd;
  while (true) {
    if (load<u8>(at) != QUOTE) return 0;
    const start = at + 1;
    const quotes = quotesFrom(start);
    const end = stringEnd(start, quotes);
    if (load<u8>(end, 1) != COLON) return 0;
    let child = NONE;
    if (mayHold(table, start, end)) {
      child = findKey(table, start, end - start);
      if (child == STRANGE) return 0;
    }
    // Any key that is asked for may be written with escapes.
    if (holdsEscapes(start, end)) return 0;
    if (isChecked && !keepsPlace(firstKey, start, end)) return 0;
    const byte = load<u8>(end, 2);
    if (byte == QUOTE) {
      at = valueEnd(start, quotes, end + 3) + 1;
      leaves++;
      if (child >= 0) foundString(child, end + 2, at);
    } else {
      at = child < 0 ? pass(end + 2, depth) : value(end + 2, child, depth);
      if (at == 0) return 0;
    }
    const next = load<u8>(at++);
    if (next == COMMA) continue;
    keysEnd = firstKey;
    return next == CLOSE_BRACE ? at : 0;
  }
}

/** Reads a value that is asked for, and no string. @returns the position after it, or 0 when it is no JSON, or strange */
function value(start: usize, field: i32, depth: i32): usize {
  const isObject = load<u8>(start) == OPEN_BRACE && tableOf(field) != 0;
  if (isObject) forget(field);
  const end = isObject ? object(start + 1, field, depth + 1) : pass(start, depth);
  if (end != 0) found(field, isObject ? OBJECT : OTHER, start, end);
  return end;
}

/** Passes over a value of which nothing is asked for, checking it. @returns the position after it, or 0 */
function pass(from: usize, around: i32): usize {
  let at = from;
  let depth = around;
  /** A bit for each list or object that it is in, the innermost one last: whether it is an object. */
  let kinds: u64 = 0;
  let isObject = false;
  while (true) {
    let start: usize = 0;
    let quotes: u64 = 0;
    if (isObject) {
      if (load<u8>(at) != QUOTE) return 0;
      start = at + 1;
      quotes = quotesFrom(start);
      const end = stringEnd(start, quotes);
      if (load<u8>(end, 1) != COLON) return 0;
      at = end + 2;
    }
    const byte = load<u8>(at);
    if (byte == QUOTE) {
      at = valueEnd(start, quotes, at + 1) + 1;
      leaves++;
    } else if (byte == OPEN_BRACE || byte == OPEN_BRACKET) {
      if (++depth > MAX_DEPTH) return 0;
      isObject = byte == OPEN_BRACE;
      kinds = (kinds << 1) | <u64>isObject;
      if (load<u8>(++at) != closing(isObject)) continue;
    } else {
      at = scalar(at, byte);
      if (at == 0) return 0;
      if (byte != LOWER_N) leaves++;
    }
    while (true) {
      if (depth == around) return at;
      const next = load<u8>(at++);
      if (next == COMMA) break;
      if (next != closing(isObject)) return 0;
      depth--;
      kinds >>= 1;
      isObject = (kinds & 1) != 0;
    }
  }
}

@inline
function closing(isObject: bool): u8 {
  return isObject ? CLOSE_BRACE : CLOSE_BRACKET;
}

function foundString(field: i32, start: usize, end: usize): void {
  found(field, holdsEscapes(start + 1, end - 1) ? ESCAPED_STRING : PLAIN_STRING, start, end);
}

function found(field: i32, kind: u32, start: usize, end: usize): void {
  // Of a list or an object, what is empty goes as soon as there are so many.
  if (kind != OBJECT && leaves >= (kind == OTHER ? MAX_LEAVES : MAX_LEAVES + 1)) isEarly = false;
  put(field, kind, start, end);
}
