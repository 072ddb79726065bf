import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { intoCache } from "./cache";
import { messageOf, property } from "./error";
import { LANGUAGE_HOST, PLATFORM, PULUMI_VERSION } from "./release";
import type { Context } from "./tool";

const run = promisify(execFile);

/**
 * Downloads the official release for this system and checks it against the SHA-256 that is published with it. The two
 * files that the lab needs are taken out of the archive.
 *
 * @param places - base addresses of places that publish releases, tried in turn.
 */
export async function fromRelease(context: Context, places: readonly string[]): Promise<string> {
  if (!/^(?:linux|darwin)-(?:x64|arm64)$/.test(PLATFORM)) {
    throw new Error(`the lab downloads no Pulumi for ${PLATFORM}`);
  }
  return intoCache(context, async (folder) => {
    const reasons: string[] = [];
    for (const place of places) {
      try {
        return await download(context, place, folder);
      } catch (error) {
        context.signal?.throwIfAborted();
        reasons.push(reasonOf(error, place));
      }
    }
    throw new Error(reasons.join("; "));
  });
}

async function download({ log, signal }: Context, place: string, folder: string): Promise<void> {
  const name = `pulumi-v${PULUMI_VERSION}-${PLATFORM}.tar.gz`;
  log(`Downloading ${place}/${name} ...`);
  const expected = await publishedChecksum(place, name, signal);
  const unpacked = await mkdtemp(path.join(folder, "unpacked-"));
  try {
    const archive = path.join(unpacked, name);
    const actual = await fetchFile(`${place}/${name}`, archive, signal);
    if (actual !== expected) throw new Error(`${name} has SHA-256 ${actual}, published is ${expected}`);
    const files = ["pulumi", LANGUAGE_HOST];
    await run("tar", ["-xzf", archive, "-C", unpacked, ...files.map((file) => `pulumi/${file}`)]);
    for (const file of files) await rename(path.join(unpacked, "pulumi", file), path.join(folder, file));
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

/** `pulumi-3.259.0-checksums.txt` has a line `<SHA-256>  <file name>` for each archive of the release. */
async function publishedChecksum(place: string, name: string, signal?: AbortSignal): Promise<string> {
  const url = `${place}/pulumi-${PULUMI_VERSION}-checksums.txt`;
  const list = await (await get(url, signal)).text();
  const line = list.split("\n").find((candidate) => candidate.trimEnd().endsWith(` ${name}`));
  const checksum = line?.split(/\s/)[0]?.toLowerCase();
  if (checksum === undefined || !/^[0-9a-f]{64}$/.test(checksum))
    throw new Error(`${url} has no checksum of ${name}`);
  return checksum;
}

/** @returns the file's SHA-256. */
async function fetchFile(url: string, file: string, signal?: AbortSignal): Promise<string> {
  const { body } = await get(url, signal);
  if (body === null) throw new Error(`${url} is empty`);
  const digest = createHash("sha256");
  const digesting = new Transform({
    transform(chunk, _encoding, done) {
      digest.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(body), digesting, createWriteStream(file));
  return digest.digest("hex");
}

async function get(url: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(url, signal && { signal });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

/** `fetch` hides what went wrong behind "fetch failed". */
function reasonOf(error: unknown, place: string): string {
  const cause = property(error, "cause");
  return cause === undefined ? messageOf(error) : `${place}: ${messageOf(cause)}`;
}
