/**
 * Reads CloudTrail's JSON where it lies: checks that each record is JSON, finds where it ends, and where the fields lie
 * that somebody asks for. This is AssemblyScript, compiled to WebAssembly by `npm run generate` into
 * ../scanner-binary.ts; ../scanner.ts is its other side.
 *
 * It is strict and knows one shape only: JSON without white space between its tokens, of UTF-8. At whatever is
 * different, wrong, or hard to read in place, it stops before that record, and somebody slower reads it.
 */
import { aligned, BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, grow, LOWER_N, MULTIPLIER } from "./bytes";
import { OPEN_BRACE, OPEN_BRACKET, PADDING, QUOTE, ZERO } from "./bytes";
import { endOf, fieldCount, fieldsEnd, findKey, isWanting, NONE, parentOf, STRANGE, tableOf, wantsString } from "./fields";
import { escapeEnd, scalar } from "./scalars";
import { findString, forgetStrings, STRINGS_SIZE } from "./strings";
import { TIME_LENGTH, timeAt } from "./time";

export { addKey, addStrangeKey, keyBuffer, reset, wantField, wantValue } from "./fields";

/** What a field's value is; beside its position in the text, which takes the lower 26 bits. */
const PLAIN_STRING: u32 = 1 << 26;
const ESCAPED_STRING: u32 = 2 << 26;
/** A number, true, false, null, a list, or an object as a whole. */
const OTHER: u32 = 3 << 26;
/** An object whose fields are asked for one by one. */
const OBJECT: u32 = 4 << 26;
const POSITION: u32 = (1 << 26) - 1;

/** Deeper records are read by somebody slower. */
const MAX_DEPTH: i32 = 64;
/**
 * Logs Insights finds so many fields in a record and no more; nulls and what is empty are none
 * (CWL_AnalyzeLogData-discoverable-fields). A record of which a field is asked for that comes later is strange.
 */
const MAX_LEAVES: i32 = 200;

/** Start and end of the record, and its time; then start and end of each field. */
const ROW_HEADER: usize = 16;
const ROWS_SIZE: usize = 1 << 20;
let timeField: i32 = NONE;
let rows: usize = 0;
let rowSize: usize = ROW_HEADER;
let text: usize = 0;
/** Where the text may begin, after everything that is kept. */
let textBase: usize = 0;

/** The fields that make a record wanted. */
let wanting: usize = 0;
let wantingEnd: usize = 0;

let resume: usize = 0;
/** Records that were not wanted, and their bytes. */
let skipped: i32 = 0;
let skippedBytes: i32 = 0;
let row: usize = 0;
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
/** Whether the string that was looked at last holds escapes. */
let isEscaped: bool = false;
/** Whether all strings so far are ASCII. */
let isAscii: bool = true;

/** Names the field that holds the record's time: records without it are strange. */
export function setTimeField(field: i32): void {
  timeField = field;
}

/** Ends the fields. @returns where rows are written */
export function ready(): usize {
  rows = fieldsEnd();
  rowSize = ROW_HEADER + <usize>fieldCount() * 8;
  const strings = aligned(rows + ROWS_SIZE + rowSize);
  keys = strings + STRINGS_SIZE;
  wanting = keys + MAX_KEYS * 8;
  textBase = aligned(wanting + <usize>fieldCount() * 4);
  grow(textBase);
  forgetStrings(strings);
  wantingEnd = wanting;
  for (let field = 0; field < fieldCount(); field++) {
    if (!isWanting(field)) continue;
    store<i32>(wantingEnd, field);
    wantingEnd += 4;
  }
  return rows;
}

/** Bytes from one row to the next. */
export function sizeOfRow(): usize {
  return rowSize;
}

/** Makes room for a text. @returns where it goes */
export function textBuffer(length: i32): usize {
  grow(textBase + <usize>length + PADDING);
  return textBase;
}

