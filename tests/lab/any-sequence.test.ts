import {
  CreateGroupCommand,
  CreateRoleCommand,
  DeleteGroupPolicyCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import fc from "fast-check";
import { runPulumi } from "../../lab/pulumi/run";
import { readAccountDetails } from "../../src/aws/account-details";
import { denyAllPolicy } from "../../src/model/deny-policy";
import { type Entity, formatEntity } from "../../src/model/entity";
import { recogniseDeny } from "../../src/model/recognise-deny";
import { DenyWatch } from "../support/denies";
import { ALLOW_ALL, type Entry, openTestLab, type TestLab, trusting } from "../support/lab";
import { outcome } from "../support/lab-aws";

const NAMES = ["user/ann", "user/bob", "user/cid", "role/web", "group/staff"];
/** No step begins later than this after the first one, in milliseconds; the steps that are left are not taken. */
const BUDGET = 140_000;

let lab: TestLab;
let denies: DenyWatch;
let began = 0;

beforeAll(async () => {
  lab = await openTestLab();
  denies = new DenyWatch();
  lab.gateway.onCall(denies.listen);
  for (const name of ["ann", "bob", "cid"]) await lab.addUser(name);
  await lab.iam.send(new CreateRoleCommand({ RoleName: "web", AssumeRolePolicyDocument: trusting("ann") }));
  await lab.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  began = Date.now();
}, 120_000);
afterAll(() => lab?.close());

/** One step. Numbers choose among what there is when it is taken. */
type Step =
  | { do: "contain" | "release" | "move"; who: number; to: number }
  /** Of such a change, `up` is killed with the engine's SIGKILL at its n-th call to AWS, then run again. */
  | { do: "kill"; change: "contain" | "release" | "move"; who: number; to: number; call: number }
  /** The deny of somebody listed is deleted or replaced by hand. Nothing mends it before the next `up`. */
  | { do: "tamper"; who: number; weaken: boolean }
  | { do: "reassert" };

const who = fc.nat(99);
const change = fc.constantFrom("contain", "contain", "release", "move");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: change, who, to: who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("kill"),
      change,
      who,
      to: who,
      call: fc.integer({ min: 1, max: 10 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("tamper"), who, weaken: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: "reassert" }) },
);

test("after each step of any sequence, denied is exactly who is listed, and nobody loses a deny on the way", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 14, maxLength: 14, size: "max" }), async (steps) => {
      let list = ["user/ann", "role/web"];
      await write(list);
      await up();
      for (const each of steps) {
        if (Date.now() - began > BUDGET) return;
        list = await take(each, list);
      }
      await up();
      expect(await denied()).toEqual([...list].sort());
    }),
    // Shrinking would take as many minutes as there are steps: the sequence that failed is printed as it is.
    { numRuns: 2, endOnFailure: true },
  );
}, 280_000);

/** Takes a step and checks what is so after it. @returns the list then */
async function take(step: Step, list: readonly string[]): Promise<string[]> {
  denies.released.length = 0;
  if (step.do === "tamper") {
    const target = list[step.who % list.length];
    if (target === undefined) return [...list];
    await tamper(target, step.weaken);
    expect(denies.denied()).not.toContain(target);
    return [...list];
  }
  const next =
    step.do === "reassert" ? [...list] : changed(list, step.do === "kill" ? step.change : step.do, step);
  await write(next);
  if (step.do === "kill" && (await upKilledAt(step.call))) {
    // Wherever it was killed: who was denied before and stays listed is denied now.
    expect(stayed(list, next)).toEqual([]);
    await lab.succeed("cancel", "--stack", "containment", "--yes");
  }
  await up();
  expect(await denied()).toEqual([...next].sort());
  expect(denies.denied()).toEqual([...next].sort());
  expect(stayed(list, next)).toEqual([]);
  return next;
}

/** Who lost a deny in this step though both lists have them. */
function stayed(list: readonly string[], next: readonly string[]): string[] {
  return denies.released.filter((name) => list.includes(name) && next.includes(name));
}

function changed(
  list: readonly string[],
  how: "contain" | "release" | "move",
  { who, to }: { who: number; to: number },
): string[] {
  const absent = NAMES.filter((name) => !list.includes(name));
  const name = how === "contain" ? absent[who % absent.length] : list[who % list.length];
  if (name === undefined) return [...list];
  const others = list.filter((each) => each !== name);
  return how === "release" ? others : others.toSpliced(to % (others.length + 1), 0, name);
}

async function write(list: readonly string[]): Promise<void> {
  const entries: Entry[] = list.map((text) => {
    const { kind, name } = entityOf(text);
    if (kind === "user") return { user: name };
    return kind === "role" ? { role: name } : { group: name };
  });
  await lab.setBlockList(entries);
}

function entityOf(text: string): Entity {
  const [kind, name = ""] = text.split("/");
  if (kind !== "user" && kind !== "role" && kind !== "group") throw new Error(text);
  return { kind, name };
}

const up = () => lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");

/** @returns whether it was killed, rather than over before */
async function upKilledAt(call: number): Promise<boolean> {
  const kill = new AbortController();
  let calls = 0;
  const off = lab.gateway.onCall(() => {
    if (++calls === call) kill.abort();
  });
  const args = ["up", "--stack", "containment", "--yes", "--skip-preview"];
  const { code } = await runPulumi(lab.workspace, args, { signal: kill.signal, graceMs: 0 });
  off();
  return code !== 0;
}

/** Who carries our deny, as IAM says. */
async function denied(): Promise<string[]> {
  const account = await readAccountDetails(lab.iam);
  return account
    .filter(({ inline }) =>
      inline.some((policy) => recogniseDeny(policy, "DenyAll", denyAllPolicy()) === "deny"),
    )
    .map(formatEntity)
    .sort();
}

async function tamper(target: string, weaken: boolean): Promise<void> {
  const { kind, name } = entityOf(target);
  const PolicyName = "DenyAll";
  const put = { PolicyName, PolicyDocument: ALLOW_ALL };
  const call = {
    user: () =>
      weaken
        ? lab.iam.send(new PutUserPolicyCommand({ UserName: name, ...put }))
        : lab.iam.send(new DeleteUserPolicyCommand({ UserName: name, PolicyName })),
    role: () =>
      weaken
        ? lab.iam.send(new PutRolePolicyCommand({ RoleName: name, ...put }))
        : lab.iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName })),
    group: () =>
      weaken
        ? lab.iam.send(new PutGroupPolicyCommand({ GroupName: name, ...put }))
        : lab.iam.send(new DeleteGroupPolicyCommand({ GroupName: name, PolicyName })),
  }[kind];
  // One that was tampered with before may be gone already.
  expect(["ok", "NoSuchEntityException"]).toContain(await outcome(call()));
}
