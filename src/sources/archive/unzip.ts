import { constants, createGunzip, type Gunzip, gunzipSync } from "node:zlib";

/** Gives memory of so many bytes. What it gave before is not used any more then. */
export type Room = (length: number) => Buffer;

/**
 * What `_processChunk` unzips into: it has no documentation, and has been the same since Node 8. gunzipSync is the same
 * call, and lets nobody say where to unzip to.
 */
interface Internals {
  _outBuffer: Buffer;
  _chunkSize: number;
  _processChunk(bytes: Buffer, flush: number): Buffer;
}

/** What is unzipped at a time at least, however little a file promises. Bytes. */
const LEAST = 2 ** 16;

/**
 * Unzips a whole gzip file, of one or several members, to memory that can be used again for the next: memory that is
 * new each time takes nearly as long to come by as the text to read.
 *
 * @param most how many bytes of text there may be
 * @returns the text: in the memory that `room` gave, unless the file lies about its length
 * @throws zlib's error when the data is broken, `ERR_BUFFER_TOO_LARGE` when there is more text
 */
export function unzip(bytes: Buffer, most: number, room: Room): Buffer {
  // The last four bytes are the length of the last member's text (RFC 1952). That is a hint and no more: anybody can
  // write anything there, and a file may have several members.
  const hint = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  const chunkSize = Math.min(Math.max(hint, LEAST), most) + 1;
  const gunzip = createGunzip({ maxOutputLength: most, chunkSize: 64 });
  if (!hasInternals(gunzip)) return gunzipSync(bytes, { chunkSize, maxOutputLength: most });
  gunzip._outBuffer = room(chunkSize);
  gunzip._chunkSize = gunzip._outBuffer.length;
  return gunzip._processChunk(bytes, constants.Z_FINISH);
}

function hasInternals(gunzip: Gunzip): gunzip is Gunzip & Internals {
  return "_outBuffer" in gunzip && "_chunkSize" in gunzip && "_processChunk" in gunzip;
}
