import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runPulumi } from "../../../lab/pulumi/run";
import { createWorkspace, openWorkspace } from "../../../lab/pulumi/workspace";
import { COMPILED, PROGRAM } from "../../support/pulumi-program";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "cordon workspace's "));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A `pulumi` that notes what it was asked, and fails when told. */
async function options(script = 'echo "$PWD $PULUMI_OPTION_CWD: $*" >> "$PULUMI_HOME/asked"') {
  const pulumi = path.join(folder, "bin");
  await mkdir(pulumi, { recursive: true });
  await writeFile(path.join(pulumi, "pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return {
    labDir: path.join(folder, "lab"),
    projectRoot: PROGRAM,
    compiled: COMPILED,
    pulumi,
    endpoint: "http://127.0.0.1:4000",
    region: "us-east-1",
    accountId: "123456789012",
    credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
  };
}

test("both stacks are initialised in the lab's folder, from nothing each time", async () => {
  const given = await options();
  await mkdir(path.join(given.labDir, "pulumi/state/.pulumi"), { recursive: true });
  await createWorkspace(given);
  const workspace = await createWorkspace(given);
  const project = path.join(given.labDir, "pulumi/project");
  expect(workspace.projectDir).toBe(project);
  expect(await readFile(path.join(given.labDir, "pulumi/home/asked"), "utf8")).toBe(
    `${PROGRAM} ${project}: stack init hunts --no-select\n${PROGRAM} ${project}: stack init containment --no-select\n`,
  );
  await expect(stat(path.join(given.labDir, "pulumi/state/.pulumi"))).rejects.toThrow("ENOENT");
  expect(await readFile(workspace.stackFile("containment"), "utf8")).toContain("cordon:blockList: []");

  const opened = openWorkspace(given);
  expect({ ...opened, stackFile: undefined }).toEqual({ ...workspace, stackFile: undefined });
});

test("what the engine starts is Node itself, whatever the folder is called", async () => {
  const given = await options();
  const compiled = path.join(folder, "it's compiled");
  for (const main of ["lab/provider/main.js", "lab/pulumi/language-host/main.js"]) {
    await mkdir(path.dirname(path.join(compiled, main)), { recursive: true });
    await writeFile(path.join(compiled, main), "console.log(process.ppid, ...process.argv.slice(2))");
  }
  const { environment } = await createWorkspace({ ...given, compiled });
  const provider = path.join(
    environment.PULUMI_HOME ?? "",
    "plugins/resource-aws-v7.48.0/pulumi-resource-aws",
  );
  for (const file of [provider, environment.CORDON_LANGUAGE_HOST ?? ""]) {
    expect(execFileSync(file, ["-v", "a b"], { encoding: "utf8" })).toBe(`${process.pid} -v a b\n`);
  }
});

test("says what is missing: the compiled project, a working pulumi", async () => {
  const given = await options("echo no such backend >&2; exit 255");
  await expect(createWorkspace({ ...given, compiled: folder })).rejects.toMatchObject({
    code: "lab-not-built",
  });
  await expect(createWorkspace(given)).rejects.toMatchObject({
    code: "lab-stack-failed",
    message: expect.stringContaining("no such backend"),
  });
  const nowhere = { projectRoot: PROGRAM, environment: { PATH: folder } };
  await expect(runPulumi(nowhere, ["version"])).rejects.toMatchObject({ code: "pulumi-not-started" });
});

test("an aborted command that does not end is killed", async () => {
  const given = await options("trap '' INT; echo begun; while :; do sleep 0.1; done");
  const { environment } = openWorkspace(given);
  const controller = new AbortController();
  const seen: string[] = [];
  const result = await runPulumi({ environment, projectRoot: PROGRAM }, ["up"], {
    signal: controller.signal,
    graceMs: 300,
    onOutput: (text, stream) => {
      seen.push(`${stream}: ${text}`);
      controller.abort();
    },
  });
  expect(result).toMatchObject({ code: null, stdout: "begun\n", stderr: "" });
  expect(result.milliseconds).toBeGreaterThanOrEqual(300);
  expect(seen).toEqual(["stdout: begun\n"]);
});
