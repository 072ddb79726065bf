import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ACCOUNT, REGIONS } from "./cloudtrail/principals";
import { Random } from "./cloudtrail/random";
import { record } from "./cloudtrail/record";
import { trailFiles, unzip } from "./files";

/** A folder in the layout of CloudTrail's bucket, which differs from others of the same kind in time and content. */
export interface Volume {
  /** The folder's name in the corpus. */
  name: string;
  files: number;
  /** Records of a file: fewest and most. */
  records: readonly [number, number];
  /** The first day that is in it, from the corpus's first. */
  day: number;
  filesPerDay: number;
}

/** 400,000 events and 600 MB of text in 200 files: what the targets are about. Twice the number is two volumes. */
export function volume(number: number, files = 200): Volume {
  return { name: `volume-${number}`, files, records: [1000, 3200], day: (number - 1) * 30, filesPerDay: 20 };
}

/** What accounts with little traffic in many regions have. */
export function smallFiles(files = 20_000): Volume {
  return { name: "small-files", files, records: [2, 20], day: 400, filesPerDay: 500 };
}

const FIRST_DAY = Date.UTC(2025, 8, 1);
const DAY = 86_400_000;
const MINUTE = 60_000;

/** Writes what is not yet there as it is to be. @returns the volumes' folders */
export function makeCorpus(dir: string, volumes: readonly Volume[], log: (line: string) => void): string[] {
  return volumes.map((wanted) => {
    const folder = path.join(dir, wanted.name);
    // Beside the folder, not in it, where it would be searched.
    const stampFile = `${folder}.stamp`;
    const stamp = stampOf(wanted);
    if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return folder;
    log(`writing ${wanted.files} files to ${folder}`);
    removeVolume(dir, wanted.name);
    for (let number = 0; number < wanted.files; number++) writeTrailFile(folder, wanted, number);
    writeFileSync(stampFile, stamp);
    return folder;
  });
}

/** What is in a corpus. Bytes are those of the text, and on disk. */
export interface CorpusSize {
  files: number;
  events: number;
  bytes: number;
  zipped: number;
}

export function corpusSize(folders: readonly string[]): CorpusSize {
  const size: CorpusSize = { files: 0, events: 0, bytes: 0, zipped: 0 };
  for (const file of trailFiles(folders)) {
    const text = unzip(file);
    size.files++;
    size.events += (JSON.parse(text.toString()) as { Records: unknown[] }).Records.length;
    size.bytes += text.length;
    size.zipped += statSync(file).size;
  }
  return size;
}

/** Removes all that `makeCorpus` wrote in a folder, and the folder if nothing else is in it. */
export function cleanCorpus(dir: string): void {
  if (!existsSync(dir)) return;
  for (const name of readdirSync(dir)) {
    if (/^(?:volume-\d+|small-files)(?:\.stamp)?$/.test(name))
      removeVolume(dir, name.replace(/\.stamp$/, ""));
  }
  if (readdirSync(dir).length === 0) rmSync(dir, { recursive: true });
}

function removeVolume(dir: string, name: string): void {
  rmSync(path.join(dir, `${name}.stamp`), { force: true });
  rmSync(path.join(dir, name), { recursive: true, force: true });
}

/** Changes when the volume would come out differently: the code that makes records is part of it. */
function stampOf(wanted: Volume): string {
  const hash = createHash("sha256").update(JSON.stringify(wanted));
  const makers = path.join(__dirname, "cloudtrail");
  const files = readdirSync(makers)
    .sort()
    .map((file) => path.join(makers, file));
  for (const file of [...files, __filename]) hash.update(readFileSync(file));
  return hash.digest("hex");
}

/** A file's path in its volume, and its text. */
export function trailFile(
  { name, records: [fewest, most], day, filesPerDay }: Volume,
  number: number,
): { path: string; text: string } {
  const random = new Random(`${name} ${number}`);
  const region = REGIONS[number % REGIONS.length] ?? REGIONS[0];
  const days = day + Math.floor(number / filesPerDay);
  const timeOfDay = Math.floor(((number % filesPerDay) * DAY) / filesPerDay) + random.below(60) * MINUTE;
  const delivered = FIRST_DAY + days * DAY + timeOfDay;
  // What happened from fifteen to four minutes before, nearly in order: CloudTrail does not promise any.
  const count = random.between(fewest, most);
  const records = random.times(count, (index) => {
    const at = delivered - 15 * MINUTE + (10 * MINUTE * index) / count + random.below(MINUTE);
    return record(random, region, Math.floor(at));
  });
  const moment = new Date(delivered).toISOString().slice(0, 16).replace(/[-:]/g, "");
  const date = new Date(delivered).toISOString().slice(0, 10).split("-");
  const file = `${ACCOUNT}_CloudTrail_${region}_${moment}Z_${random.base32(16)}.json.gz`;
  return {
    path: path.join("AWSLogs", ACCOUNT, "CloudTrail", region, ...date, file),
    text: JSON.stringify({ Records: records }),
  };
}

function writeTrailFile(folder: string, wanted: Volume, number: number): void {
  const { path: name, text } = trailFile(wanted, number);
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(text));
}
