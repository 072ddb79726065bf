import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type AccessKey,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  type Credentials as SessionCredentials,
} from "@aws-sdk/client-sts";
import { CordonError } from "../../src/model/error";
import { HOME_REGION, TRAIL_LOG_GROUP } from "../account";
import type { Lab } from "../lab";
import { runPulumi } from "../pulumi/run";
import type { Narrator } from "./narrator";
import { keysOf, outcome, type Person, person } from "./person";
import { type Scene, setScene } from "./scene";

/** Where the attacker calls from (RFC 5737). */
const ATTACKER = "203.0.113.66";
/** What its program calls itself. */
const ATTACKERS_PROGRAM = "Boto3/1.40.1 kali";
/** Where everybody else calls from. */
const OFFICE = "198.51.100.10";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
/** The user that the attacker makes. */
const CREATED_USER = "support-agent";

interface Stage {
  lab: Lab;
  tell: Narrator;
  projectRoot: string;
  signal: AbortSignal;
}

/** The story of one incident, on real calls. @throws CordonError `demo-failed` when a step does not hold. */
export async function play(stage: Stage): Promise<void> {
  const { lab, tell } = stage;
  tell.title("Before the incident: every hunt becomes a saved query");
  await pulumi(stage, "up", "--stack", "hunts", "--yes", "--skip-preview", "--suppress-outputs");
  const scene = await setScene(lab);
  const mallory = await person(lab.gateway, ATTACKER, scene.mallory, HOME_REGION, ATTACKERS_PROGRAM);
  const alice = await person(lab.gateway, OFFICE, scene.alice, HOME_REGION, "aws-cli/2.31.0");

  tell.title(`The incident: a key of user mallory has leaked; somebody at ${ATTACKER} has it`);
  const attacker = await attack(stage, scene, mallory);

  tell.title("The hunt: what has that key done?");
  await lab.gateway.flush();
  await cordon(
    stage,
    "hunt",
    "run",
    "access-key-activity",
    "--param",
    `accessKeyId=${scene.mallory.accessKeyId}`,
    "--since",
    "1h",
  );
  const created = await cordon(stage, "hunt", "run", "users-and-roles-created", "--since", "1h");
  tell.check("the hunt found the user that was made", created.includes(CREATED_USER), CREATED_USER);
  const denied = await cordon(stage, "hunt", "run", "access-denied", "--since", "1h");
  tell.check("the hunt found the refused call", denied.includes(scene.mallory.name), "ListUsers by mallory");

  tell.title("Containment: a pull request adds three lines to the block list");
  await block(stage, scene);
  await pulumi(stage, "preview", "--stack", "containment");
  await pulumi(stage, "up", "--stack", "containment", "--yes", "--skip-preview", "--suppress-outputs");

  tell.title("Does it bite?");
  await checkAll(stage, attacker, "AccessDenied", "is refused");
  const identity = await outcome(mallory.sts.send(new GetCallerIdentityCommand({})));
  tell.check("sts get-caller-identity still answers mallory, as AWS documents", identity === "ok", identity);
  const bystander = await outcome(alice.s3.send(new ListBucketsCommand({})));
  tell.check("the bystander alice still works", bystander === "ok", `ListBuckets: ${bystander}`);

  tell.title("After the incident: everybody back in, at once");
  await pulumi(stage, "destroy", "--stack", "containment", "--yes", "--skip-preview", "--suppress-outputs");
  await checkAll(stage, attacker, "ok", "is let in again");
}

/** The identities that the attacker ends up with, and what each of them tries. */
type Attacker = Record<string, Person>;

