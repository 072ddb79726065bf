import { type Io, Stop } from "./io";

/**
 * The real world: the process's streams, environment and signals. The first Ctrl-C aborts the signal, so that a query
 * can be stopped on AWS; the second ends the process at once. A closed pipe (`| head`) aborts it as well, quietly.
 */
export function processIo(): Io {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => controller.abort(new Stop(name)));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      controller.abort(new Stop("EPIPE"));
    });
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    ask,
    env: process.env,
    cwd: process.cwd(),
    signal: controller.signal,
  };

  async function ask(question: string): Promise<string | undefined> {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
    const { createInterface } = await import("node:readline/promises");
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    // On a terminal Ctrl-C and Ctrl-D come to readline as keys, and would leave the question open for ever.
    lines.on("SIGINT", () => controller.abort(new Stop("SIGINT")));
    const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
    const answered = lines.question(question, { signal: controller.signal });
    try {
      return await Promise.race([answered, closed]);
    } finally {
      lines.close();
    }
  }
}
