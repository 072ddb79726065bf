/**
 * Reads CloudTrail's JSON where it lies: checks that each record is JSON, finds where it ends, and where the fields lie
 * that somebody asks for. This is AssemblyScript, compiled to WebAssembly by `npm run generate` into
 * ../scanner-binary.ts; ../scanner.ts is its other side.
 *
 * It is strict and knows one shape only: JSON without white space between its tokens, of UTF-8. At whatever is
 * different, wrong, or hard to read in place, it stops before that record, and somebody slower reads it.
 */

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const DOT: u8 = 0x2e;
const ZERO: u8 = 0x30;
const COLON: u8 = 0x3a;
const UPPER_T: u8 = 0x54;
const UPPER_Z: u8 = 0x5a;
const OPEN_BRACKET: u8 = 0x5b;
const BACKSLASH: u8 = 0x5c;
const CLOSE_BRACKET: u8 = 0x5d;
const LOWER_N: u8 = 0x6e;
const LOWER_U: u8 = 0x75;
const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u8 = 0x7d;

/** What a field's value is; beside its position in the text, which takes the lower 26 bits. */
const PLAIN_STRING: u32 = 1 << 26;
const ESCAPED_STRING: u32 = 2 << 26;
/** A number, true, false, null, a list, or an object as a whole. */
const OTHER: u32 = 3 << 26;
/** An object whose fields are asked for one by one. */
const OBJECT: u32 = 4 << 26;

/** No field: nobody asks for it. */
const NONE: i32 = -1;
/** A key that means a field in another way than by its path, as `"a.b"` does for `a.b`. */
const STRANGE: i32 = -2;

/** Deeper records are read by somebody slower. */
const MAX_DEPTH: i32 = 64;
/**
 * Logs Insights finds so many fields in a record and no more; nulls and what is empty are none
 * (CWL_AnalyzeLogData-discoverable-fields). A record of which a field is asked for that comes later is strange.
 */
const MAX_LEAVES: i32 = 200;

// Fields: for each the hash table of the keys within it (0: none is asked for), the field around it, and the first
// number that is no field within it: fields are numbered in such an order that those within another follow it.
const FIELD_SIZE: usize = 12;
const MAX_FIELDS: i32 = 1000;
const BUCKETS: usize = 64;
/** A key: its first eight bytes, length, where all of it is, the field's number, the next key in the bucket. */
const KEY_SIZE: usize = 24;

/** Start and end of the record, and its time; then start and end of each field. */
const ROW_HEADER: usize = 16;
const ROWS_SIZE: usize = 1 << 20;
/** Zeros that follow the text: no JSON goes on with them, so that nothing is read beyond. */
const PADDING: usize = 64;

let fields: usize = 0;
let fieldCount: i32 = 0;
/** Where the next key or table goes. */
let free: usize = 0;
let timeField: i32 = NONE;

let rows: usize = 0;
let rowSize: usize = ROW_HEADER;
let text: usize = 0;
/** Where the text may begin, after everything that is kept. */
let textBase: usize = 0;

/** Strings that were asked for lately: the length, and then the bytes. */
const SLOTS: usize = 2048;
const SLOT_SIZE: usize = 8 + 120;
const MAX_INTERNED: usize = 112;
const MULTIPLIER: u64 = 0x9e3779b97f4a7c15;
let slots: usize = 0;

let resume: usize = 0;
let row: usize = 0;
/** Values in the record so far that are fields. A key that is there twice counts twice, where it should not. */
let leaves: i32 = 0;
/** Whether all fields that are asked for came early enough. */
let isEarly: bool = true;
/** Whether a key begins with a digit: JSON.parse puts numbers before all other keys. */
let hasNumber: bool = false;

/** Whether keys are looked for that an object has twice: JSON.parse puts the second's value in the first's place. */
let isChecked: bool = false;
/** Hashes of the keys of the objects that the scanner is in, as far as fields within are asked for. */
let keys: usize = 0;
let keysEnd: usize = 0;
const MAX_KEYS: usize = 1024;
/** Whether the string that was looked at last holds escapes. */
let isEscaped: bool = false;
/** All bytes of strings so far, or-ed: any that is not ASCII shows. */
let seen: v128 = i8x16.splat(0);

