import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { CordonError } from "../model/error";

/**
 * Replaces a file's text, wholly or not at all: readers, and a machine that fails meanwhile, see the old text or the
 * new one. Links are followed and permissions kept.
 *
 * @param before the text that the new one was made from.
 * @throws CordonError when the file holds another text by now, or cannot be written.
 */
export function replaceFile(file: string, before: string, text: string): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(file);
    if (readFileSync(target, "utf8") !== before) {
      throw new CordonError({
        code: "file-changed",
        message: "the file was changed by somebody else meanwhile",
        hint: "run it again",
        place: { file: path.basename(file) },
      });
    }
    temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
    const handle = openSync(temporary, "wx", statSync(target).mode);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    if (error instanceof CordonError) throw error;
    throw new CordonError({
      code: "file-not-written",
      message: `the file cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      place: { file: path.basename(file) },
    });
  }
}
