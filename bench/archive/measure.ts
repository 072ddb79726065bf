import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { summary, type Times } from "../measure";
import type { Taken } from "./process";
import type { Job } from "./tools/tool";

/** What a job took in all its rounds. */
export interface Measured {
  /** Milliseconds. */
  wall: Times;
  cpu: Times;
  /** Most of all rounds, bytes; 0 where it is not known. */
  rss: number;
  /** Rows, sorted. */
  answer: string[];
  isCountOnly: boolean;
}

const projectRoot = path.resolve(__dirname, "..", "..");
/** Compiled: a process that compiles takes its memory and time for that. */
const PROCESS = path.join(projectRoot, "dist", "bench", "archive", "process.js");

/**
 * Does each job `rounds` times, in turn, each time in a process of its own; one round before that is not counted and
 * warms the cache.
 */
export async function measureJobs<Name extends string>(
  jobs: ReadonlyMap<Name, Job>,
  rounds: number,
  log: (line: string) => void,
): Promise<Map<Name, Measured>> {
  const dir = mkdtempSync(path.join(tmpdir(), "cordon-bench-answers-"));
  try {
    const taken = new Map<Name, { taken: Taken; answer: string[] }[]>();
    for (let round = 0; round <= rounds; round++) {
      log(round === 0 ? `${jobs.size} jobs, once to warm up` : `round ${round} of ${rounds}`);
      for (const [name, job] of jobs) {
        const one = await runJob(job, path.join(dir, "answer"));
        if (round > 0 || rounds === 0) taken.set(name, [...(taken.get(name) ?? []), one]);
      }
    }
    return new Map([...taken].map(([name, all]) => [name, summed(name, all)]));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function runJob(job: Job, file: string): Promise<{ taken: Taken; answer: string[] }> {
  const args = [PROCESS, JSON.stringify(job), file];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
  const text = readFileSync(file, "utf8");
  return { taken: JSON.parse(stdout) as Taken, answer: text === "" ? [] : text.split("\n") };
}

function summed(name: string, all: readonly { taken: Taken; answer: string[] }[]): Measured {
  const [first] = all;
  if (first === undefined) throw new Error(`${name} was not run`);
  for (const { answer } of all) compare(name, first.answer, answer, false);
  return {
    wall: summary(all.map(({ taken }) => taken.wall)),
    cpu: summary(all.map(({ taken }) => taken.cpu)),
    rss: Math.max(...all.map(({ taken }) => taken.rss)),
    answer: first.answer,
    isCountOnly: first.taken.isCountOnly,
  };
}

/** @throws Error with the first rows that differ */
export function compare(
  name: string,
  expected: readonly string[],
  found: readonly string[],
  isCountOnly: boolean,
): void {
  if (expected.length !== found.length) {
    throw new Error(`${name}: ${expected.length} rows are expected, ${found.length} were found`);
  }
  if (isCountOnly) return;
  const at = expected.findIndex((line, index) => line !== found[index]);
  if (at !== -1) throw new Error(`${name}: expected ${expected[at]}, found ${found[at]}`);
}