/** Forgets the fields. Field 0, the record itself, is there from the start. */
export function reset(): void {
  fields = (__heap_base + 15) & ~15;
  grow(fields + <usize>MAX_FIELDS * FIELD_SIZE);
  fieldCount = 0;
  timeField = NONE;
  free = fields + <usize>MAX_FIELDS * FIELD_SIZE;
  addField(NONE);
}

/** Where the caller writes a key before `addKey` or `addStrangeKey`. */
export function keyBuffer(length: i32): usize {
  grow(free + <usize>length + PADDING + KEY_SIZE + BUCKETS * 4);
  memory.fill(free, 0, <usize>length + 8);
  return free;
}

/** A field within another, by the key in the key buffer. @returns its number, or -1 when there are too many */
export function addKey(parent: i32, length: i32): i32 {
  if (fieldCount == MAX_FIELDS) return NONE;
  const field = addField(parent);
  linkKey(parent, length, field);
  return field;
}

/** A key that makes a record strange. */
export function addStrangeKey(parent: i32, length: i32): void {
  linkKey(parent, length, STRANGE);
}

/** Names the field that holds the record's time: records without it are strange. */
export function setTimeField(field: i32): void {
  timeField = field;
}

/** Ends the fields. @returns where rows are written */
export function ready(): usize {
  rows = (free + 15) & ~15;
  rowSize = ROW_HEADER + <usize>fieldCount * 8;
  slots = (rows + ROWS_SIZE + rowSize + 15) & ~15;
  keys = slots + SLOTS * SLOT_SIZE;
  textBase = keys + MAX_KEYS * 8;
  grow(textBase);
  memory.fill(slots, 0, SLOTS * SLOT_SIZE);
  return rows;
}

/** Bytes from one row to the next. */
export function sizeOfRow(): usize {
  return rowSize;
}

/** Makes room for a text. @returns where it goes */
export function textBuffer(length: i32): usize {
  text = textBase;
  grow(text + <usize>length + PADDING);
  return text;
}

/** Says how much of the text is there. */
export function setLength(length: i32): void {
  memory.fill(text + <usize>length, 0, PADDING);
}

/**
 * Reads records that follow each other, commas between them, from the position of the first one's brace.
 *
 * @returns how many rows were written: fewer than there are records when no more fit, or when one is strange
 */
export function scan(from: i32): i32 {
  let at = text + <usize>from;
  let count = 0;
  seen = i8x16.splat(0);
  row = rows;
  while (row < rows + ROWS_SIZE) {
    for (let at = row + ROW_HEADER; at < row + rowSize; at += 8) store<u64>(at, 0);
    leaves = 0;
    isEarly = true;
    hasNumber = false;
    const next = object(at + 1, 0, 1);
    if (next == 0 || !isCertain(at) || !readTime()) break;
    store<u32>(row, <u32>(at - text));
    store<u32>(row, <u32>(next - text), 4);
    row += rowSize;
    count++;
    at = next;
    if (load<u8>(at) != COMMA || load<u8>(at, 1) != OPEN_BRACE) break;
    at++;
  }
  resume = at - text;
  return count;
}

/** Whether a string that the last `scan` looked at holds anything but ASCII. */
export function sawBeyondAscii(): bool {
  return i8x16.bitmask(seen) != 0;
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
  if (!isEarly || hasNumber) return false;
  isChecked = true;
  keysEnd = keys;
  const end = object(record + 1, 0, 1);
  isChecked = false;
  return end != 0;
}

