import {
  DeleteUserPolicyCommand,
  GetUserPolicyCommand,
  ListUserPoliciesCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { DenyWatch } from "../support/denies";
import { openTestLab, type TestLab } from "../support/lab";

let lab: TestLab;
let watch: DenyWatch;

beforeAll(async () => {
  lab = await openTestLab();
  for (const name of ["ann", "bob", "cid", "dan"]) await lab.addUser(name);
}, 120_000);
afterAll(() => lab?.close());

/** Each test begins with nobody contained. */
beforeEach(async () => {
  await lab.setBlockList([]);
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  watch = new DenyWatch();
  lab.gateway.onCall(watch.listen);
}, 60_000);

const apply = () => lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");

test("no neighbour that is added, removed or moved lifts a deny, not for a moment", async () => {
  await lab.setBlockList([{ user: "ann" }, { user: "bob" }]);
  await apply();
  const steps = [
    { list: ["cid", "ann", "bob"], denied: ["ann", "bob", "cid"] },
    { list: ["bob", "cid", "ann"], denied: ["ann", "bob", "cid"] },
    { list: ["bob", "ann"], denied: ["ann", "bob"] },
    { list: ["dan", "ann"], denied: ["ann", "dan"] },
  ];
  for (const { list, denied } of steps) {
    await lab.setBlockList(list.map((user) => ({ user })));
    await apply();
    expect(watch.denied()).toEqual(denied.map((user) => `user/${user}`));
  }
  expect(watch.released).toEqual(["user/cid", "user/bob"]);
}, 180_000);

test("renaming the policy puts the new one on before it takes the old one off", async () => {
  const { stackFile } = lab.workspace;
  const { readFile, writeFile } = await import("node:fs/promises");
  await lab.setBlockList([{ user: "ann" }]);
  await apply();
  const file = stackFile("containment");
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace("  cordon:blockList:", "  cordon:policyName: Quarantine\n  cordon:blockList:"),
  );
  try {
    await apply();
    const { PolicyNames } = await lab.iam.send(new ListUserPoliciesCommand({ UserName: "ann" }));
    expect(PolicyNames?.filter((name) => name !== "work")).toEqual(["Quarantine"]);
    expect(watch.released).toEqual([]);
  } finally {
    await writeFile(file, text);
  }
}, 120_000);

test("a deny that was removed by hand, and one that was weakened, are put back by the next up", async () => {
  await lab.setBlockList([{ user: "ann" }, { user: "bob" }]);
  await apply();
  // Not `refresh --preview-only`: after each change of the list it reports the stack's reference to itself, too.
  const drift = () => lab.pulumi("preview", "--stack", "containment", "--expect-no-changes");
  expect(await drift()).toMatchObject({ code: 0 });
  await lab.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "DenyAll" }));
  const weak = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" }],
  };
  await lab.iam.send(
    new PutUserPolicyCommand({
      UserName: "bob",
      PolicyName: "DenyAll",
      PolicyDocument: JSON.stringify(weak),
    }),
  );
  expect(watch.denied()).toEqual([]);
  const seen = await drift();
  expect(seen.code).not.toBe(0);
  expect(seen.output).toMatch(/\+ +aws:iam:UserPolicy containment-user-ann create/);
  expect(seen.output).toMatch(/~ +aws:iam:UserPolicy containment-user-bob update/);
  await apply();
  expect(await drift()).toMatchObject({ code: 0 });
  expect(watch.denied()).toEqual(["user/ann", "user/bob"]);
  const { PolicyDocument } = await lab.iam.send(
    new GetUserPolicyCommand({ UserName: "bob", PolicyName: "DenyAll" }),
  );
  expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ""))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Sid: "DenyAll", Effect: "Deny", Action: "*", Resource: "*" }],
  });
}, 120_000);
