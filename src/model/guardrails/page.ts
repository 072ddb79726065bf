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
put back: otherwise whoever is contained could lift it, by deleting or renaming themselves, or by joining a group. What
is applied stands in the stack's output \`contained\`. For an applied entry no rule below stops anything: what
would be refused is warned of, and an entity that is gone is skipped until it is there again.

They run in \`pulumi preview\` and \`pulumi up\`, before anything is registered: all objections are reported at once, each
with the entry's place, and nothing is changed.

| Rule | A new entry is | Why |
|---|---|---|
${rows.join("\n")}

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
