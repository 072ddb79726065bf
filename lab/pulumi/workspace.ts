import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { CordonError } from "../../src/model/error";
import type { Credentials } from "../credentials";
import { writeLauncher } from "../launcher";
import { PROVIDER_VERSION } from "../provider/version";
import { applied, labVariables } from "./environment";
import { copyProject, copyStack } from "./project-files";
import { runPulumi } from "./run";

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
  /** The compiled project, with the lab's provider and language host in it; `dist/` of the clone by default. */
  compiled?: string;
}

export interface Workspace {
  projectRoot: string;
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
 *
 * @throws CordonError `lab-not-built`, `lab-secret-config`, or `lab-stack-failed` with what Pulumi said.
 */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { projectRoot, compiled = path.join(projectRoot, "dist") } = options;
  const places = layout(options.labDir);
  await rm(places.root, { recursive: true, force: true });
  for (const folder of [places.state, places.project]) await mkdir(folder, { recursive: true });

  await writeLauncher(places.provider, path.join(compiled, "lab/provider/main.js"));
  await writeLauncher(places.languageHost, path.join(compiled, "lab/pulumi/language-host/main.js"));
  await copyProject(projectRoot, places.project);
  for (const stack of STACKS) {
    const name = stackFileName(stack);
    await copyStack(path.join(projectRoot, name), path.join(places.project, name), options);
  }

  const workspace = openWorkspace(options);
  for (const stack of STACKS) await initialise(workspace, stack);
  return workspace;
}

/** The workspace that `createWorkspace` laid out earlier, perhaps in another process. Touches nothing. */
export function openWorkspace(options: WorkspaceOptions): Workspace {
  const { projectRoot, pulumi, endpoint, region, credentials } = options;
  const { home, state, project, languageHost } = layout(options.labDir);
  const lab = { pulumi, pulumiHome: home, state, projectDir: project, languageHost };
  const variables = labVariables({ ...lab, endpoint, region, credentials }, process.env);
  return {
    projectRoot,
    projectDir: project,
    variables,
    environment: applied(process.env, variables),
    stackFile: (stack) => path.join(project, stackFileName(stack)),
  };
}

function layout(labDir: string) {
  const root = path.resolve(labDir, "pulumi");
  const home = path.join(root, "home");
  return {
    root,
    /** PULUMI_HOME: plugins, and what Pulumi logs and remembers. */
    home,
    state: path.join(root, "state"),
    project: path.join(root, "project"),
    languageHost: path.join(root, "language-host"),
    /** Where the engine looks for the provider that @pulumi/aws asks for. */
    provider: path.join(home, "plugins", `resource-aws-v${PROVIDER_VERSION}`, "pulumi-resource-aws"),
  };
}

function stackFileName(stack: StackName): string {
  return `Pulumi.${stack}.yaml`;
}

async function initialise(workspace: Workspace, stack: StackName): Promise<void> {
  const { code, output } = await runPulumi(workspace, ["stack", "init", stack, "--no-select"]);
  if (code === 0) return;
  throw new CordonError({
    code: "lab-stack-failed",
    message: `the lab's stack ${stack} could not be initialised: ${output.trim()}`,
  });
}
