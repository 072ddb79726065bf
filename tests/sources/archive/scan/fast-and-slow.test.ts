import fc from "fast-check";
import { parse } from "../../../../src/insights";
import type { Question } from "../../../../src/sources/archive/answer";
import type { ArchiveFile } from "../../../../src/sources/archive/find-files";
import { ArchiveFolder } from "../../../support/archive";
import { answersOf, expectSame } from "./both-ways";
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

const TIME = '"eventTime":"2026-11-24T02:00:00Z"';
const some = (count: number) => Array.from({ length: count }, (_, index) => `"f${index}":1`).join(",");
const query = (text: string): Question => ({
  kind: "query",
  query: parse(text),
  limit: undefined,
  range: { start: 0, end: Date.UTC(2027, 0) },
  now: 0,
});

test.each([
  ["an empty list after the last field", "expand r | stats count(*) as n", `${TIME},${some(199)},"r":[]`],
  [
    "empty items at the last field",
    "expand r | stats count(*) as n",
    `${TIME},${some(198)},"r":[1,[],[]],"z":1`,
  ],
  ["a key twice in a long record", "fields eventName", `${TIME},"c":[],"eventName":"a","c":{${some(199)}}`],
  [
    "a number as a key in a long record",
    "fields eventName",
    `${TIME},"eventName":"a",${some(150)},"7":{${some(60)}}`,
  ],
  [
    "a dotted key that is asked for in two ways",
    "fields l[0].`x.y`.z as p, l.0.x.y.w as q",
    `${TIME},"l":{"0":{"x.y":{"z":1,"w":2}}}`,
  ],
  ["a name that no bytes can say", "fields `\ud800` as p", `${TIME},"\ufffd":1`],
  ["the same, escaped", "fields `\ud800` as p", `${TIME},"\\ud800":1`],
])("%s", async (name, text, members) => {
  await expectSame([query(text)], [file(`${name}.json`, `{"Records":[{${members}}]}`)]);
});

test("more fields than a scanner can show", async () => {
  const names = Array.from({ length: 1001 }, (_, index) => `f${index}`);
  const written = file("many.json", `{"Records":[{${TIME},"f1000":"last"}]}`);
  const asked = query(`fields ${names.join(", ")}`);
  await expectSame([asked], [written]);
  const { answers } = await answersOf([asked], [written], {}, true);
  expect(answers).toMatchObject([{ rows: [{ f1000: "last" }] }]);
});
