import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { PROJECT } from "../support/cli";
import { ScriptedAws } from "../support/scripted-aws";

const BIN = path.join(__dirname, "..", "..", "bin", "cordon.js");

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

/** Starts the real process; `ended` gives what it left. */
function start(...argv: string[]): {
  child: ChildProcess;
  ended: Promise<{ code: number | null; stderr: string }>;
} {
  const child = spawn(process.execPath, [BIN, ...argv, "--log-group", "trail"], {
    cwd: PROJECT,
    env: process.env,
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, stderr }));
  });
  return { child, ended };
}

const statistics = { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 };

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s stops the query on AWS", async (signal, code) => {
  const { child, ended } = start("hunt", "run", "users-created");
  aws.answers.StartQuery = () => ({ queryId: "q-1" });
  aws.answers.GetQueryResults = () => {
    child.kill(signal);
    return { status: "Running", statistics, results: [] };
  };
  aws.answers.StopQuery = () => ({ success: true });
  expect((await ended).code).toBe(code);
  expect(aws.operations.at(-1)).toBe("StopQuery");
});

test("a reader that has seen enough ends it quietly, as `| head` does", async () => {
  const { child, ended } = start("hunt", "filter", "users-created", "--whole");
  const message = JSON.stringify({ eventName: "CreateUser", userAgent: "x".repeat(1000) });
  aws.answers.FilterLogEvents = (_, earlier) => ({
    events: Array.from({ length: 100 }, (_, index) => ({ timestamp: 1795478400000 + index, message })),
    nextToken: String(earlier),
  });
  child.stdout?.once("data", () => child.stdout?.destroy());
  expect(await ended).toEqual({ code: 0, stderr: "" });
});
