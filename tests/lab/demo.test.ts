import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { projectRoot } from "../support/lab";
import { descendantsOf, left } from "../support/processes";

const gitStatus = () =>
  execFileSync("git", ["status", "--porcelain", "--untracked-files=all"], {
    cwd: projectRoot,
    encoding: "utf8",
  });

function startDemo() {
  const child = spawn(process.execPath, [path.join(projectRoot, "bin", "cordon.js"), "lab", "demo"], {
    cwd: projectRoot,
    env: process.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const demo = { child, output: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      demo.output += text;
    });
  }
  return demo;
}

test("the demo holds from beginning to end, leaves no process and no file that git would see", async () => {
  const before = gitStatus();
  const demo = startDemo();
  const started = new Set<number>();
  const look = setInterval(() => {
    for (const pid of descendantsOf(demo.child.pid ?? 0)) started.add(pid);
  }, 500);
  const [code] = await once(demo.child, "close");
  clearInterval(look);
  expect([code, demo.output]).toEqual([
    0,
    expect.stringMatching(/All \d+ checks held; everything is stopped/),
  ]);
  expect(started.size).toBeGreaterThan(1);
  expect(await left([...started], 5_000)).toEqual([]);
  expect(gitStatus()).toBe(before);
}, 180_000);

test.each(["pulumi up --stack hunts", "Does it bite?"])(
  "Ctrl-C after %j stops all that the demo started, and says so by its exit code",
  async (moment) => {
    const demo = startDemo();
    while (!demo.output.includes(moment)) await once(demo.child.stdout, "data");
    const started = descendantsOf(demo.child.pid ?? 0);
    expect(started.length).toBeGreaterThan(0);
    demo.child.kill("SIGINT");
    const [code] = await once(demo.child, "close");
    expect(code).toBe(130);
    expect(await left(started, 10_000)).toEqual([]);
  },
  120_000,
);
