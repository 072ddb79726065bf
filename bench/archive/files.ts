import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/** All trail files below folders, sorted. */
export function trailFiles(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".json.gz"))
        .map((file) => path.join(folder, file)),
    )
    .sort();
}

/** As fast as Node can: the output fits one chunk, which the trailer's size (RFC 1952, ISIZE) says beforehand. */
export function unzip(file: string): Buffer {
  const zipped = readFileSync(file);
  const size = zipped.readUInt32LE(zipped.length - 4);
  return gunzipSync(zipped, { chunkSize: Math.min(size, 2 ** 26) + 64 });
}
