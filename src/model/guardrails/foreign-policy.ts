import { containmentOf } from "../containment-mode";
import { denyPolicy } from "../deny-policy";
import { formatEntity } from "../entity";
import { recogniseDeny } from "../recognise-deny";
import type { EntryGuardrail } from "./guardrail";

export const foreignPolicy: EntryGuardrail = {
  code: "guardrail-foreign-policy",
  summary:
    "Another document under the name of the deny belongs to somebody: the deny would overwrite it, and the release delete it. The very document of the deny is adopted.",
  effect: "override",
  asksAccount: true,
  check({ entry, carried, stack: { policyName } }) {
    if (carried.state !== "read") return undefined;
    const same = carried.inline.find(({ name }) => name.toLowerCase() === policyName.toLowerCase());
    if (same === undefined) return undefined;
    if (recogniseDeny(same, policyName, denyPolicy(containmentOf(entry))) === "deny") return undefined;
    return {
      message: `${formatEntity(entry.entity)} carries an inline policy ${same.name} already, with another document`,
      hint: "rename that policy in IAM; or say in the entry's override that it may be overwritten",
    };
  },
};
