import { DEFAULT_MAX_NEW_ENTRIES } from "../stack-config";
import { accountGuardrails, entryGuardrails } from ".";
import type { EntryGuardrail } from "./guardrail";

const EFFECTS: Record<EntryGuardrail["effect"], string> = {
  refuse: "refused",
  override: "refused without an override",
  warn: "warned of",
};

/** `docs/guardrails.md`. */
export function guardrailsPage(): string {
  const rows = [
    ...accountGuardrails.map(({ code, summary }) => [code, "the whole run is refused", summary]),
    ...entryGuardrails.map(({ code, effect, summary }) => [code, EFFECTS[effect], summary]),
  ].map(([code, ...cells]) => `| ${[`\`${code}\``, ...cells].join(" | ")} |`);
  return `# Guardrails

Written by \`npm run generate\` from \`src/model/guardrails/\`.

A guardrail may stop an entry from being added to what is contained. It never stops an entry that is applied from being
put back: otherwise whoever is contained could lift it, by deleting or renaming themselves, or by joining a group. For an
applied entry no rule below stops anything: what would be refused is warned of, and an entity that is gone is skipped
until it is there again. Applied is

- what the stack's last run let through: it stands in the stack's output \`contained\`;
- what the base branch lists: a colleague has let it through, and whoever is on the list must not be able to veto it
  between the merge and the run.

| They run in | and know as applied |
|---|---|
| \`pulumi preview\` and \`pulumi up\`, before anything is registered | the last run's output; the list in the commit that the environment variable \`CORDON_BASE\` names, where it is set |
| \`cordon check\`, with no right to write | the list where this branch left the main branch, or \`--base\`; the last run's output with \`--stack-output\` |
| \`cordon contain\`, before it writes, with no right to write to AWS | the list where this branch left the main branch |

All objections are reported at once, each with the entry's place, the way out and, in brackets, the rule, and nothing
is changed. \`cordon check\` alone, which knows the base, also refuses a change that adds more entries than
\`cordon:maxNewEntries\` (\`check-too-many-new\`; ${DEFAULT_MAX_NEW_ENTRIES} where the stack's file does not say):
raise it in that file, where the reviewer sees it. And where a stack file beside it makes the workflows' roles for the
account, it refuses a list whose \`cordon:operators\` does not name the role that applies it (\`check-operators\`).
With \`--offline\` neither of the two commands asks an account, and both name the rules that were left out.

| Rule | A new entry is | Why |
|---|---|---|
${rows.join("\n")}

## Whom the last administrator rule counts

Users, and roles that a user, an account or an identity provider may assume, with the AWS managed policy
\`AdministratorAccess\` or an inline policy that allows \`*\` on \`*\` without a condition, their own or a group's. Not
counted is who has a permissions boundary, who is denied everything already, and whom the list contains by mode \`deny\`.

It does not see the root user; other managed policies, and rights that make an administrator of whoever holds them
(\`iam:*\`, \`iam:PassRole\`); service control policies; whether a user has a password or a key that works; and whether
whoever may assume a role is there and free to do so. So it can warn where somebody is left, and be silent where nobody is.

## Override

A rule that can be overridden lets an entry pass that says why it does not hold, where the reviewer reads it:

\`\`\`yaml
override:
  - rule: guardrail-organization-role
    reason: The break-glass user was tried today and works
\`\`\`

An override of any other rule is itself refused (\`guardrail-override\`), since it would do nothing.
`;
}
