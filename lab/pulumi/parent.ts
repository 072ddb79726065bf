import { fstatSync } from "node:fs";

/** How often a process that has no pipe from its parent looks whether it still has one. Milliseconds. */
const POLL = 500;

/**
 * Calls `then` once this process's parent is gone, even when it was killed with no chance to say so: by the end of
 * standard input where that is a pipe from the parent (the engine gives its plugins one), otherwise by the parent's id.
 * Does not keep the process alive.
 */
export function whenParentIsGone(then: () => void): void {
  let called = false;
  const once = () => {
    if (!called) then();
    called = true;
  };
  const stdin = fstatSync(0);
  if (stdin.isFIFO() || stdin.isSocket()) {
    process.stdin.on("end", once).on("close", once).on("error", once).resume();
    if ("unref" in process.stdin) process.stdin.unref();
    return;
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) once();
  }, POLL).unref();
}

/** Ends this process at once, whatever else it waits for, when its parent is gone. */
export function dieWithParent(): void {
  whenParentIsGone(() => process.kill(process.pid, "SIGKILL"));
}
