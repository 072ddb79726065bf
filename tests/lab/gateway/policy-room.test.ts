import {
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  IAMClient,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  createRole,
  createUser,
  everything,
  LAB_START_TIMEOUT,
  type LabAws,
  outcome,
  startLabAws,
} from "../../support/lab-aws";

let lab: LabAws;
let operator: IAMClient;
beforeAll(async () => {
  lab = await startLabAws();
  operator = new IAMClient(lab.as(lab.operator));
}, LAB_START_TIMEOUT);
afterAll(() => lab.stop());

/** What `createUser` and `createRole` give. */
const USED = everything("Allow").length;

/** A policy of so many characters, white space aside, which there is plenty of. */
function policyOf(length: number): string {
  const policy = (tail: string) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::bucket/${tail}` }],
  });
  const missing = length - JSON.stringify(policy("")).length;
  return JSON.stringify(policy("x".repeat(missing)), null, "\t\n ");
}

const putUser = (UserName: string, PolicyName: string, PolicyDocument: string) =>
  operator.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));

describe("inline policies", () => {
  test("of a user take 2,048 characters, those of one name once", async () => {
    await createUser(lab, "Ann");
    await putUser("Ann", "most", policyOf(2048 - USED));
    await expect(putUser("ann", "more", policyOf(150))).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Maximum policy size of 2048 bytes exceeded for user Ann",
      $metadata: { httpStatusCode: 409 },
    });
    await expect(putUser("Ann", "most", policyOf(2049 - USED))).rejects.toThrow(/Maximum policy size/);
    await putUser("Ann", "most", policyOf(1900 - USED));
    await putUser("Ann", "more", policyOf(148));
    const { PolicyNames } = await operator.send(new ListUserPoliciesCommand({ UserName: "Ann" }));
    expect(PolicyNames).toEqual(["Everything", "most", "more"]);
    await operator.send(new DeleteUserPolicyCommand({ UserName: "Ann", PolicyName: "most" }));
    await putUser("Ann", "again", policyOf(1900 - USED));
  });

  test("of a role take 10,240, and of a group 5,120", async () => {
    await createUser(lab, "gil");
    await createRole(lab, "web", "gil");
    const role = (length: number) =>
      operator.send(
        new PutRolePolicyCommand({ RoleName: "web", PolicyName: "p", PolicyDocument: policyOf(length) }),
      );
    await expect(role(10241 - USED)).rejects.toThrow(
      "Maximum policy size of 10240 bytes exceeded for role web",
    );
    await role(10240 - USED);
    await operator.send(new CreateGroupCommand({ GroupName: "ops" }));
    const group = (length: number) =>
      operator.send(
        new PutGroupPolicyCommand({ GroupName: "ops", PolicyName: "p", PolicyDocument: policyOf(length) }),
      );
    await expect(group(5121)).rejects.toThrow("Maximum policy size of 5120 bytes exceeded for group ops");
    await group(5120);
  });

  test("that are put at once do not all find the same room", async () => {
    await createUser(lab, "bob");
    const puts = ["a", "b", "c", "d"].map((name) => outcome(putUser("bob", name, policyOf(900))));
    expect((await Promise.all(puts)).filter((each) => each === "ok")).toHaveLength(2);
  });

  test("who may not put one learns nothing of the room, and of nobody that there is none", async () => {
    const cid = await createUser(lab, "cid");
    await putUser("cid", "DenyAll", everything("Deny"));
    const put = { UserName: "cid", PolicyName: "p", PolicyDocument: policyOf(3000) };
    const iam = new IAMClient(lab.as(cid));
    expect(await outcome(iam.send(new PutUserPolicyCommand(put)))).toBe("AccessDenied");
    expect(await outcome(putUser("nobody", "p", policyOf(150)))).toBe("NoSuchEntityException");
  });
});

test("ten managed policies are attached at most", async () => {
  await createUser(lab, "eve");
  const attach = (PolicyArn: string) =>
    operator.send(new AttachUserPolicyCommand({ UserName: "eve", PolicyArn }));
  const own: string[] = [];
  for (let i = 0; i < 10; i++) {
    const { Policy } = await operator.send(
      new CreatePolicyCommand({ PolicyName: `p${i}`, PolicyDocument: policyOf(150) }),
    );
    own.push(Policy?.Arn ?? "");
    await attach(own.at(-1) ?? "");
  }
  const denyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
  await expect(attach(denyAll)).rejects.toMatchObject({
    name: "LimitExceededException",
    message: "Cannot exceed quota for PoliciesPerUser: 10",
  });
  await attach(own[3] ?? "");
  await operator.send(new DetachUserPolicyCommand({ UserName: "eve", PolicyArn: own[3] ?? "" }));
  await attach(denyAll);
});
