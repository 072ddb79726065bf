import fc from "fast-check";
import type { ArchiveFile } from "../../../../src/sources/archive/find-files";
import { ArchiveFolder } from "../../../support/archive";
import { expectSame } from "./both-ways";
import { question } from "./questions";
import { fileBytes } from "./texts";

let folder: ArchiveFolder;
beforeAll(() => {
  folder = new ArchiveFolder();
});
afterAll(() => folder.remove());

function file(name: string, bytes: Buffer | string, facts: Partial<ArchiveFile> = {}): ArchiveFile {
  return { path: folder.write(name, bytes), size: Buffer.byteLength(bytes), isNamed: false, ...facts };
}

const facts = fc.constantFrom<Partial<ArchiveFile>>(
  {},
  { account: "111122223333", region: "eu-west-1" },
  { account: "111122223333", region: "eu-west-1", organization: "o-exampleorgid" },
  { account: "111122223333" },
  { isNamed: true },
);

const scope = fc.constantFrom({}, {}, {}, { account: "111122223333" }, { region: "eu-west-1" });

test("any questions about any files", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(question, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fileBytes, facts), { minLength: 1, maxLength: 3 }),
      scope,
      async (questions, files, within) => {
        const written = files.map(([bytes, known], index) => file(`${index}.json`, bytes, known));
        await expectSame(questions, written, within);
      },
    ),
    { numRuns: 1500 },
  );
}, 600_000);
