import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CordonError } from "../../model/error";

/** A stretch of a scratch file, in bytes. */
export interface Span {
  start: number;
  end: number;
}

/**
 * A file for what memory does not hold, which several threads write to. It has no name: when the process ends, in
 * whatever way, nothing is left of it. Plain data.
 */
export interface Scratch {
  descriptor: number;
  /** One number of 64 bits: where the next thread that writes may write. */
  end: SharedArrayBuffer;
}

/** What is written and read at a time, unless a value is longer. Bytes. */
const PIECE = 32 * 2 ** 10;

/** @param where an existing folder. @throws CordonError: `scratch-failed` */
export function openScratch(where: string = tmpdir()): Scratch {
  try {
    const folder = mkdtempSync(path.join(where, "cordon-scratch-"));
    const file = path.join(folder, "scratch");
    // Nobody else may read what was logged.
    const descriptor = openSync(file, "wx+", 0o600);
    unlinkSync(file);
    rmdirSync(folder);
    return { descriptor, end: new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT) };
  } catch (error) {
    throw scratchFailed(error, where);
  }
}

export function closeScratch({ descriptor }: Scratch): void {
  closeSync(descriptor);
}

/**
 * Writes values, each as a line of JSON.
 *
 * @returns where they are: several spans, since other threads write between them
 * @throws the system's error, which stays what it is from one thread to another
 */
export function writeValues({ descriptor, end }: Scratch, values: Iterable<unknown>): Span[] {
  const spans: Span[] = [];
  const next = new BigInt64Array(end);
  let lines: string[] = [];
  let length = 0;
  const flush = (): void => {
    const bytes = Buffer.from(lines.join(""));
    const start = Number(Atomics.add(next, 0, BigInt(bytes.length)));
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(descriptor, bytes, at, bytes.length - at, start + at);
    }
    spans.push({ start, end: start + bytes.length });
    lines = [];
    length = 0;
  };
  for (const value of values) {
    const line = `${JSON.stringify(value)}\n`;
    lines.push(line);
    length += line.length;
    if (length >= PIECE) flush();
  }
  if (length > 0) flush();
  return spans;
}

/** Reads back what was written. */
export function* readValues(
  { descriptor }: Scratch,
  spans: readonly Span[],
): Generator<unknown, void, undefined> {
  for (const { start, end } of spans) {
    const bytes = Buffer.allocUnsafe(end - start);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(descriptor, bytes, at, bytes.length - at, start + at);
      if (read === 0) throw new Error("a scratch file ends early");
      at += read;
    }
    for (const line of bytes.toString().split("\n")) if (line !== "") yield JSON.parse(line);
  }
}

/** The error of `writeValues` for a person; any other as it is. */
export function explainScratch(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).syscall === "write" ? scratchFailed(error, tmpdir()) : error;
}

function scratchFailed(error: unknown, where: string): CordonError {
  return new CordonError({
    code: "scratch-failed",
    message: `what memory does not hold cannot be written to ${where}: ${(error as Error).message}`,
    hint: "set TMPDIR to a folder that has room, or ask by shorter spans of time with --start and --end",
  });
}
