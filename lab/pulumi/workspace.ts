import type { Credentials } from "./environment";

/** The stacks of the project, and so of the lab. */
export const STACKS = ["hunts", "containment"] as const;
export type StackName = (typeof STACKS)[number];

export interface WorkspaceOptions {
  /** The lab's one ignored folder, `.lab/`. All that Pulumi writes goes below `pulumi/` in it. */
  labDir: string;
  /** The clone: holds Pulumi.yaml, the stack files, index.ts and the compiled `dist/`. */
  projectRoot: string;
  /** Folder that holds `pulumi`, from `ensurePulumi`. */
  pulumi: string;
  /** The gateway, `http://127.0.0.1:PORT`. */
  endpoint: string;
  region: string;
  /** The lab's account, twelve digits. */
  accountId: string;
  /** Whose calls Pulumi makes: the lab's operator. */
  credentials: Credentials;
}

export interface Workspace {
  /** Holds the lab's own Pulumi.yaml, Pulumi.hunts.yaml and Pulumi.containment.yaml. */
  projectDir: string;
  /** What the lab sets (a string) or unsets (`undefined`) in a shell, as `cordon lab env` prints it. */
  variables: Record<string, string | undefined>;
  /** This process's environment with `variables` applied: what a command is started with. */
  environment: NodeJS.ProcessEnv;
  /** The lab's copy of a stack's file: edit this one to change the lab's block list. */
  stackFile(stack: StackName): string;
}

/**
 * Lays out Pulumi's side of the lab from nothing (what was below `labDir/pulumi` is removed) and initialises both
 * stacks, empty.
 */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  throw new Error(`not written yet: ${options.labDir}`);
}

/** The workspace that `createWorkspace` laid out earlier, perhaps in another process. Touches nothing. */
export function openWorkspace(options: WorkspaceOptions): Workspace {
  throw new Error(`not written yet: ${options.labDir}`);
}
