import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteUserPolicyCommand,
  IAMClient,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { HOME_REGION, TRAIL_LOG_GROUP } from "../../lab/account";
import type { Credentials } from "../../lab/credentials";
import { DenyWatch } from "../support/denies";
import { ALLOW_ALL, openTestLab, projectRoot, type TestLab } from "../support/lab";
import { outcome } from "../support/lab-aws";

let lab: TestLab;
let denies: DenyWatch;
const keys: Record<string, Credentials> = {};
beforeAll(async () => {
  lab = await openTestLab();
  denies = new DenyWatch();
  lab.gateway.onCall(denies.listen);
  for (const name of ["ann", "bob", "eve"]) keys[name] = await lab.addUser(name);
}, 120_000);
afterAll(() => lab?.close());

type Event = Record<string, unknown>;

/** A running `cordon watch --output jsonl`. */
class Watching {
  readonly events: Event[] = [];
  stderr = "";
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(env: NodeJS.ProcessEnv, ...args: string[]) {
    const bin = path.join(projectRoot, "bin", "cordon.js");
    const child = spawn(process.execPath, [bin, "watch", ...args, "--output", "jsonl"], {
      env: { ...lab.workspace.environment, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    createInterface({ input: child.stdout }).on("line", (line) => this.events.push(JSON.parse(line)));
    child.stderr.on("data", (text) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => child.once("close", resolve));
    this.child = child;
  }

  of(kind: string): Event[] {
    return this.events.filter((event) => event.kind === kind);
  }

  /** Resolves once an event has these values. */
  async until(wanted: Event): Promise<void> {
    const fits = (event: Event) => Object.entries(wanted).every(([key, value]) => event[key] === value);
    while (!this.events.some(fits)) {
      if (this.child.exitCode !== null)
        throw new Error(`ended without ${JSON.stringify(wanted)}: ${this.stderr}`);
      await delay(50);
    }
  }

  stop(): Promise<number | null> {
    this.child.kill("SIGINT");
    return this.ended;
  }
}

/** A client of somebody whom CloudTrail sees at this address. */
async function as(name: string, from: string): Promise<IAMClient> {
  const { [name]: credentials } = keys;
  if (credentials === undefined) throw new Error(name);
  const endpoint = await lab.gateway.endpointFor(from);
  return new IAMClient({ endpoint, region: HOME_REGION, credentials, maxAttempts: 1 });
}
const up = () => lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");

test("a deny that is taken off or weakened by hand is seen, put down to somebody, and put back", async () => {
  await lab.setBlockList([{ user: "ann" }, { user: "bob" }]);
  await up();
  denies.released.length = 0;
  const watching = new Watching(
    { CORDON_LOG_GROUP: TRAIL_LOG_GROUP },
    "--for",
    "2m",
    "--every",
    "1s",
    "--reassert",
  );
  await watching.until({ kind: "state", entity: "user/bob", state: "denied" });
  expect(watching.of("state").map(({ entity, state }) => `${entity} ${state}`)).toEqual([
    "user/ann denied",
    "user/bob denied",
  ]);
  expect(watching.of("reassert")).toEqual([]);

  const eve = await as("eve", "203.0.113.7");
  await eve.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "DenyAll" }));
  await eve.send(
    new PutUserPolicyCommand({ UserName: "bob", PolicyName: "DenyAll", PolicyDocument: ALLOW_ALL }),
  );
  eve.destroy();
  const caller = { accessKeyId: keys.eve?.accessKeyId, sourceIPAddress: "203.0.113.7" };
  await watching.until({
    kind: "change",
    entity: "user/ann",
    call: "iam:DeleteUserPolicy",
    effect: "weakens",
    ...caller,
  });
  await watching.until({
    kind: "change",
    entity: "user/bob",
    call: "iam:PutUserPolicy",
    effect: "weakens",
    ...caller,
  });
  await watching.until({ kind: "state", entity: "user/ann", state: "denied", before: "missing" });
  await watching.until({ kind: "state", entity: "user/bob", state: "denied", before: "tampered" });
  expect(denies.denied()).toEqual(["user/ann", "user/bob"]);

  const ann = await as("ann", "198.51.100.9");
  expect(await outcome(ann.send(new ListUsersCommand({})))).toBe("AccessDenied");
  ann.destroy();
  await watching.until({ kind: "attempt", entity: "user/ann", call: "iam:ListUsers", outcome: "denied" });

  expect(await watching.stop()).toBe(0);
  // CloudTrail is read from before the watch on: what other tests did is in it as well.
  const weakening = watching.of("change").filter(({ effect }) => effect === "weakens");
  expect(weakening.filter(({ by }) => String(by).endsWith("/eve"))).toHaveLength(2);
  expect(watching.events.at(-1)).toMatchObject({
    kind: "summary",
    weakened: weakening.length,
    notDenied: [],
    denied: true,
    attempts: { denied: 1 },
  });
  expect(watching.of("change").every(({ by }) => /:user\/(eve|operator)$/.test(String(by)))).toBe(true);
  expect(watching.stderr).toMatch(
    /^watching 2 entities until .*\nCloudTrail is read from log group CloudTrail/,
  );
  expect(watching.stderr).toContain("containment-user-ann");
  expect(new Set(denies.released)).toEqual(new Set(["user/ann", "user/bob"]));
}, 180_000);

