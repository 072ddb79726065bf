import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { labFile } from "../files";
import { ensureMoto } from "./install";

/** A running moto, which belongs to this process and ends with it, however this process ends. */
export interface Moto {
  port: number;
  pid: number;
  /** `http://127.0.0.1:PORT`. Only the gateway and the bootstrap talk to it. */
  endpoint: string;
  /** What marks a call as the lab's own: see serve.py. Known to this process and moto alone. */
  key: string;
  stop(): Promise<void>;
}

/** How long moto may take until it listens. Milliseconds; it needs about one second on two cores. */
const START_TIMEOUT = 60_000;
/** How much of what moto wrote last is kept for an error message. Characters. */
const KEPT = 4000;

/**
 * Starts moto on 127.0.0.1 and a free port, with enforcement on, and waits until it listens.
 *
 * Its standard input is a pipe that this process holds open: when this process ends, even by SIGKILL, the pipe ends and
 * so does moto.
 */
export async function startMoto(options: { program?: string } = {}): Promise<Moto> {
  const program = options.program ?? (await ensureMoto());
  const key = randomBytes(32).toString("hex");
  const child = spawn(program, ["-I", labFile("moto", "serve.py")], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...withoutAws(process.env), AWS_EC2_METADATA_DISABLED: "true", PYTHONDONTWRITEBYTECODE: "1" },
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  child.stdin.on("error", () => {}); // it ended before it was told to: `ended` says so
  child.stdin.write(`${key}\n`);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-KEPT);
  });
  try {
    const port = await firstLine(child);
    return { port, pid: child.pid ?? 0, endpoint: `http://127.0.0.1:${port}`, key, stop };
  } catch (error) {
    child.kill("SIGKILL");
    await ended;
    throw new Error(`moto did not start: ${error instanceof Error ? error.message : error}\n${said}`);
  }
}

/** The port that moto prints when it listens. */
async function firstLine(child: ChildProcess): Promise<number> {
  const { stdout } = child;
  if (stdout === null) throw new Error("no output");
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("it took too long")), START_TIMEOUT);
    createInterface({ input: stdout }).once("line", (line) => resolve(Number(line)));
    child.once("exit", (code, signal) => reject(new Error(`it ended with ${code ?? signal}`)));
    child.once("error", reject);
    void timer.unref();
  });
}

/** moto must not see the user's own AWS settings, nor settings of its own that somebody left in the environment. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|MOTO_|PYTHON)/.test(name)));
}
