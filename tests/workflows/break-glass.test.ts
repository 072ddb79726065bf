import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { DenyWatch } from "../support/denies";
import { openTestLab, type TestLab, trusting } from "../support/lab";
import { root } from "./workflow";

let lab: TestLab;
beforeAll(async () => {
  lab = await openTestLab();
}, 120_000);
afterAll(() => lab?.close());

/** The commands that the page gives for an emergency, as a shell splits them into words. */
function commands(): string[][] {
  const page = readFileSync(path.join(root, "docs", "gitops.md"), "utf8");
  const [, script = ""] = /```sh break-glass\n([\s\S]*?)```/.exec(page) ?? [];
  const tell = `aws() { printf '%s\\037' "$@"; printf '\\036'; }\n${script}`;
  const said = execFileSync("bash", ["-euc", tell], { encoding: "utf8" });
  return said
    .split("\u001e")
    .filter((line) => line !== "")
    .map((line) => line.split("\u001f").slice(0, -1));
}

/** What `aws iam put-...-policy` would send. */
function send([service, operation, ...options]: string[]): Promise<unknown> {
  const given = new Map<string, string>();
  for (let at = 0; at < options.length; at += 2) given.set(options[at] ?? "", options[at + 1] ?? "");
  const name = (kind: string) => given.get(`--${kind}-name`) ?? "";
  const policy = { PolicyName: name("policy"), PolicyDocument: given.get("--policy-document") ?? "" };
  switch (`${service} ${operation}`) {
    case "iam put-user-policy":
      return lab.iam.send(new PutUserPolicyCommand({ UserName: name("user"), ...policy }));
    case "iam put-role-policy":
      return lab.iam.send(new PutRolePolicyCommand({ RoleName: name("role"), ...policy }));
    case "iam put-group-policy":
      return lab.iam.send(new PutGroupPolicyCommand({ GroupName: name("group"), ...policy }));
    default:
      throw new Error(`what is aws ${service} ${operation}?`);
  }
}

test("what is put by hand in an emergency is a deny, and is adopted without ever being off", async () => {
  await lab.iam.send(new CreateUserCommand({ UserName: "mallory" }));
  await lab.iam.send(
    new CreateRoleCommand({ RoleName: "web", AssumeRolePolicyDocument: trusting("mallory") }),
  );
  await lab.iam.send(new CreateGroupCommand({ GroupName: "ops" }));
  const watch = new DenyWatch();
  lab.gateway.onCall(watch.listen);
  const puts = commands();
  expect(puts).toHaveLength(3);
  for (const words of puts) await send(words);
  const all = ["group/ops", "role/web", "user/mallory"];
  expect(watch.denied()).toEqual(all);

  const status = await lab.cordon("status", "--output", "json");
  const states = (JSON.parse(status.stdout) as { entity: string; state: string }[]).map(({ state }) => state);
  expect({ code: status.code, states }).toEqual({ code: 1, states: Array(3).fill("not listed") });

  await lab.setBlockList([{ user: "mallory" }, { role: "web" }, { group: "ops" }]);
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  expect(watch.denied()).toEqual(all);
  expect(watch.released).toEqual([]);
  expect(await lab.cordon("verify")).toMatchObject({ code: 0 });
  await lab.succeed("destroy", "--stack", "containment", "--yes", "--skip-preview");
  expect(watch.denied()).toEqual([]);
}, 120_000);
