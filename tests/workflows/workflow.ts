import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";

/** The clone. */
export const root = path.resolve(__dirname, "..", "..");

/** One step of a job, or of an action of our own. */
export interface Step {
  name: string;
  uses?: string;
  /** The comment behind `uses`. */
  usesComment: string;
  run?: string;
  with: Record<string, unknown>;
  /** What the step itself sets. */
  env: Record<string, string>;
}

export interface Job {
  id: string;
  if: string;
  /** `undefined` where it says nothing: it has the workflow's. */
  permissions: unknown;
  environment: unknown;
  concurrency: unknown;
  env: Record<string, string>;
  /** Steps of actions of our own stand in place of the step that uses them. */
  steps: Step[];
}

export interface Workflow {
  file: string;
  text: string;
  /** `pull_request`, `push` ... */
  triggers: string[];
  permissions: unknown;
  concurrency: unknown;
  env: Record<string, string>;
  jobs: Job[];
}

/** The workflows of this repository. */
export function ownWorkflows(): Workflow[] {
  const folder = path.join(root, ".github", "workflows");
  return readdirSync(folder)
    .sort()
    .map((name) => readWorkflow(readFileSync(path.join(folder, name), "utf8"), `.github/workflows/${name}`));
}

/** @throws Error for what is no YAML. */
export function readWorkflow(text: string, file = "workflow.yml"): Workflow {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]?.message}`);
  const content = record(document.toJS());
  const jobs = Object.entries(record(content.jobs)).map(([id, value]): Job => {
    const job = record(value);
    const steps = document.getIn(["jobs", id, "steps"]);
    return {
      id,
      if: String(job.if ?? ""),
      permissions: job.permissions,
      environment: job.environment,
      concurrency: job.concurrency,
      env: strings(job.env),
      steps: stepsOf(steps),
    };
  });
  return {
    file,
    text,
    triggers: triggersOf(content.on),
    permissions: content.permissions,
    concurrency: content.concurrency,
    env: strings(content.env),
    jobs,
  };
}

function triggersOf(on: unknown): string[] {
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(record(on));
}

function stepsOf(steps: unknown): Step[] {
  const items = typeof steps === "object" && steps !== null && "items" in steps ? steps.items : [];
  return (Array.isArray(items) ? items : []).filter(isMap).flatMap((item) => {
    const step = stepOf(item);
    return step.uses?.startsWith("./") ? [step, ...ownAction(step.uses)] : [step];
  });
}

function stepOf(item: YAMLMap): Step {
  const step = record(item.toJSON());
  const uses = item.get("uses", true);
  return {
    name: String(step.name ?? step.uses ?? step.run ?? ""),
    ...(typeof step.uses === "string" && { uses: step.uses }),
    usesComment: isScalar(uses) ? (uses.comment ?? "").trim() : "",
    ...(typeof step.run === "string" && { run: step.run }),
    with: record(step.with),
    env: strings(step.env),
  };
}

function ownAction(uses: string): Step[] {
  const file = path.join(root, uses, "action.yml");
  if (!existsSync(file)) throw new Error(`there is no action ${uses}`);
  return stepsOf(parseDocument(readFileSync(file, "utf8")).getIn(["runs", "steps"]));
}

export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function strings(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(record(value)).map(([key, each]) => [key, String(each)]));
}
