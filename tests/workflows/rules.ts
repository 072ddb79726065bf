import { type Job, record, type Step, type Workflow } from "./workflow";

/** What actionlint does not see: each rule keeps a stranger from getting at what a workflow may do. */
export interface Rule {
  code: string;
  /** What is wrong, one line each. */
  check: (workflow: Workflow) => string[];
}

/** Runs in the base repository, with its secrets, on what a stranger wrote. */
const STRANGERS = [
  "pull_request_target",
  "workflow_run",
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
];
const SHA = /^[^@\s]+@[0-9a-f]{40}$/;
const VERSION = /^v\d+(?:\.\d+){0,2}$/;

const permissionsOf = (job: Job, workflow: Workflow) => job.permissions ?? workflow.permissions;
const mayAssumeRole = (job: Job, workflow: Workflow) =>
  record(permissionsOf(job, workflow))["id-token"] === "write";
const writes = (job: Job, workflow: Workflow) =>
  Object.values(record(permissionsOf(job, workflow))).includes("write");
/** What a job could give away: a role, a token that writes, a secret. */
const hasCredentials = (job: Job, workflow: Workflow) =>
  writes(job, workflow) || /\bsecrets\b/.test(JSON.stringify([job, workflow.env]));
const changesAws = ({ run = "" }: Step) =>
  /\bpulumi\s+(?:up|destroy|update|refresh|import|state|stack rm)\b/.test(run);

function eachJob(check: (job: Job, workflow: Workflow) => string[]): Rule["check"] {
  return (workflow) =>
    workflow.jobs.flatMap((job) => check(job, workflow).map((what) => `${job.id}: ${what}`));
}

function eachStep(check: (step: Step, job: Job, workflow: Workflow) => string | undefined): Rule["check"] {
  return eachJob((job, workflow) =>
    job.steps.flatMap((step) => {
      const what = check(step, job, workflow);
      return what === undefined ? [] : [`${step.name}: ${what}`];
    }),
  );
}

export const RULES: readonly Rule[] = [
  {
    code: "strangers-trigger",
    check: ({ triggers }) => triggers.filter((each) => STRANGERS.includes(each)),
  },
  {
    code: "unpinned-action",
    check: eachStep(({ uses, usesComment }) => {
      if (uses === undefined || uses.startsWith("./")) return undefined;
      if (!SHA.test(uses)) return `${uses} is not pinned by a commit`;
      return VERSION.test(usesComment) ? undefined : `${uses} does not say its version in a comment`;
    }),
  },
  {
    code: "expression-in-script",
    check: eachStep(({ run = "", with: { script = "" } }) =>
      `${run}${script}`.includes("${{")
        ? "an expression becomes part of the script: hand it over in env"
        : undefined,
    ),
  },
  {
    code: "permissions",
    check: (workflow) => [
      ...(isEmptyMap(workflow.permissions) ? [] : ["the workflow does not begin with permissions: {}"]),
      ...eachJob((job) => {
        if (typeof job.permissions !== "object" || job.permissions === null)
          return ["it states no permissions"];
        return Object.entries(job.permissions)
          .filter(([key, value]) => !GRANTED.includes(`${key}: ${value}`))
          .map(([key, value]) => `${key}: ${value} is more than any job here needs`);
      })(workflow),
    ],
  },
  {
    code: "role-and-token",
    check: eachJob((job, workflow) =>
      mayAssumeRole(job, workflow) && record(permissionsOf(job, workflow))["pull-requests"] === "write"
        ? ["it may assume a role and write to pull requests"]
        : [],
    ),
  },
  {
    code: "scripts-with-credentials",
    check: eachStep(({ run = "" }, job, workflow) => {
      if (!hasCredentials(job, workflow)) return undefined;
      const line = run.split("\n").find(runsPackageScripts);
      return line === undefined
        ? undefined
        : `${line.trim()} runs scripts of packages where there are credentials`;
    }),
  },
  {
    code: "checkout-of-a-change",
    check: eachStep(({ uses = "", run = "", with: { ref = "", repository = "" } }, job, workflow) => {
      if (!hasCredentials(job, workflow)) return undefined;
      const checkedOut = uses.startsWith("actions/checkout@") ? `${ref} ${repository}` : "";
      const head = /head_ref|\.head\.|refs\/pull|pull\/|merge_commit_sha|workflow_run/;
      const fetched =
        /\bgh\s+pr\s+checkout\b|\bgit\s+(?:fetch|pull|checkout|switch)\b.*(?:pull\/|HEAD_REF|HEAD_SHA)/;
      return head.test(checkedOut) || fetched.test(run)
        ? "checks out the head of a change where there are credentials"
        : undefined;
    }),
  },
  {
    code: "fork-with-credentials",
    check: eachJob((job, workflow) =>
      workflow.triggers.includes("pull_request") &&
      mayAssumeRole(job, workflow) &&
      !/^[^|]*github\.event\.pull_request\.head\.repo\.full_name == github\.repository[^|]*$/.test(job.if)
        ? ["it may assume a role, and does not ask whether the change comes from a fork"]
        : [],
    ),
  },
  {
    code: "token-left-behind",
    check: eachStep(({ uses = "", with: { "persist-credentials": persist } }) =>
      uses.startsWith("actions/checkout@") && persist !== false
        ? "leaves the token in the clone: persist-credentials: false"
        : undefined,
    ),
  },
  {
    code: "unprotected-change",
    check: eachJob(({ steps, environment }) =>
      steps.some(changesAws) && environment !== "deploy"
        ? ["it changes AWS outside of the environment deploy"]
        : [],
    ),
  },
  {
    code: "concurrency",
    check: (workflow) => [
      ...cancels("the workflow", workflow.concurrency),
      ...eachJob(({ steps, concurrency }) => [
        ...cancels("it", concurrency),
        ...(steps.some(changesAws) && !/^stack-\$\{\{/.test(String(record(concurrency).group))
          ? ["it changes AWS beside another run on the same stack: concurrency.group: stack-..."]
          : []),
      ])(workflow),
    ],
  },
];

/** All that the jobs here may need. */
const GRANTED = ["contents: read", "id-token: write", "pull-requests: write"];

function isEmptyMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Whoever is cancelled in the midst of an update leaves a lock, and a state that knows half of it. */
function cancels(what: string, concurrency: unknown): string[] {
  if (concurrency === undefined || record(concurrency)["cancel-in-progress"] === false) return [];
  return [`${what} does not say cancel-in-progress: false`];
}

function runsPackageScripts(line: string): boolean {
  const command = line.replace(/#.*/, "");
  if (/\b(?:npx|npm\s+exec)\b/.test(command) && !/--no-install|--offline/.test(command)) return true;
  if (/\b(?:yarn|pnpm|bun)\b/.test(command)) return true;
  return (
    /\bnpm\s+(?:\S+\s+)*?(?:ci|install|i|add|test|t|start|rebuild|update)\b/.test(command) &&
    !/--ignore-scripts\b/.test(command)
  );
}
