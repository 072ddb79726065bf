import { spawn } from "node:child_process";
import path from "node:path";
import { actIam } from "../../../lab/moto/client";
import { startMoto } from "../../../lab/moto/server";
import { LAB_START_TIMEOUT } from "../../support/lab-aws";

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function ends(pid: number): Promise<boolean> {
  for (const end = Date.now() + 5000; Date.now() < end; ) {
    if (!alive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

test(
  "starts, answers its owner alone, and stops",
  async () => {
    const moto = await startMoto();
    try {
      expect(alive(moto.pid)).toBe(true);
      expect((await actIam(moto, "ListUsers")).status).toBe(200);
      expect((await actIam({ ...moto, key: "0".repeat(64) }, "ListUsers")).status).toBe(403);
    } finally {
      await moto.stop();
    }
    expect(alive(moto.pid)).toBe(false);
  },
  LAB_START_TIMEOUT,
);

test(
  "ends when the process that started it is killed",
  async () => {
    const server = JSON.stringify(path.resolve("lab/moto/server"));
    const script = `require(${server}).startMoto().then((moto) => { console.log(moto.pid); setInterval(() => {}, 1000); });`;
    const owner = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = Number(
      await new Promise<string>((resolve) => owner.stdout.once("data", (data) => resolve(String(data)))),
    );
    expect(alive(pid)).toBe(true);
    owner.kill("SIGKILL");
    expect(await ends(pid)).toBe(true);
  },
  LAB_START_TIMEOUT,
);

test("a program that is no Python fails with what it said", async () => {
  await expect(startMoto({ program: "/bin/false" })).rejects.toThrow("moto did not start");
  await expect(startMoto({ program: "/no/such/program" })).rejects.toThrow("ENOENT");
});