/** Says where in this room the text is. */
export function setText(at: usize, length: i32): void {
  text = at;
  memory.fill(at + <usize>length, 0, PADDING);
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
  isAscii = true;
  row = rows;
  while (row < rows + ROWS_SIZE) {
    for (let at = row + ROW_HEADER; at < row + rowSize; at += 8) store<u64>(at, 0);
    leaves = 0;
    isEarly = true;
    const next = object(at + 1, 0, 1);
    if (next == 0 || !isCertain(at) || !readTime()) break;
    if (all || isWanted()) {
      store<u32>(row, <u32>(at - text));
      store<u32>(row, <u32>(next - text), 4);
      row += rowSize;
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

/** Whether the record at hand has a field that makes it wanted, or may have: what is no plain string is not looked into. */
function isWanted(): bool {
  for (let at = wanting; at < wantingEnd; at += 4) {
    const field = load<i32>(at);
    const slot = row + ROW_HEADER + <usize>field * 8;
    const head = load<u32>(slot);
    if (head == 0) {
      if (mayHide(parentOf(field))) return true;
      continue;
    }
    if ((head & ~POSITION) != PLAIN_STRING) return true;
    const start = head & POSITION;
    if (wantsString(field, text + <usize>start + 1, load<u32>(slot, 4) - start - 2)) return true;
  }
  return false;
}

/** Whether a field that was not found may be in the one around it: items of lists are fields, and are not looked for. */
function mayHide(field: i32): bool {
  for (; field > 0; field = parentOf(field)) {
    const kind = load<u32>(row + ROW_HEADER + <usize>field * 8) & ~POSITION;
    if (kind != 0) return kind == OTHER;
  }
  return false;
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

/** @param at after the opening brace @returns the position after the closing one, or 0 */
function object(at: usize, field: i32, depth: i32): usize {
  if (depth > MAX_DEPTH) return 0;
  if (load<u8>(at) == CLOSE_BRACE) return at + 1;
  const table = tableOf(field);
  const firstKey = keysEnd;
  while (true) {
    if (load<u8>(at) != QUOTE) return 0;
    const start = at + 1;
    const end = stringEnd(start);
    if (end == 0 || load<u8>(end, 1) != COLON) return 0;
    let child = NONE;
    if (table != 0) {
      // Any key that is asked for may be written with escapes.
      if (isEscaped) return 0;
      child = findKey(table, start, end - start);
      if (child == STRANGE || (isChecked && !keepsPlace(firstKey, start, end))) return 0;
    }
    at = value(end + 2, child, depth);
    if (at == 0) return 0;
    const byte = load<u8>(at++);
    if (byte == COMMA) continue;
    keysEnd = firstKey;
    return byte == CLOSE_BRACE ? at : 0;
  }
}

function list(start: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return 0;
  let at = start;
  if (load<u8>(at) == CLOSE_BRACKET) return at + 1;
  while (true) {
    at = value(at, NONE, depth);
    if (at == 0) return 0;
    const byte = load<u8>(at++);
    if (byte == COMMA) continue;
    return byte == CLOSE_BRACKET ? at : 0;
  }
}

/** @returns the position after the value, or 0 when it is no JSON, or strange */
function value(start: usize, field: i32, depth: i32): usize {
  const byte = load<u8>(start);
  let end: usize = 0;
  if (byte == QUOTE) {
    end = stringEnd(start + 1) + 1;
    if (end == 1) return 0;
    leaves++;
    if (field >= 0) put(field, isEscaped ? ESCAPED_STRING : PLAIN_STRING, start, end);
    return end;
  }
  let kind = OTHER;
  const isBranch = tableOf(field) != 0;
  if (byte == OPEN_BRACE) {
    if (isBranch) {
      kind = OBJECT;
      forget(field);
    }
    end = object(start + 1, isBranch ? field : NONE, depth + 1);
  } else if (byte == OPEN_BRACKET) end = list(start + 1, depth + 1);
  else {
    end = scalar(start, byte);
    if (byte != LOWER_N) leaves++;
  }
  if (end != 0 && field >= 0) put(field, kind, start, end);
  return end;
}

function put(field: i32, kind: u32, start: usize, end: usize): void {
  // Of a list or an object, what is empty goes as soon as there are so many.
  if (kind != OBJECT && leaves >= (kind == OTHER ? MAX_LEAVES : MAX_LEAVES + 1)) isEarly = false;
  const slot = row + ROW_HEADER + <usize>field * 8;
  if (kind != OBJECT && tableOf(field) != 0) forget(field);
  store<u32>(slot, kind | <u32>(start - text));
  store<u32>(slot, <u32>(end - text), 4);
}

/** Forgets a field's value and what is within it: of a key that is there twice, the last one counts. */
function forget(field: i32): void {
  const end = endOf(field);
  for (let at = field; at < end; at++) store<u64>(row + ROW_HEADER + <usize>at * 8, 0);
}

/** @param start after the opening quote @returns the position of the closing one, or 0; sets `isEscaped` */
@inline
function stringEnd(start: usize): usize {
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

/** Writes the record's time into its row, in seconds since 1970. @returns whether it says one */
function readTime(): bool {
  const slot = row + ROW_HEADER + <usize>timeField * 8;
  const head = load<u32>(slot);
  const start = head & POSITION;
  if ((head & ~POSITION) != PLAIN_STRING || load<u32>(slot, 4) - start != TIME_LENGTH + 2) return false;
  const time = timeAt(text + <usize>start + 1);
  store<f64>(row, time, 8);
  return time != 0;
}
