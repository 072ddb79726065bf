import { readFile, rm, writeFile } from "node:fs/promises";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
} from "@aws-sdk/client-iam";
import { ACCOUNT_ID } from "../../lab/account";
import { DenyWatch } from "../support/denies";
import { openTestLab, type TestLab } from "../support/lab";

let lab: TestLab;
let watch: DenyWatch;
let file: string;
/** The stack file with ann on the block list, and applied. */
let sound: string;

beforeAll(async () => {
  lab = await openTestLab();
  watch = new DenyWatch();
  lab.gateway.onCall(watch.listen);
  for (const name of ["ann", "bob"]) await lab.addUser(name);
  const addRole = (RoleName: string, Path = "/", Statement: object[] = []) => {
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    return lab.iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument }));
  };
  await addRole("AWSReservedSSO_Admin_0123456789abcdef");
  await addRole("AWSServiceRoleForX", "/aws-service-role/x.amazonaws.com/");
  await addRole("OrganizationAccountAccessRole");
  const Principal = { Service: "ec2.amazonaws.com" };
  await addRole("web", "/", [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }]);
  const addGroup = async (GroupName: string, members: string[]) => {
    await lab.iam.send(new CreateGroupCommand({ GroupName }));
    for (const UserName of members) await lab.iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  };
  await addGroup("ops", ["bob"]);
  await addGroup("admins", ["operator"]);
  const staff = Array.from({ length: 10 }, (_, index) => `staff-${index}`);
  for (const UserName of staff) await lab.iam.send(new CreateUserCommand({ UserName }));
  await addGroup("staff", staff);
  file = lab.workspace.stackFile("containment");
  await lab.setBlockList([{ user: "ann" }]);
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  sound = await readFile(file, "utf8");
}, 120_000);
afterAll(() => lab?.close());
afterEach(() => writeFile(file, sound));

const list = (...entries: string[]) =>
  sound.replace(/^ {2}cordon:blockList:[\s\S]*?(?=^ {0,2}\S|(?![\s\S]))/m, () =>
    ["  cordon:blockList:", ...entries, ""].join("\n"),
  );
const entry = (who: string, changes: Record<string, string> = {}) => {
  const keys: Record<string, string> = {
    reason: "x",
    ticket: "INC-1",
    owner: "secops",
    since: '"2026-01-02T03:04:05Z"',
    ...changes,
  };
  const lines = Object.entries(keys).map(([key, value]) => `      ${key}: ${value}`);
  return [`    - ${who}`, ...lines].join("\n");
};

/** A list with a key beside it. */
const beside = (line: string, ...entries: string[]) =>
  list(...entries)
    .replace(/^ {2}cordon:operators:.*\n/m, "")
    .replace(/^(?= {2}cordon:blockList)/m, `  ${line}\n`);

