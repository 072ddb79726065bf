/** The fields that somebody asks for: which key leads where. */
import { aligned, firstBytes, grow, MULTIPLIER, PADDING, QUOTE } from "./bytes";

/** No field: nobody asks for it. */
export const NONE: i32 = -1;
/** A key that means a field in another way than by its path, as `"a.b"` does for `a.b`. */
export const STRANGE: i32 = -2;

// Fields: for each the hash table of the keys within it (0: none is asked for), the field around it, the first number
// that is no field within it (fields are numbered in such an order that those within another follow it), and the hash
// table of the values for which a record is wanted (0: for none; ANY_VALUE: for all).
const FIELD_SIZE: usize = 16;
const WANTED: usize = 12;
const ANY_VALUE: u32 = 1;
const MAX_FIELDS: i32 = 1000;
const BUCKETS: usize = 64;
/** A table of keys: in which of 64 classes it has any, a bit for each, and then the buckets. */
const BUCKETS_AT: usize = 8;
const TABLE_SIZE: usize = BUCKETS_AT + BUCKETS * 4;
/** A key: its first eight bytes, length, where all of it is, the field's number, the next key in the bucket. */
const KEY_SIZE: usize = 24;

let fields: usize = 0;
let count: i32 = 0;
/** Where the next key or table goes. */
let free: usize = 0;

/** Forgets the fields. Field 0, the record itself, is there from the start. */
export function reset(): void {
  fields = aligned(__heap_base);
  free = fields + <usize>MAX_FIELDS * FIELD_SIZE;
  grow(free);
  count = 0;
  addField(NONE);
}

/** Where the caller writes a key before `addKey` or `addStrangeKey`, or a value before `wantValue`. */
export function keyBuffer(length: i32): usize {
  grow(free + <usize>length + PADDING + KEY_SIZE + TABLE_SIZE);
  memory.fill(free, 0, <usize>length + 8);
  return free;
}

/** A field within another, by the key in the key buffer. @returns its number, or -1 when there are too many */
export function addKey(parent: i32, length: i32): i32 {
  if (count == MAX_FIELDS) return NONE;
  const field = addField(parent);
  linkKey(addressOf(parent), length, field);
  return field;
}

/** A key that makes a record strange. */
export function addStrangeKey(parent: i32, length: i32): void {
  linkKey(addressOf(parent), length, STRANGE);
}

/** Makes records wanted that have a field, whatever is in it. */
export function wantField(field: i32): void {
  store<u32>(addressOf(field), ANY_VALUE, WANTED);
}

/** Makes records wanted of which a field is the string in the key buffer. */
export function wantValue(field: i32, length: i32): void {
  const wanted = addressOf(field) + WANTED;
  if (load<u32>(wanted) != ANY_VALUE) linkKey(wanted, length, field);
}

/** Whether there are values for which a record is wanted. */
export function isWanting(field: i32): bool {
  return load<u32>(addressOf(field), WANTED) != 0;
}

/** The field around a field; NONE around the record. */
export function parentOf(field: i32): i32 {
  return load<i32>(addressOf(field), 4);
}

/** Whether a record is wanted that has this string as a field. */
export function wantsString(field: i32, at: usize, length: usize): bool {
  const wanted = load<u32>(addressOf(field), WANTED);
  return wanted == ANY_VALUE || (wanted != 0 && findKey(<usize>wanted, at, length) != NONE);
}

/** How many there are. */
export function fieldCount(): i32 {
  return count;
}

/** Where the memory goes on behind them. */
export function fieldsEnd(): usize {
  return aligned(free);
}

/** The table of the keys within a field; 0 where none is asked for. */
export function tableOf(field: i32): usize {
  return field < 0 ? 0 : <usize>load<u32>(addressOf(field));
}

/** The first number after those of a field and the fields within it. */
export function endOf(field: i32): i32 {
  return load<i32>(addressOf(field), 8);
}

/** Whether a table may hold a key that stands between quotes: of most keys, this tells at once that it does not. */
@inline
export function mayHold(table: usize, start: usize, end: usize): bool {
  return ((load<u64>(table) >> classOf(load<u32>(end - 3), end - start)) & 1) != 0;
}

/** @param last a key's last three bytes and the quote behind them: no other four tell CloudTrail's keys apart so well */
@inline
function classOf(last: u32, length: usize): u64 {
  return <u64>(((last + <u32>length) * 0x9e3779b1) >> 26);
}

/** The field that a key leads to, STRANGE or NONE. */
export function findKey(table: usize, at: usize, length: usize): i32 {
  const first = firstBytes(at, length);
  let key = <usize>load<u32>(table + BUCKETS_AT + bucketOf(first, length));
  while (key != 0) {
    if (load<u64>(key) == first && load<u32>(key, 8) == <u32>length) {
      if (length <= 8 || memory.compare(at, <usize>load<u32>(key, 12), length) == 0) return load<i32>(key, 16);
    }
    key = <usize>load<u32>(key, 20);
  }
  return NONE;
}

function addField(parent: i32): i32 {
  const field = count++;
  const address = addressOf(field);
  store<u32>(address, 0);
  store<i32>(address, parent, 4);
  store<u32>(address, 0, WANTED);
  for (let at = field; at != NONE; at = load<i32>(addressOf(at), 4)) store<i32>(addressOf(at), count, 8);
  return field;
}

@inline
function addressOf(field: i32): usize {
  return fields + <usize>field * FIELD_SIZE;
}

/** Puts what the key buffer holds into the table that an address names, and begins that where there is none. */
function linkKey(address: usize, length: i32, field: i32): void {
  const bytes = free;
  free = (free + <usize>length + 15) & ~7;
  let table = <usize>load<u32>(address);
  if (table == 0) {
    table = free;
    free += TABLE_SIZE;
    memory.fill(table, 0, TABLE_SIZE);
    store<u32>(address, <u32>table);
  }
  const key = free;
  free += KEY_SIZE;
  const first = firstBytes(bytes, <usize>length);
  store<u64>(table, load<u64>(table) | classesOf(bytes, <usize>length));
  const bucket = table + BUCKETS_AT + bucketOf(first, <usize>length);
  store<u64>(key, first);
  store<u32>(key, <u32>length, 8);
  store<u32>(key, <u32>bytes, 12);
  store<i32>(key, field, 16);
  store<u32>(key, load<u32>(bucket), 20);
  store<u32>(bucket, <u32>key);
}

/** The class of a key as a bit; or all of them, where bytes before its quotes would count. */
function classesOf(at: usize, length: usize): u64 {
  if (length < 2) return u64.MAX_VALUE;
  const third = length > 2 ? load<u8>(at + length - 3) : QUOTE;
  const last = <u32>third | (<u32>load<u16>(at + length - 2) << 8) | (<u32>QUOTE << 24);
  return <u64>1 << classOf(last, length);
}

/** Where a key's bucket is in a table. */
function bucketOf(first: u64, length: usize): usize {
  return <usize>(((first + <u64>length) * MULTIPLIER) >> 58) * 4;
}
