import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { findFiles } from "../../../src/sources/archive/find-files";
import { ArchiveFolder, trailName } from "../../support/archive";

let folder: ArchiveFolder;
beforeEach(() => {
  folder = new ArchiveFolder();
});
afterEach(() => folder.remove());

const names = (paths: readonly string[]) => paths.map((file) => path.relative(folder.path, file));
const found = (...parameters: Parameters<typeof findFiles>) =>
  names(findFiles(...parameters).files.map((file) => file.path));

test("all below a folder, but for digests, Insights and what is no log by its name", () => {
  const wanted = [
    trailName("20261124T0205"),
    trailName("20261124T0210", { account: "444455556666", prefix: "prefix/" }),
    "events.jsonl",
    "lines.txt",
  ].sort();
  for (const name of wanted) folder.write(name, "");
  for (const other of ["Digest", "Insight"]) {
    folder.write(trailName("20261124T0205").replace("/CloudTrail/", `/CloudTrail-${other}/`), "");
    folder.write(trailName("20261124T0205").replace("_CloudTrail_", `_CloudTrail-${other}_`), "");
  }
  folder.write("notes.md", "");
  const all = findFiles([folder.path]);
  expect(names(all.files.map((file) => file.path))).toEqual(wanted);
  expect(all.problems).toEqual([]);
  expect(all.otherKinds).toEqual({ count: 1, examples: [path.join(folder.path, "notes.md")] });
});

test("a file that is named itself is read whatever its name, and none twice", () => {
  const file = folder.write("evidence.bin", "");
  const log = folder.write("a/x.json", "");
  expect(found([file, log, folder.path, path.join(folder.path, "a")])).toEqual(["a/x.json", "evidence.bin"]);
});

test.each(["", "/", "/.", "//a/.."])("a folder that is given with %j at its end is shown without", (end) => {
  folder.write("a/x.json", "");
  const told: string[] = [];
  const { files } = findFiles([folder.path + end, folder.path], {}, ({ path: file }) => void told.push(file));
  expect(files.map((file) => file.path)).toEqual([path.join(folder.path, "a", "x.json")]);
  expect(told).toEqual(files.map((file) => file.path));
});

test("account, region and time are told by the path before anything is opened", () => {
  const wanted = trailName("20261124T0205");
  folder.write(wanted, "");
  folder.write(trailName("20261120T0205"), "");
  folder.write(trailName("20261124T0205", { region: "us-east-1" }), "");
  folder.write(trailName("20261124T0205", { account: "444455556666" }), "");
  folder.write("unknown.json", "");
  const range = { start: Date.parse("2026-11-24T00:00:00Z"), end: Date.parse("2026-11-25T00:00:00Z") };
  expect(found([folder.path], { account: "111122223333", region: "eu-west-1", range })).toEqual([
    wanted,
    "unknown.json",
  ]);
});

test("links out of the folder are not followed, and said; those inside are found by themselves", () => {
  const outside = new ArchiveFolder();
  try {
    outside.write("secret.json", "{}");
    folder.write("a/x.json", "");
    symlinkSync(outside.path, path.join(folder.path, "out"));
    symlinkSync(path.join(outside.path, "secret.json"), path.join(folder.path, "out.json"));
    symlinkSync(path.join(folder.path, "a"), path.join(folder.path, "inside"));
    symlinkSync(folder.path, path.join(folder.path, "a", "loop"));
    symlinkSync(path.join(folder.path, "nowhere"), path.join(folder.path, "broken"));
    const { files, problems } = findFiles([folder.path]);
    expect(names(files.map((file) => file.path))).toEqual(["a/x.json"]);
    expect(problems.map(({ code }) => code)).toEqual(Array(4).fill("archive-link"));
    expect(names(problems.flatMap(({ place }) => place?.file ?? [])).sort()).toEqual([
      "a/loop",
      "broken",
      "out",
      "out.json",
    ]);
  } finally {
    outside.remove();
  }
});

test("a link that is given itself is followed, and the links below it are not", () => {
  const outside = new ArchiveFolder();
  try {
    const file = outside.write("logs/x.json", "");
    symlinkSync(outside.path, path.join(outside.path, "logs", "up"));
    const toFolder = path.join(folder.path, "to-folder");
    const toFile = path.join(folder.path, "to-file");
    symlinkSync(path.join(outside.path, "logs"), toFolder);
    symlinkSync(file, toFile);
    const { files, problems } = findFiles([toFolder, toFile]);
    expect(files).toMatchObject([{ path: path.join(toFolder, "x.json"), isNamed: true }]);
    expect(problems.map(({ place }) => place?.file)).toEqual([path.join(toFolder, "up")]);
  } finally {
    outside.remove();
  }
});

test("two links that lead to each other, and one that leads to itself", () => {
  folder.write("a/x.json", "");
  folder.write("b/y.json", "");
  symlinkSync(path.join("..", "b"), path.join(folder.path, "a", "to-b"));
  symlinkSync(path.join("..", "a"), path.join(folder.path, "b", "to-a"));
  const self = path.join(folder.path, "self");
  symlinkSync(self, self);
  const { files, problems } = findFiles([folder.path]);
  expect(names(files.map((file) => file.path))).toEqual(["a/x.json", "b/y.json"]);
  expect(problems).toMatchObject([{ code: "archive-link", place: { file: self } }]);
  expect(findFiles([self]).problems).toMatchObject([{ code: "archive-unreadable" }]);
});

test("what is neither a file nor a folder is not waited for", () => {
  const pipe = path.join(folder.path, "pipe.json");
  execFileSync("mkfifo", [pipe]);
  expect(findFiles([folder.path])).toMatchObject({ files: [], problems: [] });
  expect(findFiles([pipe]).problems).toMatchObject([{ code: "archive-not-a-file" }]);
});

test("a path that does not exist is a problem; the others are searched", () => {
  folder.write("x.json", "");
  const missing = path.join(folder.path, "nowhere");
  const { files, problems } = findFiles([missing, folder.path]);
  expect(files).toHaveLength(1);
  expect(problems).toEqual([
    { code: "archive-not-found", message: "does not exist", place: { file: missing } },
  ]);
});
