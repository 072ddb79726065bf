/**
 * Rows: of each record that is shown, where it begins and ends in the text, and its time; then the same of each field.
 * A field's start also says of what kind its value is.
 */
import { aligned } from "./bytes";
import { endOf, fieldCount, isWanting, NONE, parentOf, tableOf, wantsString } from "./fields";
import { TIME_LENGTH, timeAt } from "./time";

/** Kinds of values: they stand above the position, which takes the lower 26 bits. */
export const PLAIN_STRING: u32 = 1 << 26;
export const ESCAPED_STRING: u32 = 2 << 26;
/** A number, true, false, null, a list, or an object as a whole. */
export const OTHER: u32 = 3 << 26;
/** An object whose fields are asked for one by one. */
export const OBJECT: u32 = 4 << 26;
const POSITION: u32 = (1 << 26) - 1;

const ROW_HEADER: usize = 16;
/** Few enough that the text of a table's records is still in the processor's cache when the table is read. */
const TABLE_SIZE: usize = 1 << 13;

let text: usize = 0;
let timeField: i32 = NONE;
let rowSize: usize = ROW_HEADER;
let rows: usize = 0;
/** The row that is being written. */
let row: usize = 0;
/** The numbers of the fields that make a record wanted, and where the list ends. */
let wanting: usize = 0;
let wantingEnd: usize = 0;

/** Names the field that holds the record's time: records without it are strange. */
export function setTimeField(field: i32): void {
  timeField = field;
}

/** Makes rows for the fields that were added, in this place of the memory. @returns where the memory goes on */
export function layOut(at: usize): usize {
  rows = at;
  rowSize = ROW_HEADER + <usize>fieldCount() * 8;
  wanting = aligned(rows + TABLE_SIZE + rowSize);
  return aligned(wanting + <usize>fieldCount() * 4);
}

/** Finds out what makes records wanted, once there is memory for it. */
export function listWanting(): void {
  wantingEnd = wanting;
  for (let field = 0; field < fieldCount(); field++) {
    if (!isWanting(field)) continue;
    store<i32>(wantingEnd, field);
    wantingEnd += 4;
  }
}

/** Where the first row is. */
export function firstRow(): usize {
  return rows;
}

/** Bytes from one row to the next. */
export function sizeOfRow(): usize {
  return rowSize;
}

/** Begins a table of the records of a text. */
export function beginTable(textAt: usize): void {
  text = textAt;
  row = rows;
}

export function isTableFull(): bool {
  return row >= rows + TABLE_SIZE;
}

export function beginRow(): void {
  for (let at = row + ROW_HEADER; at < row + rowSize; at += 8) store<u64>(at, 0);
}

/** Keeps the row: the record lies between these addresses. */
export function endRow(start: usize, end: usize): void {
  store<u32>(row, <u32>(start - text));
  store<u32>(row, <u32>(end - text), 4);
  row += rowSize;
}

/** Writes where a field's value lies. */
export function put(field: i32, kind: u32, start: usize, end: usize): void {
  if (kind != OBJECT && tableOf(field) != 0) forget(field);
  const slot = slotOf(field);
  store<u32>(slot, kind | <u32>(start - text));
  store<u32>(slot, <u32>(end - text), 4);
}

/** Forgets a field's value and what is within it: of a key that is there twice, the last one counts. */
export function forget(field: i32): void {
  const end = endOf(field);
  for (let at = field; at < end; at++) store<u64>(slotOf(at), 0);
}

/** Writes the record's time, in seconds since 1970. @returns whether it says one */
export function readTime(): bool {
  const slot = slotOf(timeField);
  if (kindAt(slot) != PLAIN_STRING || lengthAt(slot) != TIME_LENGTH + 2) return false;
  const time = timeAt(startAt(slot) + 1);
  store<f64>(row, time, 8);
  return time != 0;
}

/** Whether the record has a field that makes it wanted, or may have: what is no plain string is not looked into. */
export function isWanted(): bool {
  for (let at = wanting; at < wantingEnd; at += 4) {
    const field = load<i32>(at);
    const slot = slotOf(field);
    const kind = kindAt(slot);
    if (kind == 0) {
      if (mayHide(parentOf(field))) return true;
    } else if (kind != PLAIN_STRING || wantsString(field, startAt(slot) + 1, lengthAt(slot) - 2)) return true;
  }
  return false;
}

/** Whether a field that was not found may be in the one around it: items of lists are fields, and are not looked for. */
function mayHide(field: i32): bool {
  for (; field > 0; field = parentOf(field)) {
    const kind = kindAt(slotOf(field));
    if (kind != 0) return kind == OTHER;
  }
  return false;
}

@inline
function slotOf(field: i32): usize {
  return row + ROW_HEADER + <usize>field * 8;
}

@inline
function kindAt(slot: usize): u32 {
  return load<u32>(slot) & ~POSITION;
}

@inline
function startAt(slot: usize): usize {
  return text + <usize>(load<u32>(slot) & POSITION);
}

@inline
function lengthAt(slot: usize): u32 {
  return load<u32>(slot, 4) - (load<u32>(slot) & POSITION);
}
