import { entityKey, formatEntity } from "../entity";
import { formatPlace } from "../error";
import type { EntryGuardrail } from "./guardrail";

export const listedElsewhere: EntryGuardrail = {
  code: "guardrail-listed-elsewhere",
  summary:
    "An entity stands in one stack file of an account: two stacks would put on the same policy, and the first to release it would take it off for both.",
  effect: "refuse",
  asksAccount: false,
  check({ entry: { entity }, stack }) {
    const place = stack.elsewhere?.get(entityKey(entity));
    if (place === undefined) return undefined;
    return {
      message: `${formatEntity(entity)} is on another stack's list already, at ${formatPlace({ ...place, path: "" })}`,
      hint: "keep it in one of the two; to move it, release it there first",
    };
  },
};