const refusals: [string, () => string, RegExp][] = [
  ["a misspelt key", () => sound.replace("cordon:blockList:", "cordon:blokList:"), /cordon:blokList/],
  ["config: misspelt", () => sound.replace(/^config:/m, "confg:"), /confg/],
  [
    "a list without config:",
    () => sound.replace(/^config:\n/m, "").replace(/^ {2}/gm, ""),
    /cordon:blockList/,
  ],
  ["a null list", () => list().replace(/(cordon:blockList:)\n/, "$1 null\n"), /blockList/],
  ["an empty value", () => list(), /blockList/],
  ["no list at all", () => list().replace(/ {2}cordon:blockList:\n/, ""), /blockList/],
  [
    "both kinds of stack",
    () => sound.replace(/^(?= {2}cordon:blockList)/m, "  cordon:hunts:\n    logGroups: [x]\n"),
    /cordon:hunts/,
  ],
  ["no account", () => sound.replace(/^ {2}cordon:accountId:.*\n/m, ""), /cordon:accountId/],
  [
    "accounts that disagree",
    () => sound.replace(/(allowedAccountIds:.*)\d{12}/, "$1210987654321"),
    /allowedAccountIds/,
  ],
  ["the same entity twice", () => list(entry("user: ann"), entry("user: ANN")), /twice|already|same/i],
  ["a missing reason", () => list(entry("user: ann", { reason: "" })), /reason/],
  ["an unquoted time", () => list(entry("user: ann", { since: "2026-01-02T03:04:05Z" })), /quote it/],
  ["an unquoted number", () => list(entry("user: ann", { ticket: "0123" })), /quote it/],
  [
    "an ARN of another account",
    () => list(entry("user: arn:aws:iam::210987654321:user/ann")),
    /210987654321/,
  ],
  [
    "an entity that does not exist",
    () => list(entry("user: ann"), entry("user: nobody")),
    /user\/nobody does not exist.*\[guardrail-missing-entity\]/,
  ],
  [
    "the caller itself",
    () => list(entry("user: ann"), entry("user: operator")),
    /user\/operator is the caller.*\[guardrail-caller\]/,
  ],
  [
    "a group that holds the caller",
    () => list(entry("user: ann"), entry("group: admins")),
    /group\/admins holds the caller.*\[guardrail-caller\]/,
  ],
  [
    "an operator",
    () => beside("cordon:operators: [user/bob]", entry("user: ann"), entry("user: bob")),
    /user\/bob is on cordon:operators.*\[guardrail-protected-entity\]/,
  ],
  [
    "who is kept for emergencies",
    () => beside("cordon:breakGlass: [user/bob]", entry("user: ann"), entry("user: bob")),
    /user\/bob is on cordon:breakGlass/,
  ],
  [
    "a group that holds an operator",
    () => beside("cordon:operators: [user/bob]", entry("user: ann"), entry("group: ops")),
    /group\/ops holds user\/bob, who is on cordon:operators/,
  ],
  [
    "the organization's way in",
    () => list(entry("user: ann"), entry("role: OrganizationAccountAccessRole")),
    /way into this account.*\[guardrail-organization-role\]/,
  ],
  [
    "an override of what nobody can override",
    () =>
      list(
        entry("user: ann"),
        entry("user: operator", {
          override: "\n        - rule: guardrail-caller\n          reason: I know what I do",
        }),
      ),
    /overrides guardrail-caller, which nobody can override/,
  ],
  [
    "a decision that is yet to be made",
    () => list(entry("user: ann"), entry("user: bob", { since: '"2126-01-02T03:04:05Z"' })),
    /future/,
  ],
  [
    "a time that is none",
    () => list(entry("user: ann"), entry("user: bob", { until: '"2026-02-30T03:04:05Z"' })),
    /until/,
  ],
  [
    "another spelling",
    () => list(entry("user: ann"), entry("user: Bob")),
    /user\/Bob is spelt bob.*\[guardrail-spelling\]/,
  ],
  [
    "a service-linked role",
    () => list(entry("user: ann"), entry("role: AWSServiceRoleForX")),
    /service-linked.*\[guardrail-service-linked-role\]/,
  ],
  [
    "an Identity Center role",
    () => list(entry("user: ann"), entry("role: AWSReservedSSO_Admin_0123456789abcdef")),
    /AWSReservedSSO_.*\[guardrail-identity-center-role\]/,
  ],
  ["root", () => list(entry("user: ann"), entry(`user: arn:aws:iam::${ACCOUNT_ID}:root`)), /root/],
];

test.each(refusals)(
  "%s is refused with its place, and nothing changes",
  async (_, text, message) => {
    await writeFile(file, text());
    const from = lab.calls.length;
    const { code, output } = await lab.pulumi("up", "--stack", "containment", "--yes", "--skip-preview");
    expect([code, output]).not.toEqual([0, expect.anything()]);
    expect(output).toMatch(message);
    expect(output).toMatch(/Pulumi\.containment\.yaml:\d+:\d+/);
    expect(output).not.toMatch(/^\s+at .*\.ts:\d+/m);
    const written = lab.calls
      .slice(from)
      .filter(({ eventName }) => /^(Put|Delete)\w+Policy$/.test(eventName));
    expect(written).toEqual([]);
    expect(watch.denied()).toEqual(["user/ann"]);
    expect(watch.released).toEqual([]);
  },
  60_000,
);

test("an entity of two stack files is refused with both places, and nothing changes", async () => {
  const other = file.replace("containment", "other");
  try {
    await writeFile(other, list(entry("user: bob")));
    await writeFile(file, list(entry("user: ann"), entry("user: bob")));
    const { code, output } = await lab.pulumi("up", "--stack", "containment", "--yes", "--skip-preview");
    expect([code, output]).not.toEqual([0, expect.anything()]);
    expect(output).toMatch(
      /Pulumi\.containment\.yaml:\d+:\d+.*user\/bob is on another stack's list already, at Pulumi\.other\.yaml:\d+:\d+.*\[guardrail-listed-elsewhere\]/,
    );
    expect(watch.denied()).toEqual(["user/ann"]);
  } finally {
    await rm(other, { force: true });
  }
}, 60_000);

test("what is only warned of, or overridden, is previewed with the reason", async () => {
  const override =
    "\n        - rule: guardrail-organization-role\n          reason: The break-glass user was tried today";
  await writeFile(
    file,
    list(
      entry("user: ann"),
      entry("role: web"),
      entry("group: staff"),
      entry("role: OrganizationAccountAccessRole", { override }),
    ),
  );
  const { output } = await lab.succeed("preview", "--stack", "containment");
  expect(output).toMatch(/role\/web is assumed by ec2\.amazonaws\.com/);
  expect(output).toMatch(/group\/staff has 10 members, who all lose access/);
  expect(output).toMatch(/way into this account \(overridden in the entry: The break-glass user was tried/);
  expect(output).toMatch(/deny stops every call of the entity.* it does not stop sts:GetCallerIdentity/);
  expect(output).toMatch(/3 to create/);
}, 60_000);
