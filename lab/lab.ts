import { mkdir } from "node:fs/promises";
import { type Account, HOME_REGION, openAccount } from "./account";
import { type Gateway, startGateway } from "./gateway";
import { ensureMoto } from "./moto/install";
import { startMoto } from "./moto/server";
import { ensurePulumi } from "./pulumi/cli";
import { createWorkspace, type Workspace, type WorkspaceOptions } from "./pulumi/workspace";

export interface LabOptions {
  /** The lab's one folder: all that it writes is below it. */
  dir: string;
  /** The clone, with `dist/` compiled. */
  projectRoot: string;
  /** Told what is being waited for, a line at a time. */
  log: (line: string) => void;
}

/** A running lab that belongs to this process: an empty account and empty Pulumi stacks, which end together. */
export interface Lab {
  account: Account;
  gateway: Gateway;
  workspace: Workspace;
  /** What opens the same workspace again, in another process. */
  workspaceOptions: WorkspaceOptions;
  /** Stops the gateway and moto. What is on disk stays until the next lab in the same folder. */
  close(): Promise<void>;
}

/**
 * Starts moto and the gateway before it, opens an empty account, and lays out the Pulumi workspace. Whatever was
 * started is stopped again when a later step fails.
 */
export async function openLab({ dir, projectRoot, log }: LabOptions): Promise<Lab> {
  const [program, pulumi] = [await ensureMoto({ report: log }), await ensurePulumi(log)];
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const started: { stop(): Promise<void> }[] = [];
  const close = async () => {
    for (const server of started.splice(0).reverse()) await server.stop();
  };
  try {
    const moto = await startMoto({ program });
    started.push(moto);
    const account = await openAccount(moto);
    const gateway = await startGateway({ moto, accountId: account.accountId });
    started.push(gateway);
    const workspaceOptions: WorkspaceOptions = {
      labDir: dir,
      projectRoot,
      pulumi,
      endpoint: gateway.endpoint,
      region: HOME_REGION,
      accountId: account.accountId,
      credentials: account.operator,
    };
    const workspace = await createWorkspace(workspaceOptions);
    return { account, gateway, workspace, workspaceOptions, close };
  } catch (error) {
    await close();
    throw error;
  }
}
