import { readFile, writeFile } from "node:fs/promises";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
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
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  await lab.iam.send(
    new CreateRoleCommand({
      RoleName: "AWSReservedSSO_Admin_0123456789abcdef",
      AssumeRolePolicyDocument: trust,
    }),
  );
  await lab.iam.send(
    new CreateRoleCommand({
      RoleName: "AWSServiceRoleForX",
      Path: "/aws-service-role/x.amazonaws.com/",
      AssumeRolePolicyDocument: trust,
    }),
  );
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
  ["an entity that does not exist", () => list(entry("user: ann"), entry("user: nobody")), /nobody/],
  ["the caller itself", () => list(entry("user: ann"), entry("user: operator")), /operator/],
  ["another spelling", () => list(entry("user: ann"), entry("user: Bob")), /bob/],
  [
    "a service-linked role",
    () => list(entry("user: ann"), entry("role: AWSServiceRoleForX")),
    /service-linked/,
  ],
  [
    "an Identity Center role",
    () => list(entry("user: ann"), entry("role: AWSReservedSSO_Admin_0123456789abcdef")),
    /AWSReservedSSO_/,
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
