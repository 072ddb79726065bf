import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

export const missingEntity: EntryGuardrail = {
  code: "guardrail-missing-entity",
  summary: "An entity that does not exist cannot be contained, and is most likely a misspelt name.",
  effect: "refuse",
  asksAccount: true,
  check({ entry, lookup, snapshot }) {
    if (lookup.state !== "missing") return undefined;
    return {
      message: `${formatEntity(entry.entity)} does not exist in account ${snapshot.caller.accountId}`,
      hint: "correct the name, or take the entry off the list",
    };
  },
};
