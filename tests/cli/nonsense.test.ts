import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { formatEntity } from "../../src/model/entity";
import { parseStackFile } from "../../src/model/stack-config";
import { cordon } from "../support/cli";
import { ScriptedAws } from "../support/scripted-aws";

const FILE = "Pulumi.containment.yaml";
const ABOUT = ["--reason", "r", "--ticket", "t", "--owner", "o"];
const GOOD = `# Who is denied.
config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
  cordon:operators: [role/deployer]
  cordon:blockList:
    - user: ann
      reason: Key used from 203.0.113.7
      ticket: INC-1
      owner: soc
      since: "2026-01-02T03:04:05Z"
    - role: web # a comment
      reason: "quoted: yes"
      ticket: INC-2
      owner: soc
      since: "2026-01-02T03:04:05Z"
      mode: revoke-sessions
      issuedBefore: "2026-01-02T03:04:05Z"
`;

let aws: ScriptedAws;
let folder: string;
beforeAll(async () => {
  aws = await ScriptedAws.start();
  folder = mkdtempSync(path.join(tmpdir(), "cordon-nonsense-"));
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: cordon\n");
});
afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

const write = (text: string) => writeFileSync(path.join(folder, FILE), text);
const read = () => readFileSync(path.join(folder, FILE), "utf8");
const run = (...argv: string[]) => cordon(argv, { cwd: folder });
const listed = (text: string) => {
  const stack = parseStackFile(text, FILE);
  return stack.kind === "containment" ? stack.blockList.map(({ entity }) => formatEntity(entity)) : [];
};

/** What a tired person's hand, a merge or a script does to a file. */
const PIECES = [
  "",
  " ",
  "  ",
  "\t",
  "\n",
  "\r\n",
  "\u0000",
  "\ufeff",
  "\u00a0",
  "\u2028",
  ":",
  "- ",
  "#",
  "[]",
  "{}",
  "null",
  "~",
  "yes",
  "42",
  "'",
  '"',
  "|\n",
  "&a ",
  "*a",
  "<<: *a",
  "!!str ",
  "!!binary aGk=",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "<<<<<<< HEAD\n",
  "=======\n",
  "\n    - user: bob\n",
  "\n    - user: ANN\n",
  "\n  cordon:blockList: []\n",
  "\n  cordon:blocklist: []\n",
  "\n  cordon:hunts: {}\n",
  "root: x\n",
  "__proto__: x\n",
  "arn:aws:iam::210987654321:user/x",
  "../../etc",
  "2126-01-01T00:00:00Z",
] as const;

/** The file with pieces of it cut out, doubled, or replaced. */
const nonsense = fc
  .array(
    fc.record({
      at: fc.nat(GOOD.length),
      cut: fc.oneof(fc.constant(0), fc.nat(30), fc.nat(GOOD.length)),
      twice: fc.boolean(),
      piece: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
        { weight: 1, arbitrary: fc.string() },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((edits) =>
    edits.reduce((text, { at, cut, twice, piece }) => {
      const gone = text.slice(at, at + cut);
      return text.slice(0, at) + piece + (twice ? gone + gone : "") + text.slice(at + cut);
    }, GOOD),
  );

test("the file itself is in order", async () => {
  expect(listed(GOOD)).toEqual(["user/ann", "role/web"]);
});

test("a list that was edited into nonsense: either it is read, or it is refused with its place, and nothing changes", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(nonsense, async (text) => {
      write(text);
      const before = read();
      const { code, stdout, stderr } = await run("contain", "user/zoe", ...ABOUT, "--offline");
      expect(stderr).not.toContain("bug in Cordon");
      if (code === 0) {
        // It was in order all the same, and the edit added the one entry to what was there.
        expect(listed(read())).toEqual([...listed(before), "user/zoe"]);
        return;
      }
      refused++;
      expect([code, stdout]).toEqual([1, ""]);
      // Place and reason on each line, nothing that a terminal would act on.
      const first = stderr.trimEnd().split("\n");
      for (const line of first) expect(line).toMatch(/Pulumi\.containment\.yaml(:\d+:\d+| )/);
      expect(stderr).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u);
      expect(read()).toBe(before);
    }),
    { numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(100);
}, 60_000);

test("whatever command meets it says the same, changes nothing and asks AWS nothing", async () => {
  await fc.assert(
    fc.asyncProperty(nonsense, async (text) => {
      write(text);
      const before = read();
      const refusal = await run("contain", "user/zoe", ...ABOUT, "--offline", "--dry-run");
      fc.pre(refusal.code !== 0);
      // A list that is in order and cannot be edited is read by the others.
      fc.pre(!isRead(before));
      aws.reset();
      for (const argv of [["status"], ["verify"], ["release", "user/ann"], ["watch", "--for", "1s"]]) {
        const { code, stdout, stderr } = await run(...argv);
        expect([argv[0], code, stdout, stderr]).toEqual([argv[0], 1, "", refusal.stderr]);
      }
      expect(read()).toBe(before);
      expect(aws.calls).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 60_000);

function isRead(text: string): boolean {
  try {
    return parseStackFile(text, FILE).kind === "containment";
  } catch {
    return false;
  }
}
