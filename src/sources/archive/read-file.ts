import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { createGunzip } from "node:zlib";
import { type ArchiveFile, reasonOf } from "./find-files";
import { type Room, unzip } from "./unzip";

/**
 * A stretch of a file's text, unzipped. The stretches of a file follow each other without a gap; a record may begin in
 * one and end in the next.
 */
export interface Stretch {
  bytes: Buffer;
  isLast: boolean;
  /** Whether the text ends here because the file is broken, which was told: that it ends in the middle is no news. */
  isCut?: boolean;
}

/** Told what is wrong with a file, in words that follow its name. */
export type OnBroken = (reason: string) => void;

/** What is read and unzipped in one go. CloudTrail's own files are far smaller. Bytes. */
const IN_ONE_GO = 32 * 2 ** 20;
/** Length of a stretch of any other file. Bytes. */
const STRETCH = 8 * 2 ** 20;
/** What a stream unzips at a time. zlib keeps the last piece before a broken place to itself. Bytes. */
const LONG_PIECE = 2 ** 20;
const SHORT_PIECE = 256;
/** More than this is not read of one file: a few kilobytes may inflate without end. Bytes. */
const MAX_TEXT = 2 ** 32;

/**
 * Reads a file, and unzips it if it is gzip, whatever its name: stretch by stretch, so that a file may be larger than
 * memory. Of a broken file, what comes before the broken place is given, but for the last few hundred bytes.
 */
export async function* readStretches(
  file: ArchiveFile,
  onBroken: OnBroken,
  room: Room = Buffer.allocUnsafeSlow,
): AsyncGenerator<Stretch, void, undefined> {
  const bytes = readAtOnce(file, room);
  if (Buffer.isBuffer(bytes)) yield { bytes, isLast: true };
  else yield* readInPieces(file, bytes === "large" ? LONG_PIECE : SHORT_PIECE, onBroken);
}

/**
 * The whole text of a file, unless it is too large for that, or anything is wrong with it. Several times as fast as a
 * stream.
 */
export function readAtOnce(
  { path, size }: Pick<ArchiveFile, "path" | "size">,
  room: Room,
): Buffer | "large" | "broken" {
  if (size > IN_ONE_GO) return "large";
  try {
    const bytes = readBytes(path, size);
    if (isGzip(bytes)) return unzip(bytes, IN_ONE_GO, room);
    const text = room(bytes.length);
    bytes.copy(text);
    return text;
  } catch (error) {
    // Reading it in pieces finds out what is wrong.
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? "large" : "broken";
  }
}

/** What files are read into before they are unzipped or copied: memory that is new each time takes longer to come by. */
let scratch = Buffer.alloc(0);

/** As `readFileSync`, which asks for the size once more. @returns bytes that stay only until the next call */
function readBytes(path: string, size: number): Buffer {
  if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(size);
  const descriptor = openSync(path, "r");
  try {
    let length = 0;
    while (length < size) {
      const read = readSync(descriptor, scratch, length, size - length, null);
      if (read === 0) break;
      length += read;
    }
    return scratch.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function* readInPieces(
  { path }: ArchiveFile,
  pieceSize: number,
  onBroken: OnBroken,
): AsyncGenerator<Stretch, void, undefined> {
  let waiting: Buffer[] = [];
  let length = 0;
  let total = 0;
  let isCut = false;
  try {
    for await (const chunk of unzippedPieces(path, pieceSize)) {
      waiting.push(chunk);
      length += chunk.length;
      total += chunk.length;
      if (total > MAX_TEXT) {
        isCut = true;
        onBroken(`holds more than ${MAX_TEXT / 2 ** 30} GiB of text: the rest is not searched`);
        break;
      }
      if (length < STRETCH) continue;
      yield { bytes: Buffer.concat(waiting), isLast: false };
      waiting = [];
      length = 0;
    }
  } catch (error) {
    isCut = true;
    onBroken(brokenReason(error));
  }
  yield { bytes: Buffer.concat(waiting), isLast: true, isCut };
}

async function* unzippedPieces(path: string, chunkSize: number): AsyncGenerator<Buffer, void, undefined> {
  const gunzip = isGzip(readBytes(path, 2)) ? createGunzip({ chunkSize }) : undefined;
  const file = createReadStream(path);
  try {
    if (gunzip === undefined) {
      yield* file;
      return;
    }
    file.on("error", (error) => gunzip.destroy(error));
    yield* file.pipe(gunzip);
  } finally {
    file.destroy();
    gunzip?.destroy();
  }
}

function brokenReason(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === "Z_BUF_ERROR") return "is truncated: the compressed data ends too early";
  if (code.startsWith("Z_")) return `is corrupt: ${reasonOf(error)}`;
  return `cannot be read: ${reasonOf(error)}`;
}
