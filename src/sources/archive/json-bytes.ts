/** Where JSON values end, found without parsing them: strings, brackets and nothing else are looked at. */

export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const LINE_FEED = 0x0a;

/** The bytes run out before the value ends. */
export const UNFINISHED = -1;

export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}

/** The first position from `at` on that holds no white space. */
export function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  let index = at;
  while (index < end && isBlank(bytes[index])) index++;
  return index;
}

/** @param at of the opening quote @returns the position after the closing one, or UNFINISHED */
export function skipString(bytes: Uint8Array, at: number, end: number): number {
  for (let index = at + 1; index < end; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) return index + 1;
    if (byte === BACKSLASH) index++;
  }
  return UNFINISHED;
}

/**
 * @param at of a value's first byte
 * @returns the position after the value, or UNFINISHED. What is no JSON may end anywhere: whoever parses it will see.
 */
export function skipValue(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at, end);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipStructure(bytes, at, end);
  for (let index = at; index < end; index++) {
    const byte = bytes[index];
    if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isBlank(byte)) return index;
  }
  return UNFINISHED;
}

function skipStructure(bytes: Uint8Array, at: number, end: number): number {
  let depth = 0;
  for (let index = at; index < end; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      // The same as skipString: a call for each string would take half as long again.
      for (index++; index < end; index++) {
        const inner = bytes[index];
        if (inner === QUOTE) break;
        if (inner === BACKSLASH) index++;
      }
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return index + 1;
  }
  return UNFINISHED;
}

/** A value without the white space between its tokens: as it stands in a file that is not made for reading. */
export function compact(bytes: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let index = 0; index < bytes.length; ) {
    if (isBlank(bytes[index])) {
      index++;
      continue;
    }
    const next = bytes[index] === QUOTE ? skipString(bytes, index, bytes.length) : index + 1;
    const to = next === UNFINISHED ? bytes.length : next;
    length += bytes.copy(kept, length, index, to);
    index = to;
  }
  return kept.subarray(0, length);
}
