import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

export const spelling: EntryGuardrail = {
  code: "guardrail-spelling",
  summary:
    "A name is written as IAM spells it: IAM ignores case, so that a second spelling would be a second deny with one policy behind both.",
  effect: "refuse",
  asksAccount: true,
  check({ entry: { entity }, lookup }) {
    if (lookup.state !== "found" || lookup.name === entity.name) return undefined;
    return {
      message: `${formatEntity(entity)} is spelt ${lookup.name} in IAM`,
      hint: `write ${entity.kind}: ${lookup.name}`,
    };
  },
};