/** Whether an object has no key with this hash yet. Two keys with one hash only make a record slow. */
function isNewKey(first: usize, start: usize, end: usize): bool {
  let hash: u64 = end - start;
  for (let at = start; at < end; at++) hash = rotl((hash ^ load<u8>(at)) * MULTIPLIER, 29);
  for (let at = first; at < keysEnd; at += 8) if (load<u64>(at) == hash) return false;
  if (keysEnd == keys + MAX_KEYS * 8) return false;
  store<u64>(keysEnd, hash);
  keysEnd += 8;
  return true;
}

/**
 * Looks for a string among those that were asked for lately.
 *
 * @param from where it begins in the text
 * @returns its slot; or, if another string was there, -1 minus the slot, where it is from now on; or as many as there
 * are slots when it is too long
 */
export function intern(from: i32, length: i32): i32 {
  const size = <usize>length;
  if (size > MAX_INTERNED) return <i32>SLOTS;
  const at = text + <usize>from;
  let hash = <u64>size;
  let offset: usize = 0;
  for (; offset + 8 <= size; offset += 8) hash = rotl((hash ^ load<u64>(at + offset)) * MULTIPLIER, 29);
  const last = firstBytes(at + offset, size - offset);
  hash = (hash ^ last) * MULTIPLIER;
  const index = <i32>(hash >> 53);
  const slot = slots + <usize>index * SLOT_SIZE;
  // Empty strings equal empty slots, and the caller's slots begin with empty strings.
  let isSame = load<u32>(slot) == <u32>size && load<u64>(slot + 8 + offset) == last;
  for (let step: usize = 0; isSame && step < offset; step += 8) {
    isSame = load<u64>(slot + 8 + step) == load<u64>(at + step);
  }
  if (isSame) return index;
  store<u32>(slot, <u32>size);
  memory.copy(slot + 8, at, offset);
  store<u64>(slot + 8 + offset, last);
  return -1 - index;
}

function grow(end: usize): void {
  const needed = <i32>((end + 0xffff) >> 16) - memory.size();
  if (needed > 0) memory.grow(needed);
}

function addField(parent: i32): i32 {
  const field = fieldCount++;
  const address = fields + <usize>field * FIELD_SIZE;
  store<u32>(address, 0);
  store<i32>(address, parent, 4);
  for (let at = field; at != NONE; at = load<i32>(fields + <usize>at * FIELD_SIZE, 4)) {
    store<i32>(fields + <usize>at * FIELD_SIZE, fieldCount, 8);
  }
  return field;
}

function linkKey(parent: i32, length: i32, field: i32): void {
  const bytes = free;
  free = (free + <usize>length + 15) & ~7;
  const address = fields + <usize>parent * FIELD_SIZE;
  let table = <usize>load<u32>(address);
  if (table == 0) {
    table = free;
    free += BUCKETS * 4;
    memory.fill(table, 0, BUCKETS * 4);
    store<u32>(address, <u32>table);
  }
  const key = free;
  free += KEY_SIZE;
  const first = firstBytes(bytes, <usize>length);
  const bucket = table + bucketOf(first, <usize>length);
  store<u64>(key, first);
  store<u32>(key, <u32>length, 8);
  store<u32>(key, <u32>bytes, 12);
  store<i32>(key, field, 16);
  store<u32>(key, load<u32>(bucket), 20);
  store<u32>(bucket, <u32>key);
}

/** The first eight bytes, or fewer and zeros. */
function firstBytes(at: usize, length: usize): u64 {
  const bytes = load<u64>(at);
  return length >= 8 ? bytes : bytes & (((<u64>1) << (<u64>length * 8)) - 1);
}

/** Where a key's bucket is in a table. */
function bucketOf(first: u64, length: usize): usize {
  const mixed = (first + <u64>length) * 0x9e3779b97f4a7c15;
  return <usize>(mixed >> 58) * 4;
}

function tableOf(field: i32): usize {
  return field < 0 ? 0 : <usize>load<u32>(fields + <usize>field * FIELD_SIZE);
}

