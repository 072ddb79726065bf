import { writeFileSync } from "node:fs";
import { command, cordon, sweep } from "./tools/cordon";
import { duckdb } from "./tools/duckdb";
import { plain } from "./tools/plain";
import { jq, ripgrep } from "./tools/processes";
import type { Job, Tool, ToolName } from "./tools/tool";

/** What a job took. */
export interface Taken {
  /** From the question to the answer, without the start of Node and the loading of code. Milliseconds. */
  wall: number;
  /** User and system time of all threads and processes. Milliseconds. */
  cpu: number;
  /** Most memory that was resident. Bytes. */
  rss: number;
  isCountOnly: boolean;
}

const TOOLS: Record<ToolName, Tool> = {
  gunzip: plain,
  parse: plain,
  cordon,
  sweep,
  command,
  duckdb,
  jq,
  ripgrep,
};

/** The process of one job, which is told as JSON: `node process.js JOB ANSWER`. Writes the answer's lines to a file. */
async function main([text = "", answer = ""]: string[]): Promise<void> {
  const job = JSON.parse(text) as Job;
  const run = await TOOLS[job.tool](job);
  const before = process.resourceUsage();
  const began = performance.now();
  const { lines, others, isCountOnly = false } = await run();
  const wall = performance.now() - began;
  const after = process.resourceUsage();
  const cpu = (after.userCPUTime - before.userCPUTime + after.systemCPUTime - before.systemCPUTime) / 1000;
  const taken: Taken = {
    wall,
    cpu: others === undefined ? cpu : others.cpu,
    rss: others === undefined ? after.maxRSS * 1024 : (others.rss ?? 0),
    isCountOnly,
  };
  writeFileSync(answer, lines().sort().join("\n"));
  process.stdout.write(JSON.stringify(taken));
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  });
}
