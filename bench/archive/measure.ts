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
  /** The wall time as a multiple of the limit's, each time of what the limit took just before and after. */
  ratio: Times;
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

interface Run {
  taken: Taken;
  answer: string[];
  ratio: number;
}

/**
 * Does each job `rounds` times, in turn, each time in a process of its own; one round before that is not counted and
 * warms the cache. The limit is measured between any two of them: a machine whose neighbours are busy slows down and
 * recovers from second to second, and what ran next to each other says more than the shortest of each.
 *
 * @param limit the name of the job that the others are compared with
 */
export async function measureJobs<Name extends string>(
  jobs: ReadonlyMap<Name, Job>,
  limit: Name,
  rounds: number,
  log: (line: string) => void,
): Promise<Map<Name, Measured>> {
  const dir = mkdtempSync(path.join(tmpdir(), "cordon-bench-answers-"));
  try {
    const runs = new Map<Name, Run[]>();
    const runOne = (name: Name) => runJob(jobs.get(name), path.join(dir, "answer"));
    const keep = (name: Name, run: Run) => void runs.set(name, [...(runs.get(name) ?? []), run]);
    for (let round = 0; round <= rounds; round++) {
      log(round === 0 ? `${jobs.size} jobs, once to warm up` : `round ${round} of ${rounds}`);
      let before = await runOne(limit);
      for (const name of jobs.keys()) {
        if (name === limit) continue;
        const one = await runOne(name);
        const after = await runOne(limit);
        const beside = (before.taken.wall + after.taken.wall) / 2;
        before = after;
        if (round === 0) continue;
        keep(name, { ...one, ratio: one.taken.wall / beside });
        keep(limit, { ...after, ratio: 1 });
      }
    }
    return new Map([...runs].map(([name, all]) => [name, summed(name, all)]));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function runJob(job: Job | undefined, file: string): Promise<Omit<Run, "ratio">> {
  if (job === undefined) throw new Error("there is no such job");
  const args = [PROCESS, JSON.stringify(job), file];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
  const text = readFileSync(file, "utf8");
  return { taken: JSON.parse(stdout) as Taken, answer: text === "" ? [] : text.split("\n") };
}

function summed(name: string, all: readonly Run[]): Measured {
  const [first] = all;
  if (first === undefined) throw new Error(`${name} was not run`);
  for (const { answer } of all) compare(name, first.answer, answer, false);
  return {
    wall: summary(all.map(({ taken }) => taken.wall)),
    ratio: summary(all.map(({ ratio }) => ratio)),
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
