import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The project itself. */
export const ROOT = path.join(__dirname, "..", "..");

/** A hunt with nothing wrong, one key a line, for tests to change. Its file is runbooks/hunts/triage/good.yaml. */
export const GOOD_HUNT = `title: Good
question: What is good?
why: To have something that is right.
parameters:
  user:
    type: userName
    description: A user
    example: alice
query: |
  filter userIdentity.userName = "{{user}}"
  | fields eventName, userIdentity.arn, sourceIPAddress
filterPattern:
  pattern: '{ $.userIdentity.userName = "{{user}}" }'
  match: same
read: As it stands.
source: These tests
`;

/** An incident runbook with nothing wrong, for the good hunt. */
export const GOOD_INCIDENT = `title: Good incident
trigger: Something good.
parameters:
  user:
    type: userName
    description: A user
    example: alice
steps:
  - hunt: good
    ask: Is it good?
    with:
      user: { parameter: user }
contain:
  - entity: user
    who: The user
    from:
      - { step: good, column: userIdentity.arn }
    why: It was the user.
verify: [Look.]
restore: [Take the entry off.]
notStopped:
  - gap: Nothing
    instead: Nothing
source: These tests
`;

/**
 * Runs `use` on a new folder with these files in it, and removes it. Without other files of the same name, the good
 * hunt is among them.
 */
export function withRunbooks<T>(files: Record<string, string>, use: (root: string) => T): T {
  const root = mkdtempSync(path.join(tmpdir(), "cordon-runbooks-"));
  try {
    const all = { "runbooks/hunts/triage/good.yaml": GOOD_HUNT, ...files };
    for (const [file, text] of Object.entries(all)) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    return use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}
