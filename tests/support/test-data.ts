import { existsSync } from "node:fs";
import path from "node:path";

/**
 * A file or folder of the public test data that the environment variable CORDON_TEST_DATA names; `undefined` where it
 * is absent. Such tests are written `(folder ? test : test.skip)("... (needs CORDON_TEST_DATA)", ...)`.
 */
export function testData(...parts: string[]): string | undefined {
  const root = process.env.CORDON_TEST_DATA;
  const found = root && path.resolve(root, ...parts);
  return found && existsSync(found) ? found : undefined;
}
