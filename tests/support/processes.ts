import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

interface Listed {
  pid: number;
  parent: number;
}

/** Ids of the processes that `pid` started, and that those started. */
export function descendantsOf(pid: number): number[] {
  const running = list();
  const childrenOf = (of: number): number[] =>
    running.filter(({ parent }) => parent === of).flatMap(({ pid: child }) => [child, ...childrenOf(child)]);
  return childrenOf(pid);
}

/** Waits until none of the processes runs any more; gives back those that do after `ms` milliseconds. */
export async function left(pids: readonly number[], ms: number): Promise<number[]> {
  const until = Date.now() + ms;
  for (;;) {
    const running = new Set(list().map(({ pid }) => pid));
    const alive = pids.filter((pid) => running.has(pid));
    if (alive.length === 0 || Date.now() > until) return alive;
    await delay(100);
  }
}

/** What runs. A process that has ended and only waits for its parent to be told (state Z) does not. */
function list(): Listed[] {
  return execFileSync("ps", ["-axo", "pid=,ppid=,stat="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = ""]) => !state.startsWith("Z"))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}
