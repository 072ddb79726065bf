import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beginRepository, git } from "../support/git";
import type { Entry, TestLab } from "../support/lab";
import { type Job, ownWorkflows, root } from "./workflow";

/** How a job ended, and what it left. */
export interface Run {
  /** Of the first step that failed. */
  code: number;
  log: string;
  /** What it wrote to GITHUB_OUTPUT. */
  output: string;
  /** What it wrote to GITHUB_STEP_SUMMARY. */
  summary: string;
}

export interface RunOptions {
  /** Values of the expressions that the job uses, by what stands between the braces. */
  context?: Record<string, string>;
  /** The names of the steps that run; all by default. */
  only?: string[];
  /** On top of the lab's environment. */
  env?: NodeJS.ProcessEnv;
}

/** A clone of the lab's stacks as the runner has one, in which the workflows' shell steps run as they are written. */
export class Checkout {
  private constructor(
    private readonly lab: TestLab,
    /** RUNNER_TEMP. */
    readonly temporary: string,
  ) {}

  /** Puts the lab's stack files under git, and beside them what the steps run. */
  static open(lab: TestLab): Checkout {
    const checkout = new Checkout(lab, path.join(lab.dir, "runner"));
    mkdirSync(checkout.temporary);
    for (const name of ["bin", ".github"]) {
      symlinkSync(path.join(root, name), path.join(lab.workspace.projectDir, name));
    }
    // A handful of hunts tells as much as all of them.
    const hunts = lab.workspace.stackFile("hunts");
    const few = "    only: [triage]\n    logGroups:";
    writeFileSync(hunts, readFileSync(hunts, "utf8").replace("    logGroups:", few));
    beginRepository(lab.workspace.projectDir);
    checkout.git("add", "Pulumi.yaml", "Pulumi.hunts.yaml", "Pulumi.containment.yaml");
    checkout.git("commit", "--quiet", "-m", "Begin");
    return checkout;
  }

  git(...args: string[]): string {
    return git(this.lab.workspace.projectDir, ...args);
  }

  /**
   * Sets the block list on a branch, and merges it as GitHub does for a pull request.
   *
   * @param fallback names whose entries say what to attach where there is no room.
   * @returns the commit
   */
  async change(entries: Entry[], reason: string, fallback: string[] = []): Promise<string> {
    this.git("switch", "--quiet", "--create", "change");
    await this.lab.setBlockList(entries);
    const file = this.lab.workspace.stackFile("containment");
    const text = readFileSync(file, "utf8");
    const edited = text
      .replaceAll(/^( +reason:).*$/gm, (_, key) => `${key} ${JSON.stringify(reason)}`)
      .replaceAll(/^( +)- \w+: "?([\w-]+)"?$/gm, (line, indent, name) =>
        fallback.includes(name) ? `${line}\n${indent}  fallback: AWSDenyAll` : line,
      );
    writeFileSync(file, edited);
    this.git("commit", "--quiet", "--all", "-m", "Change");
    this.git("switch", "--quiet", "main");
    this.git("merge", "--quiet", "--no-ff", "-m", "Merge", "change");
    this.git("branch", "--quiet", "--delete", "change");
    return this.git("rev-parse", "HEAD");
  }

  /** Runs the shell steps of a job as the runner does, until one fails. */
  async run(file: string, id: string, { context = {}, only, env = {} }: RunOptions = {}): Promise<Run> {
    const workflow = ownWorkflows().find((each) => each.file.endsWith(`/${file}`));
    const job = workflow?.jobs.find((each) => each.id === id);
    if (workflow === undefined || job === undefined) throw new Error(`there is no ${id} in ${file}`);
    const files = {
      GITHUB_OUTPUT: path.join(this.temporary, "output"),
      GITHUB_STEP_SUMMARY: path.join(this.temporary, "summary"),
    };
    for (const each of Object.values(files)) writeFileSync(each, "");
    const result: Run = { code: 0, log: "", output: "", summary: "" };
    const environment = { ...this.lab.workspace.environment, ...env };
    for (const step of shellSteps(job)) {
      if (only !== undefined && !only.includes(step.name)) continue;
      const set = Object.entries({ ...workflow.env, ...job.env, ...step.env });
      const { code, log } = await this.bash(step.run ?? "", {
        ...environment,
        ...files,
        RUNNER_TEMP: this.temporary,
        GITHUB_REPOSITORY: "org/response",
        GITHUB_SHA: this.git("rev-parse", "HEAD"),
        ...Object.fromEntries(
          set.map(([key, text]) => [
            key,
            evaluated(text, { "vars.PULUMI_BACKEND_URL": environment.PULUMI_BACKEND_URL ?? "", ...context }),
          ]),
        ),
      });
      result.log += log;
      result.code = code;
      if (code !== 0) break;
    }
    const read = (each: string) => readFileSync(each, "utf8");
    return { ...result, output: read(files.GITHUB_OUTPUT), summary: read(files.GITHUB_STEP_SUMMARY) };
  }

  /** `shell: bash`, as the runner starts it (GitHub Actions, "Workflow syntax", defaults.run.shell). */
  private bash(script: string, env: NodeJS.ProcessEnv): Promise<{ code: number; log: string }> {
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: this.lab.workspace.projectDir,
      env,
    });
    let log = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        log += text;
      });
    }
    return new Promise((resolve, reject) => {
      child.once("error", reject).once("close", (code) => resolve({ code: code ?? 1, log }));
    });
  }
}

/** The job's own: what makes a clone ready has been done by whoever runs the tests. */
function shellSteps({ steps }: Job) {
  const prepared = ["Install Node packages, none of whose scripts run", "Build the command line"];
  return steps.filter(({ run, name }) => run !== undefined && !prepared.includes(name));
}

function evaluated(text: string, context: Record<string, string>): string {
  const values: Record<string, string> = {
    "github.token": "ghs_token",
    "github.event.pull_request.number": "7",
    "github.event.before": "",
    ...context,
  };
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`what is ${expression}?`);
    return value;
  });
}
