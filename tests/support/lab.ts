import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CloudWatchLogsClient,
  DescribeQueryDefinitionsCommand,
  PutQueryDefinitionCommand,
  type QueryDefinition,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { ACCOUNT_ID, HOME_REGION, TRAIL_LOG_GROUP } from "../../lab/account";
import type { Credentials } from "../../lab/credentials";
import { keysOf } from "../../lab/demo/person";
import type { Call } from "../../lab/gateway";
import { type Lab, openLab } from "../../lab/lab";
import { type RunResult, runPulumi } from "../../lab/pulumi/run";

/** The clone: what the lab's Pulumi runs is its real index.ts. */
export const projectRoot = path.resolve(__dirname, "..", "..");

/** A lab in a folder of its own under the system's temporary folder, and what tests do in it. */
export interface TestLab extends Lab {
  dir: string;
  /** The operator's client. */
  iam: IAMClient;
  /** Runs `pulumi ...args` literally; what it printed is in the result. */
  pulumi(...args: string[]): Promise<RunResult>;
  /** Runs `pulumi ...args` and expects it to succeed. */
  succeed(...args: string[]): Promise<RunResult>;
  /** Replaces the block list in the lab's stack file by these lines; no lines: an explicit empty list. */
  setBlockList(entries: readonly Entry[]): Promise<void>;
  /** Makes an IAM user who may do everything, with a key. */
  addUser(name: string): Promise<Credentials>;
  /** Every saved query. */
  savedQueries(): Promise<QueryDefinition[]>;
  /** Saves a query behind Pulumi's back. */
  saveQuery(name: string, queryString: string): Promise<unknown>;
  /** Runs the compiled `cordon` in the lab's environment; an exit code that is not 0 is a result. */
  cordon(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  /** What was called since the test began, as the gateway saw it. */
  calls: Call[];
}

/** One entry of a block list as a test writes it. */
export type Entry = { user: string } | { role: string } | { group: string };

export async function openTestLab(): Promise<TestLab> {
  const dir = await mkdtemp(path.join(tmpdir(), "cordon-lab-"));
  const lab = await openLab({ dir, projectRoot, log: () => {} });
  const calls: Call[] = [];
  lab.gateway.onCall((call) => calls.push(call));
  const config = {
    endpoint: lab.gateway.endpoint,
    region: HOME_REGION,
    credentials: lab.account.operator,
    maxAttempts: 1,
  };
  const iam = new IAMClient(config);
  const logs = new CloudWatchLogsClient(config);
  const stackFile = lab.workspace.stackFile("containment");
  const pulumi = (...args: string[]) => runPulumi(lab.workspace, args);
  return {
    ...lab,
    dir,
    iam,
    calls,
    pulumi,
    succeed: async (...args) => {
      const result = await pulumi(...args);
      if (result.code !== 0)
        throw new Error(`pulumi ${args.join(" ")} exited with ${result.code}:\n${result.output}`);
      return result;
    },
    setBlockList: async (entries) => {
      const text = await readFile(stackFile, "utf8");
      const list = entries.length === 0 ? " []" : entries.map(formatEntry).join("");
      // From the key to the next key of the same depth, or the end.
      const replaced = text.replace(
        /(^ {2}cordon:blockList:).*?(?=^ {0,2}\S|(?![\s\S]))/ms,
        (_, key) => `${key}${list}\n`,
      );
      if (!/^ {2}cordon:blockList:/m.test(text)) throw new Error(`no block list in ${text}`);
      await writeFile(stackFile, replaced);
    },
    savedQueries: async () => {
      const { queryDefinitions = [] } = await logs.send(
        new DescribeQueryDefinitionsCommand({ maxResults: 1000 }),
      );
      return queryDefinitions;
    },
    saveQuery: (name, queryString) => logs.send(new PutQueryDefinitionCommand({ name, queryString })),
    cordon: (...args) =>
      new Promise((resolve, reject) => {
        const child = execFile(
          process.execPath,
          [path.join(projectRoot, "bin", "cordon.js"), ...args],
          { env: { ...lab.workspace.environment, CORDON_LOG_GROUP: TRAIL_LOG_GROUP }, maxBuffer: 1e8 },
          (error, stdout, stderr) => {
            if (child.exitCode === null) reject(error);
            else resolve({ code: child.exitCode, stdout, stderr });
          },
        );
      }),
    addUser: async (name) => {
      await iam.send(new CreateUserCommand({ UserName: name }));
      await iam.send(
        new PutUserPolicyCommand({ UserName: name, PolicyName: "work", PolicyDocument: ALLOW_ALL }),
      );
      return keysOf((await iam.send(new CreateAccessKeyCommand({ UserName: name }))).AccessKey);
    },
    close: async () => {
      iam.destroy();
      logs.destroy();
      await lab.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A policy that allows everything. */
export const ALLOW_ALL = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

function formatEntry(entry: Entry): string {
  const [[kind, name]] = Object.entries(entry) as [[string, string]];
  return [
    `\n    - ${kind}: ${JSON.stringify(name)}`,
    "      reason: Seen where it should not be",
    "      ticket: INC-1",
    "      owner: secops@example.com",
    '      since: "2026-01-02T03:04:05Z"',
  ].join("\n");
}

/** The trust policy of a role that this user alone may assume. */
export function trusting(user: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:user/${user}` },
        Action: "sts:AssumeRole",
      },
    ],
  });
}