async function attack({ lab, tell }: Stage, scene: Scene, mallory: Person): Promise<Attacker> {
  const me = await mallory.sts.send(new GetCallerIdentityCommand({}));
  tell.check(
    "the key works",
    me.Arn?.endsWith(`:user/${scene.mallory.name}`) === true,
    `get-caller-identity: ${me.Arn}`,
  );
  const probe = await outcome(mallory.iam.send(new ListUsersCommand({})));
  tell.check("a first probe is refused", probe.startsWith("AccessDenied"), `ListUsers: ${probe}`);
  await mallory.s3.send(new ListBucketsCommand({}));
  tell.say("the buckets are listed");
  await mallory.iam.send(new CreateUserCommand({ UserName: CREATED_USER }));
  await mallory.iam.send(new AttachUserPolicyCommand({ UserName: CREATED_USER, PolicyArn: ADMINISTRATOR }));
  const { AccessKey: key } = await mallory.iam.send(new CreateAccessKeyCommand({ UserName: CREATED_USER }));
  tell.say(`an administrator ${CREATED_USER} is made, with an access key of its own`);
  const { Credentials: session } = await mallory.sts.send(
    new AssumeRoleCommand({ RoleArn: scene.role.arn, RoleSessionName: "maintenance" }),
  );
  tell.say(`a session of the role ${scene.role.name} is opened, as "maintenance"`);
  const from = (issued: AccessKey | SessionCredentials | undefined) =>
    person(lab.gateway, ATTACKER, keysOf(issued), HOME_REGION, ATTACKERS_PROGRAM);
  const identities = {
    "the leaked key's user": mallory,
    "the user that the attacker made": await from(key),
    "the live session of the role": await from(session),
  };
  await checkAll({ tell }, identities, "ok", "can list the buckets");
  return identities;
}

/** Every identity of the attacker's makes the same call, and is answered as expected. */
async function checkAll(
  { tell }: Pick<Stage, "tell">,
  attacker: Attacker,
  expected: string,
  verb: string,
): Promise<void> {
  for (const [who, { s3 }] of Object.entries(attacker)) {
    const seen = await outcome(s3.send(new ListBucketsCommand({})));
    tell.check(`${who} ${verb}`, seen === expected, `ListBuckets: ${seen}`);
  }
}

/** Adds the attacker's entities to the lab's copy of the block list, as a pull request would. */
async function block({ lab, tell }: Stage, scene: Scene): Promise<void> {
  const reason = `Key ${scene.mallory.accessKeyId} used from ${ATTACKER}`;
  const since = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const entry = (entity: string) => [
    `    - ${entity}`,
    `      reason: ${reason}`,
    "      ticket: INC-2041",
    "      owner: secops@example.com",
    `      since: "${since}"`,
  ];
  const lines = [`user: ${scene.mallory.name}`, `user: ${CREATED_USER}`, `role: ${scene.role.name}`].flatMap(
    entry,
  );
  const file = lab.workspace.stackFile("containment");
  const before = await readFile(file, "utf8");
  const empty = /cordon:blockList: \[\]/;
  if (!empty.test(before)) throw new Error(`${file} does not hold the empty block list that a new lab has`);
  await writeFile(
    file,
    before.replace(empty, () => ["cordon:blockList:", ...lines].join("\n")),
  );
  for (const line of lines) tell.added(line);
}

/** Runs `pulumi` as a person in the lab's shell would. @throws CordonError `demo-failed` when it fails. */
async function pulumi({ lab, tell, signal }: Stage, ...args: string[]): Promise<void> {
  tell.command(["pulumi", ...args]);
  const { code, output } = await runPulumi(lab.workspace, args, { signal });
  tell.output(condensed(output));
  tell.check(`pulumi ${args[0]} succeeds`, code === 0, `exit code ${code}`);
}

/** Without what only shows that Pulumi is at work: a line for each resource that is begun, and dots. */
function condensed(output: string): string {
  const idle = /^@ |(?:creating|deleting|refreshing|updating|read|refresh) \(\d+s\)|^\s*$/;
  return output
    .split("\n")
    .filter((line) => !idle.test(line))
    .join("\n");
}

/** Runs `cordon` as a person in the lab's shell would. @returns what it printed to stdout. */
async function cordon({ lab, tell, projectRoot, signal }: Stage, ...args: string[]): Promise<string> {
  tell.command(["cordon", ...args]);
  const child = spawn(process.execPath, [path.join(projectRoot, "bin", "cordon.js"), ...args], {
    env: { ...lab.workspace.environment, CORDON_LOG_GROUP: TRAIL_LOG_GROUP, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    printed.stderr += text;
  });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  tell.output(printed.stdout);
  if (code !== 0) {
    throw new CordonError({
      code: "demo-failed",
      message: `cordon ${args.join(" ")} failed: ${printed.stderr}`,
    });
  }
  return printed.stdout;
}
