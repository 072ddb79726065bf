import * as pulumi from "@pulumi/pulumi";
import { type ContainedRecord, readRecords } from "../src/model/contained-record";
import { CordonError } from "../src/model/error";

/**
 * What this stack wrote down in its last run, in the output `contained`: nothing before the first run and after a
 * `destroy`.
 *
 * @throws CordonError when the stack's state cannot be read.
 */
export async function lastRecords(): Promise<ContainedRecord[]> {
  const stack = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const { value, secretValue } = await new pulumi.StackReference("last-run", { name: stack })
    .getOutputDetails("contained")
    .catch((error: unknown) => {
      throw new CordonError({
        code: "last-run-unreadable",
        message: `the outputs of ${stack} could not be read: ${error instanceof Error ? error.message : error}`,
        hint: "without them nobody knows what is applied, so nothing is changed",
      });
    });
  const { records, unreadable } = readRecords(value ?? secretValue);
  if (unreadable > 0) {
    await pulumi.log.warn(
      `the last run left ${unreadable} records that cannot be read: these entries are checked as if they were new`,
    );
  }
  return records;
}
