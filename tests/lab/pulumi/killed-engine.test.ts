import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { descendantsOf, left } from "../../support/processes";
import { type PulumiProgram, startPulumiProgram } from "../../support/pulumi-program";

jest.setTimeout(120_000);

let lab: PulumiProgram;
beforeEach(async () => {
  lab = await startPulumiProgram();
});
afterEach(() => lab.close());

function start(...args: string[]): ChildProcess & { pid: number } {
  const engine = spawn("pulumi", args, { env: lab.workspace.environment, stdio: "ignore" });
  if (engine.pid === undefined) throw new Error("pulumi was not started");
  return Object.assign(engine, { pid: engine.pid });
}

/** Kills the engine with no chance to clean up. @returns what it had started. */
async function kill(engine: ChildProcess & { pid: number }): Promise<number[]> {
  const started = descendantsOf(engine.pid);
  engine.kill("SIGKILL");
  await once(engine, "exit");
  return started;
}

test("killed in the middle of a create, the engine leaves nothing running, and the next up converges", async () => {
  const creating = new Promise<void>((resolve) => {
    lab.aws.before = async (operation) => {
      if (operation !== "PutQueryDefinition") return;
      resolve();
      await delay(60_000, undefined, { ref: false });
    };
  });
  const engine = start("up", "--yes", "--stack", "hunts");
  await creating;
  const started = await kill(engine);
  expect(started.length).toBeGreaterThanOrEqual(3); // language host, program, provider
  expect(await left(started, 10_000)).toEqual([]);

  lab.aws.before = () => {};
  await lab.pulumi(["cancel", "--yes", "--stack", "hunts"]);
  const up = await lab.pulumi(["up", "--yes", "--stack", "hunts"]);
  expect(up).toMatchObject({ code: 0 });
  expect(lab.aws.queries.get("us-east-1")?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["Tests/one", "Tests/two"]),
  );
});

test("killed while a program waits for ever, the engine leaves nothing running", async () => {
  const engine = start("preview", "--stack", "containment", "--config", "cordon:hang=yes");
  while (descendantsOf(engine.pid).length < 2) await delay(20);
  await delay(2_000);
  const started = await kill(engine);
  expect(await left(started, 10_000)).toEqual([]);
});

test("an aborted command ends by itself and leaves nothing running", async () => {
  const controller = new AbortController();
  const running = lab.pulumi(["preview", "--stack", "containment", "--config", "cordon:hang=yes"], {
    signal: controller.signal,
  });
  const engine = await childOfThis();
  await delay(2_000);
  const started = descendantsOf(engine);
  controller.abort();
  const { code, output } = await running;
  expect(code).not.toBe(0);
  expect(output).toContain("cancel");
  expect(await left([engine, ...started], 10_000)).toEqual([]);
});

async function childOfThis(): Promise<number> {
  for (;;) {
    const [pid] = descendantsOf(process.pid).filter((child) => descendantsOf(child).length > 0);
    if (pid !== undefined) return pid;
    await delay(20);
  }
}