test("without a log group IAM alone is read; without --reassert nothing is put back, and the exit code says so", async () => {
  await lab.setBlockList([{ user: "ann" }]);
  await up();
  const watching = new Watching({}, "user/ann", "--for", "6s", "--every", "1s");
  await watching.until({ kind: "state", entity: "user/ann", state: "denied" });
  await lab.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "DenyAll" }));
  expect(await watching.ended).toBe(1);
  expect(watching.of("state").at(-1)).toMatchObject({ state: "missing", before: "denied", policies: [] });
  expect(watching.events.at(-1)).toMatchObject({
    notDenied: ["user/ann"],
    weakened: null,
    attempts: null,
    reasserted: 0,
  });
  expect(watching.stderr).toContain("no log group is named: IAM alone is read");
  expect(denies.denied()).toEqual([]);
}, 120_000);

test("nothing is put back from a list that is behind what was applied: up would release the others", async () => {
  await lab.setBlockList([{ user: "ann" }, { user: "bob" }]);
  await up();
  denies.released.length = 0;
  await lab.setBlockList([{ user: "ann" }]);
  await lab.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "DenyAll" }));
  const watching = new Watching({}, "--for", "4s", "--every", "1s", "--reassert");
  expect(await watching.ended).toBe(1);
  expect(watching.of("reassert").at(-1)).toMatchObject({
    outcome: "failed",
    reason: expect.stringContaining("pulumi up would release user/bob"),
  });
  expect(denies.released).toEqual(["user/ann"]);
  expect(denies.denied()).toEqual(["user/bob"]);
}, 120_000);

test("a list that is edited while it is watched is not applied unseen", async () => {
  await lab.setBlockList([{ user: "ann" }]);
  await up();
  const watching = new Watching({}, "--for", "1m", "--every", "1s", "--reassert");
  await watching.until({ kind: "state", entity: "user/ann", state: "denied" });
  await lab.setBlockList([{ user: "ann" }, { user: "bob" }]);
  await lab.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "DenyAll" }));
  await watching.until({ kind: "reassert", outcome: "failed" });
  expect(watching.of("reassert").at(-1)?.reason).toMatch(/has changed since the watch began/);
  expect(await watching.stop()).toBe(1);
  expect(denies.denied()).toEqual([]);
}, 120_000);

test("the whole story by literal commands: contain, preview, up, verify, tamper, watch, release, destroy", async () => {
  await lab.setBlockList([]);
  await up();
  denies.released.length = 0;
  const about = ["--reason", "Seen where it should not be", "--ticket", "INC-1", "--owner", "soc"];
  expect(await lab.cordon("contain", "user/ann", "user/bob", "user/eve", ...about)).toMatchObject({
    code: 0,
  });
  const stack = ["--stack", "containment"];
  expect((await lab.succeed("preview", ...stack)).output).toContain("containment-user-eve");
  expect(denies.denied()).toEqual([]);
  expect(await lab.cordon("verify")).toMatchObject({ code: 1 });
  await up();
  expect(await lab.cordon("verify")).toMatchObject({ code: 0 });

  const watching = new Watching({}, "--for", "1m", "--every", "1s", "--reassert");
  await watching.until({ kind: "state", entity: "user/eve", state: "denied" });
  await lab.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "DenyAll" }));
  await watching.until({ kind: "state", entity: "user/ann", state: "denied", before: "missing" });
  expect(await watching.stop()).toBe(0);

  expect(await lab.cordon("release", "user/bob")).toMatchObject({ code: 0 });
  await up();
  expect(await lab.cordon("verify")).toMatchObject({ code: 0 });
  expect(denies.denied()).toEqual(["user/ann", "user/eve"]);
  expect(denies.released).toEqual(["user/ann", "user/bob"]);
  await lab.succeed("destroy", ...stack, "--yes", "--skip-preview");
  expect(denies.denied()).toEqual([]);
}, 180_000);