function findKey(table: usize, at: usize, length: usize): i32 {
  const first = firstBytes(at, length);
  let key = <usize>load<u32>(table + bucketOf(first, length));
  while (key != 0) {
    if (load<u64>(key) == first && load<u32>(key, 8) == <u32>length) {
      if (length <= 8 || memory.compare(at, <usize>load<u32>(key, 12), length) == 0) return load<i32>(key, 16);
    }
    key = <usize>load<u32>(key, 20);
  }
  return NONE;
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
      if (child == STRANGE || (isChecked && !isNewKey(firstKey, start, end))) return 0;
    }
    if (load<u8>(start) - ZERO < 10) hasNumber = true;
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
  if (isBranch) forget(field);
  if (byte == OPEN_BRACE) {
    if (isBranch) kind = OBJECT;
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
  const end = load<i32>(fields + <usize>field * FIELD_SIZE, 8);
  for (let at = field; at < end; at++) store<u64>(row + ROW_HEADER + <usize>at * 8, 0);
}

/** @param start after the opening quote @returns the position of the closing one, or 0; sets `isEscaped` */
// @ts-expect-error: decorator
@inline
function stringEnd(start: usize): usize {
  let at = start;
  isEscaped = false;
  while (true) {
    const bytes = v128.load(at);
    seen = v128.or(seen, bytes);
    const special = i8x16.bitmask(
      v128.or(
        v128.or(v128.eq<i8>(bytes, i8x16.splat(0x22)), v128.eq<i8>(bytes, i8x16.splat(0x5c))),
        v128.lt<u8>(bytes, i8x16.splat(0x20)),
      ),
    );
    if (special == 0) {
      at += 16;
      continue;
    }
    at += <usize>ctz(special);
    const byte = load<u8>(at);
    if (byte == QUOTE) return at;
    if (byte != BACKSLASH) return 0;
    isEscaped = true;
    at = escapeEnd(at + 1);
    if (at == 0) return 0;
  }
}

/** @param at after the backslash */
function escapeEnd(at: usize): usize {
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

function scalar(start: usize, first: u8): usize {
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

/** Writes the record's time, in seconds since 1970, into its row: only of the form `2026-11-24T02:00:00Z`. */
function readTime(): bool {
  const slot = row + ROW_HEADER + <usize>timeField * 8;
  const start = load<u32>(slot);
  if ((start & ~0x3ffffff) != PLAIN_STRING) return false;
  const at = text + <usize>(start & 0x3ffffff) + 1;
  if (load<u32>(slot, 4) - (start & 0x3ffffff) != 22) return false;
  if (load<u8>(at, 4) != MINUS || load<u8>(at, 7) != MINUS || load<u8>(at, 10) != UPPER_T) return false;
  if (load<u8>(at, 13) != COLON || load<u8>(at, 16) != COLON || load<u8>(at, 19) != UPPER_Z) return false;
  const century = twoDigits(at);
  const years = twoDigits(at + 2);
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  const hour = twoDigits(at + 11);
  const minute = twoDigits(at + 14);
  const second = twoDigits(at + 17);
  if ((century | years | month | day | hour | minute | second) < 0) return false;
  const year = century * 100 + years;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  const time = <f64>daysSince1970(year, month, day) * 86400 + <f64>(hour * 3600 + minute * 60 + second);
  store<f64>(row, time, 8);
  // 0 stands for no time elsewhere.
  return time != 0;
}

/** Negative for what are no digits. */
function twoDigits(at: usize): i32 {
  const tens = load<u8>(at) - ZERO;
  const ones = load<u8>(at, 1) - ZERO;
  return tens > 9 || ones > 9 ? -1 : <i32>tens * 10 + <i32>ones;
}

function isLeapYear(year: i32): bool {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

function lengthOfMonth(year: i32, month: i32): i32 {
  if (month == 2) return isLeapYear(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** By the proleptic Gregorian calendar, counting years from March, so that the leap day is a year's last. */
function daysSince1970(year: i32, month: i32, day: i32): i32 {
  const y = month < 3 ? year - 1 : year;
  const m = month < 3 ? month + 9 : month - 3;
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}
