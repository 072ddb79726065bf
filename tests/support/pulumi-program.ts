import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ensurePulumi } from "../../lab/pulumi/cli";
import { type RunOptions, type RunResult, runPulumi } from "../../lab/pulumi/run";
import { createWorkspace, type Workspace } from "../../lab/pulumi/workspace";
import { FakeAws } from "./fake-aws";

const root = path.resolve(__dirname, "../..");

/** The engine, the lab's language host and its provider on a small program and a fake AWS: all but moto and gateway. */
export interface PulumiProgram {
  aws: FakeAws;
  labDir: string;
  workspace: Workspace;
  pulumi(args: string[], options?: RunOptions): Promise<RunResult>;
  close(): Promise<void>;
}

export const PROGRAM = path.join(root, "tests/fixtures/pulumi-program");
export const COMPILED = path.join(root, "dist");

export async function startPulumiProgram(): Promise<PulumiProgram> {
  const aws = await FakeAws.start();
  const labDir = await mkdtemp(path.join(os.tmpdir(), "cordon-pulumi-test-"));
  const workspace = await createWorkspace({
    labDir,
    projectRoot: PROGRAM,
    compiled: COMPILED,
    pulumi: await ensurePulumi(() => {}),
    endpoint: aws.endpoint,
    region: "us-east-1",
    accountId: aws.accountId,
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" },
  });
  return {
    aws,
    labDir,
    workspace,
    pulumi: (args, options) => runPulumi(workspace, args, options),
    async close() {
      await aws.close();
      await rm(labDir, { recursive: true, force: true });
    },
  };
}
