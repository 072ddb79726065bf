import { execFileSync } from "node:child_process";
import { QUESTIONS } from "./questions";
import type { Job, ToolName } from "./tools/tool";

/** A tool in the table of ratios: its jobs are named `key question`. */
export interface Contender {
  key: string;
  tool: ToolName;
  threads: number;
  what: string;
}

/** Both threads of two cores; the limit and Cordon also with one. */
export const CONTENDERS: readonly Contender[] = [
  { key: "cordon-2", tool: "cordon", threads: 2, what: "Cordon, 2 threads" },
  { key: "cordon-1", tool: "cordon", threads: 1, what: "Cordon, 1 thread" },
  { key: "command", tool: "command", threads: 2, what: "`cordon query`, the whole process" },
  { key: "parse", tool: "parse", threads: 2, what: "gunzip and JSON.parse of everything, 2 threads" },
  { key: "duckdb", tool: "duckdb", threads: 2, what: "DuckDB, tuned SQL, 2 threads" },
  { key: "jq", tool: "jq", threads: 2, what: "zcat and jq, 2 of each" },
  { key: "ripgrep", tool: "ripgrep", threads: 2, what: "ripgrep -z, 2 threads" },
];

/** What is not there on this machine. */
export function missing(): ToolName[] {
  return (["jq", "ripgrep"] as const).filter((tool) => {
    try {
      execFileSync(tool === "jq" ? "jq" : "rg", ["--version"], { stdio: "ignore" });
      return false;
    } catch {
      return true;
    }
  });
}

/** Everything that is asked of one volume. */
export function volumeJobs(folder: string, absent: readonly ToolName[]): Map<string, Job> {
  const jobs = new Map<string, Job>();
  for (const threads of [2, 1]) {
    jobs.set(`gunzip-${threads}`, { tool: "gunzip", paths: [folder], threads });
    jobs.set(`sweep-${threads}`, { tool: "sweep", paths: [folder], threads });
  }
  for (const { id, ripgrep } of QUESTIONS) {
    for (const { key, tool, threads } of CONTENDERS) {
      if (absent.includes(tool) || (tool === "ripgrep" && ripgrep === undefined)) continue;
      jobs.set(`${key} ${id}`, { tool, question: id, paths: [folder], threads });
    }
  }
  return jobs;
}

/** The same over once, twice and four times as much. */
export function growthJobs(folders: readonly string[]): Map<string, Job> {
  const jobs = new Map<string, Job>();
  for (const times of [1, 2, 4]) {
    const paths = folders.slice(0, times);
    jobs.set(`gunzip ${times}`, { tool: "gunzip", paths, threads: 2 });
    for (const { id } of QUESTIONS) {
      jobs.set(`${id} ${times}`, { tool: "cordon", question: id, paths, threads: 2 });
    }
    jobs.set(`sweep ${times}`, { tool: "sweep", paths, threads: 2 });
  }
  return jobs;
}

/** One question of each kind over many small files. */
export function smallFilesJobs(folder: string): Map<string, Job> {
  const jobs = new Map<string, Job>();
  for (const threads of [1, 2]) {
    jobs.set(`gunzip ${threads}`, { tool: "gunzip", paths: [folder], threads });
    for (const question of ["q1", "q3"]) {
      jobs.set(`${question} ${threads}`, { tool: "cordon", question, paths: [folder], threads });
    }
  }
  return jobs;
}
