import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { copyProject, copyStack } from "../../../lab/pulumi/project-files";
import { PROGRAM } from "../../support/pulumi-program";

const LAB = { accountId: "012345678901", region: "us-east-1" };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "cordon-files-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (name: string) => readFile(path.join(folder, name), "utf8");

async function copied(text: string): Promise<string> {
  await writeFile(path.join(folder, "real.yaml"), text);
  await copyStack(path.join(folder, "real.yaml"), path.join(folder, "lab.yaml"), LAB);
  return read("lab.yaml");
}

test("the copy of Pulumi.yaml leads back to the program and has no backend", async () => {
  await copyProject(PROGRAM, folder);
  const text = await read("Pulumi.yaml");
  expect(text).toContain(`main: ${PROGRAM}\n`);
  expect(text).toContain("tsconfig: tsconfig.program.json");
  expect(text).toContain("# A small program");
  expect(text).not.toContain("backend");
});

test("a stack's copy has the lab's account, nobody on the block list and no settings of the real account", async () => {
  const text = await copied(`# Edited by pull request.
config:
  aws:profile: production
  aws:region: eu-west-1
  cordon:accountId: "999999999999"
  cordon:blockList:
    # Key leaked
    - user: mallory
      since: "2026-11-24T02:10:00Z"
  cordon:logGroups: [CloudTrail/DefaultLogGroup]
encryptionsalt: v1:abc
secretsprovider: awskms://alias/x
`);
  expect(text).toBe(`# Edited by pull request.
config:
  aws:region: us-east-1
  cordon:accountId: "012345678901"
  cordon:blockList: []
  cordon:logGroups: [ CloudTrail/DefaultLogGroup ]
  aws:allowedAccountIds: [ "012345678901" ]
`);
});

test("a stack without a block list gets none", async () => {
  expect(await copied("config:\n  cordon:hunts: all\n")).not.toContain("blockList");
});

test("an encrypted value and a file that is no YAML are refused with the place", async () => {
  await expect(copied("config:\n  cordon:key:\n    secure: v1:abc\n")).rejects.toMatchObject({
    code: "lab-secret-config",
    place: { path: "config.cordon:key" },
  });
  await expect(copied("config: [")).rejects.toMatchObject({ code: "yaml-syntax" });
});
