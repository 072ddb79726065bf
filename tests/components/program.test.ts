import { spawnSync } from "node:child_process";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { runProgram } from "../../components/program";
import { CordonError } from "../../src/model/error";

const failing = (error: unknown) =>
  runProgram(async () => {
    throw error;
  }).catch((thrown: unknown) => thrown);

test("what a person is to read is all that Pulumi prints", async () => {
  const error = await failing(
    new CordonError([
      { code: "a", message: "one" },
      { code: "b", message: "two" },
    ]),
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ message: "one\ntwo", stack: "" });
});

test("a bug is printed with its stack, as text", async () => {
  const error = await failing(new TypeError("oops"));
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ message: expect.stringMatching(/^TypeError: oops\n +at /), stack: "" });
});

test("Pulumi's own errors are left alone", async () => {
  const error = new pulumi.RunError("x");
  expect(await failing(error)).toBe(error);
});

test("the exit code is what it was, whether it ends well or not", async () => {
  const before = process.exitCode;
  expect(await runProgram(async () => 7)).toBe(7);
  await failing(new Error("x"));
  expect(process.exitCode).toBe(before);
});

test("a program that just stops has failed: complete, it would be taken for one that has nothing to register", () => {
  const program = path.resolve(__dirname, "../../components/program.ts");
  const script = `require("ts-node").register({ transpileOnly: true, project: "tsconfig.pulumi.json" });
    require(${JSON.stringify(program)}).runProgram(() => new Promise(() => {}));`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], {
    cwd: path.resolve(__dirname, "../.."),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(1);
}, 30_000);
